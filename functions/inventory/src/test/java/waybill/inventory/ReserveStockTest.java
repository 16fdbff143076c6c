package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReserved;
import waybill.platform.Json;
import waybill.workbench.Faults;

class ReserveStockTest {
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
  void anOrderIsPromisedAllThatItWants() {
    depot.holds(TEA, BERLIN, 3).holds(TEA, LEIPZIG, 2).holds(MUG, BERLIN, 1);

    assertThat(depot.reserve(order("a", 0, of(5, TEA), of(1, MUG)))).isEmpty();

    assertThat(depot.sent()).containsExactly(new StockReserved(orderId("a")));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 5, 0, 0));
    assertThat(depot.inPool(MUG)).isEqualTo(new Levels(0, 1, 0, 0));
  }

  @Test
  void whatIsSaidOfAnOrderOfABatchNamesItsMessage() {
    depot.holds(TEA, BERLIN, 3);
    PrintStream stdout = System.out;
    var log = new ByteArrayOutputStream();
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      depot.reserve(order("a", 0, of(1, TEA)), order("b", 0, of(9, TEA)), order("a", 0, of(1, TEA)));
    } finally {
      System.setOut(stdout);
    }
    assertThat(log.toString(StandardCharsets.UTF_8).lines()).satisfiesExactlyInAnyOrder(
        it -> assertThat(it).contains("\"Stock reserved\"", "\"message_id\":\"m-1\""),
        it -> assertThat(it).contains("\"Stock refused\"", "\"message_id\":\"m-2\""));
  }

  @Test
  void anOrderThatIsShortOfOneThingGetsNothing() {
    depot.holds(TEA, BERLIN, 3);

    depot.reserve(order("a", 0, of(1, TEA), of(2, MUG)));

    assertThat(depot.sent()).containsExactly(new StockRefused(orderId("a"), List.of(of(2, MUG))));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(3, 0, 0, 0));
  }

  @Test
  void stockOfAnotherPoolIsNotForSale() {
    depot.holds(TEA, VIENNA, 3);

    depot.reserve(order("a", 0, of(1, TEA)));

    assertThat(depot.sent()).containsExactly(new StockRefused(orderId("a"), List.of(of(1, TEA))));
  }

  @Test
  void anOrderOfNothingThatShipsIsPromisedAtOnce() {
    assertThat(depot.reserve(order("a", 0))).isEmpty();

    assertThat(depot.sent()).containsExactly(new StockReserved(orderId("a")));
  }

  @Test
  void anOrderThatAsksTwiceGetsOnePromise() {
    depot.holds(TEA, BERLIN, 10);

    depot.reserve(order("a", 0, of(2, TEA)), order("a", 0, of(2, TEA)));
    depot.reserve(order("a", 0, of(2, TEA)), order("b", 0, of(3, TEA)));

    assertThat(depot.sent()).containsExactlyInAnyOrder(new StockReserved(orderId("a")),
        new StockReserved(orderId("b")));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(5, 5, 0, 0));
  }

  @Test
  void aRefusedOrderStaysRefusedThoughStockHasCome() {
    depot.reserve(order("a", 0, of(1, TEA)));
    depot.holds(TEA, BERLIN, 10);
    depot.bench.forgetSent();

    depot.reserve(order("a", 0, of(1, TEA)));

    assertThat(depot.sent()).containsExactly(new StockRefused(orderId("a"), List.of(of(1, TEA))));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(10, 0, 0, 0));
  }

  @Test
  void theLastUnitGoesToTheOrderPlacedFirstHoweverTheyArrive() {
    depot.holds(TEA, BERLIN, 1);

    depot.reserve(order("late", 9, of(1, TEA)), order("early", 1, of(1, TEA)));

    assertThat(depot.sent()).containsExactlyInAnyOrder(new StockReserved(orderId("early")),
        new StockRefused(orderId("late"), List.of(of(1, TEA))));
  }

  @Test
  void ninetyOrdersAreOneTransactionAndTouchTheCounterOnce() {
    depot.holds(TEA, BERLIN, 1000);
    var seen = depot.unlucky(0);

    depot.reserve(IntStream.range(0, 90).mapToObj(it -> order("o" + it, it, of(1, TEA))).toArray(OrderPlaced[]::new));

    assertThat(seen.transactions()).isEqualTo(1);
    assertThat(seen.actions()).isEqualTo(91);
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(910, 90, 0, 0));
  }

  @Test
  void eightFunctionsThatFightForAHundredUnitsPromiseExactlyAHundred() throws Exception {
    depot.holds(TEA, BERLIN, 60).holds(TEA, LEIPZIG, 40).holds(MUG, BERLIN, 5000);
    depot.unlucky(0.2);

    inParallel(8, thread -> {
      var orders = IntStream.range(0, 50)
          .mapToObj(it -> order("t%d-%d".formatted(thread, it), it, of(1, TEA), of(1 + it % 3, MUG))).toList();
      return depot.reserve(orders.toArray(OrderPlaced[]::new));
    });

    assertThat(depot.sent().stream().filter(StockReserved.class::isInstance)).hasSize(100);
    assertThat(depot.sent().stream().filter(StockRefused.class::isInstance)).hasSize(300);
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 100, 0, 0));
  }

  @Test
  void theSameBatchReceivedByManyAtOnceIsPromisedOnce() throws Exception {
    depot.holds(TEA, BERLIN, 30);
    List<OrderPlaced> orders = IntStream.range(0, 40).mapToObj(it -> order("o" + it, it, of(1, TEA))).toList();

    inParallel(6, thread -> {
      var shuffled = new ArrayList<>(orders);
      Collections.shuffle(shuffled, new Random(thread));
      return depot.reserve(shuffled.toArray(OrderPlaced[]::new));
    });

    assertThat(depot.sent().stream().filter(StockReserved.class::isInstance)).hasSize(30);
    assertThat(depot.sent()).as("every order has one answer, whoever gives it").hasSize(40);
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 30, 0, 0));
  }

  @Test
  void whateverCallDiesTheBatchEndsTheSameWhenItComesAgain() {
    OrderPlaced[] orders = {order("a", 0, of(2, TEA)), order("b", 1, of(9, TEA)), order("c", 2, of(1, TEA), of(1, MUG)),
      order("d", 3, of(1, MUG))};
    for (boolean afterItsEffect : new boolean[]{false, true}) {
      for (int call = 1; call <= 8; call++) {
        try (var fresh = new Depot().holds(TEA, BERLIN, 5).holds(MUG, LEIPZIG, 1)) {
          var faults = new Faults();
          fresh.dynamo = faults.in(DynamoDbClient.class, fresh.dynamo);
          faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
          fresh.reserve(orders);
          faults.stop();

          assertThat(fresh.reserve(orders)).isEmpty();

          assertThat(fresh.sent()).hasSize(4).contains(new StockReserved(orderId("a")),
              new StockReserved(orderId("c")));
          assertThat(fresh.sent()).filteredOn(StockRefused.class::isInstance)
              .extracting(it -> ((StockRefused) it).order())
              .containsExactlyInAnyOrder(orderId("b"), orderId("d"));
          assertThat(fresh.inPool(TEA)).isEqualTo(new Levels(2, 3, 0, 0));
          fresh.requireExact(BERLIN, LEIPZIG);
        }
      }
    }
  }

  @Test
  void whatWasWrittenAndNotSentIsSentWhenTheMessageComesAgain() {
    depot.holds(TEA, BERLIN, 5);
    depot.bench.refuseNextSends(1);

    List<String> failed = depot.reserve(order("a", 0, of(1, TEA)), order("b", 1, of(1, TEA)));

    assertThat(failed).as("only the one whose answer was not sent").hasSize(1);
    depot.reserve(order("a", 0, of(1, TEA)));
    assertThat(depot.sent()).containsExactlyInAnyOrder(new StockReserved(orderId("a")),
        new StockReserved(orderId("b")));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(3, 2, 0, 0));
  }

  @Test
  void aPoisonMessageFailsAlone() {
    depot.holds(TEA, BERLIN, 5);
    var handler = new ReserveStockHandler(depot.bench.ports(depot.dynamo, depot.bench.sqs()));
    String good = Json.write(order("good", 0, of(1, TEA)));

    List<String> failed = depot.queue(handler,
        depot.bench.sqsEvent(1, good, "no JSON", "{\"type\":\"OrderDelivered\"}", "{\"type\":\"OrderPlaced\"}",
            good.replace("\"quantity\":1", "\"quantity\":-1"),
            good.replace("\"quantity\":1", "\"quantity\":99999999999")));

    assertThat(failed).hasSize(5).doesNotContain("m-1");
    assertThat(depot.sent()).containsExactly(new StockReserved(orderId("good")));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(4, 1, 0, 0));
  }

  @Test
  void anOrderThatTheTableRefusesFailsAloneAndTakesNothingFromOthers() {
    depot.holds(TEA, BERLIN, 30);
    depot.unlucky(0).refuseWhatNames(orderId("poison").value());
    var orders = new ArrayList<>(IntStream.range(0, 20).mapToObj(it -> order("o" + it, it + 1, of(1, TEA))).toList());
    orders.add(order("poison", 0, of(20, TEA)));

    List<String> failed = depot.reserve(orders.toArray(OrderPlaced[]::new));

    assertThat(failed).containsExactly("m-21");
    assertThat(depot.sent()).hasSize(20).allSatisfy(it -> assertThat(it).isInstanceOf(StockReserved.class));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(10, 20, 0, 0));
  }

  @Test
  void whatStaysContendedComesBackLater() {
    depot.holds(TEA, BERLIN, 5);
    depot.unlucky(1);

    assertThat(depot.reserve(order("a", 0, of(1, TEA)))).hasSize(1);

    assertThat(depot.sent()).isEmpty();
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(5, 0, 0, 0));
  }

  @Test
  void anOrderOfFiveHundredSkusIsPromisedWholeOrNotAtAll() {
    Sku[] skus = manySkus(250);
    SkuQuantity[] two = items(skus, 2);
    var seen = depot.unlucky(0);

    depot.reserve(order("first", 0, two), order("small", 1, of(1, skus[0])), order("second", 2, two));

    assertThat(depot.sent()).hasSize(3).contains(new StockReserved(orderId("first")),
        new StockReserved(orderId("small")));
    assertThat(depot.sent()).anySatisfy(it -> assertThat(it).isInstanceOfSatisfying(StockRefused.class, refused -> {
      assertThat(refused.order()).isEqualTo(orderId("second"));
      assertThat(refused.shortOf()).hasSize(250).startsWith(of(2, skus[0])).endsWith(of(1, skus[249]));
    }));
    assertThat(seen.mostActions()).isLessThanOrEqualTo(100);
    assertThat(depot.inPool(skus[0])).isEqualTo(new Levels(0, 3, 0, 0));
    assertThat(depot.inPool(skus[249])).isEqualTo(new Levels(1, 2, 0, 0));
  }

  @Test
  void aLargeOrderThatDiesBetweenItsStepsGoesOnWhereItWas() {
    Sku[] skus = manySkus(250);
    OrderPlaced large = order("large", 0, items(skus, 3));
    var faults = new Faults();
    depot.dynamo = faults.in(DynamoDbClient.class, depot.dynamo);
    int deaths = 0;
    for (int call = 4; call < 40; call += 2) {
      faults.strike(call, call % 4 == 0, () -> new IllegalStateException("died"));
      if (depot.reserve(large).isEmpty()) {
        break;
      }
      deaths++;
      depot.requireExact(BERLIN, LEIPZIG);
    }
    faults.stop();
    depot.reserve(large);

    assertThat(deaths).isPositive();
    assertThat(depot.sent()).containsExactly(new StockReserved(orderId("large")));
    assertThat(skus).allSatisfy(it -> assertThat(depot.inPool(it)).isEqualTo(new Levels(0, 3, 0, 0)));
  }

  @Test
  void aLargeOrderThatIsOvertakenGivesBackWhatItTook() {
    Sku[] skus = manySkus(250);
    OrderPlaced large = order("large", 0, items(skus, 3));
    var faults = new Faults();
    depot.dynamo = faults.in(DynamoDbClient.class, depot.dynamo);
    // The record, the counters in three parts, the locations, the claim and its reading, counters and locations again, the first step: it
    // dies after that.
    faults.strike(12, true, () -> new IllegalStateException("died"));
    assertThat(depot.reserve(large)).hasSize(1);
    faults.stop();
    assertThat(depot.inPool(skus[0])).isEqualTo(new Levels(0, 3, 0, 0));
    depot.reserve(order("overtaking", 1, of(1, skus[249])));

    assertThat(depot.reserve(large)).isEmpty();
    depot.reserve(large);

    assertThat(depot.sent()).containsExactlyInAnyOrder(new StockReserved(orderId("overtaking")),
        new StockRefused(orderId("large"), List.of(of(1, skus[249]))));
    assertThat(depot.inPool(skus[0])).isEqualTo(new Levels(3, 0, 0, 0));
    assertThat(depot.inPool(skus[249])).isEqualTo(new Levels(2, 1, 0, 0));
  }

  @Test
  void manyThatTakeTheSameLargeOrderInStepsTakeItOnce() throws Exception {
    Sku[] skus = manySkus(250);
    depot.unlucky(0.2);

    List<List<String>> failed = inParallel(4, _ -> depot.reserve(order("large", 0, items(skus, 3))));

    assertThat(failed).anySatisfy(it -> assertThat(it).isEmpty());
    assertThat(depot.sent()).containsExactly(new StockReserved(orderId("large")));
    assertThat(skus).allSatisfy(it -> assertThat(depot.inPool(it)).isEqualTo(new Levels(0, 3, 0, 0)));
  }

  /** Three units of each. */
  private Sku[] manySkus(int count) {
    Sku[] skus = IntStream.range(0, count).mapToObj(it -> new Sku("SKU-%03d".formatted(it))).toArray(Sku[]::new);
    depot.holds(skus, BERLIN, 3);
    return skus;
  }

  private static SkuQuantity[] items(Sku[] skus, int quantity) {
    return IntStream.range(0, skus.length).mapToObj(it -> of(quantity, skus[it])).toArray(SkuQuantity[]::new);
  }
}
