package waybill.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import waybill.store.Store.Change;

/** What a store does beside answering as DynamoDB Local does, and where it answers as AWS does instead. */
class StoreTest {
  private final Store store = new Store(Tables.ALL);
  private final List<List<Change>> told = new ArrayList<>();

  @Test
  void aStaleIndexShowsWhatWasThereBefore() {
    put(item("a", "1", "by_hold", "open", "by_hold_range", "1"));
    put(item("a", "2", "by_hold", "open", "by_hold_range", "2"));
    put(item("a", "1", "by_hold", "shut", "by_hold_range", "1"));
    delete("a", "2");

    assertThat(found("open", 0)).isEmpty();
    assertThat(found("open", 1)).containsExactly("2");
    assertThat(found("open", 2)).containsExactly("1", "2");
    assertThat(found("open", 3)).containsExactly("1");
    assertThat(found("open", 4)).isEmpty();
    assertThat(found("open", 5)).isEmpty();
    assertThat(found("shut", 1)).containsExactly("1");
    assertThat(found("shut", 2)).isEmpty();
  }

  @Test
  void aStaleIndexMayKnowOneHalfOfATransaction() {
    store.transactWriteItems(transaction(putting(item("a", "1", "by_hold", "open", "by_hold_range", "1")),
        putting(item("a", "2", "by_hold", "open", "by_hold_range", "2"))));

    assertThat(found("open", 1)).containsExactly("1");
  }

  @Test
  void anIndexIsNeverMoreThanFiftyWritesBehind() {
    IntStream.range(0, 60).forEach(
        it -> put(item("a", "%02d".formatted(it), "by_hold", "open", "by_hold_range", "%02d".formatted(it))));

    assertThat(found("open", 50)).hasSize(10);
    assertThat(found("open", 1000)).hasSize(10);
  }

  @Test
  void onlyAConsistentQueryOfATableIsNeverStale() {
    put(item("a", "1"));
    var query = QueryRequest.builder().tableName(Tables.INDEXED).keyConditionExpression("pk = :pk")
        .expressionAttributeValues(Map.of(":pk", text("a")));

    assertThat(store.query(query.consistentRead(true).build(), 1).items()).hasSize(1);
    assertThat(store.query(query.consistentRead(false).build(), 1).items()).isEmpty();
  }

  @Test
  void aCallTellsAtOnceOfAllThatItChanged() {
    put(item("a", "1"));
    listen();

    store.transactWriteItems(transaction(putting(item("a", "2")), updating("a", "1", "set x = :x", ":x", text("new")),
        TransactWriteItem.builder().conditionCheck(it -> it.tableName(Tables.INDEXED).key(item("a", "3"))
            .conditionExpression("attribute_not_exists(pk)")).build()));
    delete("a", "2");

    assertThat(told).containsExactly(
        List.of(new Change(Tables.INDEXED, item("a", "2"), Map.of(), item("a", "2")),
            new Change(Tables.INDEXED, item("a", "1"), item("a", "1"), item("a", "1", "x", "new"))),
        List.of(new Change(Tables.INDEXED, item("a", "2"), item("a", "2"), Map.of())));
  }

  @Test
  void aCallThatChangesNothingTellsOfNothing() {
    put(item("a", "1"));
    listen();

    put(item("a", "1"));
    delete("a", "2");
    store.updateItem(UpdateItemRequest.builder().tableName(Tables.INDEXED).key(item("a", "1")).build());
    assertThatExceptionOfType(ConditionalCheckFailedException.class)
        .isThrownBy(() -> store.putItem(PutItemRequest.builder()
            .tableName(Tables.INDEXED).item(item("a", "1", "x", "x")).conditionExpression("attribute_not_exists(pk)")
            .build()));

    assertThat(told).isEmpty();
  }

  @Test
  void aTransactionIsDoneOnceForItsToken() {
    var counted = transaction(updating("a", "1", "add n :one", ":one", AttributeValue.fromN("1"))).toBuilder()
        .clientRequestToken("token").build();

    store.transactWriteItems(counted);
    store.transactWriteItems(counted);

    assertThat(store.items(Tables.INDEXED).getFirst()).containsEntry("n", AttributeValue.fromN("1"));
    assertThatExceptionOfType(IdempotentParameterMismatchException.class).isThrownBy(() -> store
        .transactWriteItems(counted.toBuilder().transactItems(putting(item("a", "2"))).build()));
    store.transactWriteItems(counted.toBuilder().clientRequestToken("another").build());
    assertThat(store.items(Tables.INDEXED).getFirst()).containsEntry("n", AttributeValue.fromN("2"));
  }

