package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.inventory.Movement.Status;
import waybill.messages.CancelReason;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.ReleaseStock;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.OrderMessages.OrderCancelled;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.BackordersDue;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReleased;
import waybill.messages.StockMessages.StockReserved;
import waybill.platform.Json;
import waybill.workbench.Faults;

class ReleaseStockTest {
  /** The fewest SKUs of an order that has a first step, one in between, and a last. */
  private static final int THREE_STEPS = 2 * Step.MAX_MOVES + 1;

  private Depot depot;

  @BeforeEach
  void open() {
    depot = new Depot();
  }

  @AfterEach
  void close() {
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  @Test
  void aCancelledOrderGivesItsPromiseBackAndSaysSo() {
    depot.holds(TEA, BERLIN, 3).holds(MUG, BERLIN, 1);
    depot.reserve(order("a", 0, of(2, TEA), of(1, MUG)), order("b", 1, of(1, TEA)));
    depot.bench.forgetSent();

    assertThat(depot.release(cancelled("a"))).isEmpty();

    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(2, 1, 0, 0));
    assertThat(depot.inPool(MUG)).isEqualTo(new Levels(1, 0, 0, 0));
    assertThat(depot.bench.sentTo(AdvanceOrder.class)).containsExactly(new StockReleased(orderId("a")));
    assertThat(depot.sent()).hasSize(1);
  }

