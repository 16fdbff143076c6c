package waybill.queues;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.sqs.SqsClient;

/** In the process itself. */
class LocalSqsTest extends QueuesContract {
  private final LocalSqs sqs = new LocalSqs("eu-central-1", "000000000000", Optional.empty());

  @Override
  SqsClient sqs() {
    return sqs;
  }

  @AfterEach
  void close() {
    sqs.close();
  }
}
