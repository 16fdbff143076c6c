package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.Choreography.RecordEvents;
import waybill.messages.Choreography.RefundPayment;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Message;
import waybill.messages.EventType;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.OrderMessages.OrderMerged;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Payment;
import waybill.messages.PaymentMessages.*;
import waybill.messages.PaymentStatus;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.Sku;
import waybill.messages.StockMessages.StockAllocated;
import waybill.messages.StockMessages.StockReserved;
import waybill.messages.StockPool;
import waybill.orders.Orders.Together;
import waybill.orders.Shop.Answer;
import waybill.platform.Json;

/** Two open orders of one customer that leave in one parcel: the sample order, and another one like it. */
class MergeOrderTest {
  private static final OrderId OTHER = OrderId.of(new ChannelId("de-web"), "5512034");
  private static final List<LineQuantity> LINES = List.of(line(1, "TEA-200", 2), line(2, "MUG-BLUE", 1),
      line(3, "MUG-BLUE", 1));

  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  @BeforeEach
  void bothWaitForAPacker() {
    planned(Shop.SAMPLE, "berlin", _ -> {});
    planned(OTHER, "berlin", _ -> {});
    shop.bench.forgetSent();
  }

  private static LineQuantity line(int number, String sku, int quantity) {
    return new LineQuantity(new LineId("line_" + number), new Sku(sku), quantity);
  }

  private static FulfillmentId fulfillment(OrderId order) {
    return FulfillmentId.of(order, 1);
  }

  private void placed(OrderId order, Consumer<Map<String, Object>> form) {
    Map<String, Object> body = Shop.sample();
    Map<String, Object> card = Json.object(((List<?>) body.get("payments")).getFirst());
    if (order.equals(OTHER)) {
      body.put("reference", "5512034");
      body.put("number", "#1043");
      card.put("reference", "pi_other");
    }
    form.accept(body);
    assertThat(shop.place(body).status()).isIn(200, 201);
  }

  private void planned(OrderId order, String location, Consumer<Map<String, Object>> form) {
    placed(order, form);
    shop.advance(new StockReserved(order), new PaymentCaptured(order, payment(order)));
    shop.advance(new StockAllocated(order, fulfillment(order), new LocationId(location), LINES));
  }

  private static Payment payment(OrderId order) {
    return order.equals(Shop.SAMPLE)
        ? Shop.payment(PaymentStatus.CAPTURED, 5572, 5572)
        : Shop.payment("pi_other", PaymentStatus.CAPTURED, 5572, 5572);
  }

  private Answer merge(OrderId companion, String key, Map<String, Object> body, Map<String, String> query) {
    return Shop.run(new MergeOrderHandler(shop.bench.ports(shop.dynamo, shop.sqs)),
        shop.bench.httpEvent("POST", "/orders/" + companion + "/merger", Map.of("id", companion.value()), query,
            Map.of("idempotency-key", key), Json.write(body), "op", "orders:operate"));
  }

  private Answer merge(OrderId companion, OrderId lead, boolean refundShipping) {
    return merge(companion, "m1", Map.of("order_id", lead.value(), "refund_shipping", refundShipping), Map.of());
  }

  private Map<String, Object> order(OrderId id) {
    return shop.get(id.value(), "op", "orders:operate").body();
  }

  private Together together(OrderId order) {
    return new Orders(shop.bench.ports()).together(List.of(fulfillment(order))).get(fulfillment(order));
  }

  /** The arbiter hears that something is due. */
  private void due() {
    shop.advance(shop.bench.sentTo(AdvanceOrder.class).toArray(Message[]::new));
  }

  private void packed(OrderId order, String carrier, String number) {
    ParcelId parcel = ParcelId.of(fulfillment(order), 1);
    shop.advance(new FulfillmentPacked(order, fulfillment(order), new LocationId("berlin"), LINES,
        List.of(new Parcel(parcel, LINES, 900, 300, 200, 150, carrier, number))));
    shop.advance(new ShipmentLabelled(order, parcel, new LocationId("berlin"), new StockPool("default"),
        LineQuantity.bySku(LINES), "DHL", "paket", "00340434161094042557", shop.bench.clock().instant()));
  }

