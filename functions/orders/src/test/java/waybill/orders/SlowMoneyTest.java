package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.Samples.NOON;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import waybill.messages.CancelReason;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Money;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.OrderMessages.OrderPaymentFailed;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.*;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.messages.StockMessages.StockReserved;

/** Money that takes its time: debits that take days, events that are late or lost, and money that is only authorised. */
class SlowMoneyTest {
  private static final String NAMED = "pi_3QWaybillSample";
  private static final OrderContent CONTENT = Samples.sample();
  private static final Instant PAY_BY = CONTENT.payBy(NOON);
  private static final Instant HELD_UNTIL = NOON.plus(Duration.ofDays(5));

  private final Life life = new Life(CONTENT, Samples.placed(CONTENT));

  private static Payment payment(PaymentStatus status, long authorized, long captured, Instant at) {
    return new Payment(PaymentId.of("stripe", "shop-eu", NAMED), "stripe", "shop-eu", NAMED, status,
        new Money(authorized, "EUR"), new Money(captured, "EUR"), at);
  }

  private static PaymentProcessing processing(Instant at) {
    return new PaymentProcessing(Shop.SAMPLE, payment(PaymentStatus.PROCESSING, 0, 0, at));
  }

  private SlowMoneyTest hears(AdvanceOrder.Input news, Instant at) {
    life.hears(news, at);
    return this;
  }

  private SlowMoneyTest isDue() {
    return hears(new OrderDue(Shop.SAMPLE, life.state.due()), life.state.due());
  }

  private CancelReason reason() {
    return life.state.cancellation() == null ? null : life.state.cancellation().reason();
  }

  @Test
  void timeDoesNotRunOutWhileAPaymentIsProcessing() {
    hears(new StockReserved(Shop.SAMPLE), NOON).hears(processing(NOON), NOON);
    assertThat(life.state.payment()).as("only the gift card is there").isEqualTo(PaymentProgress.PARTIALLY_PAID);
    for (int i = 0; i < 30; i++) {
      isDue();
    }
    assertThat(reason()).isNull();
    assertThat(life.state.due()).as("days later").isAfter(NOON.plus(Duration.ofDays(5)));

    hears(new PaymentCaptured(Shop.SAMPLE, payment(PaymentStatus.CAPTURED, 5572, 5572, HELD_UNTIL)), HELD_UNTIL);
    assertThat(life.sent).hasAtLeastOneElementOfType(OrderReleased.class);
    assertThat(life.state.due()).as("until it is planned").isEqualTo(HELD_UNTIL.plus(OrderPacking.TO_ANSWER));
  }

  @Test
  void whileItProcessesItsProviderIsAskedNowAndThenAsItsEventMayBeLost() {
    hears(new StockReserved(Shop.SAMPLE), NOON).hears(processing(NOON), NOON).isDue().isDue();
    assertThat(life.answer).filteredOn(PaymentQuestioned.class::isInstance).hasSize(1);
    assertThat(Duration.between(PAY_BY, life.state.due())).isBetween(Duration.ofHours(6), Duration.ofHours(13));
  }

  @Test
  void aPaymentThatFailsWhileItIsBeingRefundedIsReportedAsFailed() {
    Payment failed = payment(PaymentStatus.FAILED, 0, 0, NOON.plusSeconds(60));
    hears(processing(NOON), NOON);
    hears(new PaymentRefunded(Shop.SAMPLE, failed,
        Refund.requested(failed.id(), RefundReason.NO_ORDER, NOON)), NOON.plusSeconds(60));
    assertThat(life.answer).contains(new OrderPaymentFailed(Shop.SAMPLE, failed.id(), failed.updatedAt()));
  }

  @Test
  void anOrderWhoseSlowPaymentFailedEndsOnceItsProviderWasAsked() {
    Instant later = PAY_BY.plus(Duration.ofDays(4));
    Payment failed = payment(PaymentStatus.FAILED, 0, 0, later);
    hears(processing(NOON), NOON).hears(new PaymentFailed(Shop.SAMPLE, failed), later);
    assertThat(reason()).isNull();

    hears(new OrderDue(Shop.SAMPLE, later), later);
    assertThat(life.answer).contains(new PaymentQuestioned(Shop.SAMPLE, failed));
    hears(new PaymentLookedUp(Shop.SAMPLE, failed, PAY_BY), later);
    assertThat(reason()).as("an older answer than the news counts for nothing").isNull();
    hears(new PaymentLookedUp(Shop.SAMPLE, failed, later.plusSeconds(400)), later.plusSeconds(400));
    assertThat(reason()).isEqualTo(CancelReason.PAYMENT_EXPIRED);
  }

  @Test
  void anOrderThatWasPaidThoughNoEventSaysSoIsReleasedAtTheEndOfItsTime() {
    hears(new StockReserved(Shop.SAMPLE), NOON).isDue().isDue();
    assertThat(life.answer).hasAtLeastOneElementOfType(PaymentQuestioned.class);

    hears(new PaymentLookedUp(Shop.SAMPLE, payment(PaymentStatus.CAPTURED, 5572, 5572, PAY_BY), PAY_BY), PAY_BY);
    assertThat(reason()).isNull();
    assertThat(life.answer).hasAtLeastOneElementOfType(OrderReleased.class);
  }

  @Test
  void aQuestionWithoutAnAnswerIsAskedAgainAndEndsNothing() {
    hears(new StockReserved(Shop.SAMPLE), NOON);
    for (int i = 0; i < 20; i++) {
      isDue();
    }
    assertThat(reason()).isNull();
    assertThat(life.answer).hasAtLeastOneElementOfType(PaymentQuestioned.class);
  }

