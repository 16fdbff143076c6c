package waybill.workbench;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import waybill.messages.Message;
import waybill.platform.Json;
import waybill.platform.Records;

/** Queues that keep what is sent to them, and that can be made to refuse. */
final class RecordedQueues implements SqsClient {
  private final List<Bench.Sent> sent = new ArrayList<>();
  private int failures;

  @Override
  public synchronized SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    var response = SendMessageBatchResponse.builder();
    var successful = new ArrayList<SendMessageBatchResultEntry>();
    var failed = new ArrayList<BatchResultErrorEntry>();
    for (var entry : request.entries()) {
      if (failures > 0) {
        failures--;
        failed.add(BatchResultErrorEntry.builder().id(entry.id()).code("InternalError").senderFault(false).build());
      } else {
        sent.add(new Bench.Sent(request.queueUrl(), Records.fromTree(Json.read(entry.messageBody()), Message.class),
            entry.messageBody()));
        successful.add(SendMessageBatchResultEntry.builder().id(entry.id()).build());
      }
    }
    return response.successful(successful).failed(failed).build();
  }

  synchronized List<Bench.Sent> sent() {
    return List.copyOf(sent);
  }

  synchronized void clear() {
    sent.clear();
  }

  synchronized void failNext(int entries) {
    failures = entries;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