  @Test
  void itIsReleasedOnceHoweverOftenItIsAskedAndAnsweredEachTime() {
    depot.holds(TEA, BERLIN, 3);
    depot.reserve(order("a", 0, of(2, TEA)), order("b", 1, of(1, TEA)));
    depot.release(cancelled("a"), cancelled("a"));
    depot.bench.forgetSent();

    depot.bench.clock().advance(Duration.ofDays(14));
    assertThat(depot.release(cancelled("a"), cancelled("a"))).isEmpty();

    assertThat(depot.sent()).containsExactly(new StockReleased(orderId("a")));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(2, 1, 0, 0));
  }

  @Test
  void whatWasReleasedIsFreeForOthersAndNeverAgainForTheOrderItself() {
    depot.holds(TEA, BERLIN, 1);
    depot.reserve(order("a", 0, of(1, TEA)));
    depot.release(cancelled("a"));
    depot.bench.forgetSent();

    depot.reserve(order("a", 0, of(1, TEA)), order("b", 1, of(1, TEA)));

    assertThat(depot.sent()).containsExactlyInAnyOrder(new StockReleased(orderId("a")),
        new StockReserved(orderId("b")));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 1, 0, 0));
  }

  @Test
  void aReleaseThatComesFirstLeavesATombstoneThatTheReservationLosesTo() {
    depot.holds(TEA, BERLIN, 3);

    assertThat(depot.release(cancelled("a"))).isEmpty();
    assertThat(depot.sent()).containsExactly(new StockReleased(orderId("a")));
    depot.bench.clock().advance(Duration.ofDays(14));
    assertThat(depot.reserve(order("a", 0, of(2, TEA)), order("a", 0, of(2, TEA)))).isEmpty();

    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(3, 0, 0, 0));
    assertThat(depot.sent()).containsExactly(new StockReleased(orderId("a")));
  }

  @Test
  void whatWasRefusedStaysRefusedAndIsAnsweredAllTheSame() {
    depot.reserve(order("a", 0, of(1, TEA)));
    depot.bench.forgetSent();

    assertThat(depot.release(cancelled("a"))).isEmpty();
    depot.holds(TEA, BERLIN, 1);
    depot.reserve(order("a", 0, of(1, TEA)));

    assertThat(depot.sent()).containsExactly(new StockReleased(orderId("a")),
        new StockRefused(orderId("a"), List.of(of(1, TEA))));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(1, 0, 0, 0));
  }

  @Test
  void anOrderOfNothingThatShipsIsReleasedToo() {
    depot.reserve(order("a", 0));

    assertThat(depot.release(cancelled("a"))).isEmpty();

    assertThat(depot.status("reservation", orderId("a").value())).isEqualTo(Status.RELEASED);
  }

  @Test
  void aCancelledFulfillmentGivesItsUnitsBackToTheLocationAndSaysNothing() {
    depot.holds(TEA, BERLIN, 3).holds(TEA, LEIPZIG, 3);
    FulfillmentPlanned planned = planned("a", BERLIN, of(1, TEA), of(1, TEA));
    depot.allocate(planned, planned("b", BERLIN, of(1, TEA)), planned("c", LEIPZIG, of(1, TEA)));
    depot.bench.forgetSent();

    assertThat(depot.release(cancelled(planned), cancelled(planned))).isEmpty();
    assertThat(depot.release(cancelled(planned))).isEmpty();
    assertThat(depot.allocate(planned)).isEmpty();

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(2, 0, 3, 1));
    assertThat(depot.at(LEIPZIG, TEA)).isEqualTo(new Levels(2, 0, 3, 1));
    assertThat(depot.sent()).isEmpty();
  }

  @Test
  void aFulfillmentCancelledBeforeItIsAllocatedTakesNothingEver() {
    depot.holds(TEA, BERLIN, 3);
    FulfillmentPlanned planned = planned("a", BERLIN, of(2, TEA));

    assertThat(depot.release(cancelled(planned))).isEmpty();
    assertThat(depot.allocate(planned, planned)).isEmpty();

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(3, 0, 3, 0));
    assertThat(depot.sent()).isEmpty();
  }

  @Test
  void anAllocationThatWasRefusedStaysRefused() {
    FulfillmentPlanned planned = planned("a", BERLIN, of(2, TEA));
    depot.allocate(planned);
    depot.bench.forgetSent();

    assertThat(depot.release(cancelled(planned))).isEmpty();

    assertThat(depot.status("allocation", planned.fulfillment().value())).isEqualTo(Status.REFUSED);
    assertThat(depot.sent()).isEmpty();
  }

  @Test
  void theOrderAndItsFulfillmentAreReleasedInOneBatch() {
    depot.holds(TEA, BERLIN, 3);
    FulfillmentPlanned planned = planned("a", BERLIN, of(2, TEA));
    depot.reserve(order("a", 0, of(2, TEA)));
    depot.allocate(planned);

    assertThat(depot.release(cancelled("a"), cancelled(planned), cancelled("a"), cancelled(planned))).isEmpty();

    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(3, 0, 0, 0));
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(3, 0, 3, 0));
  }

  @Test
  void ninetyReleasesAreOneTransactionAndTouchTheCounterOnce() {
    depot.holds(TEA, BERLIN, 1000);
    OrderPlaced[] orders = IntStream.range(0, 90).mapToObj(it -> order("o" + it, it, of(1, TEA)))
        .toArray(OrderPlaced[]::new);
    depot.reserve(orders);
    var seen = depot.unlucky(0);

    depot.release(IntStream.range(0, 90).mapToObj(it -> cancelled("o" + it)).toArray(ReleaseStock.Input[]::new));

    assertThat(seen.transactions()).isEqualTo(1);
    assertThat(seen.actions()).isEqualTo(91);
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(1000, 0, 0, 0));
  }

  @Test
  void aMessageOfAnotherKindOrWithoutItsOrderFailsAlone() {
    depot.holds(TEA, BERLIN, 3);
    depot.reserve(order("a", 0, of(2, TEA)));
    var handler = new ReleaseStockHandler(depot.bench.ports(depot.dynamo, depot.sqs));

    List<String> failed = depot.queue(handler,
        depot.bench.sqsEvent(1, Json.write(cancelled("a")), Json.write(order("b", 0, of(1, TEA))),
            "{\"type\":\"OrderCancelled\"}", "{\"type\":\"FulfillmentCancelled\"}"));

    assertThat(failed).hasSize(3);
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(3, 0, 0, 0));
  }

  @Test
  void anAnswerThatWasNotSentIsSentWhenTheMessageComesAgain() {
    depot.holds(TEA, BERLIN, 3);
    depot.reserve(order("a", 0, of(2, TEA)));
    depot.bench.forgetSent();
    depot.bench.refuseNextSends(1);

    assertThat(depot.release(cancelled("a"))).hasSize(1);
    assertThat(depot.release(cancelled("a"))).isEmpty();

    assertThat(depot.sent()).containsExactly(new StockReleased(orderId("a")));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(3, 0, 0, 0));
  }

  @Test
  void whatStaysContendedComesBackLater() {
    depot.holds(TEA, BERLIN, 3);
    depot.reserve(order("a", 0, of(2, TEA)));
    depot.bench.forgetSent();
    depot.unlucky(1);

    assertThat(depot.release(cancelled("a"))).hasSize(1);

    assertThat(depot.sent()).isEmpty();
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(1, 2, 0, 0));
  }

  @Test
  void manyWhoReleaseTheSameAtOnceReleaseItOnce() throws Exception {
    depot.holds(TEA, BERLIN, 40);
    List<OrderPlaced> orders = IntStream.range(0, 40).mapToObj(it -> order("o" + it, it, of(1, TEA))).toList();
    depot.reserve(orders.toArray(OrderPlaced[]::new));
    depot.bench.forgetSent();
    depot.unlucky(0.1);

    inParallel(6, thread -> untilDone(() -> depot.release(shuffled(orders.subList(0, 30), thread))));

    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(30, 10, 0, 0));
    assertThat(depot.sent()).hasSize(30).allSatisfy(it -> assertThat(it).isInstanceOf(StockReleased.class));
  }

  @Test
  void everyRaceOfReleaseAndReserveEndsWithNothingHeld() throws Exception {
    depot.holds(TEA, BERLIN, 50);
    List<OrderPlaced> orders = IntStream.range(0, 60).mapToObj(it -> order("o" + it, it, of(1, TEA))).toList();
    depot.reserve(orders.subList(0, 20).toArray(OrderPlaced[]::new));
    depot.release(shuffled(orders.subList(20, 40), 1));
    depot.unlucky(0.1);

    inParallel(6, thread -> thread % 2 == 0
        ? untilDone(() -> depot.reserve(orders.toArray(OrderPlaced[]::new)))
        : untilDone(() -> depot.release(shuffled(orders, thread))));

    requireNothingIsHeld(orders);
    depot.bench.forgetSent();
    untilDone(() -> depot.reserve(orders.toArray(OrderPlaced[]::new)));
    assertThat(depot.sent()).hasSizeBetween(50, 60).noneMatch(StockReserved.class::isInstance);
    requireNothingIsHeld(orders);
  }

  @Test
  void orderByOrderReserveAndReleaseAtOnceEndWithNothingHeld() throws Exception {
    depot.holds(TEA, BERLIN, 50);
    List<OrderPlaced> orders = IntStream.range(0, 30).mapToObj(it -> order("o" + it, it, of(1, TEA))).toList();
    for (OrderPlaced order : orders) {
      inParallel(3, thread -> thread == 1
          ? untilDone(() -> depot.reserve(order))
          : untilDone(() -> depot.release(shuffled(List.of(order), thread))));
    }

    requireNothingIsHeld(orders);
  }

  private void requireNothingIsHeld(List<OrderPlaced> orders) {
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(50, 0, 0, 0));
    assertThat(orders).allSatisfy(it -> assertThat(depot.status("reservation", it.order().value()))
        .isIn(Status.RELEASED, Status.REFUSED));
    depot.requireExact(BERLIN, LEIPZIG);
  }

  @Test
  void everyRaceOfReleaseAndAllocateEndsWithNothingKept() throws Exception {
    depot.holds(TEA, BERLIN, 50);
    FulfillmentPlanned[] plans = IntStream.range(0, 40).mapToObj(it -> planned("o" + it, BERLIN, of(1, TEA)))
        .toArray(FulfillmentPlanned[]::new);
    ReleaseStock.Input[] cancelled = Stream.of(plans).map(Depot::cancelled).toArray(ReleaseStock.Input[]::new);
    depot.unlucky(0.1);

    inParallel(4, thread -> thread % 2 == 0
        ? untilDone(() -> depot.allocate(plans))
        : untilDone(() -> depot.release(cancelled)));

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(50, 0, 50, 0));
    assertThat(plans).allSatisfy(it -> assertThat(depot.status("allocation", it.fulfillment().value()))
        .isEqualTo(Status.RELEASED));
  }

  @Test
  void whateverCallDiesTheBatchEndsTheSameWhenItComesAgain() {
    FulfillmentPlanned planned = planned("a", BERLIN, of(2, TEA), of(1, MUG));
    FulfillmentPlanned unseen = planned("e", BERLIN, of(1, TEA));
    ReleaseStock.Input[] batch = {cancelled("a"), cancelled("refused"), cancelled(planned), cancelled("unseen"),
      cancelled(unseen), cancelled("d")};
    boolean struck = true;
    for (int call = 1; struck; call++) {
      for (boolean afterItsEffect : new boolean[]{false, true}) {
        try (var fresh = new Depot().holds(TEA, BERLIN, 5).holds(MUG, BERLIN, 1)) {
          fresh.reserve(order("a", 0, of(2, TEA), of(1, MUG)), order("refused", 1, of(9, TEA)),
              order("d", 2, of(1, TEA)),
              order("stays", 3, of(1, TEA)));
          fresh.allocate(planned);
          fresh.bench.forgetSent();
          struck = dies(fresh, call, afterItsEffect, () -> fresh.release(batch));
          fresh.requireExact(BERLIN, LEIPZIG);

          assertThat(fresh.release(batch)).isEmpty();

          assertThat(fresh.sent()).containsExactlyInAnyOrder(new StockReleased(orderId("a")),
              new StockReleased(orderId("refused")), new StockReleased(orderId("unseen")),
              new StockReleased(orderId("d")));
          assertThat(fresh.inPool(TEA)).isEqualTo(new Levels(4, 1, 0, 0));
          assertThat(fresh.inPool(MUG)).isEqualTo(new Levels(1, 0, 0, 0));
          assertThat(fresh.at(BERLIN, TEA)).isEqualTo(new Levels(5, 0, 5, 0));
          fresh.requireExact(BERLIN, LEIPZIG);
        }
      }
      assertThat(call).isLessThan(30);
    }
  }

  @Test
  void aLargeReleaseThatDiesAnywhereIsFinishedByWhoeverComesNext() {
    Sku[] skus = manySkus(THREE_STEPS);
    boolean struck = true;
    for (int call = 1; struck; call++) {
      OrderPlaced large = order("large-" + call, 0, items(skus));
      assertThat(depot.reserve(large)).isEmpty();
      depot.bench.forgetSent();

      ReleaseStock.Input cancelled = cancelled("large-" + call);
      struck = dies(depot, call, call % 2 == 0, () -> depot.release(cancelled));
      depot.requireExact(BERLIN, LEIPZIG);
      if (call % 3 == 0) {
        depot.reserve(large);
      }
      assertThat(depot.release(cancelled)).isEmpty();

      requireLargeIsReleased(skus, large);
    }
  }

  @Test
  void aLargeOrderThatDiedWhileItTookIsTurnedBack() {
    Sku[] skus = manySkus(THREE_STEPS);
    boolean struck = true;
    for (int call = 1; struck; call += 2) {
      OrderPlaced large = order("large-" + call, 0, items(skus));
      struck = dies(depot, call, call % 4 == 1, () -> depot.reserve(large));
      depot.bench.forgetSent();

      assertThat(depot.release(cancelled("large-" + call))).isEmpty();
      assertThat(depot.reserve(large)).isEmpty();

      requireLargeIsReleased(skus, large);
    }
  }

  @Test
  void aLargeOrderThatWasGivingBackAlreadyEndsRefusedAndIsAnswered() {
    Sku[] skus = manySkus(250);
    OrderPlaced large = order("large", 0, items(skus));
    // The record, the counters in three parts, the locations, the claim and its reading, counters and locations again, the first two
    // steps: it dies.
    dies(depot, 16, true, () -> depot.reserve(large));
    depot.reserve(order("overtaking", 1, of(3, skus[249])));
    // The record, the counters, the locations, the turn, its reading: it dies.
    dies(depot, 5, true, () -> depot.reserve(large));
    assertThat(depot.status("reservation", large.order().value())).isEqualTo(Status.RETURNING);
    depot.bench.forgetSent();

    assertThat(depot.release(cancelled("large"))).isEmpty();

    assertThat(depot.status("reservation", large.order().value())).isEqualTo(Status.REFUSED);
    assertThat(depot.sent()).as("who overtook it has sold one out, which nobody was told yet")
        .containsExactly(new StockReleased(large.order()), new BackordersDue(skus[249], POOL, true));
    assertThat(depot.inPool(skus[0])).isEqualTo(new Levels(3, 0, 0, 0));
  }

  @Test
  void aLargeOrderThatIsTakenAndReleasedAtOnceEndsReleased() throws Exception {
    Sku[] skus = manySkus(THREE_STEPS);
    depot.unlucky(0.1);
    for (int i = 0; i < 4; i++) {
      OrderPlaced large = order("large-" + i, 0, items(skus));
      inParallel(4, thread -> thread % 2 == 0
          ? untilDone(() -> depot.reserve(large))
          : untilDone(() -> depot.release(shuffled(List.of(large), thread))));
      depot.bench.forgetSent();
      untilDone(() -> depot.reserve(large));

      requireLargeIsReleased(skus, large);
    }
  }

  private void requireLargeIsReleased(Sku[] skus, OrderPlaced large) {
    assertThat(depot.status("reservation", large.order().value())).isEqualTo(Status.RELEASED);
    assertThat(depot.sent()).containsExactly(new StockReleased(large.order()));
    assertThat(depot.inPool(skus)).hasSize(skus.length).containsOnly(new Levels(3, 0, 0, 0));
    depot.requireExact(BERLIN, LEIPZIG);
  }

  /** Three units of each. */
  private Sku[] manySkus(int count) {
    Sku[] skus = IntStream.range(0, count).mapToObj(it -> new Sku("SKU-%03d".formatted(it))).toArray(Sku[]::new);
    depot.holds(skus, BERLIN, 3);
    return skus;
  }

  private static SkuQuantity[] items(Sku[] skus) {
    return Stream.of(skus).map(it -> of(2, it)).toArray(SkuQuantity[]::new);
  }

  private static ReleaseStock.Input[] shuffled(List<OrderPlaced> orders, int seed) {
    var shuffled = new ArrayList<>(orders);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled.stream().map(it -> new OrderCancelled(it.order(),
        CancelReason.CUSTOMER, it.placedAt())).toArray(ReleaseStock.Input[]::new);
  }

  private interface Delivery {
    List<String> failed();
  }

  /** As the queue does: what fails comes back. */
  private static int untilDone(Delivery delivery) {
    int deliveries = 1;
    while (!delivery.failed().isEmpty()) {
      assertThat(++deliveries).isLessThan(20);
    }
    return deliveries;
  }

  /** The call of that number fails, and so may the function with it. @return whether there were so many calls */
  private static boolean dies(Depot depot, int call, boolean afterItsEffect, Delivery delivery) {
    var faults = new Faults();
    DynamoDbClient dynamo = depot.dynamo;
    SqsClient sqs = depot.sqs;
    depot.dynamo = faults.in(DynamoDbClient.class, dynamo);
    depot.sqs = faults.in(SqsClient.class, sqs);
    faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
    try {
      delivery.failed();
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("died");
    } finally {
      depot.dynamo = dynamo;
      depot.sqs = sqs;
    }
    return faults.calls() >= call;
  }
}
