package waybill.digital;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import waybill.messages.Alert;
import waybill.messages.DigitalMessages.DigitalDelivered;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.PaymentAlerted;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.StockMessages.StockReserved;
import waybill.platform.Json;
import waybill.workbench.CapturedLog;

class DeliverDigitalTest {
  private final Kiosk kiosk = new Kiosk();

  @AfterEach
  void close() {
    kiosk.close();
  }

  private Map<String, Object> order(OrderId id) {
    return kiosk.order(id).body();
  }

  private static Object delivered(Map<String, Object> order, int line) {
    return Json.object(Json.object(((List<?>) order.get("lines")).get(line)).get("quantities")).get("delivered");
  }

  private static List<Object> holds(Map<String, Object> order) {
    return ((List<?>) order.get("holds")).stream().map(it -> Json.object(it).get("reason")).toList();
  }

  @Test
  void anOrderOfLinksAloneIsDeliveredOnceItIsPaidAndCompletesByItself() {
    OrderId id = kiosk.paid("1", "BOOK 1");
    assertThat(order(id)).containsEntry("status", "open").containsEntry("delivery_status", "pending")
        .containsEntry("awaiting", "delivery");
    kiosk.settle();
    assertThat(order(id)).containsEntry("status", "completed").containsEntry("delivery_status", "delivered")
        .containsEntry("fulfillment_status", "not_required").containsEntry("awaiting", null);
    assertThat(delivered(order(id), 0)).isEqualTo(1L);
    assertThat(kiosk.links(id)).singleElement().asString().matches("/downloads/[A-Za-z0-9_-]{32}");
    kiosk.deliver(id);
    assertThat(kiosk.links(id)).as("a repeated message gives nothing more").hasSize(1);
  }

  @Test
  void nothingIsGivenBeforeItIsPaid() {
    OrderId id = kiosk.place("1", false, "BOOK 1");
    kiosk.settle();
    kiosk.deliver(id);
    assertThat(kiosk.links(id)).isEmpty();
    assertThat(order(id)).containsEntry("delivery_status", "pending");
    assertThat(kiosk.bench.items("digital")).isEmpty();
  }

  @Test
  void aKeyIsGivenToOneUnitAndNoneTwice() {
    kiosk.importKeys("KEY", "a", "AAA", "BBB", "CCC", "DDD");
    OrderId one = kiosk.paid("1", "KEY 2");
    OrderId two = kiosk.paid("2", "KEY 1", "KEY 1");
    kiosk.settle();
    assertThat(kiosk.keys(one)).hasSize(2).doesNotContainAnyElementsOf(kiosk.keys(two));
    assertThat(kiosk.keys(two)).hasSize(2).doesNotHaveDuplicates();
    assertThat(kiosk.pool("KEY").body()).containsEntry("available", 0L).containsEntry("low", true);
    assertThat(order(two)).containsEntry("delivery_status", "delivered");
  }

  @Test
  void theDigitalPartOfAMixedOrderDoesNotWaitForItsParcel() {
    OrderId id = kiosk.paid("1", "BOOK 1", "TEA 2");
    kiosk.settle();
    assertThat(kiosk.links(id)).as("its stock is not promised yet").isEmpty();
    kiosk.work(new StockReserved(id));
    kiosk.settle();
    assertThat(kiosk.links(id)).hasSize(1);
    assertThat(order(id)).containsEntry("status", "open").containsEntry("delivery_status", "partially_delivered")
        .containsEntry("fulfillment_status", "unfulfilled");
  }

  @Test
  void anEmptyPoolHoldsOnlyWhatWaitsForItAndTheNextImportDeliversIt() {
    OrderId id = kiosk.paid("1", "KEY 2", "BOOK 1");
    kiosk.importKeys("KEY", "a", "AAA");
    kiosk.settle();
    assertThat(kiosk.links(id)).hasSize(1);
    assertThat(kiosk.keys(id)).containsExactly("AAA");
    assertThat(holds(order(id))).containsExactly("licence_key_missing");
    assertThat(order(id)).containsEntry("delivery_status", "partially_delivered");
    assertThat(kiosk.importKeys("KEY", "b", "AAA", "BBB").body()).containsEntry("added", 1L)
        .containsEntry("known", 1L);
    kiosk.settle();
    assertThat(kiosk.keys(id)).containsExactly("AAA", "BBB");
    assertThat(holds(order(id))).isEmpty();
    assertThat(order(id)).containsEntry("status", "completed");
  }

