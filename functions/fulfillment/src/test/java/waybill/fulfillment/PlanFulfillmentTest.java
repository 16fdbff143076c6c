package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.allocated;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;
import static waybill.fulfillment.Floor.order;
import static waybill.fulfillment.Floor.refused;
import static waybill.fulfillment.Floor.released;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.FulfillmentMessages.UnitsShort;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.LocationId;
import waybill.messages.Message;
import waybill.messages.Sku;
import waybill.messages.StockMessages.AllocationRefused;
import waybill.messages.StockMessages.MissingPromised;
import waybill.messages.StockMessages.StockAllocated;
import waybill.workbench.Faults;

class PlanFulfillmentTest {
  private static final Sku TEA = new Sku("TEA");
  private static final LocationId BERLIN = new LocationId("berlin");
  private static final LocationId LEIPZIG = new LocationId("leipzig");

  private final Floor floor = new Floor();

  @AfterEach
  void close() {
    floor.close();
  }

  @Test
  void aReleasedOrderIsPlannedAtTheLocationThatHoldsIt() {
    floor.holds("berlin", "TEA", 1).holds("leipzig", "TEA", 2);

    assertThat(floor.plan(released(1, line(0, "TEA", 2)))).isEmpty();

    assertThat(floor.planned())
        .containsExactly(new FulfillmentPlanned(order(1), fulfillment(1, 1), LEIPZIG, List.of(line(0, "TEA", 2))));
    assertThat(floor.status(fulfillment(1, 1))).isEqualTo("planned");
  }

  @Test
  void onePartIsAPlainInsertAndOnlySeveralAreATransactionWhichCostsTwice() {
    floor.holds("berlin", "TEA", 9).holds("leipzig", "MUG", 9);
    var calls = new ArrayList<String>();
    DynamoDbClient dynamo = recorded(calls);

    floor.plan(dynamo, floor.bench.sqsEvent(released(1, line(0, "TEA", 1))));
    assertThat(calls).contains("putItem").doesNotContain("transactWriteItems");
    calls.clear();
    floor.plan(dynamo, floor.bench.sqsEvent(released(2, line(0, "TEA", 1), line(1, "MUG", 1))));
    assertThat(calls).contains("transactWriteItems").doesNotContain("putItem");
  }

