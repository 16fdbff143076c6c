package waybill.queues;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.BatchRequestTooLongException;
import software.amazon.awssdk.services.sqs.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sqs.model.InvalidMessageContentsException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/** What SQS refuses, with its codes. */
final class Refusals {
  private static final int BAD_REQUEST = 400;

  private Refusals() {}

  static SqsException noQueue(String name) {
    return refusal(QueueDoesNotExistException.builder(), "QueueDoesNotExist", "there is no queue " + name);
  }

  static SqsException receipt() {
    return refusal(ReceiptHandleIsInvalidException.builder(), "ReceiptHandleIsInvalid",
        "the receipt handle is not that of the message's last receive");
  }

  static SqsException emptyBatch() {
    return refusal(EmptyBatchRequestException.builder(), "EmptyBatchRequest", "the batch has no entries");
  }

  static SqsException tooManyEntries(int most) {
    return refusal(TooManyEntriesInBatchRequestException.builder(), "TooManyEntriesInBatchRequest",
        "a batch has at most %d entries".formatted(most));
  }

  static SqsException idsNotDistinct() {
    return refusal(BatchEntryIdsNotDistinctException.builder(), "BatchEntryIdsNotDistinct",
        "two entries of the batch have the same id");
  }

  static SqsException batchTooLong(int mostBytes) {
    return refusal(BatchRequestTooLongException.builder(), "BatchRequestTooLong",
        "the messages of a batch have at most %d bytes together".formatted(mostBytes));
  }

  static SqsException contents() {
    return refusal(InvalidMessageContentsException.builder(), "InvalidMessageContents",
        "the body has characters that XML 1.0 does not allow");
  }

  /** A parameter that is out of range, missing, or only for queues of another kind. */
  static SqsException parameter(String message) {
    return refusal(SqsException.builder(), "InvalidParameterValue", message);
  }

  private static SqsException refusal(SqsException.Builder builder, String code, String message) {
    return (SqsException) builder.message(message).statusCode(BAD_REQUEST).awsErrorDetails(
        AwsErrorDetails.builder().serviceName("Sqs").errorCode(code).errorMessage(message).build()).build();
  }
}
