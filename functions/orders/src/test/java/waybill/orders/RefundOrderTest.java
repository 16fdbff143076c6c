package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.RefundPayment;
import waybill.messages.Message;
import waybill.messages.Money;
import waybill.messages.PaymentMessages.*;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.orders.Shop.Answer;
import waybill.platform.Json;

/** Granting money back over the API: the sample order, paid. */
class RefundOrderTest {
  private static final String ONE_TIN = "{\"lines\": [{\"line_id\": \"line_1\", \"quantity\": 1}]}";

  private final Shop shop = new Shop();

  @BeforeEach
  void isPaid() {
    shop.place(Shop.sample());
    shop.advance(new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5572, 5572)));
    shop.bench.forgetSent();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private Answer refund(String key, String body, Map<String, String> query) {
    return Shop.run(new RefundOrderHandler(shop.bench.ports(shop.dynamo, shop.sqs)),
        shop.bench.httpEvent("POST", "/orders/" + Shop.SAMPLE + "/refunds", Map.of("id", Shop.SAMPLE.value()), query,
            key == null ? Map.of() : Map.of("idempotency-key", key), body, "op", "orders:operate"));
  }

  private Answer refund(String key, String body) {
    return refund(key, body, Map.of());
  }

  private Map<String, Object> order() {
    return shop.get(Shop.SAMPLE.value(), "op", "orders:operate").body();
  }

  private static Map<String, Object> first(Map<String, Object> order, String list) {
    return Json.object(((List<?>) order.get(list)).getFirst());
  }

  /** The arbiter hears that something is due, and the provider what it asks for. */
  private RefundRequested requested() {
    shop.advance(shop.bench.sentTo(AdvanceOrder.class).toArray(Message[]::new));
    return (RefundRequested) shop.bench.sentTo(RefundPayment.class).getLast();
  }

  @Test
  void whatIsGrantedStandsAtOnceAndItsMoneyMovesByARefundOfItsOwn() {
    Answer granted = refund("k1", ONE_TIN);

    assertThat(granted.status()).isEqualTo(200);
    assertThat(first(granted.body(), "adjustments")).containsEntry("type", "refund").containsEntry("status", "pending")
        .containsEntry("amount", -1791L).containsEntry("taxes", -286L).containsEntry("by", "op");
    RefundRequested request = requested();
    assertThat(request.refund().amount()).isEqualTo(new Money(1791, "EUR"));
    assertThat(request.refund().reason()).isEqualTo(RefundReason.GRANTED);

    shop.advance(new PaymentRefunded(Shop.SAMPLE, request.payment(), new Refund(request.refund().id(),
        RefundReason.GRANTED, RefundStatus.SUCCEEDED, request.refund().amount(), shop.bench.clock().instant())));
    assertThat(first(order(), "adjustments")).containsEntry("status", "completed");
    assertThat(Json.object(order().get("totals"))).containsEntry("captured", 6072L).containsEntry("refunded", 1791L)
        .containsEntry("due", 0L);
    assertThat(order()).containsEntry("payment_status", "paid");
  }

  @Test
  void whatOperatorsNoteAndWhoTheyAreIsNotForCustomers() {
    refund("k1", "{\"amount\": 100, \"note\": \"Third time this year\"}");
    assertThat(first(order(), "adjustments")).containsEntry("note", "Third time this year").containsEntry("by", "op");
    Map<String, Object> seen = shop.get(Shop.SAMPLE.value(), "de-web/c_881", "orders:own").body();
    assertThat(first(seen, "adjustments")).containsEntry("amount", -100L).containsEntry("note", null)
        .containsEntry("by", null);
  }

  @Test
  void theSameRequestAgainGrantsNothingMoreAndAnotherUnderItsKeyIsRefused() {
    refund("k1", ONE_TIN);
    Answer again = refund("k1", ONE_TIN);
    assertThat(again.status()).isEqualTo(200);
    assertThat((List<?>) again.body().get("adjustments")).hasSize(1);
    assertThat(refund("k1", "{\"amount\": 1}").body()).containsEntry("code", "idempotency_key_reused");
    assertThat(refund(null, ONE_TIN).status()).isEqualTo(400);
  }

  @Test
  void aDryRunAnswersTheSameAndDoesNothing() {
    Answer dry = refund("k1", ONE_TIN, Map.of("dry_run", "true"));
    assertThat(dry.status()).isEqualTo(200);
    assertThat(first(dry.body(), "adjustments")).containsEntry("amount", -1791L);
    assertThat(shop.bench.sent()).isEmpty();
    assertThat((List<?>) order().get("adjustments")).isEmpty();
    assertThat(refund("k1", ONE_TIN).status()).isEqualTo(200);
  }

  @Test
  void tooMuchIsRefusedWithTheMaximumInAllAndPerPaymentAndNothingChanges() {
    Answer refused = refund("k1", "{\"amount\": 6073}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.errors()).containsExactly("/amount too_much");
    assertThat(refused.body()).containsEntry("maximum", 6072L);
    assertThat((List<?>) refused.body().get("payments")).hasSize(2);
    assertThat((List<?>) order().get("adjustments")).isEmpty();
  }

  @Test
  void ofTwoRefundsAtOnceOnlyWhatIsThereIsGranted() throws Exception {
    var work = new ArrayList<Callable<Answer>>();
    for (int i = 0; i < 4; i++) {
      String key = "k" + i;
      work.add(() -> refund(key, "{\"amount\": 4000}"));
    }
    try (var threads = Executors.newFixedThreadPool(4)) {
      var statuses = new ArrayList<Integer>();
      for (var answer : threads.invokeAll(work)) {
        statuses.add(answer.get().status());
      }
      assertThat(statuses).containsOnlyOnce(200).contains(422);
    }
    assertThat((List<?>) order().get("adjustments")).hasSize(1);
  }

  @Test
  void aRefundWhoseCallerVanishedIsRequestedByTheSweep() {
    shop.bench.refuseNextSends(9);
    assertThat(refund("k1", ONE_TIN).status()).isEqualTo(503);
    shop.bench.refuseNextSends(0);
    shop.bench.clock().advance(OrderState.TO_SEND);
    shop.advance(shop.sweep().toArray(Message[]::new));
    assertThat(shop.bench.sentTo(RefundPayment.class)).hasSize(1);
  }

  @Test
  void anOrderThatIsNotThereIsNotRefunded() {
    Answer answer = Shop.run(new RefundOrderHandler(shop.bench.ports(shop.dynamo, shop.sqs)),
        shop.bench.httpEvent("POST", "/orders/x/refunds", Map.of("id", "ord_00000000000000000000000000"), Map.of(),
            Map.of("idempotency-key", "k"), ONE_TIN, "op", "orders:operate"));
    assertThat(answer.status()).isEqualTo(404);
  }
}
