package waybill.store;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What DynamoDB's clients throw, as they throw it: with the error's code and the status. */
final class Refusals {
  static final String CONDITION_FAILED = "The conditional request failed";

  private static final int BAD_REQUEST = 400;

  private Refusals() {}

  /** The request is against the rules, whatever is stored. */
  static DynamoDbException invalid(String message) {
    return (DynamoDbException) filled(DynamoDbException.builder(), "ValidationException", message);
  }

  static ResourceNotFoundException unknownTable() {
    return (ResourceNotFoundException) filled(ResourceNotFoundException.builder(), "ResourceNotFoundException",
        "Requested resource not found");
  }

  static ResourceInUseException tableInUse(String table) {
    return (ResourceInUseException) filled(ResourceInUseException.builder(), "ResourceInUseException",
        "Table already exists: " + table);
  }

  /** @param old the attributes to return of the item that did not meet the condition; empty for nothing */
  static ConditionalCheckFailedException conditionFailed(Map<String, AttributeValue> old) {
    var builder = ConditionalCheckFailedException.builder().item(old.isEmpty() ? null : old);
    return (ConditionalCheckFailedException) filled(builder, "ConditionalCheckFailedException", CONDITION_FAILED);
  }

  static TransactionCanceledException canceled(List<CancellationReason> reasons) {
    var codes = reasons.stream().map(CancellationReason::code).toList();
    return (TransactionCanceledException) filled(TransactionCanceledException.builder().cancellationReasons(reasons),
        "TransactionCanceledException",
        "Transaction cancelled, please refer cancellation reasons for specific reasons " + codes);
  }

  static IdempotentParameterMismatchException otherContent() {
    return (IdempotentParameterMismatchException) filled(IdempotentParameterMismatchException.builder(),
        "IdempotentParameterMismatchException", "The token was used with another content");
  }

  private static AwsServiceException filled(AwsServiceException.Builder builder, String code, String message) {
    var details = AwsErrorDetails.builder().serviceName("DynamoDb").errorCode(code).errorMessage(message).build();
    return builder.message(message).statusCode(BAD_REQUEST).awsErrorDetails(details).build();
  }
}
