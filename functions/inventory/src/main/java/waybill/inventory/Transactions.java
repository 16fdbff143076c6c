package waybill.inventory;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Writes many items together or none of them, and tells bad luck, which passes, from what never can be written. */
final class Transactions {
  /** Why a transaction is cancelled that may go through when it is decided and tried again. */
  private static final Set<String> PASSING = Set.of("None", "ConditionalCheckFailed", "TransactionConflict",
      "ProvisionedThroughputExceeded", "ThrottlingError");
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
   * @return false where a condition was not met, another transaction was at the same items, or there was too much at once
   * @throws Invalid where it never can be written
   */
  boolean write(List<TransactWriteItem> items) {
    requireEachOnce(items);
    try {
      dynamo.transactWriteItems(request -> request.transactItems(items));
      return true;
    } catch (TransactionCanceledException e) {
      List<String> codes = e.cancellationReasons().stream().map(CancellationReason::code).toList();
      if (codes.stream().anyMatch(it -> it.startsWith(INVALID))) {
        throw new Invalid(e);
      }
      if (codes.isEmpty() || !PASSING.containsAll(codes)) {
        throw e;
      }
      return false;
    } catch (DynamoDbException e) {
      if (e.awsErrorDetails() != null && e.awsErrorDetails().errorCode().startsWith(INVALID)) {
        throw new Invalid(e);
      }
      if (isCrowded(e)) {
        return false;
      }
      throw e;
    }
  }

  private static boolean isCrowded(AwsServiceException e) {
    return e.isThrottlingException()
        || e.awsErrorDetails() != null && e.awsErrorDetails().errorCode().equals("TransactionInProgressException");
  }

  /** DynamoDB refuses an item named twice; DynamoDB Local does not, so tests would not see it. */
  private static void requireEachOnce(List<TransactWriteItem> items) {
    var keys = new HashSet<Map<String, AttributeValue>>();
    for (TransactWriteItem item : items) {
      Map<String, AttributeValue> whole = item.put() == null ? item.update().key() : item.put().item();
      if (!keys.add(Map.of("pk", whole.get("pk"), "sk", whole.get("sk")))) {
        throw new IllegalStateException("a transaction names an item twice");
      }
    }
  }
}
