package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.messages.ChannelId;
import waybill.messages.ReservationId;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.BackordersDue;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReserved;
import waybill.platform.RetryLater;
import waybill.platform.Sweep;
import waybill.workbench.Faults;

/** What a checkout keeps is too large for a transaction, and is taken and given back in steps. */
class LargeCheckoutsTest {
  private static final int STOCK = 3;
  /** As many products as are taken in three transactions. */
  private static final int THREE_STEPS = 200;

  private Depot depot;

  @BeforeEach
  void open() {
    depot = new Depot();
    depot.channel("web", "default");
  }

  @AfterEach
  void close() {
    depot.dynamo = depot.bench.dynamo();
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  @Test
  void fiveHundredProductsAreKeptWholeOrNotAtAll() {
    Sku[] skus = skus(500);
    var seen = depot.unlucky(0);

    Answer made = depot.keep("k-1", 10, items(skus, 2));
    Answer refused = depot.keep("k-2", 10, items(skus, 2));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body()).containsEntry("status", "held");
    assertThat(refused.status()).isEqualTo(409);
    assertThat((List<?>) refused.body().get("errors")).hasSize(500).first().isEqualTo(Map.of("pointer",
        "/items/0/quantity", "code", "insufficient_stock", "detail", "1 units of SKU-000 can be promised now"));
    assertThat(depot.keep("k-1", 10, items(skus, 2))).as("the same request, once").isEqualTo(made);
    assertThat(depot.keep("k-1", 10, items(skus, 1)).body()).containsEntry("code", "idempotency_key_reused");
    assertThat(seen.mostActions()).isLessThanOrEqualTo(100);
    assertThat(depot.inPool(skus)).hasSize(500).allMatch(it -> it.equals(new Levels(1, 2, 0, 0)));
  }

  @Test
  void moreProductsThanAnOrderMayHaveAreRefusedAndChangeNothing() {
    Sku[] skus = skus(501);

    Answer refused = depot.keep("k-1", 10, items(skus, 1));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("\"pointer\":\"/items\",\"code\":\"wrong_count\"");
    String parts = IntStream.range(0, 50).mapToObj(it -> "{\"sku\":\"SKU-%03d\",\"quantity\":1}".formatted(it))
        .collect(Collectors.joining(","));
    depot.put("KIT", "{\"name\":\"A kit\",\"components\":[%s]}".formatted(parts));
    SkuQuantity[] withKit = IntStream.range(0, 452)
        .mapToObj(it -> of(1, it == 0 ? new Sku("KIT") : skus[49 + it])).toArray(SkuQuantity[]::new);
    assertThat(depot.keep("k-2", 10, withKit).text()).contains("\"pointer\":\"/items\",\"code\":\"too_many\"");
    assertThat(depot.inPool(skus)).allMatch(it -> it.equals(new Levels(STOCK, 0, 0, 0)));
  }

  @Test
  void itIsProlongedReleasedAndExpiresAsAnyOther() {
    Sku[] skus = skus(250);
    var seen = depot.unlucky(0);
    Answer released = depot.keep("k-1", 10, items(skus, 1));
    Answer expired = depot.keep("k-2", 10, items(skus, 2));

    Answer prolonged = depot.prolong(id(expired), "p", 30);
    Answer gone = depot.giveUp(id(released));

    assertThat(gone.status()).isEqualTo(200);
    assertThat(gone.body()).containsEntry("status", "released");
    assertThat(depot.giveUp(id(released)).body()).isEqualTo(gone.body());
    assertThat(depot.inPool(skus)).allMatch(it -> it.equals(new Levels(1, 2, 0, 0)));
    depot.bench.clock().advance(Duration.ofMinutes(12));
    depot.expire();
    assertThat(depot.getReservation(id(expired)).body()).isEqualTo(prolonged.body());
    depot.bench.clock().advance(Duration.ofMinutes(19));
    depot.expire();
    assertThat(depot.getReservation(id(expired)).body()).containsEntry("status", "expired");
    assertThat(depot.inPool(skus)).allMatch(it -> it.equals(new Levels(STOCK, 0, 0, 0)));
    assertThat(seen.mostActions()).isLessThanOrEqualTo(100);
  }

