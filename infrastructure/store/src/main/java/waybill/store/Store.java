package waybill.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
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
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Tables in memory that answer as DynamoDB does, with the same items and the same refusals, each a DynamoDbException. What it
 * does not understand of a request, it refuses with an {@link UnsupportedOperationException}.
 *
 * <p>It has neither a clock nor chance, and is for one thread at a time.
 */
public final class Store {
  private static final int MOST_TOKEN_CHARACTERS = 36;

  private static final Understood GET = Understood.members(GetItemRequest.builder().build(), "TableName", "Key",
      "ConsistentRead");
  private static final Understood PUT = writing(PutItemRequest.builder().build(), "Item");
  private static final Understood UPDATE = writing(UpdateItemRequest.builder().build(), "Key", "UpdateExpression");
  private static final Understood DELETE = writing(DeleteItemRequest.builder().build(), "Key");
  private static final Understood TRANSACT = Understood.members(TransactWriteItemsRequest.builder().build(),
      "TransactItems", "ClientRequestToken");

  private final Map<String, StoredTable> tables = new HashMap<>();
  private final Map<String, List<TransactWriteItem>> tokens = new HashMap<>();
  private final List<Consumer<List<Change>>> listeners = new ArrayList<>();

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
    tables.forEach(it -> this.tables.put(it.tableName(), new StoredTable(it.tableName(), Schema.of(it))));
  }

  private static Understood writing(SdkPojo specimen, String... members) {
    var common = Stream.of("TableName", "ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues",
        "ReturnValues", "ReturnValuesOnConditionCheckFailure");
    return Understood.members(specimen, Stream.concat(common, Stream.of(members)).toArray(String[]::new));
  }

  /** Tells somebody of each call that changes something, after it: of all the items of a transaction at once. */
  public void onWrite(Consumer<List<Change>> listener) {
    listeners.add(listener);
  }

  /** All items of a table, in the order of their keys. */
  public List<Map<String, AttributeValue>> items(String table) {
    return table(table).items().values().stream().<Map<String, AttributeValue>>map(Item::attributes).toList();
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
      var query = new Query(table.schema(), request);
      boolean isCurrent = writesBehind == 0 || Boolean.TRUE.equals(request.consistentRead());
      return query.answer(isCurrent ? table.items() : table.before(writesBehind));
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

  /** All of it or nothing. There being no clock, the token of what was done is known for good, and not for ten minutes. */
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    TRANSACT.require(request);
    String token = request.clientRequestToken();
    if (token != null && token.length() > MOST_TOKEN_CHARACTERS) {
      throw Refusals.invalid("Member must have length less than or equal to 36");
    }
    List<TransactWriteItem> done = tokens.get(token);
    if (done == null) {
      commit(new Transaction(this::table).written(request.transactItems()));
    } else if (!done.equals(request.transactItems())) {
      throw Refusals.otherContent();
    }
    if (token != null) {
      tokens.put(token, request.transactItems());
    }
    return TransactWriteItemsResponse.builder().build();
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
  private static <T> T alone(Supplier<T> call) {
    try {
      return call.get();
    } catch (InvalidItem e) {
      throw Refusals.invalid(e.getMessage());
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
    StoredTable table = tables.get(name);
    if (table == null) {
      throw Refusals.unknownTable();
    }
    return table;
  }
}
