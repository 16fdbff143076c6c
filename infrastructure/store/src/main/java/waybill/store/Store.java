package waybill.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Tables in memory that answer as DynamoDB does, with the same items and the same refusals, each a DynamoDbException. What it
 * does not understand of a request, it refuses with an {@link UnsupportedOperationException}.
 *
 * <p>Many threads may call it: each call happens as a whole, before or after each other call. It has neither a clock nor
 * chance.
 */
public final class Store {
  private static final Understood GET = Understood.members(GetItemRequest.builder().build(), "TableName", "Key",
      "ConsistentRead");
  private static final Understood PUT = writing(PutItemRequest.builder().build(), "Item");
  private static final Understood UPDATE = writing(UpdateItemRequest.builder().build(), "Key", "UpdateExpression");
  private static final Understood DELETE = writing(DeleteItemRequest.builder().build(), "Key");
  private static final Understood TRANSACT = Understood.members(TransactWriteItemsRequest.builder().build(),
      "TransactItems", "ClientRequestToken");

  private final Lock lock = new ReentrantLock();
  private final SortedMap<String, StoredTable> tables = new TreeMap<>();
  private final TransactionTokens tokens = new TransactionTokens();
  private final List<Consumer<List<Change>>> listeners = new ArrayList<>();
  private final List<Consumer<Declaration>> declarationListeners = new ArrayList<>();

  /**
   * What became of one item.
   *
   * @param before empty where there was none
   * @param after empty where there is none any more
   */
  public record Change(String table, Map<String, AttributeValue> key, Map<String, AttributeValue> before,
      Map<String, AttributeValue> after) {}

  /**
   * Empty tables.
   *
   * @throws UnsupportedOperationException where one is declared as none of the template is
   */
  public Store(Collection<CreateTableRequest> tables) {
    tables.forEach(this::create);
  }

  private static Understood writing(SdkPojo specimen, String... members) {
    var common = Stream.of("TableName", "ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues",
        "ReturnValues", "ReturnValuesOnConditionCheckFailure");
    return Understood.members(specimen, Stream.concat(common, Stream.of(members)).toArray(String[]::new));
  }

  /** Tells a listener of each call that changes something, after it and before the next: of all items of a transaction at once. */
  public void onWrite(Consumer<List<Change>> listener) {
    listeners.add(listener);
  }

  /** Tells a listener of each table that is created, dropped or set to expire, after that and before the next call. */
  public void onDeclaration(Consumer<Declaration> listener) {
    declarationListeners.add(listener);
  }

  /**
   * Adds an empty table.
   *
   * @throws software.amazon.awssdk.services.dynamodb.model.ResourceInUseException if there is one of this name
   * @throws UnsupportedOperationException for a table that cannot be kept here
   */
  public void create(CreateTableRequest table) {
    declare(new Declaration.Created(table), () -> {
      if (tables.containsKey(table.tableName())) {
        throw Refusals.tableInUse(table.tableName());
      }
      tables.put(table.tableName(), new StoredTable(table));
    });
  }

  private void declare(Declaration declaration, Runnable work) {
    locked(() -> {
      work.run();
      declarationListeners.forEach(it -> it.accept(declaration));
      return declaration;
    });
  }

  /** Removes a table with all its items. */
  public void drop(String table) {
    declare(new Declaration.Dropped(table), () -> tables.remove(table(table).name()));
  }

  /** All tables, by name, as they were created. */
  public List<CreateTableRequest> declared() {
    return alone(() -> tables.values().stream().map(StoredTable::declared).toList());
  }

  /** A table as it was created. */
  public CreateTableRequest declared(String table) {
    return locked(() -> table(table).declared());
  }

  /** The attribute with the second in which an item of the table expires; empty if its items do not. */
  public Optional<String> expiresBy(String table) {
    return alone(() -> table(table).expiresBy());
  }

  /** @param attribute empty if items do not expire */
  public void expireBy(String table, Optional<String> attribute) {
    declare(new Declaration.Expiring(table, attribute), () -> table(table).expireBy(attribute));
  }

  /** Deletes what has expired. As on AWS, an item that expired more than five years ago counts as a mistake and stays. */
  public void expire(Instant now) {
    alone(() -> {
      for (StoredTable table : tables.values()) {
        var expired = table.items().entrySet().stream().filter(it -> table.isExpired(it.getValue(), now)).toList();
        expired.forEach(it -> commit(List.of(new Written(
            Write.delete(table, table.schema().attributes(it.getKey()), Clauses.NONE), Optional.of(it.getValue()),
            Optional.empty()))));
      }
      return now;
    });
  }

  /** All items of a table, in the order of their keys. */
  public List<Map<String, AttributeValue>> items(String table) {
    return alone(
        () -> table(table).items().values().stream().<Map<String, AttributeValue>>map(Item::attributes).toList());
  }

  public GetItemResponse getItem(GetItemRequest request) {
    GET.require(request);
    return alone(() -> {
      StoredTable table = table(request.tableName());
      return GetItemResponse.builder().item(attributesOrNull(table.find(table.keyNamed(request.key())))).build();
    });
  }

