package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.LEIPZIG;
import static waybill.inventory.Depot.MUG;
import static waybill.inventory.Depot.TEA;
import static waybill.inventory.Depot.cancelled;
import static waybill.inventory.Depot.inParallel;
import static waybill.inventory.Depot.of;
import static waybill.inventory.Depot.order;
import static waybill.inventory.Depot.orderId;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.BackordersDue;
import waybill.messages.StockMessages.StockBackordered;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReserved;
import waybill.messages.StockPromise;

class BackordersTest {
  private static final Instant FOURTH = Instant.parse("2026-12-04T09:00:00Z");
  private static final Instant NINTH = Instant.parse("2026-12-09T09:00:00Z");
  private final Depot depot = new Depot();

  @AfterEach
  void close() {
    depot.close();
  }

  private void upTo(int limit) {
    depot.oversells(TEA, "{\"policy\":\"backorder\",\"limit\":%d}".formatted(limit));
  }

  private long backordered(Sku sku) {
    return depot.inPool(sku).get(Level.BACKORDERED);
  }

  private Reservation reservation(String order) {
    return InventoryTable.reservationRecords(depot.bench.ports())
        .find(InventoryTable.reservation(orderId(order).value())).orElseThrow().value();
  }

  private int owed(String order) {
    return reservation(order).owed().values().stream().mapToInt(it -> it).sum();
  }

  private StockPromise promise(String order) {
    return reservation(order).backorder().promise(TEA);
  }

  /** What was sent last about an order's stock. */
  private Message last(String order) {
    return depot.sent().stream().filter(it -> of(it) != null && of(it).equals(orderId(order)))
        .reduce((_, later) -> later).orElseThrow();
  }

  private static OrderId of(Message message) {
    return switch (message) {
      case StockReserved it -> it.order();
      case StockBackordered it -> it.order();
      case StockRefused it -> it.order();
      default -> null;
    };
  }

  private static SkuQuantity of(int quantity, Sku sku) {
    return Depot.of(quantity, sku);
  }

  /** The counters, the reservations and the places in the queue agree. */
  private void requireExact(String... orders) {
    depot.requireExact(BERLIN, LEIPZIG);
    int owed = List.of(orders).stream().map(this::reservation).filter(it -> it.status() == Movement.Status.TAKEN)
        .flatMap(it -> it.owed().values().stream()).mapToInt(it -> it).sum();
    assertThat(backordered(TEA) + backordered(MUG)).as("owed").isEqualTo(owed);
  }

  @Test
  void anOrderBeyondWhatIsThereTakesThatAndWaitsForTheRest() {
    upTo(10);
    depot.holds(TEA, BERLIN, 3).expects("PO-1", BERLIN, 4, of(40, TEA));
    depot.reserve(order("a", 1, of(5, TEA)));
    assertThat(last("a")).isEqualTo(new StockBackordered(orderId("a"), 0,
        List.of(new StockPromise(TEA, 2, FOURTH, FOURTH)), 1, 0, order("a", 1).placedAt()));
    assertThat(depot.sent()).contains(new BackordersDue(TEA, Depot.POOL, false));
    assertThat(depot.inPool(TEA).available()).isZero();
    assertThat(depot.inPool(TEA).reserved()).isEqualTo(3);
    assertThat(backordered(TEA)).isEqualTo(2);
    requireExact("a");
  }

  @Test
  void anOrderBeyondTheLimitOrOfAProductThatIsNotBackorderedIsRefused() {
    upTo(10);
    depot.reserve(order("a", 1, of(7, TEA)));
    depot.reserve(order("b", 2, of(4, TEA)), order("c", 3, of(3, TEA)), order("d", 4, of(1, MUG)));
    assertThat(last("b")).isEqualTo(new StockRefused(orderId("b"), List.of(of(4, TEA))));
    assertThat(last("c")).isInstanceOf(StockBackordered.class);
    assertThat(last("d")).isInstanceOf(StockRefused.class);
    assertThat(backordered(TEA)).isEqualTo(10);
    requireExact("a", "c");
  }

  @Test
  void twoFirstOrdersOfAProductThatHasNoCounterYetKeepItsLimit() {
    upTo(3);
    var pool = Counter.of(TEA, Depot.POOL);
    Counters second = InventoryTable.queuedCounters(depot.bench.ports());
    assertThat(second.read(List.of(pool))).isEmpty();
    depot.reserve(order("first", 1, of(3, TEA)));
    assertThat(new Transactions(depot.bench.dynamo()).write(List.of(second.change(pool, Levels.backordered(3)))))
        .as("written on what was read before the first").isFalse();
    assertThat(backordered(TEA)).isEqualTo(3);
    requireExact("first");
  }