  @Test
  void theOrderThatNamesItTakesItOverWithoutTouchingACounter() {
    Sku[] skus = skus(500);
    Answer made = depot.keep("k-1", 10, items(skus, 3));
    List<Map<String, AttributeValue>> before = counters();
    var seen = depot.unlucky(0);

    depot.reserve(naming(made, "mine", items(skus, 3)));

    assertThat(depot.sent()).containsExactly(new StockReserved(orderId("mine")));
    assertThat(counters()).isEqualTo(before);
    assertThat(seen.transactions()).isEqualTo(1);
    assertThat(depot.getReservation(id(made)).body()).containsEntry("status", "ordered");
    depot.bench.clock().advance(Duration.ofHours(1));
    depot.expire();
    assertThat(depot.inPool(skus)).allMatch(it -> it.equals(new Levels(0, 3, 0, 0)));
  }

  @Test
  void oneThatDiesBetweenAnyTwoCallsIsGoneOnWithByItsRequest() {
    Sku[] skus = skus(THREE_STEPS);
    boolean struck = true;
    int call = 0;
    while (struck) {
      call++;
      String key = "k-" + call;
      struck = dies(call, call % 2 == 0, () -> depot.keep(key, 10, items(skus, 3)));
      depot.requireExact(BERLIN, LEIPZIG);
      Answer made = depot.keep(key, 10, items(skus, 3));
      assertThat(made.status()).as("call %d", call).isEqualTo(201);
      assertThat(depot.inPool(skus)).allMatch(it -> it.equals(new Levels(0, 3, 0, 0)));
      dies(call, call % 2 == 0, () -> depot.giveUp(id(made)));
      depot.requireExact(BERLIN, LEIPZIG);
      assertThat(depot.giveUp(id(made)).body()).containsEntry("status", "released");
      assertThat(depot.inPool(skus)).as("call %d", call).allMatch(it -> it.equals(new Levels(STOCK, 0, 0, 0)));
    }
    assertThat(call).as("calls that it makes").isBetween(15, 40);
  }

  @Test
  void oneWhoseCallerNeverComesBackIsEndedByTheSweepWhichMayDieToo() {
    Sku[] skus = skus(THREE_STEPS);
    for (int call = 8; call <= 24; call++) {
      String key = "k-" + call;
      dies(call, true, () -> depot.keep(key, 10, items(skus, 3)));
      depot.bench.clock().advance(Duration.ofMinutes(12));
      dies(call - 4, call % 2 == 0, depot::expire);
      depot.requireExact(BERLIN, LEIPZIG);
      depot.expire();
      assertThat(depot.inPool(skus)).as("call %d", call).allMatch(it -> it.equals(new Levels(STOCK, 0, 0, 0)));
    }
    depot.bench.clock().advance(Duration.ofHours(25));
    depot.expire();
    assertThat(depot.bench.items("inventory")).noneMatch(it -> it.get("sk").s().equals("checkout"))
        .noneMatch(it -> it.get("pk").s().startsWith("expiring#"));
  }