  private DynamoDbClient recorded(List<String> calls) {
    return (DynamoDbClient) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{DynamoDbClient.class},
        (_, method, arguments) -> {
          calls.add(method.getName());
          return method.invoke(floor.bench.dynamo(), arguments);
        });
  }

  @Test
  void anOrderThatNoLocationHoldsAloneIsPlannedAtTwo() {
    floor.holds("berlin", "TEA", 3).holds("leipzig", "TEA", 1, "MUG", 1);

    floor.plan(released(1, line(0, "TEA", 4), line(1, "MUG", 1)));

    assertThat(floor.planned()).containsExactly(
        new FulfillmentPlanned(order(1), fulfillment(1, 1), BERLIN, List.of(line(0, "TEA", 3))),
        new FulfillmentPlanned(order(1), fulfillment(1, 2), LEIPZIG, List.of(line(0, "TEA", 1), line(1, "MUG", 1))));
  }

  @Test
  void neitherAClosedLocationNorOneOfAnotherPoolShips() {
    floor.location("berlin", false, "default").location("leipzig", true, "outlet").holds("munich", "TEA", 1);
    floor.putFree(TEA, BERLIN, 9);
    floor.putFree(TEA, LEIPZIG, 9);

    floor.plan(released(1, line(0, "TEA", 1)));

    assertThat(floor.planned()).extracting(FulfillmentPlanned::location).containsExactly(new LocationId("munich"));
  }

  @Test
  void whatNoLocationHasWaitsAsAFulfillmentThatIsShortAndTheRestIsPlanned() {
    floor.holds("berlin", "TEA", 1);

    assertThat(floor.plan(released(1, line(0, "TEA", 3)))).isEmpty();

    assertThat(floor.items(1)).containsExactly("1 planned r1", "2 short r1 listed");
    assertThat(floor.planned()).containsExactly(
        new FulfillmentPlanned(order(1), fulfillment(1, 1), BERLIN, List.of(line(0, "TEA", 1))));
    assertThat(floor.bench.sentTo(AdvanceOrder.class)).containsExactly(new UnitsShort(order(1), fulfillment(1, 2),
        List.of(line(0, "TEA", 2)), floor.bench.clock().instant()));
  }

  @Test
  void whatIsShortIsPlannedOnceStockIsThereAndTheOrderHearsThatItWaitsNoMore() {
    floor.holds("berlin", "TEA", 0);
    floor.plan(released(1, line(0, "TEA", 3)));
    floor.bench.forgetSent();

    floor.plan(new MissingPromised(order(1), fulfillment(1, 1)));
    assertThat(floor.items(1)).containsExactly("1 short r1 listed");
    floor.putFree(TEA, BERLIN, 2);
    floor.plan(new MissingPromised(order(1), fulfillment(1, 1)));
    floor.putFree(TEA, BERLIN, 0);
    floor.plan(new MissingPromised(order(1), fulfillment(1, 1)));

    assertThat(floor.items(1)).containsExactly("1 short r2 listed", "2 planned r1");
    assertThat(floor.planned()).containsOnly(
        new FulfillmentPlanned(order(1), fulfillment(1, 2), BERLIN, List.of(line(0, "TEA", 2))));
    assertThat(floor.bench.sentTo(AdvanceOrder.class)).contains(
        new UnitsShort(order(1), fulfillment(1, 1), List.of(line(0, "TEA", 1)), floor.bench.clock().instant()));
  }

  @Test
  void anOrderOfNothingToShipIsPlannedNowhere() {
    assertThat(floor.plan(released(1))).isEmpty();

    assertThat(floor.planned()).isEmpty();
    assertThat(floor.bench.items("fulfillment")).isEmpty();
  }

  @Test
  void anOrderReleasedTwiceIsPlannedOnce() {
    floor.holds("berlin", "TEA", 9).holds("leipzig", "TEA", 5);

    floor.plan(released(1, line(0, "TEA", 2)));
    floor.plan(released(1, line(0, "TEA", 2)));
    floor.putFree(TEA, BERLIN, 0);
    floor.plan(released(1, line(0, "TEA", 2)));

    assertThat(floor.planned()).hasSize(3)
        .containsOnly(new FulfillmentPlanned(order(1), fulfillment(1, 1), BERLIN, List.of(line(0, "TEA", 2))));
  }

  @Test
  void anOrderReleasedAgainAfterAllocationAsksForNothing() {
    floor.holds("berlin", "TEA", 9);
    FulfillmentId open = floor.open(1, line(0, "TEA", 2));
    floor.bench.forgetSent();

    assertThat(floor.plan(released(1, line(0, "TEA", 2)))).isEmpty();

    assertThat(floor.bench.sent()).isEmpty();
    assertThat(floor.status(open)).isEqualTo("open");
  }

  @Test
  void allocatedStockOpensTheFulfillmentHoweverOftenItIsTold() {
    floor.holds("berlin", "TEA", 1);
    floor.plan(released(1, line(0, "TEA", 1)));
    StockAllocated allocated = allocated(floor.planned().getFirst());

    assertThat(floor.plan(allocated)).isEmpty();
    assertThat(floor.plan(allocated)).isEmpty();

    assertThat(floor.get(fulfillment(1, 1)).body()).containsEntry("status", "open").containsEntry("revision", 2L);
    assertThat(floor.planned()).hasSize(1);
  }

  @Test
  void aRefusedFulfillmentIsPlannedElsewhere() {
    floor.holds("berlin", "TEA", 9).holds("leipzig", "TEA", 1, "MUG", 1).holds("munich", "TEA", 1);
    floor.plan(released(1, line(0, "TEA", 2), line(1, "MUG", 1)));
    FulfillmentPlanned berlin = floor.planned().getFirst();
    assertThat(berlin.location()).isEqualTo(BERLIN);
    floor.putFree(TEA, BERLIN, 0);

    assertThat(floor.plan(refused(berlin))).isEmpty();

    assertThat(floor.status(fulfillment(1, 1))).isEqualTo("refused");
    assertThat(floor.get(fulfillment(1, 3)).body()).containsEntry("location_id", "leipzig");
    assertThat(floor.get(fulfillment(1, 4)).body()).containsEntry("location_id", "munich");
  }

  @Test
  void aRefusalToldTwiceIsPlannedAgainOnce() {
    floor.holds("berlin", "TEA", 5).holds("leipzig", "TEA", 3);
    floor.plan(released(1, line(0, "TEA", 2)));
    AllocationRefused refused = refused(floor.planned().getFirst());
    floor.putFree(TEA, BERLIN, 0);

    floor.plan(refused);
    floor.plan(refused);

    assertThat(floor.planned()).extracting(FulfillmentPlanned::fulfillment).containsExactly(fulfillment(1, 1),
        fulfillment(1, 2), fulfillment(1, 2));
    assertThat(floor.bench.items("fulfillment")).hasSize(2);
  }

  @Test
  void aRefusalOfWhatIsOpenChangesNothing() {
    floor.holds("berlin", "TEA", 5).holds("leipzig", "TEA", 3);
    FulfillmentId open = floor.open(1, line(0, "TEA", 2));
    AllocationRefused late = refused(floor.planned().getFirst());
    floor.bench.forgetSent();

    assertThat(floor.plan(late)).isEmpty();

    assertThat(floor.status(open)).isEqualTo("open");
    assertThat(floor.bench.sent()).isEmpty();
  }

  @Test
  void aRefusalThatNothingCanReplaceLeavesUnitsThatAreShort() {
    floor.holds("berlin", "TEA", 1);
    floor.plan(released(1, line(0, "TEA", 1)));
    floor.putFree(TEA, BERLIN, 0);

    assertThat(floor.plan(refused(floor.planned().getFirst()))).isEmpty();

    assertThat(floor.items(1)).containsExactly("1 refused r2", "2 short r1 listed");
  }

  @Test
  void stockAllocatedToWhatWasGivenUpOrNeverPlannedComesBackForAPerson() {
    floor.holds("berlin", "TEA", 5).holds("leipzig", "TEA", 3);
    floor.plan(released(1, line(0, "TEA", 2)));
    FulfillmentPlanned berlin = floor.planned().getFirst();
    floor.plan(refused(berlin));
    var never = new FulfillmentPlanned(order(2), fulfillment(2, 1), BERLIN, List.of(line(0, "TEA", 1)));

    assertThat(floor.plan(allocated(berlin), allocated(never), refused(never))).hasSize(3);

    assertThat(floor.status(fulfillment(1, 1))).isEqualTo("refused");
  }

  @Test
  void twoRefusalsOfOneOrderAtOnceAreBothPlannedAgain() throws Exception {
    for (int order = 1; order <= 10; order++) {
      floor.holds("berlin", "TEA", 1, "MUG", 0).holds("leipzig", "TEA", 0, "MUG", 1).holds("munich", "TEA", 0, "MUG",
          0);
      floor.bench.forgetSent();
      floor.plan(released(order, line(0, "TEA", 1), line(1, "MUG", 1)));
      List<FulfillmentPlanned> first = floor.planned();
      assertThat(first).hasSize(2);
      floor.holds("berlin", "TEA", 0).holds("leipzig", "MUG", 0).holds("munich", "TEA", 1, "MUG", 1);

      var failed = atOnce(first.stream().<Callable<List<String>>>map(it -> () -> floor.plan(refused(it))).toList());

      assertThat(failed).allMatch(List::isEmpty);
      assertThat(floor.status(fulfillment(order, 1))).isEqualTo("refused");
      assertThat(floor.status(fulfillment(order, 2))).isEqualTo("refused");
      assertThat(List.of(floor.get(fulfillment(order, 3)), floor.get(fulfillment(order, 4))))
          .allSatisfy(
              it -> assertThat(it.body()).containsEntry("status", "planned").containsEntry("location_id", "munich"))
          .extracting(it -> it.body().get("lines").toString()).doesNotHaveDuplicates();
      assertThat(floor.get(fulfillment(order, 5)).status()).isEqualTo(404);
    }
  }

  @Test
  void anOrderReleasedOnManyThreadsIsPlannedOnce() throws Exception {
    floor.holds("berlin", "TEA", 1, "MUG", 1).holds("leipzig", "CUP", 1);

    atOnce(IntStream.range(0, 8)
        .<Callable<List<String>>>mapToObj(_ -> () -> floor.plan(released(1, line(0, "TEA", 1), line(1, "CUP", 1))))
        .toList());

    assertThat(floor.bench.items("fulfillment")).hasSize(2);
    assertThat(floor.planned()).extracting(FulfillmentPlanned::fulfillment).containsOnly(fulfillment(1, 1),
        fulfillment(1, 2));
  }

  @Test
  void ofTwoOrdersForTheLastUnitOfALocationOneShipsFromElsewhere() {
    floor.holds("berlin", "TEA", 2).holds("leipzig", "TEA", 2);
    floor.putFree(TEA, LEIPZIG, 1);
    floor.putFree(TEA, BERLIN, 1);
    floor.plan(released(1, line(0, "TEA", 1)), released(2, line(0, "TEA", 1)));
    assertThat(floor.planned()).extracting(FulfillmentPlanned::location).containsExactly(BERLIN, BERLIN);

    settle();

    assertThat(floor.list(Map.of("location_id", "berlin")).ids()).hasSize(1);
    assertThat(floor.list(Map.of("location_id", "leipzig")).ids()).hasSize(1);
    assertThat(floor.status(fulfillment(2, 1))).isEqualTo("refused");
    assertThat(floor.status(fulfillment(2, 2))).isEqualTo("open");
  }

  @Test
  void manyOrdersForScarceStockAllShipAndNoUnitShipsTwice() throws Exception {
    for (int store = 0; store < 4; store++) {
      floor.holds("store-" + store, "TEA", 5);
    }
    atOnce(IntStream.range(0, 20)
        .<Callable<List<String>>>mapToObj(order -> () -> floor.plan(released(order, line(0, "TEA", 1)))).toList());

    settle();

    assertThat(floor.list(Map.of("limit", "100")).ids()).hasSize(20);
    for (int store = 0; store < 4; store++) {
      assertThat(floor.list(Map.of("location_id", "store-" + store)).ids()).hasSize(5);
    }
  }

  /** Inventory answers every plan until there are none. */
  private void settle() {
    List<FulfillmentPlanned> planned = floor.planned();
    while (!planned.isEmpty()) {
      floor.bench.forgetSent();
      PlanFulfillment.Input[] answers = planned.stream().map(floor::allocate).toArray(PlanFulfillment.Input[]::new);
      assertThat(floor.plan(answers)).isEmpty();
      planned = floor.planned();
    }
  }

  @Test
  void aCrashAtAnyCallEndsTheSameOnceTheMessageComesBack() {
    var faults = new Faults();
    DynamoDbClient dynamo = faults.in(DynamoDbClient.class, floor.bench.dynamo());
    int order = 0;
    for (boolean afterEffect : new boolean[]{false, true}) {
      for (int call = 1; call <= 3; call++) {
        order++;
        floor.holds("berlin", "TEA", 2).holds("leipzig", "TEA", 1);
        floor.bench.forgetSent();
        Message released = released(order, line(0, "TEA", 1));
        faults.strike(call, afterEffect, () -> new IllegalStateException("died"));
        assertThat(floor.plan(dynamo, floor.bench.sqsEvent(released))).as("releasing, call %d", call).hasSize(1);
        assertThat(floor.planned()).isEmpty();
        faults.stop();
        assertThat(floor.plan(released)).isEmpty();
        assertThat(floor.planned()).extracting(FulfillmentPlanned::fulfillment).containsExactly(fulfillment(order, 1));

        Message refused = refused(floor.planned().getFirst());
        floor.putFree(TEA, BERLIN, 0);
        faults.strike(call, afterEffect, () -> new IllegalStateException("died"));
        assertThat(floor.plan(dynamo, floor.bench.sqsEvent(refused))).as("refusing, call %d", call).hasSize(1);
        faults.stop();
        floor.bench.forgetSent();
        assertThat(floor.plan(refused)).isEmpty();
        assertThat(floor.planned()).extracting(FulfillmentPlanned::fulfillment).containsExactly(fulfillment(order, 2));
        assertThat(floor.get(fulfillment(order, 3)).status()).isEqualTo(404);
      }
    }
  }

  @Test
  void whatWasPlannedButCouldNotBeSentIsSentOnceTheMessageComesBack() {
    floor.holds("berlin", "TEA", 1).holds("leipzig", "MUG", 1);
    floor.bench.refuseNextSends(1);

    assertThat(floor.plan(released(1, line(0, "TEA", 1), line(1, "MUG", 1)))).hasSize(1);
    assertThat(floor.planned()).hasSize(1);
    assertThat(floor.plan(released(1, line(0, "TEA", 1), line(1, "MUG", 1)))).isEmpty();

    assertThat(floor.planned()).extracting(FulfillmentPlanned::fulfillment)
        .contains(fulfillment(1, 1), fulfillment(1, 2)).hasSize(3);
  }

  @Test
  void aTransactionThatMetOthersIsTriedAgainAndAnInvalidOneComesBack() {
    floor.holds("berlin", "TEA", 9).holds("leipzig", "MUG", 9);
    var faults = new Faults();
    DynamoDbClient dynamo = faults.in(DynamoDbClient.class, floor.bench.dynamo());

    int order = 0;
    for (String code : List.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded")) {
      faults.strike(4, false, () -> cancelled(code));
      assertThat(floor.plan(dynamo, floor.bench.sqsEvent(released(++order, line(0, "TEA", 1), line(1, "MUG", 1)))))
          .isEmpty();
    }
    faults.strike(4, false, () -> cancelled("ValidationError"));
    assertThat(floor.plan(dynamo, floor.bench.sqsEvent(released(4, line(0, "TEA", 1), line(1, "MUG", 1))))).hasSize(1);

    assertThat(floor.planned()).extracting(FulfillmentPlanned::order).containsExactly(order(1), order(1), order(2),
        order(2), order(3), order(3));
  }

  private static TransactionCanceledException cancelled(String code) {
    return TransactionCanceledException.builder().cancellationReasons(CancellationReason.builder().code(code).build())
        .build();
  }

  @Test
  void aPoisonMessageFailsAlone() {
    floor.holds("berlin", "TEA", 9);
    String good = waybill.platform.Json.write(released(1, line(0, "TEA", 1)));

    assertThat(floor.plan(floor.bench.dynamo(), floor.bench.sqsEvent(1, "{", good, "{\"type\":\"OrderDelivered\"}")))
        .containsExactly("m-1", "m-3");

    assertThat(floor.planned()).hasSize(1);
  }

  private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
    var results = new ArrayList<T>();
    try (var threads = Executors.newFixedThreadPool(work.size())) {
      for (var future : threads.invokeAll(work)) {
        results.add(future.get());
      }
    }
    return results;
  }
}
