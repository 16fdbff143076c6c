package waybill.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import waybill.messages.ChannelId;
import waybill.messages.Message;
import waybill.messages.EventType;
import waybill.messages.EventMessages.StockMoved;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.messages.StockPool;

class FeedTest {
  private final Newsroom newsroom = new Newsroom();

  @AfterEach
  void close() {
    newsroom.close();
  }

  @Test
  void anEventNamesItsOrderAndSaysNothingPersonal() {
    OrderId order = newsroom.placed("1");
    assertThat(newsroom.record(Newsroom.news(order, EventType.ORDER_PLACED))).isZero();
    Map<String, Object> event = newsroom.feed(20).getFirst();
    assertThat(event.keySet()).containsExactly("id", "type", "order_id", "revision", "created_at");
    assertThat(event).containsEntry("type", "order.placed").containsEntry("order_id", order.value())
        .containsEntry("revision", 1L).containsEntry("created_at", "2026-11-22T09:00:00.000Z");
    assertThat((String) event.get("id")).startsWith("evt_");
  }

  @Test
  void anEventAboutStockNamesItsProductAndPool() {
    OrderId order = newsroom.placed("1");
    var low = new StockMoved(new Sku("TEA-200"), new StockPool("default"), EventType.STOCK_LOW, 1);
    var back = new StockMoved(new Sku("TEA-200"), new StockPool("default"), EventType.STOCK_BACK_IN_STOCK, 3);
    assertThat(newsroom.record(low, Newsroom.news(order, EventType.ORDER_PLACED), low)).isZero();
    assertThat(newsroom.record(low, back)).isZero();
    assertThat(newsroom.feed(20)).extracting(it -> it.get("type")).containsExactly("order.placed", "stock.low",
        "stock.back_in_stock");
    Map<String, Object> event = newsroom.feed(20).getLast();
    assertThat(event.keySet()).containsExactly("id", "type", "sku", "pool", "revision", "created_at");
    assertThat(event).containsEntry("sku", "TEA-200").containsEntry("pool", "default").containsEntry("revision", 3L);
  }

  @Test
  void anEventIsInTheFeedOnceHoweverOftenItsMessageComes() {
    OrderId order = newsroom.placed("1");
    Message placed = Newsroom.news(order, EventType.ORDER_PLACED);
    newsroom.record(placed, placed);
    newsroom.record(placed);
    newsroom.record(Newsroom.news(order, EventType.ORDER_CONFIRMED), placed);
    assertThat(newsroom.feed(1)).extracting(it -> it.get("type")).containsExactly("order.placed", "order.confirmed");
  }

  @Test
  void aFollowerGoesOnWhereItStoppedWhateverCameSince() {
    OrderId order = newsroom.placed("1");
    newsroom.record(Newsroom.news(order, EventType.ORDER_PLACED),
        Newsroom.news(order, EventType.ORDER_CONFIRMED));
    var first = newsroom.events(Map.of("limit", "1"));
    assertThat(first.data()).extracting(it -> it.get("type")).containsExactly("order.placed");
    var second = newsroom.events(Map.of("after", first.next()));
    assertThat(second.data()).extracting(it -> it.get("type")).containsExactly("order.confirmed");
    var end = newsroom.events(Map.of("after", second.next()));
    assertThat(end.data()).isEmpty();
    assertThat(end.next()).isEqualTo(second.next());
    newsroom.record(Newsroom.news(order, EventType.ORDER_CANCELLED));
    assertThat(newsroom.events(Map.of("after", end.next())).data()).extracting(it -> it.get("type"))
        .containsExactly("order.cancelled");
  }

  @Test
  void aFollowerOfFullPagesReadsFewOfThem() {
    List<OrderId> orders = IntStream.range(0, 120).mapToObj(it -> newsroom.placed("o" + it)).toList();
    for (int page = 0; page < 12; page++) {
      newsroom.record(orders.subList(page * 10, page * 10 + 10).stream()
          .map(it -> Newsroom.news(it, EventType.ORDER_PLACED)).toArray(Message[]::new));
    }
    var read = new AtomicInteger();
    var counting = (DynamoDbClient) Proxy.newProxyInstance(DynamoDbClient.class.getClassLoader(),
        new Class<?>[]{DynamoDbClient.class}, (_, method, arguments) -> {
          Object answer = method.invoke(newsroom.bench.dynamo(), arguments);
          read.addAndGet(answer instanceof QueryResponse it ? it.items().size() : 0);
          return answer;
        });
    var feed = new Feed(newsroom.bench.ports(counting));
    assertThat(feed.after(FeedCursor.BEGINNING, 20).events()).hasSize(20);
    assertThat(read).hasValueLessThanOrEqualTo(6);
    assertThat(feed.after(FeedCursor.BEGINNING, 100).events()).isEqualTo(feed.after(FeedCursor.BEGINNING, 120).events()
        .subList(0, 100));
    assertThat(feed.after(new FeedCursor(3, 4), 100).events()).hasSize(96);
  }

