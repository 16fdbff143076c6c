package waybill.simulation.faults;

import java.util.Set;

/**
 * A function's call to a service.
 *
 * @param target the table, the queue, or what else the operation is about
 * @param index the table's index that is read; empty where it is the table itself
 */
public record Call(Service service, String operation, String target, String index) {
  private static final Set<String> SINGLE_WRITES = Set.of("PutItem", "UpdateItem", "DeleteItem");
  private static final Set<String> OTHER_WRITES = Set.of("TransactWriteItems", "SendMessageBatch", "SendEmail",
      "CreateRefund", "CancelPaymentIntent", "CreateDraft", "BuyLabel", "RequestRefund", "PostWebhook");

  public enum Service {
    DYNAMODB, SQS, SES, SSM, S3, STRIPE, CARRIER, RECEIVER
  }

  public Call(Service service, String operation, String target) {
    this(service, operation, target, "");
  }

  boolean isSingleWrite() {
    return SINGLE_WRITES.contains(operation);
  }

  boolean writes() {
    return isSingleWrite() || OTHER_WRITES.contains(operation);
  }

  @Override
  public String toString() {
    return operation + " " + target + (index.isEmpty() ? "" : "/" + index);
  }
}
