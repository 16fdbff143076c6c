package waybill.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.paginators.QueryIterable;
import software.amazon.awssdk.services.dynamodb.paginators.ScanIterable;
import waybill.store.Outcome.Answered;
import waybill.store.Outcome.Refused;

/** The same calls, one after the other, to the store and to DynamoDB Local. */
class StoreEqualsDynamoDbLocalTest {
  private static final int SEQUENCES = 25;
  private static final int CALLS = 60;
  private static final Set<String> UPDATE_FAULTS = Set.of(
      "The provided expression refers to an attribute that does not exist in the item",
      "An operand in the update expression has an incorrect data type",
      "DynamoDB only supports precision up to 38 digits");

  private static DynamoDbLocal dynamoDbLocal;
  private static DynamoDbClient local;

  Store store = new Store(Tables.ALL);

  /** Calls the store; a sub-class does so in another way. */
  DynamoDbClient ours() {
    return new StoreClient(store);
  }

  @BeforeAll
  static void open() {
    dynamoDbLocal = new DynamoDbLocal(Tables.ALL);
    local = dynamoDbLocal.client();
  }

  @AfterAll
  static void close() {
    dynamoDbLocal.close();
  }

  @AfterEach
  void empty() {
    for (String table : List.of(Tables.PLAIN, Tables.INDEXED)) {
      dynamoDbLocal.items(table).forEach(it -> local.deleteItem(
          request -> request.tableName(table).key(Map.of("pk", it.get("pk"), "sk", it.get("sk")))));
    }
    store = new Store(Tables.ALL);
  }

  @Test
  void randomCallsAreAnsweredTheSame() {
    for (int seed = 0; seed < SEQUENCES; seed++) {
      compare(seed);
      empty();
    }
  }

  @Test
  void whatTheFunctionsAskIsAnsweredTheSame() {
    compare(counted("revision :one, #on_hand :on_hand",
        "(attribute_not_exists(#on_hand) or #on_hand <= :on_hand_limit)", 5));
    compare(counted("revision :one, #on_hand :on_hand", "#on_hand >= :on_hand_limit", -3));
    compare(counted("revision :one, #on_hand :on_hand", "#on_hand >= :on_hand_limit", -3));
    compare(put(item("a", "order", "revision", "1"), "attribute_not_exists(pk)", Map.of()));
    compare(put(item("a", "order", "revision", "1"), "attribute_not_exists(pk)", Map.of()));
    compare(put(item("a", "order", "revision", "2"), "revision = :revision", Map.of(":revision", number(1))));
    compare(put(item("a", "order", "revision", "2"), "revision = :revision", Map.of(":revision", number(1))));
    compare(DeleteItemRequest.builder().tableName(Tables.INDEXED).key(item("a", "order"))
        .conditionExpression("revision = :revision").expressionAttributeValues(Map.of(":revision", number(2))).build());
    compareContent("in the end");
  }

