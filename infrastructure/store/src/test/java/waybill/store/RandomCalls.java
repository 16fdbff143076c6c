package waybill.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Calls of every kind on two tables with few items. */
final class RandomCalls {
  private static final List<String> PARTITIONS = List.of("a", "b", "é");
  private static final List<String> SORTS = List.of("1", "2", "22", "Z", "z", "ä", "\uFFFD", "\uD83D\uDE00");
  private static final List<String> HOLDS = List.of("open", "shut");
  private static final List<Integer> LIMITS = Arrays.asList(null, null, null, null, null, null, null, null, 1, 1, 1, 2,
      2, 3, 9, 0);

  private final RandomValues random;
  private final List<QueryRequest> unfinished = new ArrayList<>();
  private int items;
  private boolean inTransaction;

  RandomCalls(RandomValues random) {
    this.random = random;
  }

  SdkPojo next() {
    return switch (random.below(20)) {
      case 0 -> get();
      case 1 -> batchGet();
      case 2, 3, 4, 5 -> query();
      case 6, 7, 8, 9, 10 -> put();
      case 11, 12, 13 -> update();
      case 14 -> delete();
      default -> transact();
    };
  }

  /** Where a query did not come to its end, a later one goes on. */
  void heard(QueryRequest request, QueryResponse response) {
    if (response.hasLastEvaluatedKey()) {
      unfinished.add(request.toBuilder().exclusiveStartKey(response.lastEvaluatedKey()).build());
    }
  }

  private String table() {
    return !inTransaction && random.once(200)
        ? "nowhere"
        : random.one(List.of(Tables.PLAIN, Tables.INDEXED, Tables.INDEXED));
  }

  private Map<String, AttributeValue> key() {
    var key = new TreeMap<>(Map.of("pk", random.keyValue(PARTITIONS), "sk", random.keyValue(SORTS)));
    if (random.once(150)) {
      key.remove("sk");
    }
    if (random.once(150)) {
      key.put("x", random.text());
    }
    return key;
  }

  private Map<String, AttributeValue> item() {
    var item = new TreeMap<>(Map.of("pk", random.keyValue(PARTITIONS), "sk", random.keyValue(SORTS)));
    item.put("revision", AttributeValue.fromN(Integer.toString(random.below(3))));
    for (String name : List.of("s", "n", "x", "l", "m", "year", "on_hand")) {
      if (random.once(2)) {
        item.put(name, switch (name) {
          case "s" -> random.text();
          case "n", "on_hand" -> random.number();
          case "l" -> random.list(1);
          case "m" -> random.map(2);
          default -> random.value();
        });
      }
    }
    if (random.once(2)) {
      item.put("by_hold", random.keyValue(HOLDS));
    }
    if (random.once(2)) {
      // Mostly different ones: where two items of an index are equal, DynamoDB does not say which is the first.
      item.put("by_hold_range",
          random.keyValue(List.of(random.once(4) ? random.one(SORTS) : random.one(SORTS) + items++)));
    }
    if (random.once(400)) {
      item.put("x", AttributeValue.fromS("x".repeat(409_500 + random.below(200))));
    }
    if (random.once(150)) {
      item.remove("sk");
    }
    return item;
  }

  private String onFailure() {
    return random.one(List.of("NONE", "ALL_OLD", "ALL_OLD"));
  }

  private GetItemRequest get() {
    return GetItemRequest.builder().tableName(table()).key(key()).consistentRead(random.once(2)).build();
  }

  private BatchGetItemRequest batchGet() {
    var asked = new TreeMap<String, KeysAndAttributes>();
    if (random.once(60)) {
      asked.put("nowhere", KeysAndAttributes.builder().keys(List.of(key())).build());
      return BatchGetItemRequest.builder().requestItems(asked).build();
    }
    for (int i = random.once(50) ? 0 : 1 + random.below(2); i > 0; i--) {
      int keys = random.once(50) ? 101 : random.once(50) ? 0 : 1 + random.below(5);
      var some = IntStream.range(0, keys).mapToObj(_ -> key());
      asked.put(random.one(List.of(Tables.PLAIN, Tables.INDEXED)),
          KeysAndAttributes.builder().keys((random.once(10) ? some : some.distinct()).toList())
              .consistentRead(true).build());
    }
    return BatchGetItemRequest.builder().requestItems(asked).build();
  }

  private QueryRequest query() {
    if (!unfinished.isEmpty() && random.once(2)) {
      return unfinished.removeLast();
    }
    var expressions = new RandomExpressions(random);
    boolean ofIndex = random.once(2);
    String condition = ofIndex
        ? expressions.keyCondition("by_hold", random.one(HOLDS), "by_hold_range", Stream.concat(SORTS.stream(),
            Stream.of("r", "r1", "q")).toList())
        : expressions.keyCondition("pk", random.one(PARTITIONS), "sk", SORTS);
    return QueryRequest.builder().tableName(ofIndex ? Tables.INDEXED : table()).indexName(ofIndex ? index() : null)
        .keyConditionExpression(condition).expressionAttributeNames(expressions.names())
        .expressionAttributeValues(expressions.values()).scanIndexForward(random.one(List.of(true, true, false)))
        .consistentRead(random.once(ofIndex ? 40 : 2)).limit(random.one(LIMITS))
        .exclusiveStartKey(random.once(8) ? start(ofIndex) : null).build();
  }

