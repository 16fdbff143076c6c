package waybill.local;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.queues.LocalSqs;
import waybill.template.Stack;
import waybill.wire.AwsJsonServer;

/** The queues, in memory or, with data, on disk too: functions reach them over HTTP, the cloud itself directly. */
final class QueueServer implements AutoCloseable {
  private static final String FILE = "queues.jsonl";

  private final LocalSqs sqs;
  private final AwsJsonServer server;

  QueueServer(Optional<Data> data) throws IOException {
    sqs = new LocalSqs(Stack.REGION, Stack.ACCOUNT, data.map(it -> it.file(FILE)));
    server = AwsJsonServer.start(SqsClient.class, sqs);
    sqs.servedAt(server.endpoint());
  }

  URI endpoint() {
    return server.endpoint();
  }

  SqsClient client() {
    return sqs;
  }

  @Override
  public void close() {
    sqs.close();
    server.close();
  }
}