  @Test
  void whatWaitsIsFoundThoughWhoeverImportedTheKeysDied() {
    OrderId id = kiosk.paid("1", "KEY 1");
    kiosk.settle();
    kiosk.bench.refuseNextSends(1);
    assertThat(kiosk.importKeys("KEY", "a", "AAA").status()).isEqualTo(503);
    assertThat(kiosk.keys(id)).isEmpty();
    kiosk.sweep();
    kiosk.settle();
    assertThat(kiosk.keys(id)).containsExactly("AAA");
  }

  @Test
  void whatIsRefundedIsRevokedAndTheKeyNeverGivenAgain() {
    kiosk.importKeys("KEY", "a", "AAA", "BBB");
    OrderId id = kiosk.paid("1", "KEY 2", "BOOK 1");
    kiosk.settle();
    String link = kiosk.links(id).getFirst();
    assertThat(kiosk.refund(id, "line_1", 1).status()).isEqualTo(200);
    kiosk.settle();
    assertThat(kiosk.keys(id)).hasSize(1);
    assertThat(kiosk.refund(id, "line_2", 1).status()).isEqualTo(200);
    kiosk.settle();
    assertThat(kiosk.links(id)).isEmpty();
    assertThat(kiosk.download(link, "application/json").body()).containsEntry("code", "download_revoked");
    OrderId next = kiosk.paid("2", "KEY 1");
    kiosk.settle();
    assertThat(kiosk.keys(next)).as("a revoked key is not given again").isEmpty();
    assertThat(order(id)).containsEntry("status", "completed").containsEntry("delivery_status", "delivered");
  }

  @Test
  void whatIsRefundedBeforeItIsGivenIsNotGiven() {
    OrderId id = kiosk.paid("1", "BOOK 1", "KEY 1");
    kiosk.refund(id, "line_1", 1);
    kiosk.refund(id, "line_2", 1);
    kiosk.settle();
    assertThat(kiosk.links(id)).isEmpty();
    assertThat(holds(order(id))).isEmpty();
    assertThat(order(id)).containsEntry("delivery_status", "not_required").containsEntry("status", "completed");
  }

  @Test
  void anOrderThatIsCancelledGetsNothingAndWhatWasGivenIsRevoked() {
    OrderId waits = kiosk.paid("1", "KEY 1");
    kiosk.settle();
    assertThat(kiosk.cancel(waits, "orders:operate").status()).as("nothing of it was given").isEqualTo(200);
    kiosk.settle();
    kiosk.importKeys("KEY", "a", "AAA");
    kiosk.settle();
    assertThat(kiosk.keys(waits)).isEmpty();
    OrderId mixed = kiosk.paid("2", "KEY 1", "TEA 1");
    kiosk.work(new StockReserved(mixed));
    kiosk.settle();
    assertThat(kiosk.keys(mixed)).containsExactly("AAA");
    assertThat(kiosk.cancel(mixed, "orders:own").status()).isIn(404, 409);
    assertThat(kiosk.cancel(mixed, "orders:place").body()).containsEntry("code", "digital_delivered");
    assertThat(kiosk.cancel(mixed, "orders:operate").status()).isEqualTo(200);
    kiosk.settle();
    assertThat(kiosk.keys(mixed)).isEmpty();
    OrderId alone = kiosk.paid("3", "BOOK 1");
    kiosk.settle();
    assertThat(kiosk.cancel(alone, "orders:operate").body()).containsEntry("code", "completed");
  }