  /** Each with something that holds and something that does not. */
  @Test
  void everyOperatorIsUnderstoodTheSame() {
    var values = Map.of(":zero", number(0), ":one", number(1), ":five", number(5), ":ten", number(10), ":a", text("a"),
        ":abc",
        text("abc"), ":list", AttributeValue.fromL(List.of(number(1), text("a"))), ":type", text("L"));
    var item = new HashMap<>(item("a", "b", "s", "abc"));
    item.put("n", number(5));
    item.put("l", values.get(":list"));
    item.put("m", AttributeValue.fromM(Map.of("deep", values.get(":list"))));
    item.put("ss", AttributeValue.fromSs(List.of("a", "b")));
    item.put("ns", AttributeValue.fromNs(List.of("1", "10")));
    compare(put(item, null, Map.of()));

    for (String condition : List.of("n = :five", "n <> :five", "n < :ten", "n < :one", "n <= :five", "n > :ten",
        "n >= :one",
        "s < :a", "s > :a", "n < :a", "n <> :a", "n between :one and :ten", "n between :five and :five",
        "n between :zero and :one", "n in (:one, :five)", "n in (:one, :ten)", "n in (:five, :a)", "nowhere in (:one)",
        "contains(s, :a)", "contains(s, :one)", "contains(l, :a)", "contains(l, :five)", "contains(ss, :a)",
        "contains(ss, :abc)", "contains(ns, :ten)", "contains(ns, :a)", "begins_with(s, :a)", "begins_with(s, :abc)",
        "begins_with(n, :a)", "size(s) > :one", "size(l) = :one", "size(n) = :one", "size(m) = :one", "size(ss) < :ten",
        "attribute_type(l, :type)", "attribute_type(s, :type)", "attribute_exists(m.deep)",
        "attribute_exists(m.deep[2])",
        "m.deep[1] = :a", "m.deep[0] = :a", "l = :list", "m.deep <> :list", "not n = :five",
        "not n = :one and s = :abc",
        "n = :one or n = :five and s = :a", "(n = :one or n = :five) and s = :abc", "n = :one or not n = :one")) {
      var used = values.entrySet().stream().filter(it -> Pattern.compile(it.getKey() + "\\b").matcher(condition).find())
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
      compare(put(item, condition, used));
    }
  }

  /** A table, and an index, need not have a sort attribute. */
  @Test
  void keysOfOneAttributeAreUnderstoodTheSame() {
    for (String pk : List.of("a", "b", "c", "d")) {
      compare(PutItemRequest.builder().tableName(Tables.KEYED)
          .item(Map.of("pk", text(pk), "kind", text("k"), "name", text("N" + pk), "more", number(1))).build());
    }
    var named = Map.of("pk", text("a"));
    compare(GetItemRequest.builder().tableName(Tables.KEYED).key(named).build());
    compare(GetItemRequest.builder().tableName(Tables.KEYED).key(item("a", "b")).build());
    compare(GetItemRequest.builder().tableName(Tables.KEYED).key(Map.of("sk", text("a"))).build());
    compare(UpdateItemRequest.builder().tableName(Tables.KEYED).key(named).updateExpression("add more :one")
        .expressionAttributeValues(Map.of(":one", number(1))).returnValues("ALL_NEW").build());
    compare(DeleteItemRequest.builder().tableName(Tables.KEYED).key(Map.of("pk", text("d"))).returnValues("ALL_OLD")
        .build());
    compare(QueryRequest.builder().tableName(Tables.KEYED).keyConditionExpression("pk = :a")
        .expressionAttributeValues(Map.of(":a", text("a"))).build());
    compare(QueryRequest.builder().tableName(Tables.KEYED).keyConditionExpression("pk = :a and sk = :a")
        .expressionAttributeValues(Map.of(":a", text("a"))).build());
    QueryRequest.Builder kind = QueryRequest.builder().tableName(Tables.KEYED).indexName("by_kind")
        .keyConditionExpression("kind = :k").expressionAttributeValues(Map.of(":k", text("k")));
    for (int limit = 1; limit <= 4; limit++) {
      assertThat(new HashSet<>(paged(local, kind, limit))).hasSize(3).as("in pages of " + limit)
          .isEqualTo(new HashSet<>(paged(ours(), kind, limit)));
    }
  }

  private static List<Map<String, AttributeValue>> paged(DynamoDbClient client, QueryRequest.Builder query, int limit) {
    return new QueryIterable(client, query.limit(limit).build()).items().stream().map(Map::copyOf).toList();
  }