  @Test
  void anOrderOfWhichOneProductMayNotWaitTakesNothing() {
    upTo(10);
    depot.reserve(order("a", 1, of(1, TEA), of(1, MUG)));
    assertThat(last("a")).isInstanceOf(StockRefused.class);
    assertThat(backordered(TEA)).isZero();
  }

  @Test
  void whatHasComeGoesToWhoWasPlacedFirstHoweverLateTheyWereReceived() {
    upTo(100);
    depot.reserve(order("later", 9, of(5, TEA)));
    depot.reserve(order("first", 1, of(7, TEA)));
    depot.expects("PO-1", BERLIN, 4, of(40, TEA));
    depot.receives("PO-1", "pallet", of(10, TEA));
    assertThat(depot.fill(TEA, true)).isEmpty();
    assertThat(last("first")).isEqualTo(new StockReserved(orderId("first")));
    assertThat(owed("later")).isEqualTo(2);
    assertThat(last("later")).isInstanceOf(StockBackordered.class);
    requireExact("first", "later");
    depot.receives("PO-1", "pallet 2", of(30, TEA));
    depot.fill(TEA, true);
    assertThat(last("later")).isEqualTo(new StockReserved(orderId("later")));
    assertThat(depot.inPool(TEA).available()).isEqualTo(28);
    requireExact("first", "later");
  }

  /** Failure of others: stock that has just come is sold to whoever orders next, and who waits starves. */
  @Test
  void whoOrdersNowGetsNothingOfWhatOthersWaitFor() {
    upTo(100);
    depot.reserve(order("waits", 1, of(5, TEA)));
    depot.holds(TEA, BERLIN, 6);
    depot.reserve(order("now", 9, of(3, TEA)));
    assertThat(owed("now")).isEqualTo(2);
    depot.fill(TEA, false);
    assertThat(last("waits")).isEqualTo(new StockReserved(orderId("waits")));
    assertThat(owed("now")).isEqualTo(2);
    requireExact("waits", "now");
  }

  @Test
  void aReceiptAndAnAdjustmentAndACancelledOrderHaveThoseWhoWaitServed() {
    upTo(100);
    depot.holds(TEA, BERLIN, 2);
    depot.reserve(order("first", 1, of(2, TEA)), order("second", 2, of(2, TEA)));
    depot.bench.sent();
    depot.release(cancelled("first"));
    assertThat(depot.sent()).contains(new BackordersDue(TEA, Depot.POOL, true));
    depot.fill(TEA, true);
    assertThat(last("second")).isEqualTo(new StockReserved(orderId("second")));
    requireExact("first", "second");
  }

  @Test
  void whoCancelsWhileWaitingLeavesTheQueueAndWhatItHadGoesToTheNext() {
    upTo(100);
    depot.holds(TEA, BERLIN, 2);
    depot.reserve(order("first", 1, of(5, TEA)));
    depot.reserve(order("second", 2, of(2, TEA)));
    depot.release(cancelled("first"));
    assertThat(backordered(TEA)).isEqualTo(2);
    depot.fill(TEA, true);
    assertThat(owed("second")).isZero();
    assertThat(depot.inPool(TEA).reserved()).isEqualTo(2);
    requireExact("first", "second");
  }

  @Test
  void linesThatAreCancelledWhileWaitingAreWaitedForNoMore() {
    upTo(100);
    depot.holds(TEA, BERLIN, 2);
    depot.reserve(order("a", 1, of(5, TEA)));
    OrderPlaced placed = order("a", 1, of(3, TEA));
    depot.reserve(new OrderPlaced(placed.order(), placed.pool(), placed.items(), placed.placedAt(), 1));
    assertThat(owed("a")).isEqualTo(1);
    requireExact("a");
    placed = order("a", 1, of(2, TEA));
    depot.reserve(new OrderPlaced(placed.order(), placed.pool(), placed.items(), placed.placedAt(), 2));
    assertThat(last("a")).isEqualTo(new StockReserved(orderId("a"), 2));
    requireExact("a");
  }

  /** Whoever plans takes what is cancelled out of what was not planned first: what a packer did not find is planned already. */
  @Test
  void ofFewerUnitsThoseThatHaveNotComeGoFirstAndThenThoseThatAPackerDidNotFind() {
    var five = new Reservation(orderId("a"), Depot.POOL, List.of(of(5, TEA)), FOURTH, Movement.Status.TAKEN, 0,
        List.of(), 0, 0, List.of(of(1, TEA)), Backorder.of(List.of(new StockPromise(TEA, 2, FOURTH, FOURTH)), FOURTH),
        false);
    List<String> left = IntStream.of(4, 3, 2, 1).mapToObj(it -> {
      Reservation now = five.toward(Reservation.of(new OrderPlaced(orderId("a"), Depot.POOL, List.of(of(it, TEA)),
          FOURTH, 1)), 98);
      return "%d owed, %s missing, %s there".formatted(now.owed().getOrDefault(TEA, 0),
          Missing.units(now.missing()).getOrDefault(TEA, 0), Missing.units(now.promised()).getOrDefault(TEA, 0));
    }).toList();
    assertThat(left).containsExactly("1 owed, 1 missing, 2 there", "0 owed, 1 missing, 2 there",
        "0 owed, 0 missing, 2 there", "0 owed, 0 missing, 1 there");
  }

