package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.messages.Choreography.PlaceReplacement;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.Choreography.RecordPayment;
import waybill.messages.Choreography.ReserveStock;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.messages.OrderMessages.ReplacementAsked;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.StockAllocated;
import waybill.messages.StockMessages.StockReserved;
import waybill.messages.StockPool;
import waybill.orders.Shop.Answer;
import waybill.platform.Json;

/** Sending units of the sample order again, all of which has left in one parcel. */
class ReplaceOrderTest {
  private static final List<LineQuantity> LINES = List.of(line(1, "TEA-200", 2), line(2, "MUG-BLUE", 1),
      line(3, "MUG-BLUE", 1));
  private static final String ONE_TIN = "{\"lines\": [{\"line_id\": \"line_1\", \"quantity\": 1}], \"reason\": \"lost\"}";

  private final Shop shop = new Shop();

  @BeforeEach
  void hasLeft() {
    shop.place(Shop.sample());
    shop.advance(new StockReserved(Shop.SAMPLE),
        new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5572, 5572)));
    leaves(Shop.SAMPLE, LINES);
    shop.bench.forgetSent();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private static LineQuantity line(int number, String sku, int quantity) {
    return new LineQuantity(new LineId("line_" + number), new Sku(sku), quantity);
  }

  /** Allocated, packed into one parcel, and labelled. */
  private void leaves(OrderId order, List<LineQuantity> lines) {
    var fulfillment = FulfillmentId.of(order, 1);
    var parcel = new Parcel(ParcelId.of(fulfillment, 1), lines, 900, 1, 1, 1, null, null);
    var leipzig = new LocationId("leipzig");
    List<SkuQuantity> items = LineQuantity.bySku(lines);
    assertThat(shop.advance(new StockAllocated(order, fulfillment, leipzig, lines))).isZero();
    assertThat(shop.advance(new FulfillmentPacked(order, fulfillment, leipzig, lines, List.of(parcel), 0))).isZero();
    assertThat(shop.advance(new ShipmentLabelled(order, parcel.id(), leipzig, new StockPool("default"), items, "DHL",
        "parcel", "JD1", shop.bench.clock().instant()))).isZero();
  }

  private Answer replace(OrderId order, String key, String body) {
    return Shop.run(new ReplaceOrderHandler(shop.bench.ports(shop.dynamo, shop.sqs)),
        shop.bench.httpEvent("POST", "/orders/" + order + "/replacements", Map.of("id", order.value()), Map.of(),
            Map.of("idempotency-key", key), body, "op", "orders:operate"));
  }

  /** PlaceReplacement receives this. @return the order that it placed */
  private OrderId placed(ReplacementAsked asked) {
    assertThat(shop.run(new PlaceReplacementHandler(shop.bench.ports(shop.dynamo, shop.sqs)), asked)).isZero();
    return OrderId.replacing(asked.order(), asked.cause());
  }

  private OrderId placed() {
    return placed((ReplacementAsked) shop.bench.sentTo(PlaceReplacement.class).getLast());
  }

  private Map<String, Object> order(OrderId id) {
    return shop.get(id.value(), "op", "orders:operate").body();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> tree, String name) {
    return (List<Map<String, Object>>) tree.get(name);
  }

  @Test
  void aReplacementIsAnOrderOfItsOwnThatCostsNothingAndGoesWhereItsOrderWent() {
    Answer answer = replace(Shop.SAMPLE, "k1", ONE_TIN);
    OrderId replacement = placed();

    assertThat(answer.status()).isEqualTo(202);
    assertThat(list(answer.body(), "replacements")).singleElement().satisfies(it -> assertThat(it)
        .containsEntry("order_id", replacement.value()).containsEntry("reason", "lost").containsEntry("by", "op"));
    Map<String, Object> sent = order(replacement);
    Map<String, Object> replaced = order(Shop.SAMPLE);
    assertThat(sent).containsEntry("replaces", Shop.SAMPLE.value()).containsEntry("total", 0L)
        .containsEntry("payment_status", "paid").containsEntry("number", "#1042-R1");
    assertThat(sent.get("shipping_address")).isEqualTo(replaced.get("shipping_address"));
    assertThat(Json.object(sent.get("shipping"))).containsEntry("method", "express").containsEntry("total", 0L);
    assertThat(list(sent, "lines")).singleElement().satisfies(it -> assertThat(it).containsEntry("sku", "TEA-200")
        .containsEntry("quantity", 1L).containsEntry("total", 0L));
    assertThat(replaced).containsEntry("replaces", null).containsEntry("total", 6072L);
    assertThat(Json.object(sent.get("links")).get("tracking_url"))
        .isNotEqualTo(Json.object(replaced.get("links")).get("tracking_url"));
  }

  @Test
  void itWaitsForItsStockAndForNoPaymentAndIsDeliveredAsAny() {
    replace(Shop.SAMPLE, "k1", ONE_TIN);
    OrderId replacement = placed();
    assertThat(shop.bench.sentTo(ReserveStock.class)).singleElement().satisfies(
        it -> assertThat(((OrderPlaced) it).items()).containsExactly(new SkuQuantity(new Sku("TEA-200"), 1)));
    assertThat(shop.bench.sentTo(RecordPayment.class)).isEmpty();

    shop.advance(new StockReserved(replacement));
    assertThat(shop.bench.sentTo(PlanFulfillment.class)).singleElement().isInstanceOf(OrderReleased.class);
    leaves(replacement, List.of(line(1, "TEA-200", 1)));
    shop.advance(new ShipmentDelivered(replacement, ParcelId.of(FulfillmentId.of(replacement, 1), 1),
        shop.bench.clock().instant(), null));
    assertThat(order(replacement)).containsEntry("status", "completed").containsEntry("delivery_status", "delivered");
    assertThat(shop.sweep()).noneMatch(it -> it.toString().contains(replacement.value()));
  }

  @Test
  void itsRefundIsNothingAndTheRefundOfWhatItReplacesIsWhatItWas() {
    replace(Shop.SAMPLE, "k1", ONE_TIN);
    OrderId replacement = placed();
    assertThat(refund(replacement, "{\"lines\": [{\"line_id\": \"line_1\", \"quantity\": 1}]}").body())
        .satisfies(it -> assertThat(list(it, "adjustments")).singleElement()
            .satisfies(one -> assertThat(one).containsEntry("amount", 0L)));
    assertThat(refund(replacement, "{\"amount\": 1}").body()).containsEntry("maximum", 0L);
    assertThat(list(refund(Shop.SAMPLE, "{\"lines\": [{\"line_id\": \"line_1\", \"quantity\": 1}]}").body(),
        "adjustments")).singleElement().satisfies(it -> assertThat(it).containsEntry("amount", -1791L));
  }

  private Answer refund(OrderId order, String body) {
    return Shop.run(new RefundOrderHandler(shop.bench.ports(shop.dynamo, shop.sqs)),
        shop.bench.httpEvent("POST", "/orders/" + order + "/refunds", Map.of("id", order.value()), Map.of(),
            Map.of("idempotency-key", body), body, "op", "orders:operate"));
  }

  @Test
  void askedTwiceItIsPlacedOnceAndAnotherRequestUnderItsKeyIsRefused() {
    replace(Shop.SAMPLE, "k1", ONE_TIN);
    OrderId replacement = placed();
    Object revision = order(replacement).get("revision");
    assertThat(replace(Shop.SAMPLE, "k1", ONE_TIN).status()).isEqualTo(202);
    assertThat(placed()).isEqualTo(replacement);
    assertThat(order(replacement).get("revision")).isEqualTo(revision);
    assertThat(list(order(Shop.SAMPLE), "replacements")).hasSize(1);
    assertThat(replace(Shop.SAMPLE, "k1", ONE_TIN.replace("line_1", "line_2")).body()).containsEntry("code",
        "idempotency_key_reused");
  }

  @Test
  void noUnitIsSentAgainTwiceAlsoIfTwoAskAtOnce() throws Exception {
    String both = ONE_TIN.replace("\"quantity\": 1", "\"quantity\": 2");
    try (var people = Executors.newFixedThreadPool(2)) {
      var answers = people.invokeAll(List.<Callable<Answer>>of(() -> replace(Shop.SAMPLE, "k1", both),
          () -> replace(Shop.SAMPLE, "k2", both)));
      assertThat(List.of(answers.get(0).get().status(), answers.get(1).get().status()))
          .containsExactlyInAnyOrder(202, 422);
    }
    Answer more = replace(Shop.SAMPLE, "k3", ONE_TIN);
    assertThat(more.errors()).containsExactly("/lines too_much");
    assertThat(replace(Shop.SAMPLE, "k4", ONE_TIN.replace("line_1", "line_9")).errors())
        .containsExactly("/lines/0/line_id unknown");
  }

  @Test
  void whatHasNotLeftIsNotSentAgainAndAReplacementIsReplacedItself() {
    replace(Shop.SAMPLE, "k1", ONE_TIN);
    OrderId replacement = placed();
    assertThat(replace(replacement, "k1", ONE_TIN).errors()).containsExactly("/lines too_much");
    shop.advance(new StockReserved(replacement));
    leaves(replacement, List.of(line(1, "TEA-200", 1)));
    assertThat(replace(replacement, "k2", ONE_TIN).status()).isEqualTo(202);
    assertThat(order(placed())).containsEntry("replaces", replacement.value()).containsEntry("number", "#1042-R1-R1");
  }

  @Test
  void anotherCapabilityAsksByAMessageAndWhatItsOrderCannotSendAgainIsAFault() {
    var asked = new ReplacementAsked(Shop.SAMPLE, "inc_1", List.of(line(2, "MUG-BLUE", 1)), "lost", "incidents",
        shop.bench.clock().instant());
    OrderId replacement = placed(asked);
    assertThat(placed(asked)).isEqualTo(replacement);
    assertThat(order(replacement)).containsEntry("reference", "inc_1");
    var again = new ReplacementAsked(Shop.SAMPLE, "inc_2", List.of(line(2, "MUG-BLUE", 1)), "lost", "incidents",
        shop.bench.clock().instant());
    assertThat(shop.run(new PlaceReplacementHandler(shop.bench.ports()), again)).isEqualTo(1);
  }

  @Test
  void aReplacementThatCannotBePlacedTakesNoUnits() {
    var ports = shop.bench.ports();
    ports.dynamo().deleteItem(it -> it.tableName(ports.environment().get("CATALOG_TABLE")).key(Map.of("pk",
        AttributeValue.fromS("channel#de-web"), "sk", AttributeValue.fromS("channel"))));
    var asked = new ReplacementAsked(Shop.SAMPLE, "inc_1", List.of(line(2, "MUG-BLUE", 1)), "lost", "incidents",
        shop.bench.clock().instant());
    assertThat(shop.run(new PlaceReplacementHandler(ports), asked)).as("failed").isEqualTo(1);
    assertThat(list(order(Shop.SAMPLE), "replacements")).isEmpty();
  }

  @Test
  void ofTwoRequestsForTheSameUnitsOneIsPlacedAndTheMessageOfTheOtherIsPassedOver() {
    String both = ONE_TIN.replace("\"quantity\": 1", "\"quantity\": 2");
    replace(Shop.SAMPLE, "k1", both);
    placed();
    var other = new ReplacementAsked(Shop.SAMPLE, "req_other", List.of(line(1, "TEA-200", 1)), "lost", "op",
        shop.bench.clock().instant());
    assertThat(shop.run(new PlaceReplacementHandler(shop.bench.ports()), other)).isZero();
    assertThat(list(order(Shop.SAMPLE), "replacements")).hasSize(1);
  }

  @Test
  void ifItsCallerDiesAfterTheMessageItIsPlacedAllTheSame() {
    var asked = new ReplacementAsked(Shop.SAMPLE, "req_dead", List.of(line(1, "TEA-200", 1)), "lost", "op",
        shop.bench.clock().instant());
    OrderId replacement = placed(asked);
    assertThat(list(order(Shop.SAMPLE), "replacements")).singleElement()
        .satisfies(it -> assertThat(it).containsEntry("order_id", replacement.value()));
    shop.bench.refuseNextSends(1);
    assertThat(replace(Shop.SAMPLE, "k1", ONE_TIN).status()).isEqualTo(503);
    assertThat(list(order(Shop.SAMPLE), "replacements")).as("nothing is taken if nothing was sent").hasSize(1);
  }

  @Test
  void aCrashAtAnyCallLosesAndDoublesNothing() {
    replace(Shop.SAMPLE, "k1", ONE_TIN);
    Message asked = shop.bench.sentTo(PlaceReplacement.class).getLast();
    shop.bench.refuseNextSends(1);
    assertThat(shop.run(new PlaceReplacementHandler(shop.bench.ports()), asked)).isEqualTo(1);
    shop.bench.forgetSent();
    OrderId replacement = placed((ReplacementAsked) asked);
    assertThat(shop.bench.sentTo(ReserveStock.class)).hasSize(1);
    assertThat(list(order(Shop.SAMPLE), "replacements")).hasSize(1);
    assertThat(order(replacement)).containsEntry("number", "#1042-R1");
  }
}
