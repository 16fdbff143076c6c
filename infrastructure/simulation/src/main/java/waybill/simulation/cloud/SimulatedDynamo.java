package waybill.simulation.cloud;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.paginators.QueryIterable;
import waybill.simulation.engine.Dice;
import waybill.simulation.faults.Boundary;
import waybill.simulation.faults.Call.Service;
import waybill.simulation.faults.Call;
import waybill.simulation.faults.Fault;
import waybill.simulation.faults.Invocation;
import waybill.simulation.faults.Sabotage;
import waybill.store.Store;

/** The tables as functions reach them. */
public final class SimulatedDynamo implements DynamoDbClient {
  private static final int MOST_WRITES_BEHIND = 12;

  private final Store store;
  private final Boundary boundary;
  private final Sabotage sabotage;

  public SimulatedDynamo(Store store, Boundary boundary, Sabotage sabotage) {
    this.store = store;
    this.boundary = boundary;
    this.sabotage = sabotage;
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return call("GetItem", request.tableName(), _ -> store.getItem(request));
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    String table = String.join("+", request.requestItems().keySet());
    Dice dice = Invocation.current().dice().named("batch", Invocation.current().calls());
    return call("BatchGetItem", table,
        fault -> fault == Fault.PARTIAL ? some(request, dice) : store.batchGetItem(request));
  }

  /** Reads some of the keys and hands the others back. */
  private BatchGetItemResponse some(BatchGetItemRequest request, Dice dice) {
    var asked = new HashMap<String, KeysAndAttributes>();
    var unprocessed = new HashMap<String, KeysAndAttributes>();
    request.requestItems().forEach((table, keys) -> {
      List<Map<String, AttributeValue>> shuffled = dice.shuffled(keys.keys());
      int read = dice.below(shuffled.size());
      if (read > 0) {
        asked.put(table, keys.toBuilder().keys(shuffled.subList(0, read)).build());
      }
      unprocessed.put(table, keys.toBuilder().keys(shuffled.subList(read, shuffled.size())).build());
    });
    BatchGetItemResponse answer = asked.isEmpty()
        ? BatchGetItemResponse.builder().responses(Map.of()).build()
        : store.batchGetItem(request.toBuilder().requestItems(asked).build());
    return answer.toBuilder().unprocessedKeys(unprocessed).build();
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    String table = String.join("+", request.requestItems().keySet());
    return call("BatchWriteItem", table, _ -> store.batchWriteItem(request));
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    String index = request.indexName() == null ? "" : request.indexName();
    int behind = 1 + Invocation.current().dice().named("stale", Invocation.current().calls()).below(MOST_WRITES_BEHIND);
    return boundary.call(new Call(Service.DYNAMODB, "Query", request.tableName(), index),
        fault -> fault == Fault.STALE ? store.query(request, behind) : store.query(request), this::refusal);
  }

  @Override
  public QueryIterable queryPaginator(QueryRequest request) {
    return new QueryIterable(this, request);
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    return call("Scan", request.tableName(), _ -> store.scan(request));
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    Optional<PutItemRequest> real = sabotage.put(request);
    return call("PutItem", request.tableName(),
        _ -> real.map(store::putItem).orElseGet(() -> PutItemResponse.builder().build()));
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return call("UpdateItem", request.tableName(), _ -> store.updateItem(request));
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    Optional<DeleteItemRequest> real = sabotage.delete(request);
    return call("DeleteItem", request.tableName(),
        _ -> real.map(store::deleteItem).orElseGet(() -> DeleteItemResponse.builder().build()));
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    Optional<TransactWriteItemsRequest> real = sabotage.transact(request);
    String table = String.join("+", request.transactItems().stream().map(SimulatedDynamo::table).distinct().sorted()
        .toList());
    Dice dice = Invocation.current().dice().named("conflict", Invocation.current().calls());
    return boundary.call(new Call(Service.DYNAMODB, "TransactWriteItems", table),
        _ -> real.map(store::transactWriteItems).orElseGet(() -> TransactWriteItemsResponse.builder().build()),
        fault -> fault == Fault.CONFLICTED ? conflict(request.transactItems().size(), dice) : refusal(fault));
  }

  private static String table(TransactWriteItem item) {
    if (item.put() != null) {
      return item.put().tableName();
    }
    return item.update() != null ? item.update().tableName() : item.delete().tableName();
  }

  private <T> T call(String operation, String table, Boundary.Work<T> work) {
    return boundary.call(new Call(Service.DYNAMODB, operation, table), work, this::refusal);
  }

  private RuntimeException refusal(Fault fault) {
    return switch (fault) {
      case THROTTLED -> ProvisionedThroughputExceededException.builder().message("simulated: too much at once")
          .statusCode(400).awsErrorDetails(details("ProvisionedThroughputExceededException")).build();
      case CONFLICTED -> TransactionConflictException.builder().message("simulated: another transaction is at it")
          .statusCode(400).awsErrorDetails(details("TransactionConflictException")).build();
      default -> SdkClientException.create("simulated: no answer");
    };
  }

  private static TransactionCanceledException conflict(int items, Dice dice) {
    var codes = new ArrayList<>(Collections.nCopies(items, "None"));
    codes.set(dice.below(items), "TransactionConflict");
    return TransactionCanceledException.builder().message("simulated: another transaction is at it").statusCode(400)
        .awsErrorDetails(details("TransactionCanceledException"))
        .cancellationReasons(codes.stream().map(it -> CancellationReason.builder().code(it).build()).toList()).build();
  }

  private static AwsErrorDetails details(String code) {
    return AwsErrorDetails.builder().serviceName("DynamoDb").errorCode(code).build();
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
