package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.local.functions.FaultKind;
import waybill.local.providers.Providers;

/** Orders that never reach a doorstep: no stock, no money, a change of mind. Nothing is kept that is nobody's, and nothing is lost. */
class WhenItGoesWrongTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private static final Duration TIME_TO_PAY = Duration.ofMinutes(31);

  private Shop shop;
  private String location;
  private String sku;

  private void open(String name, int units) {
    shop = new Shop(CLOUD.get(), name);
    location = shop.location("leipzig");
    sku = shop.product("tea", location, units);
  }

  private static void assertCancelled(JsonNode order, String reason) {
    assertThat(order.path("status").asText()).as(order.path("id").asText()).isEqualTo("cancelled");
    assertThat(order.path("cancel_reason").asText()).isEqualTo(reason);
    assertThat(order.path("cancelled_at").asText()).isNotEmpty();
  }

  @Test
  void withoutStockAPaidOrderIsCancelledAndRefundedAndItsCustomerIsTold() {
    open("short", 1);
    CLOUD.get().fault("ReserveStock", 1, sku, FaultKind.KILL_BEFORE, 1); // it is paid before its stock is refused
    String order = shop.paidOrder("1", sku, 2);
    CLOUD.get().retry("waybill-reserve-stock");
    shop.rest();
    assertCancelled(shop.order(order), "out_of_stock");
    assertThat(shop.order(order).path("stock_status").asText()).isEqualTo("refused");
    assertThat(shop.order(order).path("payment_status").asText()).isEqualTo("refunded");
    assertThat(shop.order(order).at("/totals/refunded").asLong()).isEqualTo(2000);
    assertThat(shop.refunds("1")).containsExactly("succeeded 2000");
    assertThat(shop.mails("1")).singleElement().satisfies(it -> assertThat(it.text()).contains("20,00"));
    assertThat(shop.isFree(sku, 1)).isTrue();
  }

  /** The account of the sample shop reports scans and sells no labels. */
  @Test
  void aLiveParcelThatNobodySellsALabelForIsOnAHoldThatSaysWhyAndItsPackerMayHaveALabelOfTheirOwn() {
    open("live", 2);
    ObjectNode channel = shop.samples.read("put-channel.json").put("stock_pool", "live").put("livemode", true);
    channel.putArray("carrier_accounts").addObject().put("carrier", "table_rate").put("account", "built-in");
    assertThat(shop.operator.put("/channels/live", channel.toString()).expect(422).text()).contains("stand_in");
    channel.putArray("carrier_accounts").addObject().put("carrier", "easypost").put("account",
        Providers.CARRIER_ACCOUNT);
    shop.operator.put("/channels/live", channel.toString()).expect(200);
    String unlabelled = placePaidElsewhere("1");
    shop.work(location).forEach(it -> shop.pack(it).expect(200));
    shop.rest();

    JsonNode hold = shop.order(unlabelled).path("holds").path(0);
    assertThat(hold.path("reason").asText()).isEqualTo("label_refused");
    assertThat(hold.path("note").asText()).startsWith("easypost/parcels-eu sells no labels");
    assertThat(shop.operator.get("/orders?hold=label_refused").expect(200).text()).contains(unlabelled);
    shop.pass(Duration.ofMinutes(70));
    assertThat(shop.order(unlabelled).path("holds").path(0)).as("tried again").isEqualTo(hold);

    String labelled = placePaidElsewhere("2");
    JsonNode work = shop.work(location).getFirst();
    ObjectNode packing = shop.samples.read("pack-fulfillment.json");
    var parcel = ((ObjectNode) packing.path("parcels").path(0)).put("carrier", "DHL").put("tracking_number",
        "JD014600");
    parcel.putArray("lines").addObject().put("line_id", "line_1").put("quantity", 1);
    shop.warehouse.post("/fulfillments/" + work.path("id").asText() + "/packing", packing.toString(), "own-label")
        .expect(200);
    shop.rest();
    assertThat(shop.order(labelled).path("holds")).isEmpty();
    assertThat(shop.parcels(labelled)).singleElement()
        .satisfies(it -> assertThat(it.path("tracking_number").asText()).isEqualTo("JD014600"));
  }

  private String placePaidElsewhere(String reference) {
    ObjectNode form = shop.form(reference, sku, 1);
    form.putArray("payments").addObject().put("provider", "external").put("method", "gift_card")
        .put("reference", "card-" + reference).put("amount", 1000).put("status", "captured");
    String order = shop.place(form);
    shop.rest();
    return order;
  }

  @Test
  void anUnpaidOrderEndsWhenItsTimeIsUpAndItsStockIsFree() {
    open("unpaid", 3);
    String order = shop.place(shop.form("1", sku, 2));
    shop.rest();
    assertThat(shop.isFree(sku, 3)).isFalse();
    shop.pass(Duration.ofMinutes(29));
    assertThat(shop.order(order).path("status").asText()).isEqualTo("open");
    shop.pass(Duration.ofMinutes(2));
    assertCancelled(shop.order(order), "payment_expired");
    assertThat(shop.order(order).path("stock_status").asText()).isEqualTo("released");
    assertThat(shop.isFree(sku, 3)).isTrue();
    assertThat(shop.mails("1")).hasSize(1);
  }

  @Test
  void aStorefrontGivesItsCustomersMoreTime() {
    open("patient", 1);
    ObjectNode form = shop.form("1", sku, 1);
    form.put("payment_expires_at", CLOUD.get().clock().instant().plus(Duration.ofHours(2)).toString());
    String order = shop.place(form);
    shop.rest();
    shop.pass(TIME_TO_PAY);
    shop.pass(TIME_TO_PAY);
    assertThat(shop.order(order).path("status").asText()).isEqualTo("open");
    shop.pass(Duration.ofHours(1));
    assertCancelled(shop.order(order), "payment_expired");
  }

  @Test
  void aFailedPaymentIsToldAndNotFinal() {
    open("failed", 1);
    String order = shop.place(shop.form("1", sku, 1));
    shop.rest();
    shop.providers.stripe(shop.paymentEvent("stripe-payment-intent-payment-failed.json", "1", 1000)).expect(200);
    shop.rest();
    assertThat(shop.order(order).path("payment_status").asText()).isEqualTo("failed");
    assertThat(shop.mails("1")).hasSize(1);
    shop.pay("1", 1000);
    shop.rest();
    assertThat(shop.order(order).path("payment_status").asText()).isEqualTo("paid");
    assertThat(shop.work(location)).hasSize(1);
  }

  @Test
  void aPaymentThatIsCancelledForGoodEndsItsOrder() {
    open("gone", 1);
    String order = shop.place(shop.form("1", sku, 1));
    shop.rest();
    shop.providers.stripe(shop.paymentEvent("stripe-payment-intent-canceled.json", "1", 1000)).expect(200);
    shop.rest();
    assertCancelled(shop.order(order), "payment_cancelled");
    assertThat(shop.isFree(sku, 1)).isTrue();
    assertThat(shop.refunds("1")).isEmpty();
  }

  @Test
  void anotherAmountHoldsTheOrderUntilAPersonCancelsItAndAllOfItGoesBack() {
    open("differs", 1);
    String order = shop.place(shop.form("1", sku, 1));
    shop.pay("1", 900);
    shop.rest();
    assertThat(shop.order(order).at("/holds/0/reason").asText()).isEqualTo("payment_mismatch");
    assertThat(shop.work(location)).isEmpty();
    shop.pass(TIME_TO_PAY);
    assertThat(shop.order(order).path("status").asText()).as("a person decides").isEqualTo("open");
    assertThat(Shop.elements(shop.operator.get("/orders?hold=payment_mismatch").expect(200).json().path("data"))
        .map(it -> it.path("id").asText())).contains(order);
    shop.cancel(order).expect(200);
    shop.rest();
    assertThat(shop.refunds("1")).containsExactly("succeeded 900");
    assertThat(shop.order(order).path("holds")).isEmpty();
  }

  @Test
  void whatIsPaidTwiceGoesBackOnce() {
    open("twice", 1);
    String order = shop.paidOrder("1", sku, 1);
    String again = shop.paymentEvent("stripe-payment-intent-succeeded.json", "1again", 1000).replace("\"metadata\":{",
        "\"metadata\":{\"order_id\":\"" + order + "\",");
    shop.providers.stripe(again).expect(200);
    shop.providers.stripe(again).expect(200);
    shop.rest();
    List<String> back = Stream.concat(shop.refunds("1").stream(), shop.refunds("1again").stream()).toList();
    assertThat(back).containsExactly("succeeded 1000");
    assertThat(shop.order(order).path("payment_status").asText()).isEqualTo("paid");
    assertThat(shop.order(order).at("/refunds/0/reason").asText()).isEqualTo("paid_twice");
    assertThat(shop.work(location)).as("the order goes on").hasSize(1);
  }

  @Test
  void moneyThatNoOrderClaimsForADayGoesBackAndIsReported() {
    open("nobody", 1);
    shop.pay("1", 1000);
    shop.rest();
    shop.pass(Duration.ofHours(23));
    assertThat(shop.refunds("1")).isEmpty();
    shop.pass(Duration.ofHours(2));
    assertThat(shop.refunds("1")).containsExactly("succeeded 1000");
    assertThat(CLOUD.get().logs()).anyMatch(it -> it.containsKey("MoneyWithoutOrder"));
    shop.pass(Duration.ofHours(2));
    assertThat(shop.refunds("1")).as("once").hasSize(1);

    String order = shop.place(shop.form("1", sku, 1));
    shop.rest();
    assertThat(shop.work(location)).as("an order that comes after all is not paid by it").isEmpty();
    shop.pass(TIME_TO_PAY);
    assertThat(shop.order(order).path("status").asText()).isEqualTo("cancelled");
  }

  @Test
  void moneyThatComesForACancelledOrderGoesBack() {
    open("late", 1);
    String order = shop.place(shop.form("1", sku, 1));
    shop.cancel(order).expect(200);
    shop.rest();
    shop.pay("1", 1000);
    shop.rest();
    assertThat(shop.refunds("1")).containsExactly("succeeded 1000");
    assertThat(shop.order(order).path("payment_status").asText()).isEqualTo("refunded");
    assertThat(shop.work(location)).isEmpty();
  }

  @Test
  void aCancelledTwiceOrderRestocksAndRefundsOnceAndAPackedOneIsNotCancelled() {
    open("cancelled", 2);
    String order = shop.paidOrder("1", sku, 1);
    Caller customer = new Caller(shop);
    assertThat(customer.cancels(order, "c-cancelled-2")).as("another's is not there").isEqualTo(404);
    assertThat(customer.cancels(order, "c-cancelled-1")).isEqualTo(200);
    assertThat(customer.cancels(order, "c-cancelled-1")).isEqualTo(200);
    assertThat(shop.cancel(order).status()).isEqualTo(409);
    shop.rest();
    assertCancelled(shop.order(order), "customer");
    assertThat(shop.isFree(sku, 2)).isTrue();
    assertThat(shop.refunds("1")).containsExactly("succeeded 1000");
    assertThat(shop.work(location)).isEmpty();
    assertThat(shop.subjects("1")).as("confirmed, cancelled").hasSize(2);

    String packed = shop.paidOrder("2", sku, 1);
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    assertThat(shop.cancel(packed).json().path("code").asText()).isEqualTo("dispatch_closed");
    assertThat(shop.parcels(packed)).hasSize(1);
  }

  /** Somebody with a customer's own token. */
  private record Caller(Shop shop) {
    int cancels(String order, String subject) {
      return shop.customer(subject).post("/orders/" + order + "/cancellation", "{\"reason\":\"customer\"}",
          "mine-" + order).status();
    }
  }

  @Test
  void aRefundWhoseAnswersAreLostIsMadeOnce() {
    open("lost", 1);
    String order = shop.paidOrder("1", sku, 1);
    stripeFails("create_refund", "timeout_after");
    shop.cancel(order).expect(200);
    shop.rest();
    CLOUD.get().clock().advance(Duration.ofMinutes(5));
    CLOUD.get().retry(CLOUD.get().name("RefundPaymentQueue"));
    shop.rest();
    assertThat(shop.refunds("1")).containsExactly("succeeded 1000");
    assertThat(shop.order(order).path("payment_status").asText()).isEqualTo("refunded");
  }

  @Test
  void aRefundThatFailsForGoodIsAHoldAndAnAlarm() {
    open("declined", 1);
    String order = shop.paidOrder("1", sku, 1);
    stripeFails("create_refund", "decline");
    shop.cancel(order).expect(200);
    shop.rest();
    assertThat(shop.order(order).at("/holds/0/reason").asText()).isEqualTo("refund_failed");
    assertThat(shop.order(order).at("/refunds/0/status").asText()).isEqualTo("failed");
    assertThat(CLOUD.get().logs()).anyMatch(it -> it.containsKey("RefundsFailed"));
  }

  private void stripeFails(String call, String kind) {
    shop.operator.post("/local/stripe/faults", "{\"call\":\"%s\",\"kind\":\"%s\"}".formatted(call, kind)).expect(201);
  }

  @Test
  void aCustomerHearsOfEachFailedDelivery() {
    open("missed", 1);
    String order = shop.paidOrder("1", sku, 1);
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    JsonNode parcel = shop.parcels(order).getFirst();
    String failed = shop.trackingEvent("in-transit", parcel).replace("\"in_transit\"", "\"failure\"");
    shop.providers.easyPost(failed).expect(200);
    shop.providers.easyPost(failed).expect(200);
    shop.rest();
    assertThat(shop.order(order).at("/fulfillments/0/parcels/0/status").asText()).isEqualTo("delivery_failed");
    assertThat(shop.mails("1")).as("confirmed, shipped, failed").hasSize(3);
  }

  @Test
  void redrivenAfterTwoWeeksNoMessageChangesAnything() {
    open("redriven", 9);
    var received = new ConcurrentLinkedQueue<Map.Entry<String, String>>();
    CLOUD.get().onMessage((queue, body) -> received.add(Map.entry(queue, body)));
    String delivered = shop.paidOrder("1", sku, 1);
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    shop.scan("delivered", shop.parcels(delivered).getFirst());
    String cancelled = shop.paidOrder("2", sku, 1);
    shop.cancel(cancelled).expect(200);
    shop.rest();
    String refused = shop.paidOrder("3", sku, 99);
    List<String> orders = List.of(delivered, cancelled, refused);
    shop.pass(Duration.ofDays(14));
    List<JsonNode> before = orders.stream().map(shop::order).toList();
    JsonNode stock = shop.stock(sku);
    int mails = CLOUD.get().mails().size();

    List<Map.Entry<String, String>> old = received.stream()
        .filter(it -> orders.stream().anyMatch(order -> it.getValue().contains(order.substring(4)))).distinct()
        .toList();
    assertThat(old).hasSizeGreaterThan(30);
    old.forEach(it -> CLOUD.get().sqs().sendMessage(
        request -> request.queueUrl(CLOUD.get().queueUrl(it.getKey())).messageBody(it.getValue())));
    shop.rest();

    assertThat(orders.stream().map(shop::order)).isEqualTo(before);
    assertThat(shop.stock(sku)).isEqualTo(stock);
    assertThat(CLOUD.get().mails()).as("old news is not mailed").hasSize(mails);
    assertThat(Stream.of("1", "2", "3").flatMap(it -> shop.refunds(it).stream()))
        .containsExactly("succeeded 1000", "succeeded 99000");
  }

  private interface Step {
    void run(WhenItGoesWrongTest test, String order, String reference);
  }

  private static final Step CANCEL = (it, order, _) -> it.shop.cancel(order).expect(200, 409);
  /** Stripe sends again what was not taken, as when time jumps while it signs. */
  private static final Step CAPTURE = (it, _, reference) -> Stream
      .generate(() -> it.shop.providers.stripe(
          it.shop.paymentEvent("stripe-payment-intent-succeeded.json", reference, 1000)).status())
      .limit(10).anyMatch(status -> status == 200);
  private static final Step EXPIRE = (it, _, _) -> {
    CLOUD.get().clock().advance(TIME_TO_PAY);
    it.shop.operator.post("/local/schedules/ResendDueOrders", "").expect(200);
  };
  private static final Step PACK = (it, _, _) -> it.shop.work(it.location)
      .forEach(work -> it.shop.pack(work).expect(200, 409));
  private static final Step SCAN = (it, order, _) -> it.shop.parcels(order).stream()
      .filter(parcel -> !parcel.path("tracking_number").isNull())
      .forEach(parcel -> it.shop.providers.easyPost(it.shop.trackingEvent("in-transit", parcel)).expect(200));

  /** What was set going before goes on by itself. */
  private static final Step NOTHING = (_, _, _) -> {};

  /** What has happened before the two meet. */
  private enum Stage {
    PLACED, RESERVED, PAID
  }

  private record Race(String name, Stage stage, Step one, Step other) {}

  private static final List<Race> RACES = List.of(
      new Race("cancel and reserve", Stage.PLACED, CANCEL, NOTHING),
      new Race("cancel and capture", Stage.RESERVED, CANCEL, CAPTURE),
      new Race("cancel and capture before stock", Stage.PLACED, CANCEL, CAPTURE),
      new Race("cancel and plan", Stage.PAID, CANCEL, NOTHING),
      new Race("cancel and pack", Stage.PAID, CANCEL, PACK),
      new Race("expiry and payment", Stage.RESERVED, EXPIRE, CAPTURE),
      new Race("refund and refund", Stage.PAID, CANCEL, CANCEL),
      new Race("pack and scan", Stage.PAID, PACK, SCAN));

  @TestFactory
  Stream<DynamicTest> twoThingsThatRaceEndInOneConsistentWorld() {
    var tests = new ArrayList<DynamicTest>();
    for (Race race : RACES) {
      String name = "race" + RACES.indexOf(race);
      tests.add(DynamicTest.dynamicTest(race.name + ", one after the other",
          () -> run(name + "a", race, List.of(race.one, race.other), false)));
      if (race.other != NOTHING && race.other != race.one) {
        tests.add(DynamicTest.dynamicTest(race.name + ", the other way round",
            () -> run(name + "b", race, List.of(race.other, race.one), false)));
      }
      tests.add(DynamicTest.dynamicTest(race.name + ", at once, five times",
          () -> run(name + "c", race, List.of(race.one, race.other), true)));
    }
    return tests.stream();
  }

  private void run(String name, Race race, List<Step> steps, boolean atOnce) throws Exception {
    open(name, 10);
    List<String> references = IntStream.rangeClosed(1, atOnce ? 5 : 1).mapToObj(Integer::toString).toList();
    List<String> orders = references.stream().map(it -> shop.place(shop.form(it, sku, 1))).toList();
    if (race.stage != Stage.PLACED) {
      shop.rest();
    }
    if (race.stage == Stage.PAID) {
      references.forEach(it -> shop.pay(it, 1000));
      if (race.one != CANCEL || race.other == PACK) {
        shop.rest();
      }
    }
    if (atOnce) {
      together(steps, orders, references);
    } else {
      for (Step step : steps) {
        step.run(this, orders.getFirst(), "1");
        shop.rest();
      }
    }
    settle();
    if (race.one == EXPIRE) {
      shop.pass(TIME_TO_PAY);
    }
    for (String reference : references) {
      assertConsistent(orders.get(references.indexOf(reference)), reference);
    }
    assertNothingIsKept();
  }

  private void together(List<Step> steps, List<String> orders, List<String> references) throws Exception {
    var start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(steps.size() * orders.size())) {
      List<Future<?>> done = new ArrayList<>();
      for (String reference : references) {
        steps.forEach(step -> done.add(threads.submit(() -> {
          start.await();
          step.run(this, orders.get(references.indexOf(reference)), reference);
          return null;
        })));
      }
      start.countDown();
      for (Future<?> one : done) {
        one.get();
      }
    }
  }

  private static List<String> queues() {
    return CLOUD.get().sqs().listQueuesPaginator().queueUrls().stream().map(it -> it.substring(it.lastIndexOf('/') + 1))
        .filter(it -> !it.endsWith("-dead-letters")).toList();
  }

  /** A message that waits for another attempt's lease is retried once the lease has expired. */
  private void settle() {
    shop.rest();
    while (queues().stream().mapToInt(it -> CLOUD.get().retry(it)).sum() > 0) {
      CLOUD.get().clock().advance(Duration.ofSeconds(100));
      shop.rest();
    }
  }

  private void assertConsistent(String id, String reference) {
    JsonNode order = shop.order(id);
    boolean captured = order.at("/totals/captured").asLong() > 0;
    if (order.path("status").asText().equals("cancelled")) {
      assertThat(order.path("stock_status").asText()).isIn("released", "refused");
      assertThat(shop.refunds(reference)).isEqualTo(captured ? List.of("succeeded 1000") : List.of());
      assertThat(Shop.elements(order.path("fulfillments")).flatMap(it -> Shop.elements(it.path("parcels"))))
          .as("no parcel leaves").allMatch(it -> it.path("tracking_number").isNull());
    } else {
      assertThat(captured).as(order.toString()).isTrue();
      assertThat(shop.refunds(reference)).isEmpty();
      assertThat(order.path("stock_status").asText()).isIn("reserved", "shipped");
      shop.work(location).forEach(it -> shop.pack(it).expect(200));
      shop.rest();
      assertThat(shop.parcels(id)).singleElement()
          .satisfies(it -> assertThat(it.path("tracking_number").asText()).isNotEmpty());
    }
    assertThat(order.path("holds")).isEmpty();
  }

  /** Of stock, once every order has ended: some of those that raced may have been cancelled, others packed. */
  private void assertNothingIsKept() {
    int onHand = Shop.elements(shop.stock(sku).path("locations")).mapToInt(it -> it.path("on_hand").asInt()).sum();
    assertThat(shop.isFree(sku, onHand)).as(shop.stock(sku).toString()).isTrue();
  }
}
