package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.BuyLabel;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.Choreography.RecordEvents;
import waybill.messages.Choreography.RefundPayment;
import waybill.messages.Choreography.ReserveStock;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.LineQuantity;
import waybill.messages.Message;
import waybill.messages.Money;
import waybill.messages.EventType;
import waybill.messages.OrderMessages.*;
import waybill.messages.PaymentMessages.*;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.StockMessages.*;
import waybill.orders.Shop.Answer;
import waybill.platform.Json;

/** Cancelling lines over the API: the sample order, paid and reserved. */
class CancelLinesTest {
  private static final String ONE_TIN = lines(1, 1);

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

  static String lines(int line, int quantity) {
    return "{\"lines\": [{\"line_id\": \"line_%d\", \"quantity\": %d}]}".formatted(line, quantity);
  }

  private Answer cancel(String key, String body) {
    return shop.cancel(Shop.SAMPLE, key, body, "de-web/c_881", "orders:own");
  }

  private Answer cancel(String key, String body, Map<String, String> query, Map<String, String> headers) {
    var all = new java.util.HashMap<>(headers);
    all.put("idempotency-key", key);
    return Shop.run(new CancelOrderHandler(shop.bench.ports(shop.dynamo, shop.sqs)), shop.bench.httpEvent("POST",
        "/orders/" + Shop.SAMPLE + "/cancellation", Map.of("id", Shop.SAMPLE.value()), query, all, body, "op",
        "orders:operate"));
  }

  private Answer refund(String key, String body) {
    return Shop.run(new RefundOrderHandler(shop.bench.ports(shop.dynamo, shop.sqs)), shop.bench.httpEvent("POST",
        "/orders/" + Shop.SAMPLE + "/refunds", Map.of("id", Shop.SAMPLE.value()), Map.of(),
        Map.of("idempotency-key", key), body, "op", "orders:operate"));
  }

  private void arbiterHears() {
    Message[] news = shop.bench.sentTo(AdvanceOrder.class).toArray(Message[]::new);
    shop.bench.forgetSent();
    assertThat(shop.advance(news)).isZero();
  }

  private Map<String, Object> order() {
    return shop.get(Shop.SAMPLE.value(), "op", "orders:operate").body();
  }

  private static Map<String, Object> nth(Map<String, Object> order, String list, int place) {
    return Json.object(((List<?>) order.get(list)).get(place));
  }

  @Test
  void aUnitIsCancelledItsStockIsAskedBackItsPlanIsReducedAndItsMoneyIsRefunded() {
    Answer answer = cancel("k1", ONE_TIN);

    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(answer.body()).containsEntry("status", "open").containsEntry("total", 4281L);
    assertThat(Json.object(answer.body().get("totals"))).containsEntry("total", 4281L).containsEntry("due", 0L)
        .containsEntry("discounts", 1699L);
    assertThat(nth(answer.body(), "lines", 0)).containsEntry("quantity", 1L).containsEntry("total", 1791L);
    assertThat(Json.object(nth(answer.body(), "lines", 0).get("quantities"))).containsEntry("cancelled", 1L)
        .containsEntry("reserved", 1L);
    assertThat(nth(answer.body(), "adjustments", 0)).containsEntry("type", "cancellation")
        .containsEntry("status", "pending").containsEntry("amount", -1791L).containsEntry("taxes", -286L)
        .containsEntry("reason", "customer").containsEntry("by", null);

    arbiterHears();
    var asked = (OrderPlaced) shop.bench.sentTo(ReserveStock.class).getFirst();
    assertThat(asked.change()).isEqualTo(1);
    assertThat(asked.items()).extracting(it -> it.quantity() + " " + it.sku()).containsExactly("2 MUG-BLUE",
        "1 TEA-200");
    LinesChanged changed = shop.bench.sentTo(PlanFulfillment.class).stream().filter(LinesChanged.class::isInstance)
        .map(LinesChanged.class::cast).findFirst().orElseThrow();
    assertThat(changed.lines()).extracting(LineQuantity::quantity).containsExactly(1, 1, 1);
    var refund = (RefundRequested) shop.bench.sentTo(RefundPayment.class).getFirst();
    assertThat(refund.refund().amount()).isEqualTo(new Money(1791, "EUR"));
    assertThat(shop.bench.sentTo(RecordEvents.class))
        .contains(new OrderChanged(Shop.SAMPLE, EventType.ORDER_CHANGED, "change 1"));
    assertThat(shop.state(Shop.SAMPLE).due()).as("until stock has answered").isNotNull();
    shop.advance(new StockReserved(Shop.SAMPLE, 1));
    assertThat(shop.state(Shop.SAMPLE).awaitsStockAnswer()).isFalse();
  }

  @Test
  void theSameLineIsCancelledSeveralTimesAndARepeatedRequestOnce() {
    cancel("k1", ONE_TIN);
    Map<String, Object> once = cancel("k1", ONE_TIN).body();
    assertThat((List<?>) once.get("adjustments")).hasSize(1);
    assertThat(cancel("k1", lines(1, 2)).body()).containsEntry("code", "idempotency_key_reused");
    assertThat(cancel("k2", ONE_TIN).status()).isEqualTo(200);
    assertThat(nth(order(), "lines", 0)).containsEntry("quantity", 0L).containsEntry("total", 0L);
    assertThat(cancel("k3", ONE_TIN).errors()).containsExactly("/lines/0/quantity too_much");
    assertThat((List<?>) order().get("refunds")).hasSize(2);
  }