  /** Items come in the order of their keys in the request, as do the keys that were too many. */
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return alone(() -> new BatchGet(this::table).answer(request));
  }

  public QueryResponse query(QueryRequest request) {
    return query(request, 0);
  }

  /**
   * A query that is eventually consistent, as every query of an index is: it has not heard of the last writes.
   *
   * @param writesBehind how many of the table, each of one item; it is never more than 50 behind
   */
  public QueryResponse query(QueryRequest request, int writesBehind) {
    return alone(() -> {
      StoredTable table = table(request.tableName());
      return new Query(table.schema(), request).answer(table,
          Boolean.TRUE.equals(request.consistentRead()) ? 0 : writesBehind);
    });
  }

  public ScanResponse scan(ScanRequest request) {
    return alone(() -> Scan.answer(table(request.tableName()), request));
  }

  /** Every item at one moment. */
  public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
    return alone(() -> TransactGet.answer(request, this::table));
  }

  /** None of the writes if one is refused; otherwise all of them. */
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    return alone(() -> {
      BatchWrite.of(request, this::table).forEach(this::write);
      return BatchWriteItemResponse.builder().build();
    });
  }

  public PutItemResponse putItem(PutItemRequest request) {
    PUT.require(request);
    return alone(() -> {
      StoredTable table = table(request.tableName());
      boolean tellsOld = tellsOld(request.returnValuesAsString());
      Written written = write(Write.put(table, Item.requested(request.item()),
          Clauses.of(null, request.conditionExpression(), request.expressionAttributeNames(),
              request.expressionAttributeValues(), request.returnValuesOnConditionCheckFailureAsString())));
      return PutItemResponse.builder().attributes(tellsOld ? attributesOrNull(written.before()) : null).build();
    });
  }

  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    DELETE.require(request);
    return alone(() -> {
      StoredTable table = table(request.tableName());
      boolean tellsOld = tellsOld(request.returnValuesAsString());
      Written written = write(Write.delete(table, request.key(),
          Clauses.of(null, request.conditionExpression(), request.expressionAttributeNames(),
              request.expressionAttributeValues(), request.returnValuesOnConditionCheckFailureAsString())));
      return DeleteItemResponse.builder().attributes(tellsOld ? attributesOrNull(written.before()) : null).build();
    });
  }

  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    UPDATE.require(request);
    return alone(() -> {
      StoredTable table = table(request.tableName());
      boolean tellsNew = "ALL_NEW".equals(request.returnValuesAsString());
      boolean tells = tellsNew || tellsOld(request.returnValuesAsString());
      Written written = write(Write.update(table, request.key(),
          Clauses.of(request.updateExpression(), request.conditionExpression(), request.expressionAttributeNames(),
              request.expressionAttributeValues(), request.returnValuesOnConditionCheckFailureAsString())));
      Optional<Item> told = tellsNew ? written.after() : written.before();
      return UpdateItemResponse.builder().attributes(tells ? attributesOrNull(told) : null).build();
    });
  }

  private static boolean tellsOld(String returnValues) {
    return switch (returnValues) {
      case null -> false;
      case "NONE" -> false;
      case "ALL_OLD" -> true;
      case "UPDATED_OLD", "UPDATED_NEW" -> throw new UnsupportedOperationException("ReturnValues " + returnValues);
      default -> throw Refusals.invalid("Return values set to invalid value");
    };
  }

  private static Map<String, AttributeValue> attributesOrNull(Optional<Item> item) {
    return item.isPresent() ? item.get().attributes() : null;
  }

  /** All of it or nothing. Without a clock, a token is known until a thousand others were used, and not for ten minutes. */
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    TRANSACT.require(request);
    return locked(() -> {
      if (!tokens.isDone(request)) {
        commit(new Transaction(this::table).written(request.transactItems()));
        tokens.done(request);
      }
      return TransactWriteItemsResponse.builder().build();
    });
  }

  private Written write(Write write) {
    Optional<Item> before = write.table().find(write.key());
    if (!write.isMetBy(before)) {
      throw Refusals.conditionFailed(write.told(before));
    }
    var written = Written.of(write, before);
    commit(List.of(written));
    return written;
  }

  /** Where a call is not a transaction's, what is wrong with an item is wrong with the call. */
  private <T> T alone(Supplier<T> call) {
    try {
      return locked(call);
    } catch (InvalidItem e) {
      throw Refusals.invalid(e.getMessage());
    }
  }

  private <T> T locked(Supplier<T> call) {
    lock.lock();
    try {
      return call.get();
    } finally {
      lock.unlock();
    }
  }

  private void commit(List<Written> all) {
    var changes = new ArrayList<Change>();
    for (Written written : all) {
      if (!written.before().equals(written.after())) {
        StoredTable table = written.write().table();
        Key key = written.write().key();
        table.write(key, written.after());
        changes.add(new Change(table.name(), table.schema().attributes(key), Item.attributes(written.before()),
            Item.attributes(written.after())));
      }
    }
    if (!changes.isEmpty()) {
      listeners.forEach(it -> it.accept(List.copyOf(changes)));
    }
  }

  /** @throws ResourceNotFoundException where there is none of this name */
  private StoredTable table(String name) {
    StoredTable table = name == null ? null : tables.get(name);
    if (table == null) {
      throw Refusals.unknownTable();
    }
    return table;
  }
}