  /** A15: one parcel, one shipping refunded, and each order's money is its own, to the cent. */
  @Test
  void twoOrdersLeaveInOneParcelOneShippingIsRefundedAndEachHasItsOwnMoney() {
    Answer merged = merge(Shop.SAMPLE, OTHER, true);

    assertThat(merged.status()).isEqualTo(200);
    assertThat(Json.object(merged.body().get("merger"))).containsEntry("order_id", OTHER.value())
        .containsEntry("number", "#1043").containsEntry("role", "companion").containsEntry("status", "open")
        .containsEntry("by", "op");
    assertThat(Json.object(((List<?>) merged.body().get("adjustments")).getFirst())).containsEntry("type", "refund")
        .containsEntry("amount", -990L).containsEntry("shipping", -990L).containsEntry("reason", "merged");
    due();
    assertThat(shop.bench.sentTo(RefundPayment.class)).extracting(it -> ((RefundRequested) it).refund().amount()
        .minorUnits()).containsExactly(990L);
    assertThat(Json.object(order(OTHER).get("merger"))).containsEntry("order_id", Shop.SAMPLE.value())
        .containsEntry("number", "#1042").containsEntry("role", "lead");
    assertThat((List<?>) order(OTHER).get("adjustments")).isEmpty();
    assertThat(Json.object(order(OTHER).get("totals"))).containsEntry("captured", 6072L).containsEntry("due", 0L);

    assertThat(together(Shop.SAMPLE).parcels()).as("the lead is packed first").isEmpty();
    packed(OTHER, null, null);
    Together with = together(Shop.SAMPLE);
    assertThat(with.leads()).isFalse();
    assertThat(with.parcels()).containsExactly(new Parcel(ParcelId.of(fulfillment(OTHER), 1), LINES, 900, 300, 200,
        150, "DHL", "00340434161094042557"));
    packed(Shop.SAMPLE, "DHL", "00340434161094042557");
    assertThat(new Orders(shop.bench.ports()).summary(Shop.SAMPLE).orElseThrow().merged().trackingNumbers())
        .containsExactly("00340434161094042557");
  }

  @Test
  void bothOrdersShowItInListsHistoryAndEventsAndTheirCustomerHearsOfItOnce() {
    merge(Shop.SAMPLE, OTHER, false);
    assertThat(shop.bench.sentTo(AdvanceOrder.class)).extracting(it -> ((OrderDue) it).order())
        .containsExactly(Shop.SAMPLE, OTHER);
    due();

    var orders = new Orders(shop.bench.ports());
    assertThat(orders.listed(List.of(Shop.SAMPLE, OTHER))).extracting(it -> it.view().get("merged_with"))
        .containsExactly(OTHER.value(), Shop.SAMPLE.value());
    for (OrderId id : List.of(Shop.SAMPLE, OTHER)) {
      assertThat(orders.history(id).orElseThrow()).extracting(HistoryEntry::what).contains("order.merged");
    }
    assertThat(orders.history(Shop.SAMPLE).orElseThrow()).extracting(HistoryEntry::what).contains("command.merger");
    assertThat(shop.bench.sentTo(RecordEvents.class)).contains(
        new OrderChanged(Shop.SAMPLE, EventType.ORDER_MERGED, OTHER.value()),
        new OrderChanged(OTHER, EventType.ORDER_MERGED, Shop.SAMPLE.value()));
    assertThat(shop.bench.sentTo(NotifyCustomer.class)).filteredOn(OrderMerged.class::isInstance)
        .extracting(it -> ((OrderMerged) it).order()).containsExactly(Shop.SAMPLE);
  }

  @Test
  void aDryRunAnswersTheSameAndDoesNothingAndTheSameRequestAgainMergesNothingMore() {
    Map<String, Object> body = Map.of("order_id", OTHER.value(), "refund_shipping", true);
    Answer dry = merge(Shop.SAMPLE, "m1", body, Map.of("dry_run", "true"));
    assertThat(dry.status()).isEqualTo(200);
    assertThat(Json.object(dry.body().get("merger"))).containsEntry("order_id", OTHER.value())
        .containsEntry("number", "#1043");
    assertThat((List<?>) dry.body().get("adjustments")).hasSize(1);
    assertThat(shop.bench.sent()).isEmpty();
    assertThat(order(Shop.SAMPLE)).containsEntry("merger", null);

    Answer wet = merge(Shop.SAMPLE, "m1", body, Map.of());
    Answer again = merge(Shop.SAMPLE, "m1", body, Map.of());
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(wet.body());
    assertThat(merge(Shop.SAMPLE, "m1", Map.of("order_id", OTHER.value()), Map.of()).body())
        .containsEntry("code", "idempotency_key_reused");
  }

  @Test
  void thereMustBeAnotherOpenOrderThatIsNotMergedYet() {
    assertThat(merge(Shop.SAMPLE, Shop.SAMPLE, false).errors()).containsExactly("/order_id same_order");
    assertThat(merge(Shop.SAMPLE, OrderId.of(new ChannelId("de-web"), "none"), false).errors())
        .containsExactly("/order_id unknown");
    assertThat(merge(Shop.SAMPLE, "k", Map.of(), Map.of()).errors()).containsExactly("/order_id required");

    merge(Shop.SAMPLE, OTHER, false);
    assertThat(merge(OTHER, "m2", Map.of("order_id", Shop.SAMPLE.value()), Map.of()).errors())
        .containsExactly("/order_id already_merged", "/order_id already_merged");
  }

  @ParameterizedTest
  @CsvSource({"/customer/id, c_882, other_customer", "/customer/id, , other_customer",
    "/shipping_address/line1, Hauptstr. 6, other_address", "/shipping_address/name, Ada Byron, other_address"})
  void anOrderOfSomebodyElseOrToSomewhereElseIsRefused(String pointer, String value, String code) {
    OrderId third = OrderId.of(new ChannelId("de-web"), "third");
    third(third, "berlin", pointer, value);
    assertThat(merge(Shop.SAMPLE, third, false).errors()).containsExactly("/order_id " + code);
    assertThat(order(Shop.SAMPLE)).containsEntry("merger", null);
  }

