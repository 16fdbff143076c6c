package waybill.local.sdk;

import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** What DynamoDB answers. A class of its own, as not every function has DynamoDB's classes. */
final class DynamoFailures {
  private DynamoFailures() {}

  static AwsServiceException throttled() {
    return CallInterceptor.answered(ProvisionedThroughputExceededException.builder(),
        "ProvisionedThroughputExceededException");
  }

  static AwsServiceException conflict(SdkRequest request) {
    if (request instanceof TransactWriteItemsRequest transaction) {
      // The first action met another transaction; DynamoDB gives a reason for each action, also for those that met nothing.
      var reasons = IntStream.range(0, transaction.transactItems().size())
          .mapToObj(i -> CancellationReason.builder().code(i == 0 ? "TransactionConflict" : "None").build()).toList();
      return CallInterceptor.answered(TransactionCanceledException.builder().cancellationReasons(reasons),
          "TransactionCanceledException");
    }
    return CallInterceptor.answered(TransactionConflictException.builder(), "TransactionConflictException");
  }
}