  private String index() {
    return random.once(60) ? random.one(List.of("nowhere", "by_customer")) : "by_hold";
  }

  private Map<String, AttributeValue> start(boolean ofIndex) {
    var start = new TreeMap<>(key());
    if (ofIndex) {
      start.put("by_hold", random.keyValue(HOLDS));
      start.put("by_hold_range", random.keyValue(SORTS));
    }
    return start;
  }

  private PutItemRequest put() {
    var expressions = new RandomExpressions(random);
    String condition = random.once(3) ? null : expressions.condition();
    return PutItemRequest.builder().tableName(table()).item(item()).conditionExpression(condition)
        .expressionAttributeNames(expressions.names()).expressionAttributeValues(expressions.values())
        .returnValues(random.one(List.of("NONE", "ALL_OLD"))).returnValuesOnConditionCheckFailure(onFailure()).build();
  }

  private UpdateItemRequest update() {
    var expressions = new RandomExpressions(random);
    String update = random.once(40) ? null : expressions.update();
    String condition = random.once(2)
        ? null
        : random.once(3) ? expressions.counterCondition() : expressions.condition();
    return UpdateItemRequest.builder().tableName(table()).key(key()).updateExpression(update)
        .conditionExpression(condition)
        .expressionAttributeNames(expressions.names()).expressionAttributeValues(expressions.values())
        .returnValues(random.one(List.of("NONE", "ALL_OLD", "ALL_NEW")))
        .returnValuesOnConditionCheckFailure(onFailure()).build();
  }

  private DeleteItemRequest delete() {
    var expressions = new RandomExpressions(random);
    String condition = random.once(2) ? null : expressions.condition();
    return DeleteItemRequest.builder().tableName(table()).key(key()).conditionExpression(condition)
        .expressionAttributeNames(expressions.names()).expressionAttributeValues(expressions.values())
        .returnValues(random.one(List.of("NONE", "ALL_OLD"))).returnValuesOnConditionCheckFailure(onFailure()).build();
  }

  private TransactWriteItemsRequest transact() {
    if (random.once(100)) {
      return TransactWriteItemsRequest.builder().transactItems(delete(Tables.PLAIN), delete("nowhere")).build();
    }
    int actions = random.once(100) ? 0 : 1 + random.below(4);
    var byKey = new LinkedHashMap<List<AttributeValue>, TransactWriteItem>();
    inTransaction = true;
    IntStream.range(0, actions).mapToObj(_ -> action()).forEach(it -> byKey.putIfAbsent(key(it), it));
    inTransaction = false;
    return TransactWriteItemsRequest.builder().transactItems(byKey.values()).build();
  }

  private TransactWriteItem delete(String table) {
    return TransactWriteItem.builder().delete(it -> it.tableName(table).key(key())).build();
  }

  private static List<AttributeValue> key(TransactWriteItem action) {
    Map<String, AttributeValue> key = action.put() != null
        ? action.put().item()
        : action.update() != null
            ? action.update().key()
            : action.delete() != null ? action.delete().key() : action.conditionCheck().key();
    return Arrays.asList(key.get("pk"), key.get("sk"));
  }

  private TransactWriteItem action() {
    return switch (random.below(8)) {
      case 0, 1, 2 -> {
        PutItemRequest put = put();
        yield TransactWriteItem.builder().put(it -> it.tableName(put.tableName()).item(put.item())
            .conditionExpression(put.conditionExpression())
            .expressionAttributeNames(put.expressionAttributeNames())
            .expressionAttributeValues(put.expressionAttributeValues())
            .returnValuesOnConditionCheckFailure(onFailure())).build();
      }
      case 3, 4, 5 -> {
        UpdateItemRequest update = update();
        yield TransactWriteItem.builder().update(it -> it.tableName(update.tableName()).key(update.key())
            .updateExpression(update.updateExpression() == null ? "remove nowhere" : update.updateExpression())
            .conditionExpression(update.conditionExpression())
            .expressionAttributeNames(update.expressionAttributeNames())
            .expressionAttributeValues(update.expressionAttributeValues())
            .returnValuesOnConditionCheckFailure(onFailure())).build();
      }
      case 6 -> {
        DeleteItemRequest delete = delete();
        yield TransactWriteItem.builder().delete(it -> it.tableName(delete.tableName()).key(delete.key())
            .conditionExpression(delete.conditionExpression())
            .expressionAttributeNames(delete.expressionAttributeNames())
            .expressionAttributeValues(delete.expressionAttributeValues())
            .returnValuesOnConditionCheckFailure(onFailure())).build();
      }
      default -> {
        var expressions = new RandomExpressions(random);
        String condition = expressions.condition();
        yield TransactWriteItem.builder().conditionCheck(it -> it.tableName(table()).key(key())
            .conditionExpression(condition).expressionAttributeNames(expressions.names())
            .expressionAttributeValues(expressions.values()).returnValuesOnConditionCheckFailure(onFailure())).build();
      }
    };
  }
}
