package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.catalog.Channel.PaymentAccount;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundReason;
import waybill.orders.OrderForm.NamedPayment;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;

/** What a storefront or a person says about the payments of an order that stands. */
record Paying(OrderState state, Instant now) {
  private static final int MOST = 20;

  /** One more payment; the same one again changes nothing, and under its reference there is no other. */
  Outcome<OrderState> add(NamedPayment named) {
    if (state.isCancelled()) {
      return Refused.conflict("order_cancelled", "it is cancelled and takes no money").outcome();
    }
    List<Violation> errors = check(named);
    if (!errors.isEmpty()) {
      return Refused.invalid(errors).outcome();
    }
    OrderPayment added = OrderPayment.added(named, state.id(), state.terms().currency(), now);
    Optional<OrderPayment> known = state.money().find(added.id()).filter(it -> it.expected() != null);
    if (known.isPresent()) {
      return known.get().expected().equals(added.expected())
          ? Outcome.of(state)
          : Refused.of(Refused.Kind.INVALID, "reference_reused",
              "the order has a payment of another amount under this reference").outcome();
    }
    if (state.money().payments().size() >= MOST) {
      return Refused.conflict("too_many_payments", "an order has at most %d payments".formatted(MOST)).outcome();
    }
    return Outcome.of(state.withPayment(added).unsent(now));
  }

  private List<Violation> check(NamedPayment named) {
    var errors = new ArrayList<Violation>();
    if (named.isWatched()
        && !state.terms().paymentAccounts().contains(new PaymentAccount(named.provider(), named.account()))) {
      errors.add(new Violation("/account", "not_of_channel", "is none of the channel's payment accounts"));
    }
    long step = Placing.step(named, state.terms().currency());
    if (named.amount() % step != 0) {
      errors.add(new Violation("/amount", "not_chargeable",
          "Stripe charges %s in steps of %d minor units only".formatted(state.terms().currency(), step)));
    }
    return errors;
  }

  /** External money has come. @param amount null: all that is missing of it */
  Outcome<OrderState> capture(PaymentId id, Long amount) {
    Optional<OrderPayment> found = state.money().find(id);
    if (found.isEmpty()) {
      return Refused.absent("payment").outcome();
    }
    OrderPayment payment = found.get();
    if (!payment.isExternal()) {
      return Refused.conflict("captured_at_provider", "its provider reports captures itself: capture it there")
          .outcome();
    }
    if (payment.payment().status() == PaymentStatus.CANCELLED) {
      return Refused.conflict("payment_voided", "it was voided before").outcome();
    }
    long left = payment.expected().minus(payment.payment().captured()).minorUnits();
    long captured = amount == null ? left : amount;
    if (captured > left || captured == 0) {
      return Refused.invalid("/amount", "too_much", "of %d at most %d can still be captured"
          .formatted(payment.expected().minorUnits(), left)).about("maximum", left).outcome();
    }
    var sum = new Money(payment.payment().captured().minorUnits() + captured, payment.payment().currency());
    return Outcome.of(state.withPayment(OrderPayment.of(moved(payment.payment(), PaymentStatus.CAPTURED, sum)))
        .unsent(now));
  }

  /** Nobody waits for it any more. What a provider holds of it is released; if it was captured meanwhile, it is refunded. */
  Outcome<OrderState> release(PaymentId id) {
    Optional<OrderPayment> found = state.money().find(id);
    if (found.isEmpty()) {
      return Refused.absent("payment").outcome();
    }
    Payment payment = found.get().payment();
    if (payment.captured().isPositive()) {
      return Refused.conflict("captured", "its money was captured: refund it").outcome();
    }
    return Outcome.of((found.get().isExternal()
        ? state.withPayment(OrderPayment.of(moved(payment, PaymentStatus.CANCELLED, payment.captured())))
        : state.withPayment(OrderPayment.refunded(payment,
            Refund.requested(id, RefundReason.PAYMENT_VOIDED, now))))
        .unsent(now));
  }

  private Payment moved(Payment payment, PaymentStatus status, Money captured) {
    return new Payment(payment.id(), payment.provider(), payment.account(), payment.reference(), status, captured,
        captured, now);
  }
}