  @Test
  void theTokenOfACancelledTransactionIsFree() {
    var impossible = transaction(updating("a", "1", "set n = n + :one", ":one", AttributeValue.fromN("1"))).toBuilder()
        .clientRequestToken("token").build();
    assertThatExceptionOfType(TransactionCanceledException.class)
        .isThrownBy(() -> store.transactWriteItems(impossible));

    store.transactWriteItems(impossible.toBuilder().transactItems(putting(item("a", "2"))).build());

    assertThat(store.items(Tables.INDEXED)).containsExactly(item("a", "2"));
  }

  @Test
  void anItemNamedTwiceIsRefusedAsInAwsWhateverItsConditionsWhichDynamoDbLocalLooksAtFirst() {
    var failing = TransactWriteItem.builder().put(it -> it.tableName(Tables.INDEXED).item(item("a", "1"))
        .conditionExpression("attribute_exists(pk)")).build();

    assertThat(refused(transaction(putting(item("a", "1")), failing))).isEqualTo("ValidationException");
    assertThat(store.items(Tables.INDEXED)).isEmpty();
  }

  @Test
  void whatAnUpdateCannotMakeOfAnItemCancelsATransactionAsInAwsAndIsNoRefusedRequestAsInDynamoDbLocal() {
    put(item("a", "1", "x", "text"));

    var refusal = catchThrowableOfType(TransactionCanceledException.class,
        () -> store.transactWriteItems(transaction(putting(item("a", "0")),
            updating("a", "1", "add x :one", ":one", AttributeValue.fromN("1")),
            updating("a", "2", "set x = y + :one", ":one", AttributeValue.fromN("1")),
            TransactWriteItem.builder().delete(it -> it.tableName(Tables.INDEXED).key(item("a", "3"))
                .conditionExpression("attribute_exists(pk)")).build())));

    assertThat(refusal.cancellationReasons()).extracting(CancellationReason::code).containsExactly("None",
        "ValidationError",
        "ValidationError", "ConditionalCheckFailed");
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("TransactionCanceledException");
    assertThat(store.items(Tables.INDEXED)).containsExactly(item("a", "1", "x", "text"));
  }

  @Test
  void anUpdateDoesNotMakeAnIndexKeyWhatNoneMayBeAsInAwsAndUnlikeInDynamoDbLocal() {
    for (AttributeValue impossible : List.of(AttributeValue.fromN("1"), text("x".repeat(2049)))) {
      assertThat(reasons(transaction(updating("a", "1", "set by_hold = :hold", ":hold", impossible))))
          .containsExactly("ValidationError");
      var alone = UpdateItemRequest.builder().tableName(Tables.INDEXED).key(item("a", "1"))
          .updateExpression("set by_hold = :hold").expressionAttributeValues(Map.of(":hold", impossible)).build();
      assertThat(
          catchThrowableOfType(DynamoDbException.class, () -> store.updateItem(alone)).awsErrorDetails().errorCode())
          .isEqualTo("ValidationException");
    }
    assertThat(store.items(Tables.INDEXED)).isEmpty();
  }

  @Test
  void anUpdateInATransactionHasAnExpressionAsInAwsAndUnlikeInDynamoDbLocal() {
    var update = TransactWriteItem.builder().update(it -> it.tableName(Tables.INDEXED).key(item("a", "1"))).build();

    assertThat(refused(transaction(update))).isEqualTo("ValidationException");
  }

  @Test
  void aPageThatEndsAtItsLimitHasACursorAsInAwsEvenWhereDynamoDbLocalKnowsThatNothingFollows() {
    put(item("a", "1"));
    put(item("a", "2"));
    var query = QueryRequest.builder().tableName(Tables.INDEXED).keyConditionExpression("pk = :pk and sk <= :sk")
        .limit(2)
        .expressionAttributeValues(Map.of(":pk", text("a"), ":sk", text("2"))).build();

    assertThat(store.query(query).lastEvaluatedKey()).isEqualTo(item("a", "2"));
    assertThat(store.query(query.toBuilder().exclusiveStartKey(item("a", "2")).build()).items()).isEmpty();
  }

  @Test
  void aBatchOfMoreThanSixteenMegabytesIsHandedBackInPart() {
    List<Map<String, AttributeValue>> keys = IntStream.range(0, 50).mapToObj(it -> item("a", "%02d".formatted(it)))
        .toList();
    keys.forEach(it -> {
      var large = new TreeMap<>(it);
      large.put("x", text("x".repeat(400_000)));
      put(large);
    });

    var answer = store.batchGetItem(BatchGetItemRequest.builder()
        .requestItems(Map.of(Tables.INDEXED, KeysAndAttributes.builder().keys(keys).consistentRead(true).build()))
        .build());

    assertThat(answer.responses().get(Tables.INDEXED)).hasSize(41);
    assertThat(answer.unprocessedKeys().get(Tables.INDEXED).keys()).isEqualTo(keys.subList(41, 50));
  }