  @Test
  void aDryRunAnswersTheSameAndDoesNothing() {
    var before = shop.bench.items("orders");
    Answer dry = cancel("k", ONE_TIN, Map.of("dry_run", "true"), Map.of());
    assertThat(dry.status()).isEqualTo(200);
    assertThat(shop.bench.items("orders")).isEqualTo(before);
    assertThat(shop.bench.sent()).isEmpty();
    Map<String, Object> wet = cancel("k", ONE_TIN, Map.of(), Map.of()).body();
    for (String same : List.of("lines", "totals", "adjustments", "refunds", "total")) {
      assertThat(dry.body().get(same)).as(same).isEqualTo(wet.get(same));
    }
    Answer whole = cancel("w", "{}", Map.of("dry_run", "true"), Map.of());
    assertThat(whole.body()).containsEntry("status", "cancelled");
    assertThat(order()).containsEntry("status", "open");
  }

  @Test
  void anOlderRevisionIsRefusedAndAnUnknownLineAndQuantitiesThatMakeNoSense() {
    assertThat(cancel("k", ONE_TIN, Map.of(), Map.of("if-match", "\"1\"")).status()).isEqualTo(412);
    assertThat(cancel("k", lines(9, 1)).errors()).containsExactly("/lines/0/line_id unknown");
    assertThat(cancel("k", lines(1, 0)).errors()).containsExactly("/lines/0/quantity out_of_range");
    assertThat(cancel("k", lines(1, -1)).errors()).containsExactly("/lines/0/quantity out_of_range");
    assertThat(cancel("k", lines(1, 3)).errors()).containsExactly("/lines/0/quantity too_much");
    assertThat(cancel("k", "{\"lines\": [{\"line_id\": \"line_1\", \"quantity\": 1}, "
        + "{\"line_id\": \"line_1\", \"quantity\": 1}]}").errors()).containsExactly("/lines/1/line_id repeated");
    assertThat(shop.bench.sent()).isEmpty();
    cancel("k", "{}");
    assertThat(cancel("l", ONE_TIN).body()).containsEntry("code", "already_cancelled");
    assertThat(shop.cancel(Shop.SAMPLE, "k", ONE_TIN, "de-web/somebody", "orders:own").status()).isEqualTo(404);
  }

  @Test
  void theLastLinesEndTheOrderAndAllOfItsMoneyGoesBack() {
    Answer answer = cancel("k", """
        {"lines": [{"line_id": "line_1", "quantity": 2}, {"line_id": "line_2", "quantity": 1},
          {"line_id": "line_3", "quantity": 1}]}""");
    assertThat(answer.body()).containsEntry("status", "cancelled").containsEntry("cancel_reason", "customer");
    assertThat(nth(answer.body(), "adjustments", 0)).containsEntry("amount", -6072L).containsEntry("shipping", -990L);
    assertThat(Json.object(nth(answer.body(), "lines", 0).get("quantities"))).containsEntry("cancelled", 2L);
    arbiterHears();
    assertThat(shop.bench.sentTo(RefundPayment.class)).hasSize(1);
  }

  @Test
  void dispatchAndCancellationInBothOrders() {
    shop.advance(Samples.allocated(1), Samples.packed(1));
    shop.bench.forgetSent();
    Answer answer = cancel("k", ONE_TIN);
    assertThat(answer.errors()).containsExactly("/lines/0/quantity dispatched");
    assertThat(answer.body().toString()).contains("of line_1 2 are dispatched");

    shop.advance(Samples.allocated(2));
    assertThat(cancel("l", lines(2, 1)).status()).isEqualTo(200);
    shop.bench.forgetSent();
    assertThat(shop.advance(Samples.packed(2))).isZero();
    assertThat(shop.bench.sentTo(BuyLabel.class)).isEmpty();
    assertThat(shop.progress(Shop.SAMPLE).parcels()).hasSize(2);
  }

  @Test
  void whateverIsDoneToALineAtOnceNoUnitIsPaidBackTwice() throws Exception {
    for (int round = 0; round < 8; round++) {
      String key = "round " + round;
      List<Callable<Answer>> all = List.of(() -> cancel(key + "a", ONE_TIN), () -> refund(key, ONE_TIN),
          () -> cancel(key + "b", lines(2, 1)), () -> refund(key + "c", lines(2, 1)));
      try (var pool = Executors.newFixedThreadPool(4)) {
        for (Future<Answer> future : pool.invokeAll(all)) {
          assertThat(future.get().status()).isIn(200, 422, 503);
        }
      }
      OrderState state = shop.state(Shop.SAMPLE);
      long back = state.money().payments().stream().flatMap(it -> it.parts().stream()).map(Refund::amount)
          .mapToLong(Money::minorUnits).sum();
      assertThat(back).isLessThanOrEqualTo(3582 + 1500);
      assertThat(state.money().owed(state.terms(), state.phase()).minorUnits()).isEqualTo(6072 - back);
    }
  }

  @Test
  void aLineAndItsOrderAreCancelledAtOnce() throws Exception {
    List<Callable<Answer>> all = List.of(() -> cancel("a", ONE_TIN), () -> cancel("b", "{}"));
    try (var pool = Executors.newFixedThreadPool(2)) {
      for (Future<Answer> future : pool.invokeAll(all)) {
        assertThat(future.get().status()).isIn(200, 409);
      }
    }
    assertThat(shop.state(Shop.SAMPLE).isCancelled()).isTrue();
    arbiterHears();
    long asked = shop.bench.sentTo(RefundPayment.class).stream().map(RefundRequested.class::cast)
        .map(it -> it.refund().id()).distinct().count();
    assertThat(asked).isBetween(1L, 2L);
  }
}