  @Test
  void aPromiseMovesWithWhatItRestsOnOnceAMove() {
    upTo(100);
    depot.expects("PO-1", BERLIN, 4, of(5, TEA)).expects("PO-2", BERLIN, 9, of(5, TEA));
    depot.reserve(order("first", 1, of(5, TEA)));
    depot.reserve(order("second", 2, of(5, TEA)));
    assertThat(promise("first").now()).isEqualTo(FOURTH);
    assertThat(promise("second").now()).isEqualTo(NINTH);
    depot.expects("PO-1", BERLIN, 9, of(5, TEA));
    for (int i = 0; i < 2; i++) {
      depot.fill(TEA, true);
    }
    assertThat(promise("first")).isEqualTo(new StockPromise(TEA, 5, FOURTH, NINTH));
    assertThat(reservation("first").backorder().move()).isEqualTo(1);
    assertThat(reservation("second").backorder().move()).isZero();
    depot.expects("PO-1", BERLIN, 9);
    depot.fill(TEA, true);
    assertThat(promise("second")).isEqualTo(new StockPromise(TEA, 5, NINTH, null));
    requireExact("first", "second");
  }

  @Test
  void whatALaterPromiseDoesNotNeedYetKeepsAnEarlierOneThatWouldBeBroken() {
    upTo(100);
    depot.oversells(MUG, "{\"policy\":\"backorder\",\"limit\":9}");
    depot.holds(TEA, BERLIN, 3).expects("PO-1", BERLIN, 4, of(10, TEA)).expects("PO-2", BERLIN, 9, of(5, MUG));
    depot.reserve(order("late", 1, of(1, MUG), of(4, TEA)));
    depot.reserve(order("soon", 2, of(2, TEA)));
    depot.expects("PO-1", BERLIN, 8, of(10, TEA));
    for (int i = 0; i < 2; i++) {
      depot.fill(TEA, true);
    }

    assertThat(last("soon")).isEqualTo(new StockReserved(orderId("soon"), 0));
    assertThat(reservation("late").owed()).containsEntry(TEA, 3).containsEntry(MUG, 1);
    assertThat(reservation("late").backorder().day()).isEqualTo(NINTH);
    assertThat(((StockBackordered) last("late")).move()).isZero();
    requireExact("late", "soon");
    depot.holds(TEA, BERLIN, 10);
    depot.fill(TEA, true);
    assertThat(reservation("late").owed()).doesNotContainKey(TEA);
    requireExact("late", "soon");
  }

  @Test
  void unitsThatComeMoveTheDayIfNobodyKnewTheirsAndNoneIfNothingIsLeftToCome() {
    upTo(100);
    depot.oversells(MUG, "{\"policy\":\"backorder\",\"limit\":9}");
    depot.expects("PO-1", BERLIN, 4, of(5, TEA));
    depot.reserve(order("a", 1, of(5, TEA), of(1, MUG)));
    depot.holds(MUG, BERLIN, 1);
    depot.fill(MUG, false);
    assertThat(reservation("a").backorder().move()).as("from a day that nobody knew to the fourth").isEqualTo(1);
    assertThat(reservation("a").backorder().at()).isNotEqualTo(order("a", 1).placedAt());
    depot.receives("PO-1", "pallet", of(5, TEA));
    depot.fill(TEA, true);
    assertThat(last("a")).isEqualTo(new StockReserved(orderId("a")));
    assertThat(reservation("a").backorder().move()).isEqualTo(1);
  }

  @Test
  void aPreorderedProductIsPromisedForTheDayOnWhichItIsOut() {
    depot.oversells(TEA, "{\"policy\":\"preorder\",\"limit\":9,\"available_from\":\"2026-12-24T00:00:00Z\"}");
    depot.expects("PO-1", BERLIN, 4, of(5, TEA));
    depot.reserve(order("a", 1, of(1, TEA)));
    assertThat(promise("a").now()).isEqualTo(Instant.parse("2026-12-24T00:00:00Z"));
  }

