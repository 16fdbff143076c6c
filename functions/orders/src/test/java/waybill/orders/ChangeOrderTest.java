package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.Choreography.RecordEvents;
import waybill.messages.Choreography.ReserveStock;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.LineQuantity;
import waybill.messages.Message;
import waybill.messages.EventType;
import waybill.messages.OrderMessages.*;
import waybill.messages.PaymentMessages.*;
import waybill.messages.PaymentStatus;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.*;
import waybill.orders.Shop.Answer;
import waybill.platform.Json;

/** Changing lines over the API: the sample order, paid and reserved. */
class ChangeOrderTest {
  private static final String MORE = Json.write(Shop.event("change-order.json"));

  private final Shop shop = new Shop();

  @BeforeEach
  void isPaid() {
    shop.place(Shop.sample());
    shop.advance(new StockReserved(Shop.SAMPLE),
        new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5572, 5572)));
    shop.bench.forgetSent();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private Answer change(String key, String body, Map<String, String> query, Map<String, String> headers) {
    var all = new HashMap<>(headers);
    all.put("idempotency-key", key);
    return Shop.run(new ChangeOrderHandler(shop.bench.ports(shop.dynamo, shop.sqs)),
        shop.bench.httpEvent("POST", "/orders/" + Shop.SAMPLE + "/changes", Map.of("id", Shop.SAMPLE.value()), query,
            all, body, "op", "orders:operate"));
  }

  private Answer change(String key, String body) {
    return change(key, body, Map.of(), Map.of());
  }

  private static String quantity(int line, int quantity) {
    return "{\"lines\": [{\"line_id\": \"line_%d\", \"quantity\": %d}]}".formatted(line, quantity);
  }

  private void arbiterHears() {
    Message[] news = shop.bench.sentTo(AdvanceOrder.class).toArray(Message[]::new);
    shop.bench.forgetSent();
    assertThat(shop.advance(news)).isZero();
  }

  private Map<String, Object> order() {
    return shop.get(Shop.SAMPLE.value(), "op", "orders:operate").body();
  }

  private static Map<String, Object> adjustment(Map<String, Object> order) {
    return Json.object(((List<?>) order.get("adjustments")).getLast());
  }

  @Test
  void whatIsAddedIsAskedForThenDueThenPlannedOnceItIsPaid() {
    Answer answer = change("k1", MORE);

    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(answer.body()).containsEntry("price_difference", 3490L).containsEntry("due", 3490L);
    assertThat(Json.object(answer.body().get("totals"))).as("until its stock is promised").containsEntry("due", 0L);
    assertThat(adjustment(answer.body())).containsEntry("type", "edit").containsEntry("status", "pending")
        .containsEntry("amount", 3490L).containsEntry("note", "Asked for by telephone");
    arbiterHears();
    var asked = (OrderPlaced) shop.bench.sentTo(ReserveStock.class).getFirst();
    assertThat(asked.items()).extracting(it -> it.quantity() + " " + it.sku()).containsExactly("3 MUG-BLUE",
        "3 TEA-200");

    shop.bench.forgetSent();
    shop.advance(new StockReserved(Shop.SAMPLE, 1));
    assertThat(adjustment(order())).containsEntry("status", "completed");
    assertThat(Json.object(order().get("totals"))).containsEntry("total", 9562L).containsEntry("due", 3490L);
    assertThat(order()).containsEntry("payment_status", "partially_paid").containsEntry("awaiting", "payment");
    assertThat(((List<?>) order().get("lines"))).hasSize(4);
    assertThat(shop.bench.sentTo(PlanFulfillment.class)).noneMatch(OrderReleased.class::isInstance);
    assertThat(shop.bench.sentTo(RecordEvents.class))
        .contains(new OrderChanged(Shop.SAMPLE, EventType.ORDER_CHANGED, "change 2"));

    shop.advance(new PaymentCaptured(Shop.SAMPLE, Shop.payment("pi_more", PaymentStatus.CAPTURED, 3490, 3490)));
    OrderReleased released = shop.bench.sentTo(PlanFulfillment.class).stream().filter(OrderReleased.class::isInstance)
        .map(OrderReleased.class::cast).findFirst().orElseThrow();
    assertThat(released.lines()).extracting(LineQuantity::quantity).containsExactly(2, 2, 1, 1);
    assertThat(order()).containsEntry("payment_status", "paid").containsEntry("holds", List.of());
  }

  @Test
  void whatCannotBePromisedFailsAndLeavesTheOrderAsItWas() {
    change("k1", MORE);
    shop.advance(new StockRefused(Shop.SAMPLE, List.of(new SkuQuantity(new Sku("TEA-200"), 1)), 1));
    assertThat(adjustment(order())).containsEntry("status", "failed");
    assertThat(Json.object(order().get("totals"))).containsEntry("total", 6072L).containsEntry("due", 0L);
    var back = (OrderPlaced) shop.bench.sentTo(ReserveStock.class).getLast();
    assertThat(back.change()).isEqualTo(2);
    assertThat(back.items()).extracting(SkuQuantity::quantity).containsExactly(2, 2);
    assertThat(order()).containsEntry("status", "open");
  }

  @Test
  void aDryRunAnswersTheSameAndDoesNothingAndARepeatedRequestIsDoneOnce() {
    var before = shop.bench.items("orders");
    Map<String, Object> dry = change("k", MORE, Map.of("dry_run", "true"), Map.of()).body();
    assertThat(shop.bench.items("orders")).isEqualTo(before);
    assertThat(shop.bench.sent()).isEmpty();
    Map<String, Object> wet = change("k", MORE).body();
    for (String same : List.of("lines", "totals", "adjustments", "refunds", "price_difference", "due")) {
      assertThat(dry.get(same)).as(same).isEqualTo(wet.get(same));
    }
    Answer again = change("k", MORE);
    assertThat(again.body()).containsEntry("price_difference", 3490L).containsEntry("due", 3490L);
    assertThat((List<?>) again.body().get("adjustments")).hasSize(1);
    assertThat(change("k", quantity(1, 1)).body()).containsEntry("code", "idempotency_key_reused");
    assertThat(change("l", quantity(1, 1)).body()).containsEntry("code", "change_pending");
    assertThat(change("l", quantity(1, 1), Map.of(), Map.of("if-match", "\"1\"")).status()).isEqualTo(412);
  }

  @Test
  void lessIsRefundedAtOnceAndNamedInTheAnswer() {
    Map<String, Object> order = change("k", quantity(1, 1)).body();
    assertThat(order).containsEntry("price_difference", -1791L).containsEntry("due", 0L);
    assertThat(Json.object(((List<?>) order.get("refunds")).getFirst())).containsEntry("amount", 1791L);
    assertThat(adjustment(order)).containsEntry("status", "pending").containsEntry("amount", -1791L);
  }

  @Test
  void whatMakesNoSenseIsRefusedAtItsField() {
    assertThat(change("k", "{}").errors()).containsExactly("/lines required");
    assertThat(change("k", "{\"lines\": []}").errors()).containsExactly("/lines wrong_count");
    assertThat(change("k", quantity(1, -1)).errors()).containsExactly("/lines/0/quantity out_of_range");
    assertThat(change("k", quantity(1, 2)).errors()).containsExactly("/lines/0/quantity unchanged");
    assertThat(change("k", "{\"lines\": [{\"line_id\": \"line_1\", \"quantity\": 1, \"sku\": \"TEA-200\"}]}").errors())
        .contains("/lines/0/line_id unknown");
    assertThat(change("k", """
        {"lines": [{"sku": "NOTHING", "quantity": 2, "unit_price": 100, "total": 100,
          "taxes": [{"name": "MwSt", "rate": "1.9", "amount": 1}]}]}""").errors())
        .containsExactly("/lines/0/taxes/0/rate invalid");
    assertThat(change("k", """
        {"lines": [{"sku": "NOTHING", "quantity": 2, "unit_price": 100, "total": 100}]}""").errors())
        .containsExactly("/lines/0/sku unknown", "/lines/0/total sum_mismatch");
    assertThat(shop.bench.sent()).isEmpty();
  }

  @Test
  void anEditAndACaptureAtOnceLeaveNothingDueAndNothingTooMuch() throws Exception {
    change("k", MORE);
    shop.advance(new StockReserved(Shop.SAMPLE, 1));
    var paid = new PaymentCaptured(Shop.SAMPLE, Shop.payment("pi_more", PaymentStatus.CAPTURED, 3490, 3490));
    List<Callable<Integer>> all = List.of(() -> shop.advance(paid),
        () -> change("back", "{\"lines\": [{\"line_id\": \"line_4\", \"quantity\": 0}, {\"line_id\": \"line_2\", "
            + "\"quantity\": 1}]}").status());
    try (var pool = Executors.newFixedThreadPool(2)) {
      for (Future<Integer> future : pool.invokeAll(all)) {
        assertThat(future.get()).isIn(0, 200);
      }
    }
    Map<String, Object> totals = Json.object(order().get("totals"));
    assertThat(totals).containsEntry("total", 6072L).containsEntry("due", 0L).containsEntry("captured", 9562L);
    assertThat((List<?>) order().get("refunds")).hasSize(1);
  }

  @Test
  void aCancelledOrderEndsAChangeThatStillWaitsForStock() {
    change("k", MORE);
    shop.cancel(Shop.SAMPLE, "c", "{}", "op", "orders:operate");
    assertThat(adjustment(order())).containsEntry("status", "failed");
    shop.advance(new StockReserved(Shop.SAMPLE, 1));
    assertThat(Json.object(order().get("totals"))).containsEntry("total", 6072L);
  }
}
