package waybill.queues;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.wire.AwsJsonServer;

/** Over HTTP, by the SDK's own client. */
class ServedSqsTest extends QueuesContract {
  private static LocalSqs local;
  private static AwsJsonServer server;
  private static SqsClient sqs;

  @BeforeAll
  static void start() throws IOException {
    local = new LocalSqs("eu-central-1", "000000000000", Optional.empty());
    server = AwsJsonServer.start(SqsClient.class, local);
    local.servedAt(server.endpoint());
    sqs = Clients.at(server.endpoint());
  }

  @AfterAll
  static void stop() {
    sqs.close();
    server.close();
    local.close();
  }

  @Override
  SqsClient sqs() {
    return sqs;
  }
}
