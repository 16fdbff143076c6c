package waybill.inventory;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What DynamoDB does and DynamoDB Local never: conflicts between transactions, throttling, and refused items. It also counts. */
final class UnluckyDynamo implements DynamoDbClient {
  private final DynamoDbClient client;
  private final double odds;
  private final Random random;
  private final AtomicInteger transactions = new AtomicInteger();
  private final AtomicInteger actions = new AtomicInteger();
  private final AtomicInteger mostActions = new AtomicInteger();
  private volatile String refused = "nothing is named so";

  UnluckyDynamo(DynamoDbClient client, double odds, long seed) {
    this.client = client;
    this.odds = odds;
    this.random = new Random(seed);
  }

  void refuseWhatNames(String text) {
    refused = text;
  }

  int transactions() {
    return transactions.get();
  }

  int actions() {
    return actions.get();
  }

  int mostActions() {
    return mostActions.get();
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    int size = request.transactItems().size();
    transactions.incrementAndGet();
    actions.addAndGet(size);
    mostActions.accumulateAndGet(size, Math::max);
    if (request.transactItems().stream()
        .anyMatch(it -> it.put() != null && it.put().item().get("pk").s().equals(refused))) {
      throw random.nextBoolean() ? failure("ValidationException") : cancelled(size, "ValidationError");
    }
    if (random.nextDouble() < odds) {
      throw switch (random.nextInt(4)) {
        case 0 -> cancelled(size, "TransactionConflict");
        case 1 -> cancelled(size, "ThrottlingError");
        case 2 -> cancelled(size, "ProvisionedThroughputExceeded");
        default -> failure("ThrottlingException");
      };
    }
    return client.transactWriteItems(request);
  }

  private static DynamoDbException cancelled(int size, String code) {
    List<CancellationReason> reasons = IntStream.range(0, size)
        .mapToObj(it -> CancellationReason.builder().code(it == size - 1 ? code : "None").build()).toList();
    return TransactionCanceledException.builder().cancellationReasons(reasons)
        .awsErrorDetails(details("TransactionCanceledException")).build();
  }

  private static DynamoDbException failure(String code) {
    return (DynamoDbException) DynamoDbException.builder().statusCode(400).awsErrorDetails(details(code)).build();
  }

  private static AwsErrorDetails details(String code) {
    return AwsErrorDetails.builder().errorCode(code).errorMessage("injected").serviceName("DynamoDb").build();
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return client.batchGetItem(request);
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return client.getItem(request);
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return client.putItem(request);
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return client.deleteItem(request);
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return client.query(request);
  }

  @Override
  public String serviceName() {
    return client.serviceName();
  }

  @Override
  public void close() {}
}
