package waybill.simulation.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;
import waybill.simulation.engine.Dice;
import waybill.simulation.faults.Boundary;
import waybill.simulation.faults.Call.Service;
import waybill.simulation.faults.Call;
import waybill.simulation.faults.Fault;
import waybill.simulation.faults.Invocation;
import waybill.simulation.faults.Sabotage;

/** The queues as functions reach them: they send, in batches, and nothing else. */
public final class SimulatedSqs implements SqsClient {
  private static final double FAILS = 0.5;

  private final BiConsumer<String, String> queues;
  private final Boundary boundary;
  private final Sabotage sabotage;

  /** @param queues takes a queue's URL and what is sent to it */
  public SimulatedSqs(BiConsumer<String, String> queues, Boundary boundary, Sabotage sabotage) {
    this.queues = queues;
    this.boundary = boundary;
    this.sabotage = sabotage;
  }

  @Override
  public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    String queue = request.queueUrl();
    List<SendMessageBatchRequestEntry> real = sabotage.send(queue, request.entries());
    Dice dice = Invocation.current().dice().named("batch", Invocation.current().calls());
    return boundary.call(new Call(Service.SQS, "SendMessageBatch", queue), fault -> {
      var failed = new ArrayList<BatchResultErrorEntry>();
      var sent = new ArrayList<SendMessageBatchResultEntry>();
      for (SendMessageBatchRequestEntry entry : request.entries()) {
        if (fault == Fault.PARTIAL && (request.entries().size() == 1 || dice.chance(FAILS))) {
          failed.add(BatchResultErrorEntry.builder().id(entry.id()).code("InternalError").senderFault(false).build());
        } else {
          sent.add(SendMessageBatchResultEntry.builder().id(entry.id()).messageId(dice.name()).build());
          if (real.contains(entry)) {
            queues.accept(queue, entry.messageBody());
          }
        }
      }
      return SendMessageBatchResponse.builder().successful(sent).failed(failed).build();
    }, SimulatedSqs::refusal);
  }

  private static RuntimeException refusal(Fault fault) {
    return fault == Fault.THROTTLED
        ? SqsException.builder().message("simulated: too much at once").statusCode(400)
            .awsErrorDetails(AwsErrorDetails.builder().serviceName("Sqs").errorCode("RequestThrottled").build()).build()
        : SdkClientException.create("simulated: no answer");
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
