package waybill.orders;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import waybill.messages.Alert;
import waybill.messages.Capture;
import waybill.messages.CaptureId;
import waybill.messages.Money;
import waybill.messages.PaymentId;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.orders.Adjustment.Part;
import waybill.orders.Hold.Resolution;
import waybill.orders.OrderCommands.Decided;
import waybill.orders.OrderHolds.Release;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/**
 * How a person ends a hold that follows from an order's money: its cause is settled, so that it is not there any more.
 *
 * @param id of the command: what it refunds is named by it, so a repeated request refunds nothing twice
 */
record Resolving(OrderState state, MoneyHolds.Found found, String id, Release release, Instant now) {

  Outcome<Decided> by(Resolution resolution) {
    List<Resolution> possible = found.hold().reason().resolutions();
    if (possible.isEmpty()) {
      return Refused.conflict("not_releasable", "it ends with its cause: " + found.hold().note()).outcome();
    }
    String names = possible.stream().map(Resolution::text).collect(Collectors.joining(" or "));
    if (resolution == null) {
      return Refused.invalid("/resolution", "required", "is " + names).outcome();
    }
    if (!possible.contains(resolution)) {
      return Refused.invalid("/resolution", "not_allowed", "is " + names + " for this hold").outcome();
    }
    return switch (resolution) {
      case ACCEPT_DIFFERENCE -> acceptDifference();
      case REFUND_DIFFERENCE -> refundDifference();
      case DONE_ELSEWHERE -> doneElsewhere();
      case ACCEPT_LOSS -> acceptLoss();
      case REFUND_AGAIN -> refundAgain();
      case CAPTURE_AGAIN -> captureAgain();
      case WAIT, SEND_REST, CANCEL_LINE -> throw new IllegalArgumentException("is about stock: " + resolution);
    };
  }

  private Outcome<Decided> acceptDifference() {
    if (found.hold().reason() == Hold.Reason.PAYMENT_CONTRADICTED) {
      return Outcome.of(accepting(alerts()));
    }
    return isInOtherCurrency()
        ? Refused.conflict("currency_differs",
            "what is paid in another currency cannot be accepted: refund_difference refunds it").outcome()
        : Outcome.of(new Decided(accepted(), null));
  }

  private OrderState accepted() {
    Money owed = new MoneyHolds(state.money(), state.terms(), state.phase()).owedWith(found.payment());
    return state.owing(owed, state.money().accepted(found.payment()));
  }

  private boolean isInOtherCurrency() {
    return !state.terms().currency().equals(found.payment().payment().currency());
  }

  /** What came too much is accepted and granted back at once; what came in another currency goes back whole. */
  private Outcome<Decided> refundDifference() {
    if (isInOtherCurrency()) {
      var back = Refund.requested(found.payment().id(), RefundReason.PAYMENT_VOIDED, now);
      Instant until = now.plus(MoneyTimes.TO_PAY_AGAIN);
      return Outcome.of(new Decided(state.withMoney(state.money().voided(found.payment(), back, until)), null));
    }
    OrderState after = accepted();
    Money tooMuch = after.terms().total().minus(state.terms().total());
    if (!tooMuch.isPositive()) {
      return Refused.conflict("too_little",
          "less came than the order asks for: accept it, name a payment of the rest, or cancel the order").outcome();
    }
    if (found.payment().balance().refundable().compareTo(tooMuch) < 0) {
      return Refused.conflict("not_captured", "the money is not captured: nothing of it can be refunded yet").outcome();
    }
    Refund part = part(RefundReason.GRANTED, RefundStatus.REQUESTED, tooMuch);
    return Outcome.of(new Decided(after.withRefund(found.payment().id(), part),
        adjustment(Adjustment.Kind.REFUND, tooMuch, false, List.of(part))));
  }