  @Test
  void aScanHasTheSameItemsInPagesOfTheSameSize() {
    for (String sk : List.of("a", "b", "c", "d", "e")) {
      compare(put(item("p" + sk, sk, "by_hold", "h" + sk, "by_hold_range", sk), null, Map.of()));
      compare(put(item("q" + sk, sk), null, Map.of()));
    }
    for (int limit = 1; limit <= 11; limit++) {
      for (String index : List.of("", "by_hold")) {
        ScanRequest scan = ScanRequest.builder().tableName(Tables.INDEXED).indexName(index.isEmpty() ? null : index)
            .limit(limit).build();
        var ours = new ScanIterable(ours(), scan);
        var theirs = new ScanIterable(local, scan);
        assertThat(ours.stream().map(ScanResponse::count)).as("%s in pages of %d", index, limit)
            .containsExactlyElementsOf(theirs.stream().map(ScanResponse::count).toList());
        assertThat(ours.items()).hasSize(index.isEmpty() ? 10 : 5)
            .containsExactlyInAnyOrderElementsOf(theirs.items().stream().toList());
      }
    }
    var impossible = ScanRequest.builder().tableName(Tables.INDEXED);
    for (ScanRequest scan : List.of(impossible.limit(0).build(), impossible.limit(null).indexName("by_none").build(),
        impossible.indexName("by_hold").consistentRead(true).build(),
        impossible.indexName(null).consistentRead(null).exclusiveStartKey(Map.of("pk", text("a"))).build(),
        impossible.tableName("nothing").build())) {
      assertThat(Outcome.of(() -> ours().scan(scan))).as(scan.toString()).isEqualTo(Outcome.of(() -> local.scan(scan)));
    }
  }

  @Test
  void batchesOfWritesAreUnderstoodTheSame() {
    compare(batch(writing("a", "1"), writing("a", "2"), removing("a", "3")));
    compare(batch(writing("a", "1"), removing("a", "2")));
    compare(batch(writing("a", "1"), removing("a", "1")));
    compare(batch(writing("a", "")));
    compare(batch());
    compare(batch(WriteRequest.builder().build()));
    compare(BatchWriteItemRequest.builder().requestItems(Map.of("nothing", List.of(writing("a", "1")))).build());
    for (int over = 0; over <= 1; over++) {
      compare(batch(IntStream.range(0, 25 + over).mapToObj(it -> writing("b", "" + it)).toArray(WriteRequest[]::new)));
    }
    compareContent("in the end");
  }

  @Test
  void readsAtOneMomentAreUnderstoodTheSame() {
    compare(put(item("a", "1", "x", "x"), null, Map.of()));
    compare(reads(item("a", "1"), item("a", "2")));
    compare(reads(item("a", "1"), item("a", "1")));
    compare(reads(item("a", "")));
    compare(reads());
    for (int over = 0; over <= 1; over++) {
      compare(reads(IntStream.range(0, 100 + over).mapToObj(it -> item("a", "" + it)).toList()));
    }
  }

  private static BatchWriteItemRequest batch(WriteRequest... writes) {
    return BatchWriteItemRequest.builder().requestItems(Map.of(Tables.INDEXED, List.of(writes))).build();
  }

  private static WriteRequest writing(String pk, String sk) {
    return WriteRequest.builder().putRequest(it -> it.item(item(pk, sk, "x", "x"))).build();
  }

  private static WriteRequest removing(String pk, String sk) {
    return WriteRequest.builder().deleteRequest(it -> it.key(item(pk, sk))).build();
  }

  @SafeVarargs
  private static TransactGetItemsRequest reads(Map<String, AttributeValue>... keys) {
    return reads(List.of(keys));
  }

  private static TransactGetItemsRequest reads(List<Map<String, AttributeValue>> keys) {
    return TransactGetItemsRequest.builder().transactItems(keys.stream()
        .map(key -> TransactGetItem.builder().get(it -> it.tableName(Tables.INDEXED).key(key)).build()).toList())
        .build();
  }

  private static TransactWriteItemsRequest counted(String additions, String condition, int units) {
    var values = Map.of(":one", number(1), ":now", number(1000), ":on_hand", number(units), ":on_hand_limit",
        number(Math.abs(units)));
    return TransactWriteItemsRequest.builder()
        .transactItems(TransactWriteItem.builder()
            .update(it -> it.tableName(Tables.PLAIN).key(item("SKU-1", "#pool/default")).conditionExpression(condition)
                .updateExpression(
                    "set updated_at = :now, created_at = if_not_exists(created_at, :now) add " + additions)
                .expressionAttributeNames(Map.of("#on_hand", "on_hand")).expressionAttributeValues(values))
            .build())
        .build();
  }

