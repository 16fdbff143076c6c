package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.Samples.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.messages.Alert;
import waybill.messages.CancelReason;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Money;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.PaymentAlerted;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.PaymentRefunded;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.Hold.Reason;
import waybill.orders.Hold.Resolution;
import waybill.orders.OrderCommands.Decided;
import waybill.orders.OrderHolds.Release;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/** How holds that follow from money end. The sample costs 60.72: 55.72 came by card, and 5.00 by a gift card. */
class ResolvingTest {
  private static final OrderContent CONTENT = Samples.sample();
  private static final Payment CARD = Shop.payment(PaymentStatus.CAPTURED, 5572, 5572);
  private static final Instant LATER = NOON.plusSeconds(60);

  private final Life life = new Life(CONTENT, Samples.placed(CONTENT));
  private int releases;

  @BeforeEach
  void isReserved() {
    hears(new StockReserved(Shop.SAMPLE));
  }

  private void isPaid() {
    hears(new PaymentCaptured(Shop.SAMPLE, CARD));
    assertThat(life.state.isReleased()).isTrue();
  }

  private void hears(AdvanceOrder.Input... news) {
    for (AdvanceOrder.Input each : news) {
      life.hears(each, NOON);
    }
  }

  private static PaymentAlerted dispute(Alert.Status status, long amount, Instant at) {
    return new PaymentAlerted(Shop.SAMPLE, CARD, new Alert(Alert.Kind.DISPUTE, "dp_1", status,
        status == Alert.Status.CLOSED || amount == 0 ? null : new Money(amount, "EUR"), at));
  }

  private static PaymentRefunded elsewhere(long amount) {
    return new PaymentRefunded(Shop.SAMPLE, CARD, new Refund(RefundId.of(CARD.id(), "re_1"),
        RefundReason.MADE_ELSEWHERE, RefundStatus.SUCCEEDED, new Money(amount, "EUR"), NOON));
  }

  private Outcome<Decided> ask(Reason reason, Resolution resolution) {
    HoldId hold = life.state.holds().stream().filter(it -> it.reason() == reason).findFirst().orElseThrow().id();
    String key = "adj_" + releases++;
    return life.state.released(hold, resolution, new Release("done", LATER, key), key, LATER);
  }

  private Adjustment release(Reason reason, Resolution resolution) {
    Decided decided = ask(reason, resolution).orElseThrow();
    life.state = decided.state();
    return decided.adjustment();
  }

  private Refused refused(Reason reason, Resolution resolution) {
    return ((Outcome.Declined<Decided>) ask(reason, resolution)).refused();
  }

  private List<Reason> holds() {
    return life.state.holds().stream().map(Hold::reason).toList();
  }

  /** What the providers were asked for in answer to that somebody looks at the order. */
  private List<Refund> requested() {
    hears(new OrderDue(Shop.SAMPLE, NOON));
    return life.answer.stream().filter(RefundRequested.class::isInstance).map(it -> ((RefundRequested) it).refund())
        .toList();
  }

  private void answers(Refund refund, RefundStatus status, long amount) {
    hears(new PaymentRefunded(Shop.SAMPLE, CARD,
        new Refund(refund.id(), refund.reason(), status, new Money(amount, "EUR"), LATER)));
  }

  private OrderPayment card() {
    return life.state.money().payments().stream().filter(it -> it.id().equals(CARD.id())).findFirst().orElseThrow();
  }

  private OrderSummary.End cancelled() {
    life.state = life.state.cancelled(CancelReason.CUSTOMER, "k", NOON).orElseThrow();
    return OrderSummary.of(life.progress()).end();
  }

  @Test
  void cancellingADisputedOrderDoesNotAskToPayASecondTime() {
    isPaid();
    hears(dispute(Alert.Status.OPEN, 5572, NOON));

    OrderSummary.End end = cancelled();

    assertThat(end.refunded()).as("its bank has given it back").isEmpty();
    assertThat(end.owed()).as("the gift card").containsExactly(new Money(500, "EUR"));
    assertThat(requested()).isEmpty();
    assertThat(holds()).contains(Reason.DISPUTED).doesNotContain(Reason.REFUND_FAILED);
    hears(dispute(Alert.Status.LOST, 5572, LATER));
    assertThat(requested()).isEmpty();
    assertThat(holds()).containsExactly(Reason.EXTERNAL_REFUND);
  }

  @Test
  void aDisputeThatIsWonAfterItsOrderWasCancelledIsRefundedOnce() {
    isPaid();
    hears(dispute(Alert.Status.OPEN, 5572, NOON));
    cancelled();

    hears(dispute(Alert.Status.CLOSED, 0, LATER));

    List<Refund> requested = requested();
    assertThat(requested).singleElement().satisfies(it -> assertThat(it.reason().isPart()).isFalse());
    answers(requested.getFirst(), RefundStatus.SUCCEEDED, 5572);
    assertThat(holds()).containsExactly(Reason.EXTERNAL_REFUND);
  }