  @Test
  void aCustomerCancelsWhatIsCarriedWhateverBecameOfTheKeyBesideIt() {
    kiosk.importKeys("KEY", "a", "AAA", "BBB");
    OrderId given = kiosk.paid("1", "KEY 1", "TEA 2");
    OrderId refunded = kiosk.paid("2", "KEY 1", "TEA 1");
    for (OrderId order : List.of(given, refunded)) {
      kiosk.work(new StockReserved(order));
    }
    kiosk.settle();

    assertThat(kiosk.cancel(given, "orders:place", "line_1").body()).containsEntry("code", "digital_delivered");
    assertThat(kiosk.cancel(given, "orders:place", "line_2").status()).isEqualTo(200);
    assertThat(kiosk.keys(given)).as("the key stays").hasSize(1);

    assertThat(kiosk.cancel(refunded, "orders:place").body()).containsEntry("code", "digital_delivered");
    kiosk.refund(refunded, "line_1", 1);
    kiosk.settle();
    assertThat(kiosk.keys(refunded)).isEmpty();
    assertThat(kiosk.cancel(refunded, "orders:place").status()).as("nothing of it was kept").isEqualTo(200);
  }

  @Test
  void aLostDisputeRevokesWhatWasGivenAndAnOpenOneDoesNot() {
    kiosk.importKeys("KEY", "a", "AAA");
    OrderId id = kiosk.place("1", false, "KEY 1", "BOOK 1");
    var money = new Money(200, "EUR");
    Instant now = kiosk.bench.clock().instant();
    var payment = new Payment(PaymentId.of("stripe", "shop-eu", "pi_1"), "stripe", "shop-eu", "pi_1",
        PaymentStatus.CAPTURED, money, money, now);
    kiosk.work(new PaymentCaptured(id, payment));
    kiosk.settle();
    assertThat(kiosk.keys(id)).hasSize(1);
    kiosk.work(new PaymentAlerted(id, payment,
        new Alert(Alert.Kind.DISPUTE, "dp_1", Alert.Status.OPEN, money, now)));
    kiosk.settle();
    assertThat(kiosk.keys(id)).hasSize(1);
    kiosk.work(new PaymentAlerted(id, payment,
        new Alert(Alert.Kind.DISPUTE, "dp_1", Alert.Status.LOST, money, now.plusSeconds(9))));
    kiosk.settle();
    assertThat(kiosk.keys(id)).isEmpty();
    assertThat(kiosk.links(id)).isEmpty();
  }

  @Test
  void aCustomerIsMailedOnceAboutEachTimeThatSomethingIsGiven() {
    OrderId id = kiosk.paid("1", "KEY 2");
    kiosk.importKeys("KEY", "a", "AAA");
    kiosk.deliver(id);
    assertThat(kiosk.news()).filteredOn(DigitalDelivered.class::isInstance)
        .containsExactly(new DigitalDelivered(id, 1, kiosk.bench.clock().instant()));
    kiosk.importKeys("KEY", "b", "BBB");
    kiosk.bench.forgetSent();
    kiosk.pass(Duration.ofHours(1));
    kiosk.deliver(id);
    kiosk.deliver(id);
    assertThat(kiosk.news()).filteredOn(DigitalDelivered.class::isInstance)
        .containsOnly(new DigitalDelivered(id, 2, kiosk.bench.clock().instant())).hasSize(2);
  }

  @Test
  void manyKeysAreGivenInSeveralSteps() {
    String[] texts = IntStream.range(0, 250).mapToObj(it -> "K" + it).toArray(String[]::new);
    assertThat(kiosk.importKeys("KEY", "a", texts).body()).containsEntry("added", 250L);
    OrderId id = kiosk.paid("1", "KEY 100", "KEY 100");
    kiosk.settle();
    assertThat(kiosk.keys(id)).hasSize(200).doesNotHaveDuplicates();
    assertThat(order(id)).containsEntry("status", "completed");
    assertThat(kiosk.refund(id, "line_1", 100).status()).isEqualTo(200);
    kiosk.settle();
    assertThat(kiosk.keys(id)).hasSize(100);
  }

