package waybill.simulation.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import waybill.simulation.store.Write.Terms;

/**
 * Tables in memory that answer as DynamoDB does: with the same items, and with the same refusals. What it does not understand
 * of a request, it refuses with an {@link UnsupportedOperationException}.
 *
 * <p>It has neither a clock nor chance, and is for one thread at a time.
 */
public final class Store {
  private static final int MOST_ACTIONS = 100;
  private static final int MOST_KEYS = 100;
  private static final int MOST_TRANSACTION_BYTES = 4 * 1024 * 1024;
  private static final int MOST_BATCH_BYTES = 16 * 1024 * 1024;
  private static final int MOST_TOKEN_CHARACTERS = 36;

  private static final Understood GET = Understood.members(GetItemRequest.builder().build(), "TableName", "Key",
      "ConsistentRead");
  private static final Understood BATCH_GET = Understood.members(BatchGetItemRequest.builder().build(), "RequestItems");
  private static final Understood KEYS = Understood.members(KeysAndAttributes.builder().build(), "Keys", "ConsistentRead");
  private static final Understood PUT = writing(PutItemRequest.builder().build(), "Item");
  private static final Understood UPDATE = writing(UpdateItemRequest.builder().build(), "Key", "UpdateExpression");
  private static final Understood DELETE = writing(DeleteItemRequest.builder().build(), "Key");
  private static final Understood TRANSACT = Understood.members(TransactWriteItemsRequest.builder().build(), "TransactItems",
      "ClientRequestToken");

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

  /** Either what was asked, or why a transaction is cancelled. */
  private sealed interface Attempt<T> {
    record Success<T>(T value) implements Attempt<T> {}

    record Failure<T>(CancellationReason reason) implements Attempt<T> {}
  }