  @Test
  void everyReservedWordIsRefused() {
    for (String word : ReservedWords.all()) {
      // In AWS's list, and not in DynamoDB Local's.
      if (!word.equals("size")) {
        assertThat(compare(put(item("a", "b"), word + " = :value", Map.of(":value", number(1)))))
            .isInstanceOf(Refused.class);
      }
    }
  }

  @Test
  void theLimitsAreTheSame() {
    for (int over = -1; over <= 1; over++) {
      compare(put(item("p".repeat(2048 + over), "s"), null, Map.of()));
      compare(put(item("p", "s".repeat(1024 + over)), null, Map.of()));
      compare(put(item("p", "é".repeat(512 + over)), null, Map.of()));
      compare(put(item("p", "s", "by_hold", "h".repeat(2048 + over)), null, Map.of()));
      compare(put(item("p", "s", "by_hold_range", "h".repeat(1024 + over)), null, Map.of()));
      compare(put(item("p", "s", "x", "x".repeat(400 * 1024 - 7 + over)), null, Map.of()));
      compare(update("p", "s", "set y = :y, x = :x",
          Map.of(":y", number(1), ":x", text("x".repeat(400 * 1024 - 10 + over)))));
      compare(put(item("p", "s"), "pk = :p" + " ".repeat(4096 - 7 + over), Map.of(":p", text("p"))));
      compare(put(item("p", "s"), "pk = :p" + " or pk = :p".repeat(149 + over), Map.of(":p", text("p"))));
      compare(put(item("p", "s"), "pk in (:p" + ", :p".repeat(99 + over) + ")", Map.of(":p", text("p"))));
      compare(TransactWriteItemsRequest.builder().transactItems(IntStream.range(0, 100 + over)
          .mapToObj(it -> TransactWriteItem.builder().put(put -> put.tableName(Tables.PLAIN).item(item("p", "s" + it)))
              .build())
          .toList()).build());
    }
    compareContent("in the end");
  }

  @Test
  void aQueryIsAnsweredInPagesOfAMegabyte() {
    for (int less = 0; less <= 1; less++) {
      for (int i = 0; i < 6; i++) {
        compare(put(item("p", "s" + i, "x", "x".repeat(256 * 1024 - 7 - 1 - (i == 0 ? less : 0))), null, Map.of()));
      }
      compare(QueryRequest.builder().tableName(Tables.INDEXED).keyConditionExpression("pk = :p")
          .expressionAttributeValues(Map.of(":p", text("p"))).build());
    }
  }

  @Test
  void nonsenseOfEveryKindIsRefusedTheSame() {
    compare(put(Map.of(), null, Map.of()));
    for (Map<String, AttributeValue> item : List.of(item("", "b"), item("a", ""), item("a", "b", "by_hold", ""),
        item("a", "b", "by_hold_range", ""), Map.of("pk", number(1), "sk", text("b")),
        Map.of("pk", text("a"), "sk", text("b"), "by_hold", number(1)))) {
      compare(put(item, null, Map.of()));
      compare(transaction(TransactWriteItem.builder().put(it -> it.tableName(Tables.INDEXED).item(item)).build()));
      compare(GetItemRequest.builder().tableName(Tables.INDEXED).key(item).build());
    }
    compare(update("a", "b", "set by_hold = :x", Map.of(":x", text(""))));
    compare(put(item("a", "b"), "((attribute_exists(pk)))", Map.of()));
    compare(put(item("a", "b"), "pk.part = :x", Map.of(":x", text("x"))));
    compare(put(item("a", "b"), "attribute_type(x, :x)", Map.of(":x", text("Q"))));
    compare(put(item("a", "b"), "x between :x and :y", Map.of(":x", number(2), ":y", number(1))));
    compare(put(item("a", "b"), "x = x", Map.of()));
    compare(update("a", "b", "set pk = :x", Map.of(":x", text("x"))));
    compare(update("a", "b", "set x = x + :x", Map.of(":x", number(1))));
    compare(update("a", "b", "add x :x", Map.of(":x", text("x"))));
    compare(update("a", "b", "set x = :x, x = :x", Map.of(":x", text("x"))));
    compare(update("a", "b", "set x = :x set y = :x", Map.of(":x", text("x"))));
    compare(transaction());
    compare(transaction(TransactWriteItem.builder().build()));
    compare(transaction(TransactWriteItem.builder().delete(it -> it.tableName(Tables.PLAIN).key(item("a", "b")))
        .put(it -> it.tableName(Tables.PLAIN).item(item("a", "c"))).build()));
    compare(transaction(TransactWriteItem.builder()
        .conditionCheck(it -> it.tableName(Tables.PLAIN).key(item("a", "b"))).build()));
    compare(transaction(IntStream.range(0, 11).mapToObj(it -> TransactWriteItem.builder()
        .put(put -> put.tableName(Tables.PLAIN).item(item("a", "s" + it, "x", "x".repeat(390_000)))).build())
        .toArray(TransactWriteItem[]::new)));
  }