  @Test
  void anIndexKnowsOfAnItemWhatItsProjectionSays() {
    var projecting = new Store(List.of(Tables.table("things", List.of(
        Tables.index("by_all", Projection.builder().projectionType("ALL").build()),
        Tables.index("by_some", Projection.builder().projectionType("INCLUDE").nonKeyAttributes("x").build())))));
    var item = item("a", "1", "by_all", "p", "by_all_range", "s", "by_some", "p", "by_some_range", "s", "x", "x", "y",
        "y");
    projecting.putItem(PutItemRequest.builder().tableName("things").item(item).build());

    assertThat(found(projecting, "by_all")).isEqualTo(item);
    assertThat(found(projecting, "by_some")).isEqualTo(item("a", "1", "by_some", "p", "by_some_range", "s", "x", "x"));
  }

  private static Map<String, AttributeValue> found(Store store, String index) {
    return store
        .query(QueryRequest.builder().tableName("things").indexName(index).keyConditionExpression(index + " = :p")
            .expressionAttributeValues(Map.of(":p", text("p"))).build())
        .items().getFirst();
  }

  @Test
  void theOrderInWhichAnItemCameDoesNotShow() {
    List<String> names = List.of("x", "b", "a", "by_hold", "y");
    var there = item("a", "1");
    names.forEach(it -> there.put(it, AttributeValue.fromM(Map.of("a", text("1"), "b", text("2"), "c", text("3")))));
    there.put("by_hold", text("open"));
    put(there);

    assertThat(store.items(Tables.INDEXED).getFirst().keySet()).containsExactly("a", "b", "by_hold", "pk", "sk", "x",
        "y");
    assertThat(store.items(Tables.INDEXED).getFirst().get("x").m().keySet()).containsExactly("a", "b", "c");
  }

  @Test
  void itemsComeInTheOrderOfTheirKeysBytes() {
    List.of("\uD83D\uDE00", "\uFFFD", "é", "a", "B").forEach(it -> put(item("a", it)));

    assertThat(store.items(Tables.INDEXED)).extracting(it -> it.get("sk").s()).containsExactly("B", "a", "é", "\uFFFD",
        "\uD83D\uDE00");
  }

  @Test
  void aRefusalSaysWhatTheSdkWantsToKnow() {
    var refusal = catchThrowableOfType(DynamoDbException.class, () -> put(Map.of("pk", text("a"))));

    assertThat(refusal.statusCode()).isEqualTo(400);
    assertThat(refusal.isThrottlingException()).isFalse();
    assertThat(refusal.getMessage()).contains("Missing a part of the key");
  }

  @Test
  void whatHasExpiredIsDeletedAndWhatExpiredLongAgoIsTakenForAMistake() {
    Instant now = Instant.parse("2026-11-29T12:00:00Z");
    List.of(now, now.plusSeconds(1), now.minus(Duration.ofDays(6 * 365))).forEach(it -> {
      var item = item("a", it.toString());
      item.put("at", AttributeValue.fromN(Long.toString(it.getEpochSecond())));
      put(item);
    });
    put(item("a", "never"));
    put(item("a", "text", "at", "1"));
    store.expire(now);
    assertThat(store.items(Tables.INDEXED)).as("nothing expires before it is declared").hasSize(5);
    listen();

    store.expireBy(Tables.INDEXED, Optional.of("at"));
    store.expire(now);

    assertThat(store.items(Tables.INDEXED)).hasSize(4).extracting(it -> it.get("sk").s())
        .doesNotContain(now.toString());
    assertThat(told).as("each is a change").hasSize(1);
  }