  private void third(OrderId third, String location, String pointer, String value) {
    placed(OTHER, _ -> {});
    Map<String, Object> body = Shop.sample();
    body.put("reference", "third");
    Json.object(((List<?>) body.get("payments")).getFirst()).put("reference", "pi_third");
    if (pointer != null) {
      Shop.set(body, pointer, value);
    }
    assertThat(shop.place(body).status()).isEqualTo(201);
    if (location != null) {
      shop.advance(new StockAllocated(third, fulfillment(third), new LocationId(location), LINES));
    }
  }

  @Test
  void howAnAddressIsTypedMakesNoDifference() {
    OrderId third = OrderId.of(new ChannelId("de-web"), "third");
    third(third, "berlin", "/shipping_address/line1", "  hauptstr.   5 ");
    assertThat(merge(Shop.SAMPLE, third, false).status()).isEqualTo(200);
  }

  @Test
  void bothMustWaitForAPackerAtOneLocation() {
    OrderId third = OrderId.of(new ChannelId("de-web"), "third");
    third(third, null, null, null);
    assertThat(merge(Shop.SAMPLE, third, false).errors()).containsExactly("/order_id not_planned");
    shop.advance(new StockAllocated(third, fulfillment(third), new LocationId("paris"), LINES));
    assertThat(merge(Shop.SAMPLE, third, false).errors()).containsExactly("/order_id other_location");
  }

  @Test
  void whatIsPackedOrCancelledIsNotMerged() {
    packed(OTHER, null, null);
    assertThat(merge(Shop.SAMPLE, OTHER, false).body()).containsEntry("code", "dispatch_closed");
    assertThat(merge(OTHER, "m2", Map.of("order_id", Shop.SAMPLE.value()), Map.of()).body())
        .containsEntry("code", "dispatch_closed");
    shop.cancel(Shop.SAMPLE, "c1", "{}", "op", "orders:operate");
    assertThat(merge(Shop.SAMPLE, OTHER, false).body()).containsEntry("code", "order_cancelled");
  }

  @Test
  void whatIsNotToLeaveTogetherAnyMoreIsPackedForItselfAndMayBeMergedAnew() {
    merge(Shop.SAMPLE, OTHER, false);
    assertThat(together(OTHER).leads()).isTrue();
    assertThat(together(OTHER).fulfillment()).isEqualTo(fulfillment(Shop.SAMPLE));
    shop.cancel(OTHER, "c1", "{}", "op", "orders:operate");

    assertThat(together(Shop.SAMPLE)).isNull();
    assertThat(Json.object(order(Shop.SAMPLE).get("merger"))).containsEntry("status", "ended");
    OrderId third = OrderId.of(new ChannelId("de-web"), "third");
    third(third, "berlin", null, null);
    assertThat(merge(Shop.SAMPLE, "m2", Map.of("order_id", third.value()), Map.of()).status()).isEqualTo(200);
    assertThat(Json.object(order(Shop.SAMPLE).get("merger"))).containsEntry("order_id", third.value())
        .containsEntry("status", "open");
    assertThat(new Orders(shop.bench.ports()).history(OTHER).orElseThrow()).extracting(HistoryEntry::what)
        .contains("order.merged", "order.merger_ended");
  }

  @Test
  void shippingIsRefundedOnce() {
    assertThat(Shop.run(new RefundOrderHandler(shop.bench.ports()), shop.bench.httpEvent("POST", "/", Map.of("id",
        Shop.SAMPLE.value()), Map.of(), Map.of("idempotency-key", "r1"), "{\"shipping\": true}", "op",
        "orders:operate")).status()).isEqualTo(200);
    assertThat(merge(Shop.SAMPLE, OTHER, true).errors()).containsExactly("/refund_shipping refunded_before");
    assertThat(order(Shop.SAMPLE)).containsEntry("merger", null);
    assertThat(merge(Shop.SAMPLE, OTHER, false).status()).isEqualTo(200);
  }

  /** Whichever is written first: the other is decided again on what it has made. */
  @Test
  void aMergerAndACancelOfTheLeadAtOnceNeverLeaveACompanionWaiting() throws Exception {
    var threads = new ArrayList<Thread>();
    var answers = new java.util.concurrent.ConcurrentLinkedQueue<Integer>();
    threads.add(Thread.startVirtualThread(() -> answers.add(merge(Shop.SAMPLE, OTHER, true).status())));
    threads.add(Thread.startVirtualThread(
        () -> answers.add(shop.cancel(OTHER, "c1", "{}", "op", "orders:operate").status())));
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(answers).isSubsetOf(200, 409).contains(200);
    assertThat(order(OTHER)).containsEntry("status", "cancelled");
    assertThat(together(Shop.SAMPLE)).isNull();
  }
}