  @Test
  void noKeyAndNoTokenIsInALogOrAMessage() {
    try (CapturedLog log = CapturedLog.open()) {
      kiosk.importKeys("KEY", "a", "SECRET-KEY-1");
      OrderId id = kiosk.paid("1", "KEY 1", "BOOK 1");
      kiosk.settle();
      String link = kiosk.links(id).getFirst();
      kiosk.download(link, "text/html");
      kiosk.refund(id, "line_1", 1);
      kiosk.settle();
      String text = log.lines() + " " + kiosk.bench.sent();
      assertThat(text).doesNotContain("SECRET-KEY-1").doesNotContain(link.substring("/downloads/".length()));
      assertThat(log.measured("LicenceKeysLow")).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverItDiesTheNextAttemptGivesTheRestAndNothingTwice(boolean afterItsEffect) {
    int calls = 40;
    for (int call = 1; call <= calls; call++) {
      try (var fresh = new Kiosk()) {
        fresh.importKeys("KEY", "a", "AAA", "BBB", "CCC");
        OrderId id = fresh.paid("1", "KEY 2", "BOOK 1");
        fresh.faults.strike(call, afterItsEffect, () -> SdkClientException.create("died"));
        if (fresh.deliver(id) > 0) {
          assertThat(fresh.deliver(id)).as("call %d", call).isZero();
        } else {
          calls = Math.min(calls, call);
        }
        fresh.settle();
        assertThat(fresh.keys(id)).as("call %d", call).hasSize(2).doesNotHaveDuplicates();
        assertThat(fresh.links(id)).as("call %d", call).hasSize(1);
        assertThat(fresh.pool("KEY").body()).containsEntry("available", 1L);
        assertThat(fresh.order(id).body()).containsEntry("status", "completed");
      }
    }
  }

  @Test
  void ofManyOrdersAtOnceNoTwoGetOneKey() throws Exception {
    List<OrderId> orders = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      orders.add(kiosk.paid("o" + i, "KEY 1"));
    }
    kiosk.importKeys("KEY", "a", IntStream.range(0, 12).mapToObj(it -> "K" + it).toArray(String[]::new));
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls = new ArrayList<>();
      orders.forEach(it -> calls.add(() -> kiosk.deliver(it)));
      executor.invokeAll(calls);
    }
    // What lost too often is received again.
    orders.forEach(kiosk::deliver);
    List<String> given = orders.stream().flatMap(it -> kiosk.keys(it).stream()).toList();
    Set<String> distinct = new HashSet<>(given);
    assertThat(given).hasSize(12).hasSameSizeAs(distinct);
    kiosk.settle();
    assertThat(orders.stream().filter(it -> !holds(order(it)).isEmpty())).hasSize(4);
  }

  /** Whichever of the two comes first: what is refunded works no more in the end. */
  @Test
  void aRefundAndADeliveryAtOnceEndWithNothingThatWorks() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (var fresh = new Kiosk(); var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        fresh.importKeys("KEY", "a", "AAA");
        OrderId id = fresh.paid("1", "KEY 1", "BOOK 1");
        executor.invokeAll(List.<Callable<Object>>of(() -> fresh.deliver(id), () -> fresh.refund(id, "line_1", 1),
            () -> fresh.refund(id, "line_2", 1), () -> fresh.deliver(id)));
        fresh.refund(id, "line_1", 1);
        fresh.refund(id, "line_2", 1);
        fresh.settle();
        fresh.deliver(id);
        fresh.settle();
        assertThat(fresh.keys(id)).isEmpty();
        assertThat(fresh.links(id)).isEmpty();
      }
    }
  }

  @Test
  void aProductThatSaysNoMoreHowItIsDeliveredWaitsUntilItSaysSoAgain() {
    OrderId id = kiosk.paid("1", "BOOK 1");
    kiosk.product("BOOK", null);
    kiosk.settle();
    assertThat(holds(order(id))).containsExactly("licence_key_missing");
    kiosk.product("BOOK", Map.of("kind", "link", "url", "https://assets.example.com/second.pdf"));
    kiosk.sweep();
    kiosk.settle();
    assertThat(kiosk.links(id)).hasSize(1);
    assertThat(holds(order(id))).isEmpty();
  }
}