  @Test
  void manyThreadsCountWithoutLosingOrDoublingAnything() throws Exception {
    int threads = 4;
    int rounds = 500;
    var conditional = new AtomicInteger();
    var working = new ArrayList<Future<?>>();
    try (var pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        working.add(pool.submit(() -> {
          for (int round = 0; round < rounds; round++) {
            store.transactWriteItems(transaction(updating("a", "1", "add n :one", ":one", AttributeValue.fromN("1")),
                updating("a", "2", "add n :one", ":one", AttributeValue.fromN("1"))));
            try {
              store.putItem(PutItemRequest.builder().tableName(Tables.PLAIN).item(item("once", "" + round))
                  .conditionExpression("attribute_not_exists(pk)").build());
              conditional.incrementAndGet();
            } catch (ConditionalCheckFailedException _) {
              // Another thread was first.
            }
            assertThat(store.items(Tables.INDEXED)).extracting(it -> it.get("n")).as("both halves of a transaction")
                .satisfies(it -> assertThat(it.getFirst()).isEqualTo(it.getLast()));
          }
          return null;
        }));
      }
      for (Future<?> it : working) {
        it.get();
      }
    }

    assertThat(store.items(Tables.INDEXED)).extracting(it -> it.get("n").n()).containsExactly("2000", "2000");
    assertThat(conditional).hasValue(rounds);
  }

  @Test
  void whatIsNotUnderstoodIsNotLeftOutInSilence() {
    var query = QueryRequest.builder().tableName(Tables.INDEXED).keyConditionExpression("pk = :pk")
        .expressionAttributeValues(Map.of(":pk", text("a")));

    assertNotUnderstood("FilterExpression", () -> store.query(query.filterExpression("x = :pk").build()));
    assertNotUnderstood("ReturnConsumedCapacity", () -> store.putItem(
        PutItemRequest.builder().tableName(Tables.INDEXED).item(item("a", "1")).returnConsumedCapacity("TOTAL")
            .build()));
    assertNotUnderstood("DELETE", () -> update("delete x :x", AttributeValue.fromSs(List.of("a"))));
    assertNotUnderstood("ADD of a set", () -> update("add x :x", AttributeValue.fromSs(List.of("a"))));
    assertNotUnderstood("a part of an attribute", () -> update("set x.y = :x", text("a")));
    assertNotUnderstood("not strings", () -> new Store(List.of(Tables.ALL.getFirst().toBuilder()
        .attributeDefinitions(AttributeDefinition.builder().attributeName("pk").attributeType("N").build()).build())));
  }

  private static void assertNotUnderstood(String what, Runnable call) {
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(call::run).withMessageContaining(what);
  }

  private void update(String expression, AttributeValue value) {
    store.updateItem(
        UpdateItemRequest.builder().tableName(Tables.INDEXED).key(item("a", "1")).updateExpression(expression)
            .expressionAttributeValues(Map.of(":x", value)).build());
  }

  private void listen() {
    store.onWrite(told::add);
  }

  private void put(Map<String, AttributeValue> item) {
    store.putItem(PutItemRequest.builder().tableName(Tables.INDEXED).item(item).build());
  }

  private void delete(String pk, String sk) {
    store.deleteItem(DeleteItemRequest.builder().tableName(Tables.INDEXED).key(item(pk, sk)).build());
  }

  /** The sort keys that the index has under a hold. */
  private List<String> found(String hold, int writesBehind) {
    var query = QueryRequest.builder().tableName(Tables.INDEXED).indexName("by_hold")
        .keyConditionExpression("by_hold = :hold")
        .expressionAttributeValues(Map.of(":hold", text(hold))).build();
    return store.query(query, writesBehind).items().stream().map(it -> it.get("sk").s()).toList();
  }

  private String refused(TransactWriteItemsRequest transaction) {
    return catchThrowableOfType(DynamoDbException.class, () -> store.transactWriteItems(transaction)).awsErrorDetails()
        .errorCode();
  }

  private List<String> reasons(TransactWriteItemsRequest transaction) {
    return catchThrowableOfType(TransactionCanceledException.class, () -> store.transactWriteItems(transaction))
        .cancellationReasons().stream().map(CancellationReason::code).toList();
  }

  private static TransactWriteItemsRequest transaction(TransactWriteItem... actions) {
    return TransactWriteItemsRequest.builder().transactItems(actions).build();
  }

  private static TransactWriteItem putting(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder().put(it -> it.tableName(Tables.INDEXED).item(item)).build();
  }

  private static TransactWriteItem updating(String pk, String sk, String update, String placeholder,
      AttributeValue value) {
    return TransactWriteItem.builder()
        .update(it -> it.tableName(Tables.INDEXED).key(item(pk, sk)).updateExpression(update)
            .expressionAttributeValues(Map.of(placeholder, value)))
        .build();
  }

  private static Map<String, AttributeValue> item(String pk, String sk, String... more) {
    var item = new TreeMap<>(Map.of("pk", text(pk), "sk", text(sk)));
    for (int i = 0; i < more.length; i += 2) {
      item.put(more[i], text(more[i + 1]));
    }
    return item;
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }
}