  /** A write with what it finds and what it leaves. */
  private record Outcome(Write write, Optional<Item> before, Optional<Item> after) {}

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
      Optional<Item> item = table.find(keyNamed(table, request.key()));
      return GetItemResponse.builder().item(item.map(Item::attributes).orElse(null)).build();
    });
  }

  private static Key keyNamed(StoredTable table, Map<String, AttributeValue> named) {
    return table.schema().keyNamed(Values.normal(named));
  }

  /** Items and keys come in the order of the request. */
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    BATCH_GET.require(request);
    return alone(() -> {
      if (request.requestItems().isEmpty()) {
        throw Refusals.invalid("The requestItems parameter is required for BatchGetItem");
      }
      if (request.requestItems().values().stream().mapToInt(it -> it.keys().size()).sum() > MOST_KEYS) {
        throw Refusals.invalid("Too many items requested for the BatchGetItem call");
      }
      var batch = new Batch();
      request.requestItems().forEach(batch::read);
      return BatchGetItemResponse.builder().responses(batch.found).unprocessedKeys(batch.unprocessed).build();
    });
  }

  /** What a batch has read so far. */
  private final class Batch {
    private final Map<String, List<Map<String, AttributeValue>>> found = new LinkedHashMap<>();
    private final Map<String, KeysAndAttributes> unprocessed = new LinkedHashMap<>();
    private int bytes;

    void read(String name, KeysAndAttributes asked) {
      KEYS.require(asked);
      StoredTable table = table(name);
      List<Key> keys = asked.keys().stream().map(it -> keyNamed(table, it)).toList();
      if (keys.isEmpty()) {
        throw Refusals.invalid("The list of keys in RequestItems for BatchGetItem is required");
      }
      if (new HashSet<>(keys).size() < keys.size()) {
        throw Refusals.invalid("Provided list of item keys contains duplicates");
      }
      found.put(name, new ArrayList<>());
      for (int i = 0; i < keys.size(); i++) {
        Optional<Item> item = table.find(keys.get(i));
        bytes += item.map(Item::bytes).orElse(0);
        if (bytes > MOST_BATCH_BYTES) {
          unprocessed.put(name, asked.toBuilder().keys(asked.keys().subList(i, keys.size())).build());
          return;
        }
        item.ifPresent(it -> found.get(name).add(it.attributes()));
      }
    }
  }

  public QueryResponse query(QueryRequest request) {
    return query(request, 0);
  }

  /**
   * A query that has not yet heard of the last writes, as an index may, and any query that is not consistent.
   *
   * @param writesBehind how many items' writes of the table; more than the last 50 are never missed
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
      boolean tellOld = tellOld(request.returnValuesAsString());
      Outcome outcome = writeAlone(Write.put(table(request.tableName()), request.item(),
          new Terms(request.conditionExpression(),
              request.hasExpressionAttributeNames() ? request.expressionAttributeNames() : null,
              request.hasExpressionAttributeValues() ? request.expressionAttributeValues() : null,
              request.returnValuesOnConditionCheckFailureAsString())));
      return PutItemResponse.builder().attributes(tellOld ? attributesOrNull(outcome.before) : null).build();
    });
  }

  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    DELETE.require(request);
    return alone(() -> {
      boolean tellOld = tellOld(request.returnValuesAsString());
      Outcome outcome = writeAlone(Write.delete(table(request.tableName()), request.key(),
          new Terms(request.conditionExpression(),
              request.hasExpressionAttributeNames() ? request.expressionAttributeNames() : null,
              request.hasExpressionAttributeValues() ? request.expressionAttributeValues() : null,
              request.returnValuesOnConditionCheckFailureAsString())));
      return DeleteItemResponse.builder().attributes(tellOld ? attributesOrNull(outcome.before) : null).build();
    });
  }

  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    UPDATE.require(request);
    return alone(() -> {
      String told = request.returnValuesAsString();
      boolean tellNew = "ALL_NEW".equals(told);
      if (told != null && told.startsWith("UPDATED_")) {
        throw new UnsupportedOperationException("ReturnValues " + told);
      }
      boolean tellOld = !tellNew && tellOld(told);
      Outcome outcome = writeAlone(Write.update(table(request.tableName()), request.key(), request.updateExpression(),
          new Terms(request.conditionExpression(),
              request.hasExpressionAttributeNames() ? request.expressionAttributeNames() : null,
              request.hasExpressionAttributeValues() ? request.expressionAttributeValues() : null,
              request.returnValuesOnConditionCheckFailureAsString())));
      Optional<Item> item = tellNew ? outcome.after : outcome.before;
      return UpdateItemResponse.builder().attributes(tellNew || tellOld ? attributesOrNull(item) : null).build();
    });
  }

  private static boolean tellOld(String returnValues) {
    return switch (returnValues) {
      case null -> false;
      case "NONE" -> false;
      case "ALL_OLD" -> true;
      default -> throw Refusals.invalid("Return values set to invalid value");
    };
  }

  private static Map<String, AttributeValue> attributesOrNull(Optional<Item> item) {
    return item.isPresent() ? item.get().attributes() : null;
  }

  /** All of it or nothing. A token that was used for what was done is remembered for good. */
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    TRANSACT.require(request);
    String token = request.clientRequestToken();
    if (token != null && token.length() > MOST_TOKEN_CHARACTERS) {
      throw Refusals.invalid("Member must have length less than or equal to 36");
    }
    List<TransactWriteItem> known = tokens.get(token);
    if (known == null) {
      transact(request.transactItems());
    } else if (!known.equals(request.transactItems())) {
      throw Refusals.otherContent();
    }
    if (token != null) {
      tokens.put(token, request.transactItems());
    }
    return TransactWriteItemsResponse.builder().build();
  }

  private void transact(List<TransactWriteItem> actions) {
    if (actions.isEmpty() || actions.size() > MOST_ACTIONS) {
      throw Refusals.invalid("A transaction has at least 1 action and at most 100");
    }
    List<Attempt<Write>> writes = actions.stream().map(it -> attempt(() -> prepared(it))).toList();
    requireTogether(writes);
    commit(successes(writes.stream().map(this::executed).toList()));
  }

  private Write prepared(TransactWriteItem action) {
    if (Stream.of(action.put(), action.update(), action.delete(), action.conditionCheck()).filter(it -> it != null)
        .count() != 1) {
      throw Refusals.invalid("TransactItems can only contain one of Check, Put, Update or Delete");
    }
    if (action.put() != null) {
      return prepared(action.put());
    }
    if (action.update() != null) {
      return prepared(action.update());
    }
    return action.delete() != null ? prepared(action.delete()) : prepared(action.conditionCheck());
  }

  private Write prepared(Put put) {
    return Write.put(table(put.tableName()), put.item(),
        new Terms(put.conditionExpression(), put.hasExpressionAttributeNames() ? put.expressionAttributeNames() : null,
            put.hasExpressionAttributeValues() ? put.expressionAttributeValues() : null,
            put.returnValuesOnConditionCheckFailureAsString()));
  }

  private Write prepared(Update update) {
    if (update.updateExpression() == null) {
      throw Refusals.invalid("UpdateExpression is required for Update operations in TransactWriteItems");
    }
    return Write.update(table(update.tableName()), update.key(), update.updateExpression(),
        new Terms(update.conditionExpression(), update.hasExpressionAttributeNames() ? update.expressionAttributeNames() : null,
            update.hasExpressionAttributeValues() ? update.expressionAttributeValues() : null,
            update.returnValuesOnConditionCheckFailureAsString()));
  }

  private Write prepared(Delete delete) {
    return Write.delete(table(delete.tableName()), delete.key(),
        new Terms(delete.conditionExpression(), delete.hasExpressionAttributeNames() ? delete.expressionAttributeNames() : null,
            delete.hasExpressionAttributeValues() ? delete.expressionAttributeValues() : null,
            delete.returnValuesOnConditionCheckFailureAsString()));
  }

  private Write prepared(ConditionCheck check) {
    return Write.check(table(check.tableName()), check.key(),
        new Terms(check.conditionExpression(), check.hasExpressionAttributeNames() ? check.expressionAttributeNames() : null,
            check.hasExpressionAttributeValues() ? check.expressionAttributeValues() : null,
            check.returnValuesOnConditionCheckFailureAsString()));
  }

  private static void requireTogether(List<Attempt<Write>> writes) {
    record Target(String table, Key key) {}
    var targets = new HashSet<Target>();
    int bytes = 0;
    for (Attempt<Write> attempt : writes) {
      if (attempt instanceof Attempt.Success<Write>(Write write)) {
        bytes += write.payload();
        if (!targets.add(new Target(write.table().name(), write.key()))) {
          throw Refusals.invalid("Transaction request cannot include multiple operations on one item");
        }
      }
    }
    if (bytes > MOST_TRANSACTION_BYTES) {
      throw Refusals.invalid("Transaction payload size cannot exceed 4MB");
    }
  }

  private Attempt<Outcome> executed(Attempt<Write> attempt) {
    if (attempt instanceof Attempt.Failure<Write>(CancellationReason reason)) {
      return new Attempt.Failure<>(reason);
    }
    Write write = ((Attempt.Success<Write>) attempt).value;
    Optional<Item> before = write.table().find(write.key());
    if (write.isMetBy(before)) {
      return attempt(() -> new Outcome(write, before, write.applyTo(before)));
    }
    var told = write.told(before);
    return new Attempt.Failure<>(CancellationReason.builder().code("ConditionalCheckFailed")
        .message(Refusals.CONDITION_FAILED).item(told.isEmpty() ? null : told).build());
  }

  private static <T> Attempt<T> attempt(Supplier<T> work) {
    try {
      return new Attempt.Success<>(work.get());
    } catch (InvalidItem e) {
      return new Attempt.Failure<>(CancellationReason.builder().code("ValidationError").message(e.getMessage()).build());
    }
  }

  private static List<Outcome> successes(List<Attempt<Outcome>> attempts) {
    var outcomes = new ArrayList<Outcome>();
    var reasons = new ArrayList<CancellationReason>();
    for (Attempt<Outcome> attempt : attempts) {
      switch (attempt) {
        case Attempt.Success<Outcome>(Outcome outcome) -> {
          outcomes.add(outcome);
          reasons.add(CancellationReason.builder().code("None").build());
        }
        case Attempt.Failure<Outcome>(CancellationReason reason) -> reasons.add(reason);
      }
    }
    if (outcomes.size() < attempts.size()) {
      throw Refusals.canceled(reasons);
    }
    return outcomes;
  }

  private Outcome writeAlone(Write write) {
    Optional<Item> before = write.table().find(write.key());
    if (!write.isMetBy(before)) {
      throw Refusals.conditionFailed(write.told(before));
    }
    var outcome = new Outcome(write, before, write.applyTo(before));
    commit(List.of(outcome));
    return outcome;
  }

  /** Where the call is about one item, what is wrong with that is what is wrong with the call. */
  private static <T> T alone(Supplier<T> call) {
    try {
      return call.get();
    } catch (InvalidItem e) {
      throw Refusals.invalid(e.getMessage());
    }
  }

  private void commit(List<Outcome> outcomes) {
    var changes = new ArrayList<Change>();
    for (Outcome outcome : outcomes) {
      if (!outcome.before.equals(outcome.after)) {
        StoredTable table = outcome.write.table();
        table.write(outcome.write.key(), outcome.after);
        changes.add(new Change(table.name(), table.schema().attributes(outcome.write.key()),
            attributesOrEmpty(outcome.before), attributesOrEmpty(outcome.after)));
      }
    }
    if (!changes.isEmpty()) {
      listeners.forEach(it -> it.accept(changes));
    }
  }

  private static Map<String, AttributeValue> attributesOrEmpty(Optional<Item> item) {
    return item.isPresent() ? item.get().attributes() : Map.of();
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