  @Test
  void oneThatIsOvertakenGivesBackWhatItTookAndMayBeTriedAgain() {
    Sku[] skus = skus(250);
    depot.oversells(skus[0], "{\"policy\":\"backorder\",\"limit\":5}");
    String id = ReservationId.of(new ChannelId("web"), "k-1").value();
    halfWay(skus, "k-1");
    assertThat(depot.getReservation(id).status()).as("there is none until it is whole").isEqualTo(404);
    assertThat(depot.giveUp(id).status()).isEqualTo(404);
    depot.reserve(order("waiting", 0, of(1, skus[0])), order("overtaking", 1, of(1, skus[249])));
    depot.bench.forgetSent();

    Answer refused = depot.keep("k-1", 10, items(skus, 3));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).containsEntry("errors", List.of(Map.of("pointer", "/items/249/quantity", "code",
        "insufficient_stock", "detail", "2 units of SKU-249 can be promised now")));
    assertThat(depot.sent()).as("who found it taken meanwhile waits no longer")
        .containsExactly(new BackordersDue(skus[0], POOL, true));
    depot.fill(skus[0], true);
    assertThat(depot.inPool(skus[1])).isEqualTo(new Levels(STOCK, 0, 0, 0));
    assertThat(depot.getReservation(id).status()).isEqualTo(404);
    Answer fewer = depot.keep("k-1", 10, items(skus, 2));
    assertThat(fewer.status()).as("what was refused left no trace").isEqualTo(201);
    depot.bench.clock().advance(Duration.ofMinutes(10).plusSeconds(30));
    depot.expire();
    assertThat(depot.getReservation(id(fewer)).body()).containsEntry("status", "held");
    assertThat(depot.inPool(skus[1])).isEqualTo(new Levels(1, 2, 0, 0));
  }

  @Test
  void oneThatIsAskedForAgainForAShorterTimeIsFreedByThen() {
    Sku[] skus = skus(250);
    halfWay(skus, "k-1");
    depot.reserve(order("overtaking", 1, of(1, skus[249])));
    assertThat(depot.keep("k-1", 10, items(skus, 3)).status()).isEqualTo(409);
    Answer made = depot.keep("k-1", 1, items(skus, 2));
    assertThat(made.status()).isEqualTo(201);

    depot.bench.clock().advance(Duration.ofMinutes(3));
    depot.expire();

    assertThat(depot.getReservation(id(made)).body()).containsEntry("status", "expired");
    assertThat(depot.inPool(skus[0])).isEqualTo(new Levels(STOCK, 0, 0, 0));
    depot.bench.clock().advance(Duration.ofHours(25));
    depot.expire();
    assertThat(depot.bench.items("inventory")).noneMatch(it -> it.get("sk").s().equals("checkout"))
        .noneMatch(it -> it.get("pk").s().startsWith("expiring#"));
  }

  @Test
  void oneThatIsRefusedAndNeverAskedForAgainIsForgotten() {
    Sku[] skus = skus(250);
    halfWay(skus, "k-1");
    depot.reserve(order("overtaking", 1, of(1, skus[249])));
    assertThat(depot.keep("k-1", 10, items(skus, 3)).status()).isEqualTo(409);

    depot.bench.clock().advance(Duration.ofMinutes(12));
    depot.expire();

    assertThat(depot.bench.items("inventory")).noneMatch(it -> it.get("sk").s().equals("checkout"))
        .noneMatch(it -> it.get("pk").s().startsWith("expiring#"));
  }

  @Test
  void anOrderOfOtherProductsFreesWhatItsCheckoutKeptInStepsAlthoughItDies() {
    Sku[] skus = skus(250);
    SkuQuantity[] some = items(List.of(skus).subList(100, 250).toArray(Sku[]::new), 1);
    for (int call = 1; call <= 24; call++) {
      Answer made = depot.keep("k-" + call, 10, items(List.of(skus).subList(0, 150).toArray(Sku[]::new), 2));
      String order = "o" + call;
      dies(call, call % 2 == 0, () -> depot.reserve(naming(made, order, some)));
      depot.requireExact(BERLIN, LEIPZIG);
      depot.bench.forgetSent();

      depot.reserve(naming(made, order, some));

      assertThat(depot.sent()).as("call %d", call).containsExactly(new StockReserved(orderId(order)));
      assertThat(depot.getReservation(id(made)).body()).containsEntry("status", "ordered");
      assertThat(depot.inPool(skus[0])).isEqualTo(new Levels(STOCK, 0, 0, 0));
      assertThat(depot.inPool(skus[249])).isEqualTo(new Levels(STOCK - 1, 1, 0, 0));
      depot.release(cancelled(order));
    }
  }

  @Test
  void anOrderForMoreThanThereIsIsRefusedAndAllOfItsCheckoutIsFree() {
    Sku[] skus = skus(250);
    Answer made = depot.keep("k-1", 10, items(skus, 2));

    depot.reserve(naming(made, "mine", items(skus, STOCK + 1)));

    assertThat(depot.sent()).singleElement().isInstanceOfSatisfying(StockRefused.class,
        it -> assertThat(it.shortOf()).hasSize(250).contains(of(1, skus[0])));
    assertThat(depot.inPool(skus)).allMatch(it -> it.equals(new Levels(STOCK, 0, 0, 0)));
  }

  @Test
  void ofManyCheckoutsAtOnceNoMoreAreMadeThanThereIsStockForAndEachOnce() throws Exception {
    Sku[] skus = skus(150);
    depot.unlucky(0.1);

    List<List<Integer>> made = inParallel(4, thread -> {
      var statuses = new ArrayList<Integer>();
      for (int i = 0; i < 3; i++) {
        // Two threads send each request.
        String key = "k-%d-%d".formatted(thread / 2, i);
        statuses.add(until(() -> depot.keep(key, 10, items(skus, 1)).status()));
      }
      return statuses;
    });

    depot.dynamo = depot.bench.dynamo();
    depot.requireExact(BERLIN, LEIPZIG);
    long held = depot.bench.items("inventory").stream().filter(it -> it.get("sk").s().equals("checkout"))
        .filter(it -> it.get("status").s().equals("taken")).count();
    assertThat(made.stream().flatMap(List::stream)).allMatch(it -> it == 201 || it == 409);
    assertThat(held).isBetween(1L, (long) STOCK);
    assertThat(depot.inPool(skus)).allMatch(it -> it.reserved() == held);
  }

  @Test
  void ordersProlongationsReleasesAndTheSweepAtOnceAgreeOnOneEnd() throws Exception {
    Sku[] skus = skus(120);
    depot.holds(skus, BERLIN, 40);
    var made = new ArrayList<String>();
    for (int i = 0; i < 8; i++) {
      made.add(id(depot.keep("k-" + i, 10, items(skus, 1))));
    }
    depot.bench.clock().advance(Duration.ofMinutes(11));
    depot.unlucky(0.05);
    inParallel(4, thread -> {
      for (int i = 0; i < 8; i++) {
        String reservation = made.get((i + thread * 2) % 8);
        switch (thread) {
          case 0 -> until(() -> depot.reserve(naming(reservation, "a" + reservation, items(skus, 1))).isEmpty());
          case 1 -> until(() -> depot.reserve(naming(reservation, "b" + reservation, of(2, skus[0]))).isEmpty());
          case 2 -> until(() -> depot.prolong(reservation, "p", 20).status());
          default -> {
            if (i % 4 == 0) {
              until(() -> depot.giveUp(reservation).status());
            }
            try {
              depot.expire();
            } catch (Sweep.Unfinished e) {
              // The next run does what is left.
            }
          }
        }
      }
      return null;
    });
    depot.dynamo = depot.bench.dynamo();
    depot.requireExact(BERLIN, LEIPZIG);
    depot.bench.clock().advance(Duration.ofHours(1));
    depot.expire();
    assertThat(made).noneMatch(it -> depot.getReservation(it).body().get("status").equals("held"));
    assertThat(depot.inPool(skus[119]).reserved()).as("each order has its own units, and no checkout has any")
        .isEqualTo(8);
    assertThat(depot.inPool(skus[0]).reserved()).isEqualTo(8 + 8 * 2);
  }

  private interface Attempt<T> {
    T run();
  }

  /** Until it is not in the way of others. */
  private static <T> T until(Attempt<T> attempt) {
    while (true) {
      try {
        T answer = attempt.run();
        if (!answer.equals(503) && !answer.equals(false)) {
          return answer;
        }
      } catch (RetryLater e) {
        Thread.onSpinWait();
      }
    }
  }

  /** Takes the first of its steps, and dies. */
  private void halfWay(Sku[] skus, String key) {
    int call = 1;
    do {
      int now = call++;
      dies(now, true, () -> depot.keep(key, 10, items(skus, 3)));
    } while (depot.inPool(skus[0]).reserved() == 0);
    assertThat(depot.inPool(skus[249]).reserved()).as("it is half way").isZero();
  }

  /** @return whether it did: it may make fewer calls */
  private boolean dies(int call, boolean afterItsEffect, Runnable attempt) {
    var faults = new Faults();
    depot.dynamo = faults.in(DynamoDbClient.class, depot.bench.dynamo());
    faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
    try {
      attempt.run();
    } catch (RuntimeException e) {
      // A sweep or a batch; what answers requests has answered that it failed.
    } finally {
      depot.dynamo = depot.bench.dynamo();
    }
    return faults.calls() >= call;
  }

  private List<Map<String, AttributeValue>> counters() {
    return depot.bench.items("inventory").stream().filter(it -> it.get("sk").s().startsWith(Counter.POOL)).toList();
  }

  /** So many products of which there are some. */
  private Sku[] skus(int count) {
    Sku[] skus = IntStream.range(0, count).mapToObj(it -> new Sku("SKU-%03d".formatted(it))).toArray(Sku[]::new);
    List.of(skus).forEach(depot::product);
    depot.holds(skus, BERLIN, STOCK);
    return skus;
  }

  private static SkuQuantity[] items(Sku[] skus, int quantity) {
    return IntStream.range(0, skus.length).mapToObj(it -> of(quantity, skus[it])).toArray(SkuQuantity[]::new);
  }
}