  @Test
  void aRefundThatStripeRefusedBecauseOfADisputeIsAHoldOnlyOnceTheMoneyIsBack() {
    isPaid();
    cancelled();
    answers(requested().getFirst(), RefundStatus.FAILED, 5572);
    assertThat(holds()).contains(Reason.REFUND_FAILED);
    hears(dispute(Alert.Status.OPEN, 5572, NOON));
    assertThat(holds()).doesNotContain(Reason.REFUND_FAILED);
    hears(dispute(Alert.Status.CLOSED, 0, LATER));
    assertThat(holds()).contains(Reason.REFUND_FAILED);

    release(Reason.REFUND_FAILED, Resolution.REFUND_AGAIN);

    assertThat(requested()).singleElement().satisfies(it -> {
      assertThat(it.amount()).isEqualTo(new Money(5572, "EUR"));
      answers(it, RefundStatus.SUCCEEDED, 5572);
    });
    assertThat(holds()).containsExactly(Reason.EXTERNAL_REFUND);
  }

  @Test
  void aLostDisputeIsAcceptedAndTheOrderGoesOnWithoutItsMoney() {
    isPaid();
    hears(dispute(Alert.Status.LOST, 5572, NOON));
    assertThat(holds()).containsExactly(Reason.MONEY_TAKEN_BACK);
    assertThat(refused(Reason.MONEY_TAKEN_BACK, Resolution.DONE_ELSEWHERE).violations().getFirst().pointer())
        .isEqualTo("/resolution");

    Adjustment accepted = release(Reason.MONEY_TAKEN_BACK, Resolution.ACCEPT_LOSS);

    assertThat(accepted.type()).isEqualTo(Adjustment.Kind.DISPUTE);
    assertThat(accepted.amount()).isEqualTo(5572);
    assertThat(holds()).isEmpty();
    assertThat(life.state.isReleased()).isTrue();
    assertThat(life.progress().awaiting()).isEqualTo(Awaiting.FULFILLMENT);
    assertThat(life.state.money().owed(life.state.terms(), life.state.phase()).minorUnits()).isEqualTo(500);
  }

  @ParameterizedTest
  @EnumSource(value = Alert.Kind.class)
  void whoeverGoesOnInSpiteOfAnAlertIsHeldAgainOnlyIfMoreIsTaken(Alert.Kind kind) {
    isPaid();
    var alert = new Alert(kind, "al_1", Alert.Status.OPEN, null, NOON);
    hears(new PaymentAlerted(Shop.SAMPLE, CARD, alert));
    Reason reason = MoneyHolds.reason(alert);
    assertThat(holds()).containsExactly(reason);

    release(reason, reason.resolutions().getFirst());

    assertThat(life.state.isReleased()).isTrue();
    hears(new PaymentAlerted(Shop.SAMPLE, CARD, new Alert(kind, "al_1", Alert.Status.OPEN, null, LATER)));
    assertThat(holds()).isEmpty();
    hears(new PaymentAlerted(Shop.SAMPLE, CARD,
        new Alert(kind, "al_1", Alert.Status.OPEN, new Money(5572, "EUR"), LATER.plusSeconds(1))));
    assertThat(holds()).containsExactly(reason);
  }

  @Test
  void aRefundInTheDashboardIsSaidToBeMeant() {
    isPaid();
    hears(elsewhere(1000));

    Adjustment meant = release(Reason.MONEY_TAKEN_BACK, Resolution.DONE_ELSEWHERE);

    assertThat(meant.amount()).isEqualTo(1000);
    assertThat(meant.doneElsewhere()).isTrue();
    assertThat(life.state.isReleased()).isTrue();
    hears(elsewhere(1000));
    assertThat(holds()).isEmpty();
  }

