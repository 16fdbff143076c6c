package waybill.orders;

import java.time.Instant;
import java.util.Optional;
import waybill.messages.Capture;
import waybill.messages.CaptureId;
import waybill.messages.Money;
import waybill.messages.WithoutMulticapture;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/**
 * What a person or a storefront captures of a payment that its provider holds, or releases of it.
 *
 * @param cause of which there is one capture: the command's id
 */
record Capturing(OrderState state, OrderPayment payment, String cause, Instant now) {

  /** What is asked for. @param amount null: all that is held. @param last whether the rest is released; null: if none is left */
  record CaptureForm(Long amount, Boolean last) {}

  Outcome<OrderState> capture(CaptureForm form) {
    Optional<Refused> refused = refusal();
    if (refused.isPresent()) {
      return refused.get().outcome();
    }
    long held = payment.capturable().minorUnits();
    long amount = form.amount == null ? held : form.amount;
    if (amount > held) {
      return Refused.invalid("/amount", "too_much", "at most %d can be captured of it".formatted(held))
          .about("maximum", held).outcome();
    }
    String currency = payment.payment().currency();
    long step = Placing.step(payment.payment().provider(), currency);
    if (amount % step != 0) {
      return Refused.invalid("/amount", "not_chargeable",
          "Stripe charges %s in steps of %d minor units only".formatted(currency, step)).outcome();
    }
    boolean last = form.last == null ? amount == held : form.last;
    var capture = Capture.requested(CaptureId.of(payment.id(), cause), new Money(amount, currency),
        new Money(last ? 0 : held - amount, currency), last, WithoutMulticapture.HOLD, now);
    return Outcome.of(state.withPayment(payment.with(capture)).unsent(now));
  }

  /** What was captured stays, and what is still held is released. */
  Outcome<OrderState> releaseRest() {
    return refusal().<Outcome<OrderState>>map(Refused::outcome).orElseGet(() -> Outcome.of(state
        .withPayment(new MoneyCaptures(state.money(), state.terms()).releasing(payment, cause, now)).unsent(now)));
  }

  /** Why nothing can be captured of it now. */
  private Optional<Refused> refusal() {
    if (state.isCancelled()) {
      return Optional.of(Refused.conflict("order_cancelled", "it is cancelled and takes no money"));
    }
    if (!payment.counts()) {
      return Optional.of(Refused.conflict("payment_voided", "it was voided before, or its money goes back"));
    }
    if (payment.captures().pending().findAny().isPresent()) {
      return Optional.of(Refused.conflict("capture_pending", "its provider has not answered the capture before"));
    }
    if (!payment.isHeld()) {
      boolean captured = payment.payment().captured().isPositive();
      return Optional.of(captured
          ? Refused.conflict("captured", "its money was captured before, and nothing more of it is held")
          : Refused.conflict("not_authorized", "nothing of it is authorised"));
    }
    if (state.money().isMismatched(state.terms(), state.phase())) {
      return Optional.of(Refused.conflict("payment_mismatch",
          "a payment is of another amount or currency than the order: release that hold first"));
    }
    return payment.captures().isFull()
        ? Optional.of(Refused.conflict("too_many_captures",
            "a payment is captured at most %d times".formatted(PaymentCaptures.MOST)))
        : Optional.empty();
  }
}