  @Test
  void anOrderThatIsReceivedAgainWaitsOnceAndSaysSoAgain() {
    upTo(100);
    for (int i = 0; i < 3; i++) {
      depot.reserve(order("a", 1, of(5, TEA)), order("a", 1, of(5, TEA)));
    }
    assertThat(backordered(TEA)).isEqualTo(5);
    assertThat(depot.bench.items("inventory").stream().filter(it -> it.get("pk").s().startsWith("waiting#")))
        .hasSize(1);
    requireExact("a");
  }

  private List<?> places() {
    return depot.bench.items("inventory").stream().filter(it -> it.get("pk").s().startsWith("waiting#")).toList();
  }

  @Test
  void whoCancelsWhileNobodyElseWaitsGivesItsPlaceUp() {
    upTo(100);
    depot.reserve(order("a", 1, of(5, TEA)));
    depot.bench.sent();
    depot.release(cancelled("a"));
    assertThat(depot.sent()).contains(new BackordersDue(TEA, Depot.POOL, true));
    depot.fill(TEA, true);
    assertThat(places()).isEmpty();
    requireExact("a");
  }

  @Test
  void whoseMissingUnitsAreAllCancelledGivesItsPlaceUp() {
    upTo(100);
    depot.holds(TEA, BERLIN, 2);
    depot.reserve(order("a", 1, of(5, TEA)));
    OrderPlaced placed = order("a", 1, of(2, TEA));
    depot.bench.sent();
    depot.reserve(new OrderPlaced(placed.order(), placed.pool(), placed.items(), placed.placedAt(), 1));
    assertThat(depot.sent()).contains(new BackordersDue(TEA, Depot.POOL, false));
    depot.fill(TEA, false);
    assertThat(places()).isEmpty();
    requireExact("a");
  }

  /** Who dies after filling and before saying so is received again. */
  @Test
  void whatWasFilledIsSaidAgainUntilItWasSent() {
    upTo(100);
    depot.reserve(order("a", 1, of(5, TEA)));
    depot.holds(TEA, BERLIN, 5);
    depot.bench.refuseNextSends(1);
    assertThat(depot.fill(TEA, true)).isNotEmpty();
    assertThat(owed("a")).isZero();
    depot.fill(TEA, true);
    assertThat(last("a")).isEqualTo(new StockReserved(orderId("a")));
    assertThat(depot.bench.items("inventory").stream().filter(it -> it.get("pk").s().startsWith("waiting#"))).isEmpty();
  }

  /** Failure of others: oversold by buyers at once. */
  @Test
  void receiptsAndOrdersAtOnceNeitherOversellNorStarve() throws Exception {
    upTo(20);
    depot.expects("PO-1", BERLIN, 4, of(40, TEA));
    depot.unlucky(0.05);
    String[] orders = IntStream.range(0, 24).mapToObj(it -> "o" + it).toArray(String[]::new);
    inParallel(6, thread -> {
      for (int i = 0; i < 4; i++) {
        int number = thread * 4 + i;
        while (!depot.reserve(order("o" + number, number, of(1, TEA))).isEmpty()) {
          Thread.onSpinWait();
        }
        if (i % 2 == 0) {
          while (depot.receives("PO-1", "pallet " + number, of(1, TEA)).status() != 201) {
            Thread.onSpinWait();
          }
          depot.fill(TEA, true);
        }
      }
      return null;
    });
    depot.dynamo = depot.bench.dynamo();
    depot.fill(TEA, true);
    requireExact(orders);
    assertThat(List.of(orders).stream().map(this::reservation))
        .allMatch(it -> it.status() == Movement.Status.TAKEN);
    assertThat(depot.inPool(TEA).reserved()).isEqualTo(12);
    assertThat(backordered(TEA)).isEqualTo(12);
    for (int i = 0; i < 12; i++) {
      assertThat(owed("o" + (12 + i))).as("placed later").isLessThanOrEqualTo(1);
    }
    depot.receives("PO-1", "rest", of(12, TEA));
    depot.fill(TEA, true);
    assertThat(List.of(orders)).allMatch(it -> owed(it) == 0);
    requireExact(orders);
  }

  @Test
  void aLongQueueIsServedPageByPage() {
    upTo(1000);
    OrderPlaced[] orders = IntStream.range(0, 95).mapToObj(it -> order("o" + it, it, of(1, TEA)))
        .toArray(OrderPlaced[]::new);
    depot.reserve(orders);
    depot.holds(TEA, BERLIN, 90);
    depot.fill(TEA, true);
    assertThat(IntStream.range(0, 95).filter(it -> owed("o" + it) == 0).boxed())
        .containsExactlyElementsOf(IntStream.range(0, 90).boxed().toList());
    assertThat(backordered(TEA)).isEqualTo(5);
    assertThat(Map.of("places", depot.bench.items("inventory").stream()
        .filter(it -> it.get("pk").s().startsWith("waiting#")).count())).containsEntry("places", 5L);
  }
}