  private Payment held() {
    return payment(PaymentStatus.AUTHORIZED, 5572, 0, NOON).withCaptureBefore(HELD_UNTIL);
  }

  @Test
  void aPersonHearsADayBeforeWhatIsAuthorizedExpires() {
    hears(new StockReserved(Shop.SAMPLE), NOON).hears(new PaymentAuthorized(Shop.SAMPLE, held()), NOON).isDue();
    assertThat(life.state.holds()).isEmpty();
    assertThat(life.state.due()).isEqualTo(HELD_UNTIL.minus(Duration.ofDays(1)));

    isDue();
    assertThat(life.state.holds()).extracting(Hold::reason).containsExactly(Hold.Reason.AUTHORIZATION_EXPIRING);
    assertThat(reason()).isNull();

    hears(new PaymentCaptured(Shop.SAMPLE, payment(PaymentStatus.CAPTURED, 5572, 5572, HELD_UNTIL)), HELD_UNTIL);
    assertThat(life.state.holds()).isEmpty();
  }

  @Test
  void anAuthorizedOrderThatNobodyCapturesOrCancelsDoesNotKeepItsStock() {
    hears(new StockReserved(Shop.SAMPLE), NOON).hears(new PaymentAuthorized(Shop.SAMPLE, held()), NOON);
    isDue().isDue().isDue();
    assertThat(life.answer).contains(new PaymentQuestioned(Shop.SAMPLE, held()));
    assertThat(reason()).isNull();

    Instant asked = life.state.due();
    hears(new PaymentLookedUp(Shop.SAMPLE, held(), asked), asked);
    assertThat(reason()).isEqualTo(CancelReason.PAYMENT_EXPIRED);
    assertThat(life.answer).contains(new RefundRequested(Shop.SAMPLE, held(),
        Refund.requested(held().id(), RefundReason.ORDER_CANCELLED, asked)));
  }

  @Test
  void whatIsAuthorizedIsHeldForSevenDaysIfNobodySaysForHowLong() {
    OrderPayment untold = OrderPayment.of(payment(PaymentStatus.AUTHORIZED, 5572, 0, NOON));
    assertThat(untold.captureBefore(PAY_BY)).isEqualTo(NOON.plus(Duration.ofDays(7)));
    assertThat(OrderPayment.of(held()).captureBefore(PAY_BY)).isEqualTo(HELD_UNTIL);
  }

  @Test
  void aRefundThatTheBankDoesNotFinishIsAskedForAgainAndIsAHoldAfterTwoWeeks() {
    Payment paid = payment(PaymentStatus.CAPTURED, 5572, 5572, NOON);
    hears(new PaymentCaptured(Shop.SAMPLE, paid), NOON);
    life.state = life.state.cancelled(CancelReason.CUSTOMER, "key", NOON).orElseThrow();
    Refund moving = new Refund(Refund.requested(paid.id(), RefundReason.ORDER_CANCELLED, NOON).id(),
        RefundReason.ORDER_CANCELLED, RefundStatus.PENDING, new Money(5572, "EUR"), NOON);
    hears(new PaymentRefunded(Shop.SAMPLE, paid, moving), NOON).isDue();
    assertThat(life.answer).as("it is looked at").contains(new RefundRequested(Shop.SAMPLE, paid,
        Refund.requested(paid.id(), RefundReason.ORDER_CANCELLED, NOON)));
    assertThat(life.state.holds()).extracting(Hold::reason).containsExactly(Hold.Reason.EXTERNAL_REFUND);

    while (life.state.due().isBefore(NOON.plus(Duration.ofDays(15)))) {
      isDue();
    }
    assertThat(life.state.holds()).extracting(Hold::reason).contains(Hold.Reason.REFUND_OVERDUE);
    hears(new PaymentRefunded(Shop.SAMPLE, paid, new Refund(moving.id(), moving.reason(), RefundStatus.SUCCEEDED,
        moving.amount(), NOON.plus(Duration.ofDays(16)))), NOON.plus(Duration.ofDays(16)));
    assertThat(life.state.holds()).extracting(Hold::reason).containsExactly(Hold.Reason.EXTERNAL_REFUND);
    assertThat(isDue().life.state.due()).isNull();
  }

  @Test
  void refundedIsShownOnlyOnceTheMoneyIsBack() {
    Payment paid = payment(PaymentStatus.CAPTURED, 5572, 5572, NOON);
    Refund voided = new Refund(Refund.requested(paid.id(), RefundReason.ORDER_CANCELLED, NOON).id(),
        RefundReason.ORDER_CANCELLED, RefundStatus.VOIDED, null, NOON);
    var late = OrderPayment.refunded(paid, voided);
    assertThat(late.isSettled()).isFalse();
    assertThat(late.awaitsRefund()).as("whoever is not settled is asked for").isTrue();
    assertThat(late.needsRefund()).isTrue();
  }

  @Test
  void anOrderWaitsForMoneyThatTheStorefrontSeesLaterUntilItIsDue() {
    var body = Shop.sample();
    body.put("payments", java.util.List.of(java.util.Map.of("provider", "external", "method", "bank_transfer",
        "reference", "BT-1", "amount", 6072)));
    OrderContent content = Samples.content(body);
    OrderState state = Samples.placed(content);
    assertThat(state.times().payBy()).isEqualTo(NOON.plus(OrderPayment.USUAL_TRANSFER));
    body.put("payments", java.util.List.of(java.util.Map.of("provider", "external", "method", "invoice", "reference",
        "R-1", "amount", 6072, "due_at", "2026-12-24T12:00:00Z")));
    OrderState invoice = Samples.placed(Samples.content(body));
    assertThat(invoice.times().payBy()).isEqualTo(Instant.parse("2026-12-24T12:00:00Z"));
  }
}
