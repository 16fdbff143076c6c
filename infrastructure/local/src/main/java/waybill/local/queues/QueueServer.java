package waybill.local.queues;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.local.machine.Data;
import waybill.queues.LocalSqs;
import waybill.template.Stack;
import waybill.wire.AwsJsonServer;

/** The queues, in memory or, with data, on disk too: functions reach them over HTTP, the cloud itself directly. */
public final class QueueServer implements AutoCloseable {
  private static final String FILE = "queues.jsonl";

  private final LocalSqs sqs;
  private final AwsJsonServer server;

  public QueueServer(Optional<Data> data) throws IOException {
    sqs = new LocalSqs(Stack.REGION, Stack.ACCOUNT, data.map(it -> it.file(FILE)));
    server = AwsJsonServer.start(SqsClient.class, sqs);
    sqs.servedAt(server.endpoint());
  }

  public URI endpoint() {
    return server.endpoint();
  }

  public SqsClient client() {
    return sqs;
  }

  @Override
  public void close() {
    sqs.close();
    server.close();
  }
}