  @Test
  void theDifferenceGoesBackAndTheOrderGoesOn() {
    hears(new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 6000, 6000)));
    assertThat(holds()).containsExactly(Reason.PAYMENT_MISMATCH);

    Adjustment back = release(Reason.PAYMENT_MISMATCH, Resolution.REFUND_DIFFERENCE);

    assertThat(back.amount()).isEqualTo(428);
    assertThat(requested()).singleElement().satisfies(it -> assertThat(it.amount()).isEqualTo(new Money(428, "EUR")));
    assertThat(life.state.isReleased()).isTrue();
    assertThat(life.state.money().owed(life.state.terms(), life.state.phase()).minorUnits()).isEqualTo(6072);
  }

  @Test
  void lessThanTheOrderAsksForHasNoDifferenceToRefund() {
    hears(new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5000, 5000)));

    assertThat(refused(Reason.PAYMENT_MISMATCH, Resolution.REFUND_DIFFERENCE).code()).isEqualTo("too_little");
    assertThat(refused(Reason.PAYMENT_MISMATCH, null).violations().getFirst().code()).isEqualTo("required");
    assertThat(refused(Reason.PAYMENT_MISMATCH, Resolution.ACCEPT_LOSS).violations().getFirst().code())
        .isEqualTo("not_allowed");
  }

  @Test
  void whatCameInAnotherCurrencyGoesBackWholeAndTheOrderWaitsForItsMoney() {
    var dollars = new Payment(CARD.id(), "stripe", "shop-eu", CARD.reference(), PaymentStatus.CAPTURED,
        new Money(5572, "USD"), new Money(5572, "USD"), NOON);
    hears(new PaymentCaptured(Shop.SAMPLE, dollars));

    release(Reason.PAYMENT_MISMATCH, Resolution.REFUND_DIFFERENCE);

    assertThat(requested()).singleElement().satisfies(it -> assertThat(it.reason().isPart()).isFalse());
    hears(new OrderDue(Shop.SAMPLE, LATER));
    assertThat(life.state.isCancelled()).isFalse();
    hears(new PaymentCaptured(Shop.SAMPLE, Shop.payment("pi_euros", PaymentStatus.CAPTURED, 5572, 5572)));
    assertThat(life.state.isPaid()).isTrue();
  }

  private Refund granted(long amount) {
    var part = new Refund(RefundId.of(CARD.id(), "adj_g"), RefundReason.GRANTED, RefundStatus.REQUESTED,
        new Money(amount, "EUR"), NOON);
    life.state = life.state.withRefund(CARD.id(), part);
    return part;
  }

  @Test
  void a9ARefundThatFailsAfterItSucceededIsOwedAndHeldAndIsTriedAgainOnce() {
    isPaid();
    Refund part = granted(1791);
    answers(part, RefundStatus.SUCCEEDED, 1791);
    assertThat(balance().refunded()).isEqualTo(new Money(1791, "EUR"));

    answers(part, RefundStatus.FAILED, 1791);

    assertThat(balance().refunded()).isEqualTo(new Money(0, "EUR"));
    assertThat(kept() - owed()).as("overcharged").isEqualTo(1791);
    assertThat(holds()).containsExactly(Reason.REFUND_FAILED);

    release(Reason.REFUND_FAILED, Resolution.REFUND_AGAIN);
    List<Refund> again = requested();
    assertThat(requested()).as("the same one until it is answered").isEqualTo(again);
    assertThat(again).singleElement().satisfies(it -> answers(it, RefundStatus.SUCCEEDED, 1791));
    assertThat(holds()).isEmpty();
    assertThat(requested()).isEmpty();
    assertThat(balance().refunded()).isEqualTo(new Money(1791, "EUR"));
    assertThat(kept()).isEqualTo(owed()).isEqualTo(6072 - 1791);
  }

  @Test
  void aPartThatFailsAfterTheRestOfACancelledOrderWentBackIsHeldAndTriedAgain() {
    isPaid();
    Refund part = granted(1791);
    answers(part, RefundStatus.SUCCEEDED, 1791);
    cancelled();
    answers(requested().getFirst(), RefundStatus.SUCCEEDED, 5572 - 1791);
    assertThat(holds()).doesNotContain(Reason.REFUND_FAILED);
    assertThat(card().isSettled()).isTrue();

    answers(part, RefundStatus.FAILED, 1791);

    assertThat(holds()).contains(Reason.REFUND_FAILED);
    assertThat(card().isSettled()).isFalse();
    release(Reason.REFUND_FAILED, Resolution.REFUND_AGAIN);
    assertThat(card().isSettled()).as("it is on its way").isFalse();
    assertThat(requested()).singleElement().satisfies(it -> {
      assertThat(it.amount()).isEqualTo(new Money(1791, "EUR"));
      answers(it, RefundStatus.SUCCEEDED, 1791);
    });
    assertThat(holds()).doesNotContain(Reason.REFUND_FAILED);
    assertThat(card().isSettled()).isTrue();
    assertThat(requested()).isEmpty();
  }

  @Test
  void aRefundThatFailsASecondTimeIsAHoldAgainAndDoneElsewhereEndsIt() {
    isPaid();
    answers(granted(1791), RefundStatus.FAILED, 1791);
    release(Reason.REFUND_FAILED, Resolution.REFUND_AGAIN);
    answers(requested().getFirst(), RefundStatus.FAILED, 1791);
    assertThat(holds()).containsExactly(Reason.REFUND_FAILED);

    release(Reason.REFUND_FAILED, Resolution.DONE_ELSEWHERE);

    assertThat(holds()).isEmpty();
    assertThat(balance().refunded()).isEqualTo(new Money(1791, "EUR"));
    assertThat(kept()).isEqualTo(owed());
  }

  @Test
  void whatTheStorefrontTookIsRefundedByTheStorefront() {
    isPaid();
    cancelled();
    assertThat(holds()).containsExactly(Reason.EXTERNAL_REFUND);
    assertThat(refused(Reason.EXTERNAL_REFUND, Resolution.REFUND_AGAIN).violations().getFirst().code())
        .isEqualTo("not_allowed");

    release(Reason.EXTERNAL_REFUND, Resolution.DONE_ELSEWHERE);

    assertThat(holds()).isEmpty();
    assertThat(life.state.money().find(giftCard()).orElseThrow().isSettled()).isTrue();
  }

  @Test
  void partsAndTheRefundOfTheRestAreNeverMoreThanWasTaken() {
    isPaid();
    Refund part = granted(1791);
    answers(part, RefundStatus.SUCCEEDED, 1791);
    cancelled();
    assertThat(shownRefunds()).isEqualTo(5572);

    answers(requested().getFirst(), RefundStatus.SUCCEEDED, 5572);

    assertThat(balance().refunded()).isEqualTo(new Money(5572, "EUR"));
    assertThat(shownRefunds()).isEqualTo(5572);
  }

  private long shownRefunds() {
    return MoneyView.refunds(life.state).stream().filter(it -> it.get("payment_id").equals(CARD.id().value()))
        .mapToLong(it -> (Long) it.get("amount")).sum();
  }

  @Test
  void aPartThatIsMovedForTwoWeeksIsAHoldAndItsAgeIsItsOwn() {
    isPaid();
    answers(granted(1791), RefundStatus.PENDING, 1791);
    Instant nearly = LATER.plus(MoneyTimes.TO_REFUND).minusSeconds(1);
    life.hears(new OrderDue(Shop.SAMPLE, nearly), nearly);
    assertThat(holds()).isEmpty();
    assertThat(WaitsFor.REFUND.age(life.state, NOON.minus(Duration.ofDays(90)), nearly))
        .as("since it is moved, not since the order was placed").isLessThan(Duration.ofDays(14));

    life.hears(new OrderDue(Shop.SAMPLE, nearly.plusSeconds(1)), nearly.plusSeconds(1));

    assertThat(holds()).containsExactly(Reason.REFUND_OVERDUE);
    assertThat(refused(Reason.REFUND_OVERDUE, Resolution.DONE_ELSEWHERE).code()).isEqualTo("not_releasable");
    answers(life.state.money().find(CARD.id()).orElseThrow().parts().getFirst(), RefundStatus.SUCCEEDED, 1791);
    assertThat(holds()).isEmpty();
  }

  @Test
  void aRefundThatIsMovedForTwoWeeksIsAHoldHoweverOftenItsProviderIsAsked() {
    isPaid();
    answers(granted(1791), RefundStatus.PENDING, 1791);
    Refund part = life.state.money().find(CARD.id()).orElseThrow().parts().getFirst();
    Instant end = part.updatedAt().plus(MoneyTimes.TO_REFUND);
    for (Instant at = part.updatedAt().plus(MoneyTimes.TO_ARRIVE); at.isBefore(end); at = at
        .plus(MoneyTimes.TO_ARRIVE)) {
      life.hears(new OrderDue(Shop.SAMPLE, at), at);
      life.hears(new PaymentRefunded(Shop.SAMPLE, CARD,
          new Refund(part.id(), part.reason(), RefundStatus.PENDING, part.amount(), at)), at);
      assertThat(holds()).isEmpty();
    }

    life.hears(new OrderDue(Shop.SAMPLE, end), end);

    assertThat(holds()).containsExactly(Reason.REFUND_OVERDUE);
  }

  @Test
  void twoHoldsOfOnePaymentAreThereTogetherAndEachEndsByItself() {
    hears(new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 6000, 6000)),
        dispute(Alert.Status.OPEN, 0, NOON));
    assertThat(holds()).containsExactly(Reason.PAYMENT_MISMATCH, Reason.DISPUTED);

    release(Reason.PAYMENT_MISMATCH, Resolution.ACCEPT_DIFFERENCE);
    assertThat(holds()).containsExactly(Reason.DISPUTED);
    assertThat(life.state.isReleased()).isFalse();
    release(Reason.DISPUTED, Resolution.ACCEPT_LOSS);
    assertThat(life.state.isReleased()).isTrue();
  }

  private PaymentBalance balance() {
    return life.state.money().find(CARD.id()).orElseThrow().balance();
  }

  private static PaymentId giftCard() {
    return CONTENT.form().payments().get(1).id(CONTENT.id());
  }

  private long kept() {
    return PaymentProgress.kept(life.state.money().own(life.state.terms()), "EUR").minorUnits();
  }

  private long owed() {
    return life.state.money().owed(life.state.terms(), life.state.phase()).minorUnits();
  }
}
