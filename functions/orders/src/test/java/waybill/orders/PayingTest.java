package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.Choreography.RecordPayment;
import waybill.messages.Choreography.RefundPayment;
import waybill.messages.Message;
import waybill.messages.PaymentMessages.PaymentExpected;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.RefundReason;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.Shop.Answer;
import waybill.platform.HttpFunction;
import waybill.platform.Json;

/** Money of an order of 20.00 that named no payment, and that is paid later or elsewhere. */
class PayingTest {
  private static final String TRANSFER = """
      {"provider": "external", "method": "bank_transfer", "reference": "BT-1", "amount": 2000,
       "due_at": "2026-12-24T12:00:00Z"}""";

  private final Shop shop = new Shop();
  private String order;

  @BeforeEach
  void isPlaced() {
    order = (String) shop.place(Shop.simple("later", "TEA-200", 2)).body().get("id");
    shop.advance(new StockReserved(new waybill.messages.OrderId(order)));
    shop.bench.forgetSent();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private Answer post(HttpFunction handler, String path, Map<String, String> ids, String key, String body) {
    return Shop.run(handler, shop.bench.httpEvent("POST", path, ids, Map.of(),
        key == null ? Map.of() : Map.of("idempotency-key", key), body, "storefront", "orders:place"));
  }

  private Answer add(String key, String body) {
    return post(new AddPaymentHandler(shop.bench.ports(shop.dynamo, shop.sqs)), "/orders/" + order + "/payments",
        Map.of("id", order), key, body);
  }

  private Answer capture(String payment, String key, String body) {
    return post(new CapturePaymentHandler(shop.bench.ports(shop.dynamo, shop.sqs)),
        "/orders/" + order + "/payments/" + payment + "/captures", Map.of("id", order, "payment_id", payment), key,
        body);
  }

  private Answer release(String payment, String key) {
    return post(new VoidPaymentHandler(shop.bench.ports(shop.dynamo, shop.sqs)),
        "/orders/" + order + "/payments/" + payment + "/voids", Map.of("id", order, "payment_id", payment), key, null);
  }

  private static Map<String, Object> payment(Answer answer) {
    return Json.object(((List<?>) answer.body().get("payments")).getFirst());
  }

  private static String id(Answer answer) {
    return (String) payment(answer).get("id");
  }

  private void advance() {
    shop.advance(shop.bench.sentTo(AdvanceOrder.class).toArray(Message[]::new));
  }

  @Test
  void aBankTransferIsNamedWaitedForAndSaidToHaveCome() {
    Answer named = add("k1", TRANSFER);
    assertThat(named.status()).isEqualTo(200);
    assertThat(payment(named)).containsEntry("method", "bank_transfer").containsEntry("status", "pending")
        .containsEntry("amount", 2000L).containsEntry("due_at", "2026-12-24T12:00:00.000Z");
    assertThat(shop.state(new waybill.messages.OrderId(order)).times().payBy()).isEqualTo("2026-12-24T12:00:00Z");

    Answer came = capture(id(named), "k2", "{}");
    assertThat(came.body()).containsEntry("payment_status", "paid");
    advance();
    assertThat(shop.bench.sentTo(PlanFulfillment.class)).hasSize(1);
  }

  @Test
  void itMayComeInPartsAndNeverMoreThanWasNamed() {
    String id = id(add("k1", TRANSFER));
    assertThat(capture(id, "k2", "{\"amount\": 500}").body()).containsEntry("payment_status", "partially_paid");
    Answer tooMuch = capture(id, "k3", "{\"amount\": 1501}");
    assertThat(tooMuch.errors()).containsExactly("/amount too_much");
    assertThat(tooMuch.body()).containsEntry("maximum", 1500L);
    assertThat(capture(id, "k2", "{\"amount\": 500}").body()).as("the same again").containsEntry("payment_status",
        "partially_paid");
    assertThat(capture(id, "k4", "{}").body()).containsEntry("payment_status", "paid");
  }

  @Test
  void theSamePaymentIsThatPaymentAndAnotherAmountUnderItsReferenceIsRefused() {
    add("k1", TRANSFER);
    assertThat(add("k2", TRANSFER).status()).isEqualTo(200);
    assertThat(add("k3", TRANSFER.replace("2000", "1999")).body()).containsEntry("code", "reference_reused");
    assertThat(add("k1", TRANSFER.replace("2000", "1999")).body()).containsEntry("code", "idempotency_key_reused");
    assertThat(add(null, TRANSFER).status()).isEqualTo(400);
  }

  @Test
  void aPaymentUnderAKnownReferenceIsRefusedNamingWhatDiffers() {
    String id = id(add("k1", TRANSFER));

    assertThat(add("k2", TRANSFER.replace("bank_transfer", "cash")).errors())
        .containsExactly("/method reference_reused");
    assertThat(add("k3", TRANSFER.replace("12-24", "12-25")).errors()).containsExactly("/due_at reference_reused");
    assertThat(add("k4", TRANSFER.replace("2000,", "2000, \"status\": \"captured\",")).errors())
        .containsExactly("/status reference_reused");
    assertThat(add("k5", TRANSFER.replace("2000", "1").replace("bank_transfer", "cash")).errors())
        .containsExactlyInAnyOrder("/amount reference_reused", "/method reference_reused");
    capture(id, "k6", "{}");
    assertThat(add("k7", TRANSFER).status()).as("said in the same words, and come since").isEqualTo(200);
    assertThat(payment(add("k8", TRANSFER))).containsEntry("captured", 2000L);
  }

  private static final String CARD = "{\"provider\": \"stripe\", \"account\": \"shop-eu\", \"reference\": \"pi_new\", \"amount\": 2000}";

  private OrderState stateAfter(Duration time) {
    shop.bench.clock().advance(time);
    shop.advance(new waybill.messages.OrderMessages.OrderDue(new waybill.messages.OrderId(order),
        shop.bench.clock().instant()));
    return shop.state(new waybill.messages.OrderId(order));
  }

  private void answered() {
    var state = shop.state(new waybill.messages.OrderId(order));
    state.times().unanswered(shop.bench.clock().instant()).forEach(it -> shop.advance(
        new waybill.messages.PaymentMessages.PaymentLookedUp(state.id(), it.payment(), shop.bench.clock().instant())));
  }

  @Test
  void aPaymentThatIsNamedAfterTheTimeToPayHasATimeOfItsOwn() {
    String id = id(add("k1", TRANSFER));
    shop.bench.clock().advance(Duration.between(shop.bench.clock().instant(), Instant.parse("2026-12-24T11:59:00Z")));
    add("k2", CARD);
    release(id, "k3");

    assertThat(stateAfter(Duration.ofMinutes(5)).isCancelled()).as("the transfer's time is over").isFalse();
    stateAfter(Duration.ofMinutes(60));
    answered();
    assertThat(stateAfter(Duration.ZERO).isCancelled()).as("the card's time is over, too").isTrue();
  }

  @Test
  void voidingTheLastPaymentWaitsForAnotherOneForAsLongAsItsChannelWaits() {
    String transfer = id(add("k1", TRANSFER));
    shop.bench.clock().advance(Duration.ofHours(5));
    release(transfer, "k2");
    advance();

    assertThat(stateAfter(Duration.ofMinutes(1)).isCancelled()).isFalse();
    assertThat(stateAfter(Duration.ofMinutes(60)).cancellation().reason())
        .isEqualTo(waybill.messages.CancelReason.PAYMENT_EXPIRED);
  }

  @Test
  void voidingTheLastPaymentAtItsProviderDoesNotEndTheOrderWhenThatIsDone() {
    String card = id(add("k1", CARD));
    release(card, "k2");
    var state = shop.state(new waybill.messages.OrderId(order));
    OrderPayment voided = state.money().payments().getFirst();
    shop.advance(new waybill.messages.PaymentMessages.PaymentRefunded(state.id(),
        new Payment(voided.id(), "stripe", "shop-eu", "pi_new", PaymentStatus.CANCELLED, new Money(0, "EUR"),
            new Money(0, "EUR"), shop.bench.clock().instant()),
        new Refund(voided.refund().id(), RefundReason.PAYMENT_VOIDED, RefundStatus.VOIDED, null,
            shop.bench.clock().instant())));

    assertThat(stateAfter(Duration.ofMinutes(1)).isCancelled()).isFalse();
    add("k3", CARD.replace("pi_new", "pi_newer"));
    assertThat(stateAfter(Duration.ofMinutes(1)).isCancelled()).isFalse();
  }

  @Test
  void aPaymentAtTheProviderIsWatchedFromThenOn() {
    add("k1", "{\"provider\": \"stripe\", \"account\": \"shop-eu\", \"reference\": \"pi_later\", \"amount\": 2000}");
    advance();
    assertThat(shop.bench.sentTo(RecordPayment.class)).hasSize(1).first().isInstanceOfSatisfying(PaymentExpected.class,
        it -> assertThat(it.reference()).isEqualTo("pi_later"));
    assertThat(add("k2", "{\"provider\": \"stripe\", \"account\": \"another\", \"reference\": \"pi_x\", \"amount\": 1}")
        .errors()).containsExactly("/account not_of_channel");
  }

  @Test
  void aPaymentIsVoidedAndItsProviderAskedToReleaseWhatItHolds() {
    String transfer = id(add("k1", TRANSFER));
    assertThat(payment(release(transfer, "k2"))).containsEntry("status", "cancelled");
    assertThat(capture(transfer, "k3", "{}").body()).containsEntry("code", "payment_voided");

    shop.bench.forgetSent();
    Answer both = add("k4",
        "{\"provider\": \"stripe\", \"account\": \"shop-eu\", \"reference\": \"pi_v\", \"amount\": 2000}");
    String stripe = ((List<?>) both.body().get("payments")).stream().map(Json::object)
        .filter(it -> "pi_v".equals(it.get("reference"))).map(it -> (String) it.get("id")).findFirst().orElseThrow();
    assertThat(capture(stripe, "k5", "{}").body()).containsEntry("code", "not_authorized");
    release(stripe, "k6");
    advance();
    assertThat(shop.bench.sentTo(RefundPayment.class)).last().isInstanceOfSatisfying(RefundRequested.class,
        it -> assertThat(it.refund().reason()).isEqualTo(RefundReason.PAYMENT_VOIDED));
  }

  @Test
  void whatWasCapturedIsRefundedAndNotVoided() {
    String id = id(add("k1", TRANSFER));
    capture(id, "k2", "{}");
    assertThat(release(id, "k3").body()).containsEntry("code", "captured");
    assertThat(capture("pay_00000000000000000000000000", "k4", "{}").status()).isEqualTo(404);
  }
}
