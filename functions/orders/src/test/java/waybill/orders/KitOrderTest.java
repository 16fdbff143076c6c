package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.catalog.PutProductHandler;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.Choreography.ReserveStock;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.FulfillmentMessages.UnitsShort;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.*;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.Sku;
import waybill.messages.StockMessages.*;
import waybill.messages.StockPromise;
import waybill.orders.Shop.Answer;
import waybill.platform.Json;

/** An order of two TEA-SETs at 10.00, each packed out of a POT and two CUPs, over the API. */
class KitOrderTest {
  private static final OrderId ORDER = OrderId.of(new ChannelId("de-web"), "sets");
  private static final FulfillmentId FIRST = FulfillmentId.of(ORDER, 1);
  private static final FulfillmentId SECOND = FulfillmentId.of(ORDER, 2);

  private final Shop shop = new Shop();

  @BeforeEach
  void catalog() {
    put("POT", "{\"name\": \"Pot\"}");
    put("CUP", "{\"name\": \"Cup\"}");
    put("TEA-SET", kit("POT", 1, "CUP", 2));
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private static String kit(Object... skusAndQuantities) {
    List<String> components = IntStream.range(0, skusAndQuantities.length / 2)
        .mapToObj(it -> "{\"sku\": \"%s\", \"quantity\": %s}".formatted(skusAndQuantities[2 * it],
            skusAndQuantities[2 * it + 1]))
        .toList();
    return "{\"name\": \"Tea set\", \"components\": [" + String.join(", ", components) + "]}";
  }

  private void put(String sku, String body) {
    Answer answer = Shop.run(new PutProductHandler(shop.bench.ports()), shop.bench.httpEvent("PUT", "/products/" + sku,
        Map.of("sku", sku), Map.of(), Map.of(), body, "operator", "catalog:write"));
    assertThat(answer.status()).as(sku).isBetween(200, 201);
  }

  private static Map<String, Object> sets() {
    Map<String, Object> body = Shop.simple("sets", "TEA-SET", 2);
    body.put("payments",
        List.of(Map.of("provider", "stripe", "account", "shop-eu", "reference", "pi_3QWaybillSample", "amount", 2000)));
    return body;
  }

  private static LineQuantity pots(int quantity) {
    return new LineQuantity(new LineId("line_1_1"), new Sku("POT"), quantity);
  }

  private static LineQuantity cups(int quantity) {
    return new LineQuantity(new LineId("line_1_2"), new Sku("CUP"), quantity);
  }

  private void isPaid() {
    assertThat(shop.place(sets()).status()).isEqualTo(201);
    hears(new StockReserved(ORDER),
        new PaymentCaptured(ORDER, Shop.payment(PaymentStatus.CAPTURED, 2000, 2000)));
  }

  private void hears(waybill.messages.Message... news) {
    assertThat(shop.advance(news)).isZero();
  }

  private StockAllocated allocated(FulfillmentId id, LineQuantity... lines) {
    return new StockAllocated(ORDER, id, Samples.BERLIN, List.of(lines));
  }

  private FulfillmentPacked packed(FulfillmentId id, LineQuantity... lines) {
    return new FulfillmentPacked(ORDER, id, Samples.BERLIN, List.of(lines),
        List.of(new Parcel(ParcelId.of(id, 1), List.of(lines), 1, 1, 1, 1, null, null)));
  }

  private Map<String, Object> order() {
    return shop.get(ORDER.value(), "op", "orders:operate").body();
  }

  private static Map<String, Object> first(Map<String, Object> tree, String list) {
    return Json.object(((List<?>) tree.get(list)).getFirst());
  }

  private Map<String, Object> quantities() {
    return Json.object(first(order(), "lines").get("quantities"));
  }

  private Answer refund(String key, String body) {
    return Shop.run(new RefundOrderHandler(shop.bench.ports(shop.dynamo, shop.sqs)), shop.bench.httpEvent("POST",
        "/orders/" + ORDER + "/refunds", Map.of("id", ORDER.value()), Map.of(), Map.of("idempotency-key", key), body,
        "op", "orders:operate"));
  }

  @Test
  void theOrderShowsWhatWasBoughtAndStockIsAskedForItsComponents() {
    Answer placed = shop.place(sets());
    Map<String, Object> line = first(placed.body(), "lines");
    assertThat(line).containsEntry("sku", "TEA-SET").containsEntry("quantity", 2L).containsEntry("total", 2000L);
    assertThat(Json.write(line.get("components"))).isEqualTo("""
        [{"id":"line_1_1","sku":"POT","name":"Pot","quantity":1,"price_weight":1},\
        {"id":"line_1_2","sku":"CUP","name":"Cup","quantity":2,"price_weight":1}]""");
    assertThat(((OrderPlaced) shop.bench.sentTo(ReserveStock.class).getFirst()).items())
        .extracting(it -> it.sku() + " " + it.quantity()).containsExactly("CUP 4", "POT 2");
  }

  @Test
  void twoLinesThatShareAComponentAskForItTogether() {
    Map<String, Object> body = sets();
    body.put("lines", List.of(Map.of("sku", "TEA-SET", "quantity", 1, "unit_price", 1000, "total", 1000),
        Map.of("sku", "CUP", "quantity", 3, "unit_price", 0, "total", 0),
        Map.of("sku", "TEA-SET", "quantity", 1, "unit_price", 1000, "total", 1000)));
    assertThat(shop.place(body).status()).isEqualTo(201);
    assertThat(((OrderPlaced) shop.bench.sentTo(ReserveStock.class).getFirst()).items())
        .extracting(it -> it.sku() + " " + it.quantity()).containsExactly("CUP 7", "POT 2");
  }

  @Test
  void aLaterChangeOfTheKitChangesNoPlacedOrder() {
    isPaid();
    put("TEA-SET", kit("POT", 2, "MUG-BLUE", 1));
    put("CUP", "{\"name\": \"Small cup\"}");
    shop.bench.forgetSent();
    hears(new OrderDue(ORDER, shop.bench.clock().instant()));
    assertThat(((OrderReleased) shop.bench.sentTo(PlanFulfillment.class).getFirst()).lines())
        .containsExactly(pots(2), cups(4));
    assertThat(Json.write(first(order(), "lines").get("components"))).contains("\"Cup\"").doesNotContain("MUG-BLUE");
    assertThat(shop.place(sets()).status()).as("it is placed again, unchanged").isEqualTo(200);
  }

  @Test
  void kitsThatCannotBePackedAnyMoreAreRefusedByTheirLine() {
    put("CUP", "{\"name\": \"Cup\", \"requires_shipping\": false}");
    assertThat(shop.place(sets()).errors()).containsExactly("/lines/0/sku kit_incomplete");
  }

  @Test
  void anOrderCountsTheComponentsOfItsKits() {
    String[] skus = IntStream.range(0, 50).mapToObj(it -> "C-" + it).toArray(String[]::new);
    var components = new Object[100];
    for (int i = 0; i < 50; i++) {
      put(skus[i], "{\"name\": \"Part\"}");
      components[2 * i] = skus[i];
      components[2 * i + 1] = 1_000;
    }
    put("BIG", kit(components));
    Map<String, Object> line = Map.of("sku", "BIG", "quantity", 1, "unit_price", 0, "total", 0);
    Map<String, Object> body = Shop.simple("big", "TEA-SET", 1);
    body.put("total", 0);
    body.put("lines", java.util.Collections.nCopies(11, line));
    assertThat(shop.place(body).errors()).containsExactly("/lines too_many");
    body.put("lines", List.of(Map.of("sku", "BIG", "quantity", 21, "unit_price", 0, "total", 0)));
    assertThat(shop.place(body).errors()).containsExactly("/lines/0/quantity too_many_units");
    body.put("lines", java.util.Collections.nCopies(10, line));
    assertThat(shop.place(body).status()).isEqualTo(201);
  }

  @Test
  void aKitIsShippedOnceAllOfItsComponentsAre() {
    isPaid();
    hears(allocated(FIRST, pots(2), cups(1)), allocated(SECOND, cups(3)));
    assertThat(quantities()).containsEntry("reserved", 2L).containsEntry("allocated", 2L).containsEntry("shipped", 0L);
    assertThat(Json.write(order().get("fulfillments"))).contains("""
        "lines":[{"line_id":"line_1","quantity":0,"components":[{"line_id":"line_1_1","quantity":2},\
        {"line_id":"line_1_2","quantity":1}]}]""");
    hears(packed(FIRST, pots(2), cups(1)));
    assertThat(order()).containsEntry("fulfillment_status", "partially_fulfilled");
    hears(label(FIRST));
    assertThat(quantities()).containsEntry("shipped", 0L);
    hears(packed(SECOND, cups(3)), label(SECOND));
    assertThat(quantities()).containsEntry("shipped", 2L).containsEntry("delivered", 0L);
    assertThat(order()).containsEntry("fulfillment_status", "fulfilled").containsEntry("stock_status", "shipped");
  }

  private waybill.messages.ShipmentMessages.ShipmentLabelled label(FulfillmentId id) {
    return new waybill.messages.ShipmentMessages.ShipmentLabelled(ORDER, ParcelId.of(id, 1), Samples.BERLIN,
        new waybill.messages.StockPool("default"), List.of(), "Waybill", "standard", "WB" + id.number(),
        shop.bench.clock().instant());
  }

  @Test
  void aComponentThatNoLocationHasIsCancelledWithItsKit() {
    isPaid();
    hears(allocated(FIRST, pots(2), cups(3)), new UnitsShort(ORDER, SECOND, List.of(cups(1)), Samples.NOON));
    assertThat(quantities()).containsEntry("reserved", 1L).containsEntry("backordered", 1L)
        .containsEntry("allocated", 1L);
    String hold = (String) first(order(), "holds").get("id");
    Answer released = shop.release(ORDER, hold, "r1", "{\"note\": \"Broken\", \"resolution\": \"cancel_line\"}");
    assertThat(released.status()).as(released.body().toString()).isEqualTo(200);
    assertThat(first(released.body(), "adjustments")).containsEntry("amount", -1000L);
    assertThat(first(released.body(), "lines")).containsEntry("quantity", 1L);
    shop.bench.forgetSent();
    hears(new OrderDue(ORDER, shop.bench.clock().instant()));
    assertThat(shop.bench.sentTo(PlanFulfillment.class)).filteredOn(LinesChanged.class::isInstance)
        .extracting(it -> ((LinesChanged) it).lines()).containsExactly(List.of(pots(1), cups(2)));
  }

  @Test
  void aMissingComponentOfAKitThatHasLeftIsCancelledAlone() {
    isPaid();
    hears(allocated(FIRST, pots(2), cups(3)), new UnitsShort(ORDER, SECOND, List.of(cups(1)), Samples.NOON),
        packed(FIRST, pots(2), cups(3)), label(FIRST));
    String hold = (String) first(order(), "holds").get("id");
    Answer released = shop.release(ORDER, hold, "r1", "{\"note\": \"Broken\", \"resolution\": \"cancel_line\"}");
    assertThat(released.status()).as(released.body().toString()).isEqualTo(200);
    assertThat(first(first(released.body(), "adjustments"), "lines")).containsEntry("line_id", "line_1_2")
        .containsEntry("quantity", -1L).containsEntry("amount", -334L);
    assertThat(released.body()).containsEntry("fulfillment_status", "fulfilled").containsEntry("holds", List.of());
    assertThat(first(released.body(), "lines")).containsEntry("quantity", 2L).containsEntry("total", 1666L)
        .containsEntry("discounts", List.of(Map.of("code", "CUP", "amount", 334L)));
    assertThat(Json.object(released.body().get("totals"))).containsEntry("total", 1666L).containsEntry("refunded", 0L);
    hears(new OrderDue(ORDER, shop.bench.clock().instant()));
    assertThat(shop.bench.sentTo(PlanFulfillment.class)).filteredOn(LinesChanged.class::isInstance)
        .extracting(it -> ((LinesChanged) it).lines()).last().isEqualTo(List.of(pots(2), cups(3)));
    Answer rest = refund("f1", """
        {"lines": [{"line_id": "line_1_1", "quantity": 2}, {"line_id": "line_1_2", "quantity": 3}]}""");
    assertThat(rest.status()).as(rest.body().toString()).isEqualTo(200);
    assertThat(Json.object(((List<?>) rest.body().get("adjustments")).getLast())).containsEntry("amount", -1666L);
  }

  @Test
  void kitsAreHeldWholeAndTheirComponentsAreNotPlanned() {
    isPaid();
    Answer held = shop.hold(ORDER, "h1", """
        {"reason": "other", "note": "Wait", "lines": [{"line_id": "line_1", "quantity": 1}]}""");
    assertThat(held.status()).as(held.body().toString()).isEqualTo(200);
    assertThat(Json.write(first(held.body(), "holds").get("lines"))).contains("""
        {"line_id":"line_1","quantity":1,"components":[{"line_id":"line_1_1","quantity":1},\
        {"line_id":"line_1_2","quantity":2}]}""");
    assertThat(shop.hold(ORDER, "h2", """
        {"reason": "other", "note": "Wait", "lines": [{"line_id": "line_1", "quantity": 2}]}""").errors())
        .containsExactly("/lines/0/quantity too_much");
    shop.bench.forgetSent();
    hears(new OrderDue(ORDER, shop.bench.clock().instant()));
    assertThat(((OrderReleased) shop.bench.sentTo(PlanFulfillment.class).getFirst()).lines())
        .containsExactly(pots(1), cups(2));
    hears(allocated(FIRST, pots(1), cups(2)), new StockReserved(ORDER, 1));
    assertThat(shop.state(ORDER).due()).as("nothing more is to be planned").isNull();
  }

  @Test
  void aKitWaitsForTheLastOfItsComponents() {
    shop.place(sets());
    Instant soon = Instant.parse("2026-12-04T09:00:00Z");
    Instant later = Instant.parse("2026-12-09T09:00:00Z");
    hears(new StockBackordered(ORDER, 0, List.of(new StockPromise(new Sku("POT"), 1, soon, soon),
        new StockPromise(new Sku("CUP"), 1, later, soon)), 1, 0, Samples.NOON));
    Map<String, Object> line = first(order(), "lines");
    assertThat(first(line, "promises")).containsEntry("quantity", 1L)
        .containsEntry("original_at", "2026-12-09T09:00:00.000Z")
        .containsEntry("promised_at", "2026-12-04T09:00:00.000Z");
    assertThat(quantities()).containsEntry("reserved", 1L).containsEntry("backordered", 1L);
  }

  @Test
  void aKitOfWhichAComponentIsMissingFollowsWholeAndTheOthersLeave() {
    Map<String, Object> sets = sets();
    sets.put("backorders", "partial");
    shop.place(sets);
    Instant soon = Instant.parse("2026-12-04T09:00:00Z");
    hears(new PaymentCaptured(ORDER, Shop.payment(PaymentStatus.CAPTURED, 2000, 2000)),
        new StockBackordered(ORDER, 0, List.of(new StockPromise(new Sku("CUP"), 1, soon, soon)), 1, 0, Samples.NOON));
    OrderReleased released = (OrderReleased) shop.bench.sentTo(PlanFulfillment.class).getFirst();
    assertThat(released.lines()).containsExactly(pots(2), cups(4));
    assertThat(released.waiting()).as("a pot and two cups, of which one is missing").containsExactly(pots(1), cups(2));
    assertThat(quantities()).containsEntry("reserved", 1L).containsEntry("backordered", 1L);
  }

  @Test
  void aRefundOfAComponentIsReadAsItWasGranted() {
    isPaid();
    Answer granted = refund("f1", "{\"lines\": [{\"line_id\": \"line_1_2\", \"quantity\": 1}]}");
    assertThat(first(first(granted.body(), "adjustments"), "lines")).containsEntry("line_id", "line_1_2")
        .containsEntry("amount", -334L);
    assertThat(refund("f2", "{\"lines\": [{\"line_id\": \"line_1_3\", \"quantity\": 1}]}").errors())
        .containsExactly("/lines/0/line_id unknown");
    Answer all = refund("f3", """
        {"lines": [{"line_id": "line_1_1", "quantity": 2}, {"line_id": "line_1_2", "quantity": 3}]}""");
    assertThat(Json.object(((List<?>) all.body().get("adjustments")).getLast())).containsEntry("amount", -1666L);
  }
}
