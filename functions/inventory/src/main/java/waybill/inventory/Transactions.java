package waybill.inventory;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import waybill.platform.Table;

/** Writes many items together or none of them, and distinguishes contention, which passes, from what can never be written. */
final class Transactions {
  private static final String INVALID = "Validation";

  private final DynamoDbClient dynamo;

  Transactions(DynamoDbClient dynamo) {
    this.dynamo = dynamo;
  }

  /** Something in it breaks DynamoDB's rules, so that all of it is refused, whenever it is tried. */
  static final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1;

    Invalid(DynamoDbException cause) {
      super("the table cannot hold it: " + reason(cause), cause);
    }

    /** The codes alone: the service's own words quote the item. */
    private static String reason(DynamoDbException cause) {
      return cause.awsErrorDetails() == null ? "ValidationException" : cause.awsErrorDetails().errorCode();
    }
  }

  /**
   * @return false if a condition was not met, another transaction was at the same items, or there was too much at once
   * @throws Invalid if it can never be written
   */
  boolean write(List<TransactWriteItem> items) {
    requireEachOnce(items);
    try {
      return Table.writeAll(dynamo, items);
    } catch (DynamoDbException e) {
      if (codes(e).anyMatch(it -> it.startsWith(INVALID))) {
        throw new Invalid(e);
      }
      if (isCrowded(e)) {
        return false;
      }
      throw e;
    }
  }

  /** What was wrong, item by item if the service says so. */
  private static Stream<String> codes(DynamoDbException e) {
    if (e instanceof TransactionCanceledException cancelled) {
      return cancelled.cancellationReasons().stream().map(CancellationReason::code);
    }
    return Stream.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorCode);
  }

  private static boolean isCrowded(DynamoDbException e) {
    return e.isThrottlingException() || codes(e).anyMatch("TransactionInProgressException"::equals);
  }

  /** DynamoDB refuses an item named twice before it looks at anything; DynamoDB Local does so last, and tests might not see it. */
  private static void requireEachOnce(List<TransactWriteItem> items) {
    var keys = new HashSet<Map<String, AttributeValue>>();
    for (TransactWriteItem item : items) {
      Map<String, AttributeValue> whole = item.put() != null
          ? item.put().item()
          : item.update() != null ? item.update().key() : item.delete().key();
      if (!keys.add(Map.of("pk", whole.get("pk"), "sk", whole.get("sk")))) {
        throw new IllegalStateException("a transaction names an item twice");
      }
    }
  }
}