  @Test
  void whatIsRecordedLateHasTheTimeOfItsPage() {
    newsroom.faults.stop();
    newsroom.record(Newsroom.news(newsroom.placed("0"), EventType.ORDER_PLACED));
    int calls = newsroom.faults.calls();
    for (int call = 1; call <= calls; call++) {
      try (var fresh = new Newsroom()) {
        Message late = Newsroom.news(fresh.placed("1"), EventType.ORDER_PLACED);
        fresh.endpoint("erp");
        fresh.faults.strike(call, false, () -> SdkClientException.create("died"));
        if (fresh.record(late) > 0) {
          boolean written = !fresh.feed(1).isEmpty();
          fresh.bench.clock().advance(Duration.ofHours(2));
          assertThat(fresh.record(late)).isZero();
          String hour = written ? "09" : "11";
          assertThat(fresh.feed(1)).as("call %d", call).extracting(it -> it.get("created_at"))
              .containsExactly("2026-11-22T" + hour + ":00:00.000Z");
          fresh.deliver("erp");
          fresh.receiver.posts.clear();
          fresh.redeliver("erp", "k", "2026-11-22T" + hour + ":00:00Z", "2026-11-22T" + hour + ":00:01Z");
          fresh.deliver("erp");
          assertThat(fresh.receiver.posts).as("call %d", call).hasSize(1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1", "1-", "-1", "1-1-1", "9999999999999-1", "evt_1"})
  void aCursorThatIsNoneIsRefused(String after) {
    var answer = newsroom.events(Map.of("after", after, "limit", "0"));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().get("errors").toString()).contains("after").contains("limit");
  }

  @Test
  void anEventOfNoOrderFailsAndTheRestOfItsBatchIsRecorded() {
    OrderId order = newsroom.placed("1");
    OrderId none = OrderId.of(new ChannelId("de-web"), "none");
    assertThat(newsroom.record(Newsroom.news(none, EventType.ORDER_PLACED),
        Newsroom.news(order, EventType.ORDER_PLACED))).isOne();
    assertThat(newsroom.feed(20)).hasSize(1);
  }

  @Test
  void withinABatchAnOrderIsPlacedBeforeItIsDelivered() {
    OrderId order = newsroom.placed("1");
    newsroom.record(Newsroom.news(order, EventType.ORDER_DELIVERED),
        Newsroom.news(order, EventType.ORDER_PLACED));
    assertThat(newsroom.feed(20)).extracting(it -> it.get("type")).containsExactly("order.placed", "order.delivered");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverItDiesTheNextDeliveryRecordsTheRestAndNothingTwice(boolean afterItsEffect) {
    OrderId one = newsroom.placed("1");
    OrderId two = newsroom.placed("2");
    newsroom.faults.stop();
    newsroom.record(Newsroom.news(one, EventType.ORDER_PLACED), Newsroom.news(two, EventType.ORDER_PLACED));
    int calls = newsroom.faults.calls();
    assertThat(calls).isGreaterThan(4);
    for (int call = 1; call <= calls; call++) {
      for (boolean conflict : new boolean[]{false, true}) {
        try (var fresh = new Newsroom()) {
          Message first = Newsroom.news(fresh.placed("1"), EventType.ORDER_PLACED);
          Message second = Newsroom.news(fresh.placed("2"), EventType.ORDER_PLACED);
          Message between = Newsroom.news(fresh.placed("3"), EventType.ORDER_PLACED);
          if (conflict) {
            fresh.faults.strike(call, false, () -> ConditionalCheckFailedException.builder().message("faster").build());
          } else {
            fresh.faults.strike(call, afterItsEffect, () -> SdkClientException.create("died"));
          }
          if (fresh.record(first, second) > 0) {
            // Others go on in the meantime, and take the page that it had in mind.
            assertThat(fresh.record(between)).isZero();
            assertThat(fresh.record(first, second)).as("call %d", call).isZero();
          }
          fresh.record(between);
          assertThat(fresh.feed(1)).as("call %d", call).extracting(it -> it.get("id")).doesNotHaveDuplicates()
              .hasSize(3);
        }
      }
    }
  }

  @Test
  void nothingEverAppearsBehindACursorThatWasHandedOutWhileManyRecordAtOnce() throws Exception {
    List<OrderId> orders = IntStream.range(0, 12).mapToObj(it -> newsroom.placed("o" + it)).toList();
    var done = new AtomicBoolean();
    var followed = new ArrayList<Map<String, Object>>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> follower = executor.submit(() -> {
        String cursor = "0-0";
        boolean last = false;
        while (true) {
          var part = newsroom.events(Map.of("after", cursor, "limit", "3"));
          followed.addAll(part.data());
          cursor = part.next();
          if (part.data().isEmpty() && last) {
            return;
          }
          last = part.data().isEmpty() && done.get();
        }
      });
      var recorders = new ArrayList<Callable<Integer>>();
      for (int recorder = 0; recorder < 4; recorder++) {
        int own = recorder;
        // Each event comes to two recorders.
        recorders.add(() -> orders.stream().mapToInt(order -> newsroom.record(
            Newsroom.news(order, EventType.values()[own]),
            Newsroom.news(order, EventType.values()[(own + 1) % 4]))).sum());
      }
      for (Future<Integer> recorder : executor.invokeAll(recorders)) {
        assertThat(recorder.get()).isBetween(0, 24);
      }
      for (Callable<Integer> again : recorders) {
        assertThat(again.call()).isZero();
      }
      done.set(true);
      follower.get();
    }
    Set<Object> ids = new HashSet<>(followed.stream().map(it -> it.get("id")).toList());
    assertThat(followed).as("each once").hasSameSizeAs(ids);
    assertThat(ids).as("all of them").hasSize(48);
    assertThat(followed).as("in the order in which anybody reads it").isEqualTo(newsroom.feed(100));
  }
}