  private Outcome<Decided> doneElsewhere() {
    PaymentBalance balance = found.payment().balance();
    if (found.hold().reason() != Hold.Reason.MONEY_TAKEN_BACK) {
      Refund part = part(RefundReason.DONE_ELSEWHERE, RefundStatus.SUCCEEDED, balance.toSay(due()));
      return Outcome.of(new Decided(state.withRefund(found.payment().id(), part), null));
    }
    if (!balance.unexplained().isPositive()) {
      return Refused.invalid("/resolution", "not_allowed", "its bank took the money: is accept_loss").outcome();
    }
    Refund part = explained();
    return Outcome.of(new Decided(state.withRefund(found.payment().id(), part),
        adjustment(Adjustment.Kind.REFUND, part.amount(), true, List.of(part))));
  }

  /** All that was seen at the provider is meant. */
  private Refund explained() {
    return part(RefundReason.DONE_ELSEWHERE, RefundStatus.SUCCEEDED, found.payment().balance().toExplain());
  }

  private Outcome<Decided> acceptLoss() {
    if (found.hold().reason() != Hold.Reason.MONEY_TAKEN_BACK) {
      return Outcome.of(accepting(alerts()));
    }
    PaymentBalance balance = found.payment().balance();
    Decided lost = accepting(balance.lost().toList());
    if (!balance.unexplained().isPositive()) {
      return Outcome.of(lost);
    }
    Refund part = explained();
    Money all = part.amount().plus(lost.adjustment() == null
        ? Money.zero(part.amount().currency())
        : new Money(lost.adjustment().amount(), part.amount().currency()));
    return Outcome.of(new Decided(lost.state().withRefund(found.payment().id(), part),
        adjustment(Adjustment.Kind.DISPUTE, all, true, List.of(part))));
  }

  /** Those that the hold is about. */
  private List<Alert> alerts() {
    return found.payment().balance().openAlerts()
        .filter(it -> MoneyHolds.reason(it) == found.hold().reason()).toList();
  }

  private Decided accepting(List<Alert> alerts) {
    OrderState after = state;
    Money lost = Money.zero(found.payment().payment().currency());
    for (Alert alert : alerts) {
      Money amount = alert.amount() == null ? Money.zero(lost.currency()) : alert.amount();
      after = after.withRefund(found.payment().id(), new Refund(found.payment().balance().acceptance(alert),
          RefundReason.LOSS_ACCEPTED, RefundStatus.SUCCEEDED, amount, now));
      lost = lost.plus(amount);
    }
    return new Decided(after,
        lost.isPositive() ? adjustment(Adjustment.Kind.DISPUTE, lost, false, List.of()) : null);
  }

  private Outcome<Decided> refundAgain() {
    Refund part = part(RefundReason.REFUNDED_AGAIN, RefundStatus.REQUESTED, due());
    return Outcome.of(new Decided(state.withRefund(found.payment().id(), part), null));
  }

  /** What was refused is asked for once more, or what is needed by now if that is more, as far as it is still held. */
  private Outcome<Decided> captureAgain() {
    OrderPayment payment = found.payment();
    if (!payment.capturable().isPositive()) {
      return Refused.conflict("not_authorized", "nothing of it is authorised any more: name another payment").outcome();
    }
    Capture refused = payment.captures().refused().orElseThrow();
    Money amount = refused.amount().max(state.needed()).min(payment.capturable());
    var again = Capture.requested(CaptureId.of(payment.id(), id), amount, payment.capturable().minus(amount),
        refused.last() || amount.equals(payment.capturable()), refused.otherwise(), now);
    return Outcome.of(new Decided(state.withPayment(payment.with(again)), null));
  }

  /** What does not move, and must. */
  private Money due() {
    PaymentBalance balance = found.payment().balance();
    return found.payment().counts() ? balance.owed() : balance.notYetBack();
  }

  private Refund part(RefundReason reason, RefundStatus status, Money amount) {
    return new Refund(RefundId.of(found.payment().id(), id), reason, status, amount, now);
  }

  private Adjustment adjustment(Adjustment.Kind kind, Money amount, boolean doneElsewhere, List<Refund> refunds) {
    PaymentId payment = found.payment().id();
    return new Adjustment(kind, List.of(), 0, amount.minorUnits(), 0, found.hold().reason().text(), release.note(),
        doneElsewhere,
        refunds.stream().map(it -> new Part(payment, it.id(), it.amount().minorUnits())).toList());
  }
}