  private Outcome compare(SdkPojo request) {
    return compare(request, "call");
  }

  private static TransactWriteItemsRequest transaction(TransactWriteItem... actions) {
    return TransactWriteItemsRequest.builder().transactItems(actions).build();
  }

  private static PutItemRequest put(Map<String, AttributeValue> item, String condition,
      Map<String, AttributeValue> values) {
    return PutItemRequest.builder().tableName(Tables.INDEXED).item(item).conditionExpression(condition)
        .expressionAttributeValues(values.isEmpty() ? null : values).build();
  }

  private static UpdateItemRequest update(String pk, String sk, String update, Map<String, AttributeValue> values) {
    return UpdateItemRequest.builder().tableName(Tables.INDEXED).key(item(pk, sk)).updateExpression(update)
        .expressionAttributeValues(values).build();
  }

  private static Map<String, AttributeValue> item(String pk, String sk, String... more) {
    var item = new HashMap<>(Map.of("pk", text(pk), "sk", text(sk)));
    for (int i = 0; i < more.length; i += 2) {
      item.put(more[i], more[i].equals("revision") ? AttributeValue.fromN(more[i + 1]) : text(more[i + 1]));
    }
    return item;
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue number(int number) {
    return AttributeValue.fromN(Integer.toString(number));
  }

  void compare(long seed) {
    var calls = new RandomCalls(new RandomValues(new Random(seed)));
    for (int i = 0; i < CALLS; i++) {
      SdkPojo request = calls.next();
      Outcome expected = compare(request, "call %d of seed %d".formatted(i, seed));
      if (request instanceof QueryRequest query && expected instanceof Answered(QueryResponse response)) {
        calls.heard(query, response);
      }
    }
    compareContent("after seed " + seed);
  }

  private Outcome compare(SdkPojo request, String which) {
    Outcome expected = Outcome.of(() -> asked(local, request));
    Outcome actual = Outcome.of(() -> asked(ours(), request));
    if (!isKnownDifference(request, expected, actual)) {
      assertThat(actual).as("%s: %s", which, request).isEqualTo(expected);
    }
    return expected;
  }

  private static Object asked(DynamoDbClient client, SdkPojo request) {
    return switch (request) {
      case GetItemRequest it -> client.getItem(it);
      case BatchGetItemRequest it -> client.batchGetItem(it);
      case QueryRequest it -> client.query(it);
      case PutItemRequest it -> client.putItem(it);
      case UpdateItemRequest it -> client.updateItem(it);
      case DeleteItemRequest it -> client.deleteItem(it);
      case TransactWriteItemsRequest it -> client.transactWriteItems(it);
      case TransactGetItemsRequest it -> client.transactGetItems(it);
      case BatchWriteItemRequest it -> client.batchWriteItem(it);
      default -> throw new IllegalArgumentException("no call: " + request);
    };
  }

  private boolean isKnownDifference(SdkPojo request, Outcome local, Outcome ours) {
    return switch (request) {
      case TransactWriteItemsRequest _ -> isToldAsInAws(local, ours);
      case QueryRequest it -> it.indexName() == null ? isAtTheEndOfItsRange(local, ours) : isInNoOrder(it, local, ours);
      default -> false;
    };
  }

  /**
   * What an update cannot make of an item cancels a transaction, as AWS documents it; DynamoDB Local refuses the request. Of
   * two faults of one update each may tell another.
   */
  private static boolean isToldAsInAws(Outcome local, Outcome ours) {
    return local instanceof Refused refused && refused.code().equals("ValidationException")
        && UPDATE_FAULTS.contains(refused.message()) && ours instanceof Refused cancelled
        && cancelled.code().equals("TransactionCanceledException")
        && cancelled.reasons().stream().anyMatch(UPDATE_FAULTS::contains);
  }

  /** AWS documents a cursor for every page that ends at the limit; DynamoDB Local knows the last place of a closed range. */
  private boolean isAtTheEndOfItsRange(Outcome local, Outcome ours) {
    if (!(ours instanceof Answered(QueryResponse page))) {
      return false;
    }
    return switch (local) {
      case Answered(QueryResponse expected) -> page.hasLastEvaluatedKey() && !expected.hasLastEvaluatedKey()
          && Outcome.comparable(page.items()).equals(Outcome.comparable(expected.items()));
      case Refused refused ->
        page.count() == 0 && refused.message().startsWith("The provided starting key does not match");
      default -> false;
    };
  }

  /** Where two items are at one place of an index, DynamoDB does not say which is the first. */
  private boolean isInNoOrder(QueryRequest request, Outcome local, Outcome ours) {
    if (!(local instanceof Answered(QueryResponse expected) && ours instanceof Answered(QueryResponse actual))) {
      return false;
    }
    boolean isWhole = request.limit() == null && !request.hasExclusiveStartKey();
    return isAnyPlaceSharedWith(request.exclusiveStartKey())
        && (!isWhole || new HashSet<>(expected.items()).equals(new HashSet<>(actual.items())));
  }

  private boolean isAnyPlaceSharedWith(Map<String, AttributeValue> start) {
    var keys = new HashMap<List<AttributeValue>, List<AttributeValue>>();
    return Stream.concat(store.items(Tables.INDEXED).stream(), Stream.of(start))
        .filter(it -> it.containsKey("by_hold") && it.containsKey("by_hold_range")).anyMatch(it -> {
          var key = List.of(it.get("pk"), it.get("sk"));
          return !key.equals(keys.computeIfAbsent(List.of(it.get("by_hold"), it.get("by_hold_range")), _ -> key));
        });
  }

  private void compareContent(String when) {
    for (String table : List.of(Tables.PLAIN, Tables.INDEXED)) {
      assertThat(Outcome.comparable(store.items(table))).as("%s in %s", when, table)
          .containsExactlyInAnyOrderElementsOf(Outcome.comparable(dynamoDbLocal.items(table)));
    }
    for (String index : Tables.INDEXES) {
      var there = local.scanPaginator(it -> it.tableName(Tables.INDEXED).indexName(index)).items().stream().toList();
      assertThat(Outcome.comparable(content(index))).as("%s in %s", when, index)
          .containsExactlyInAnyOrderElementsOf(Outcome.comparable(there));
    }
  }

  private List<Map<String, AttributeValue>> content(String index) {
    return store.items(Tables.INDEXED).stream().filter(it -> it.containsKey(index)).map(it -> it.get(index)).distinct()
        .flatMap(it -> store.query(QueryRequest.builder().tableName(Tables.INDEXED).indexName(index)
            .keyConditionExpression("#index = :value").expressionAttributeNames(Map.of("#index", index))
            .expressionAttributeValues(Map.of(":value", it)).build()).items().stream())
        .toList();
  }
}
