package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.messages.Capture;
import waybill.messages.Choreography.BuyLabel;
import waybill.messages.Choreography.CollectPayment;
import waybill.messages.Choreography.RefundPayment;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LineQuantity;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Payment;
import waybill.messages.PaymentMessages.CaptureAnswered;
import waybill.messages.PaymentMessages.CaptureRequested;
import waybill.messages.PaymentMessages.PaymentAuthorized;
import waybill.messages.PaymentMessages.PaymentCancelled;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.PaymentStatus;
import waybill.messages.RefundReason;
import waybill.messages.StockMessages.StockAllocated;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.CommandPairsTest.Order;
import waybill.orders.Shop.Answer;
import waybill.platform.HttpFunction;
import waybill.platform.Json;

/** What is authorised, while something else happens to its order: before it, after it, and at once. */
class CapturePairsTest {
  private static final String SAMPLE = Shop.SAMPLE.value();
  private static final Payment HELD = Shop.payment(PaymentStatus.AUTHORIZED, 5_572, 0);
  private static final Payment TAKEN = Shop.payment(PaymentStatus.CAPTURED, 5_572, 5_572);
  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void moneyThatIsLetGoAfterSomethingHasLeftHoldsTheOrderForAPerson() {
    isAuthorized("manual");
    pack();
    assertThat(shop.bench.sentTo(BuyLabel.class)).as("it leaves").isNotEmpty();
    shop.advance(new PaymentCancelled(Shop.SAMPLE, Shop.payment(PaymentStatus.CANCELLED, 5_572, 0)));

    assertThat(shop.held("capture_short")).as("nobody waits for it to be paid in time").hasSize(1);
  }

  private void isAuthorized(String capture) {
    shop.putChannel(it -> it.put("capture", capture));
    shop.place(Shop.sample());
    shop.advance(new StockReserved(Shop.SAMPLE), new PaymentAuthorized(Shop.SAMPLE, HELD), new StockAllocated(
        Shop.SAMPLE, fulfillment(), Samples.BERLIN, lines()));
    shop.bench.forgetSent();
  }

  private static FulfillmentId fulfillment() {
    return FulfillmentId.of(Shop.SAMPLE, 1);
  }

  private static List<LineQuantity> lines() {
    return Samples.sample().shippedLines();
  }

  private Answer pack() {
    var parcel = new Parcel(ParcelId.of(fulfillment(), 1), lines(), 100, 1, 1, 1, null, null);
    shop.advance(new FulfillmentPacked(Shop.SAMPLE, fulfillment(), Samples.BERLIN, lines(), List.of(parcel)));
    return null;
  }

  private Answer answerCaptures() {
    for (CaptureRequested it : requested()) {
      Capture made = it.capture().succeeded(it.capture().amount(), Instant.parse("2026-11-22T13:00:00Z"));
      shop.advance(new CaptureAnswered(Shop.SAMPLE, TAKEN, made));
    }
    return null;
  }

  private List<CaptureRequested> requested() {
    return shop.bench.sentTo(CollectPayment.class).stream().map(CaptureRequested.class::cast).toList();
  }

  private Answer cancel() {
    return shop.cancel(Shop.SAMPLE, "cancel", "{\"reason\": \"other\"}", "op", "orders:operate");
  }

  private Answer call(HttpFunction handler, String key, String body) {
    var ids = Map.of("id", SAMPLE, "payment_id", HELD.id().value());
    return Shop.run(handler, shop.bench.httpEvent("POST", "/orders/" + ids, ids, Map.of(),
        Map.of("idempotency-key", key), body, "op", "orders:operate"));
  }

  private Answer capture(String key, String body) {
    return call(new CapturePaymentHandler(shop.bench.ports()), key, body);
  }

  private Answer release() {
    return call(new VoidPaymentHandler(shop.bench.ports()), "void", null);
  }

  private void look() {
    shop.advance(new OrderDue(Shop.SAMPLE, shop.bench.clock().instant()));
  }

  private boolean hasLeft() {
    return !shop.bench.sentTo(BuyLabel.class).isEmpty();
  }

  private List<RefundReason> refunds() {
    return shop.bench.sentTo(RefundPayment.class).stream().map(it -> ((RefundRequested) it).refund().reason())
        .distinct().toList();
  }

  private static Callable<Answer> quietly(Callable<Answer> call) {
    return () -> {
      Answer answer = call.call();
      return answer == null ? new Answer(200, Map.of(), Map.of()) : answer;
    };
  }

  @ParameterizedTest
  @EnumSource
  void whatIsPackedBesideACancellationDoesNotLeaveBeforeItIsCaptured(Order order) throws Exception {
    isAuthorized("on_dispatch");

    List<Answer> answers = order.run(quietly(this::pack), this::cancel);
    answerCaptures();
    look();

    assertThat(answers.get(1).status()).as("until it is captured it can be cancelled").isEqualTo(200);
    assertThat(hasLeft()).isFalse();
    assertThat(refunds()).contains(RefundReason.ORDER_CANCELLED);
  }

  @ParameterizedTest
  @EnumSource
  void ofACancellationAndTheAnswerToItsCaptureOneWins(Order order) throws Exception {
    isAuthorized("on_dispatch");
    pack();
    assertThat(requested()).hasSize(1).first()
        .satisfies(it -> assertThat(it.capture().amount().minorUnits()).isEqualTo(5_572));

    List<Answer> answers = order.run(quietly(this::answerCaptures), this::cancel);
    look();

    boolean cancelled = answers.get(1).status() == 200;
    assertThat(hasLeft()).isNotEqualTo(cancelled);
    if (cancelled) {
      assertThat(refunds()).containsExactly(RefundReason.ORDER_CANCELLED);
    } else {
      assertThat(answers.get(1).body()).containsEntry("code", "dispatch_closed");
      assertThat(refunds()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofTwoCapturesThatAreTogetherTooMuchOneIsMade(Order order) throws Exception {
    isAuthorized("manual");

    assertThat(order.run(() -> capture("k1", "{\"amount\": 3000}"), () -> capture("k2", "{\"amount\": 3000}")))
        .extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
    look();
    assertThat(requested().stream().map(it -> it.capture().id()).distinct()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void ofACaptureAndAVoidNothingIsKept(Order order) throws Exception {
    isAuthorized("manual");

    List<Answer> answers = order.run(() -> capture("k1", "{}"), this::release);
    answerCaptures();
    look();

    assertThat(answers.get(1).status()).as("nothing was captured yet").isEqualTo(200);
    assertThat(answers.get(0).status()).isIn(200, 409);
    assertThat(refunds()).containsExactly(RefundReason.PAYMENT_VOIDED);
    assertThat(shop.state(Shop.SAMPLE).isReleased()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void ofACaptureAndACancellationNothingIsKept(Order order) throws Exception {
    isAuthorized("manual");

    List<Answer> answers = order.run(() -> capture("k1", "{}"), this::cancel);
    answerCaptures();
    look();

    assertThat(answers.get(1).status()).isEqualTo(200);
    assertThat(refunds()).containsExactly(RefundReason.ORDER_CANCELLED);
    assertThat(Json.object(shop.get(SAMPLE, "op", "orders:operate").body().get("totals"))).containsEntry("due", 0L);
  }
}
