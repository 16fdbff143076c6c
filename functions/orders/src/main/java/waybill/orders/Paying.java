package waybill.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundReason;
import waybill.orders.Capturing.CaptureForm;
import waybill.orders.OrderForm.NamedPayment;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;

/**
 * What a storefront or a person says about the payments of an order that stands.
 *
 * @param before what was done to it before
 * @param asked the command that says it
 */
record Paying(OrderContent content, OrderState state, List<OrderCommand> before, OrderCommand asked, Instant now) {
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
    OrderPayment added = OrderPayment.added(named, state.id(), state.terms().currency(), toPay(), now);
    Optional<OrderPayment> known = state.money().find(added.id()).filter(it -> it.expected() != null);
    if (known.isPresent()) {
      List<Violation> differences = isNamedSo(named) ? List.of() : differences(known.get(), named);
      return differences.isEmpty()
          ? Outcome.of(state)
          : new Refused(Refused.Kind.INVALID, "reference_reused", differences.getFirst().detail(), differences,
              Map.of())
              .outcome();
    }
    if (state.money().payments().size() >= MOST) {
      return Refused.conflict("too_many_payments", "an order has at most %d payments".formatted(MOST)).outcome();
    }
    return Outcome.of(state.withPayment(added).unsent(now));
  }

  private Duration toPay() {
    return Duration.ofMinutes(content.minutesToPay());
  }

  /** Whether it was named in these very words before, whatever has become of it since. */
  private boolean isNamedSo(NamedPayment named) {
    return content.form().payments().contains(named) || before.stream()
        .anyMatch(it -> it.kind() == OrderCommand.Kind.PAYMENT && it.content().equals(asked.content()));
  }

  private List<Violation> differences(OrderPayment known, NamedPayment named) {
    String method = content.form().payments().stream().filter(it -> it.id(content.id()).equals(known.id())).findFirst()
        .map(NamedPayment::method).orElse(known.method());
    var differences = new ArrayList<Violation>();
    if (known.expected().minorUnits() != named.amount()) {
      differences.add(reused("/amount", "it has another amount"));
    }
    if (named.method() != null && !named.method().equals(method)) {
      differences.add(reused("/method", "it has another method"));
    }
    if (named.dueAt() != null && !named.dueAt().equals(known.dueAt())) {
      differences.add(reused("/due_at", "it is waited for until another time"));
    }
    if (known.isExternal() && named.captured() != known.payment().captured().isPositive()) {
      differences.add(reused("/status", named.captured()
          ? "that it has come is said by its captures"
          : "it has come"));
    }
    return differences;
  }

  private static Violation reused(String pointer, String difference) {
    return new Violation(pointer, "reference_reused",
        "the order has a payment under this reference, and " + difference);
  }

  private List<Violation> check(NamedPayment named) {
    var errors = new ArrayList<Violation>();
    if (named.isWatched()
        && state.terms().paymentAccounts().stream().noneMatch(it -> it.is(named.provider(), named.account()))) {
      errors.add(new Violation("/account", "not_of_channel", "is none of the channel's payment accounts"));
    }
    if (named.isCredit() && content.form().credit().isEmpty()) {
      errors.add(new Violation("/provider", "guest", "a guest has no store credit"));
    }
    long step = Placing.step(named.provider(), state.terms().currency());
    if (named.amount() % step != 0) {
      errors.add(new Violation("/amount", "not_chargeable",
          "Stripe charges %s in steps of %d minor units only".formatted(state.terms().currency(), step)));
    }
    return errors;
  }

  /** External money has come, or what a provider holds is to be captured. */
  Outcome<OrderState> capture(PaymentId id, CaptureForm form) {
    Optional<OrderPayment> found = state.money().find(id);
    if (found.isEmpty()) {
      return Refused.absent("payment").outcome();
    }
    return found.get().isExternal()
        ? received(found.get(), form)
        : new Capturing(state, found.get(), asked.id(), now).capture(form);
  }

  private Outcome<OrderState> received(OrderPayment payment, CaptureForm form) {
    Long amount = form.amount();
    if (form.last() != null) {
      return Refused.invalid("/final", "not_allowed", "is for what a provider has authorised").outcome();
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
    if (found.get().isHeld() && payment.captured().isPositive()) {
      return new Capturing(state, found.get(), asked.id(), now).releaseRest();
    }
    if (payment.captured().isPositive()) {
      return Refused.conflict("captured", "its money was captured: refund it").outcome();
    }
    Instant until = now.plus(toPay());
    if (found.get().isExternal()) {
      OrderState cancelled = state.withPayment(OrderPayment.of(moved(payment, PaymentStatus.CANCELLED,
          payment.captured())));
      return Outcome.of(cancelled.withMoney(cancelled.money().dueBy(id, until)).unsent(now));
    }
    Refund back = Refund.requested(id, RefundReason.PAYMENT_VOIDED, now);
    return Outcome.of(state.withMoney(state.money().voided(found.get(), back, until)).unsent(now));
  }

  private Payment moved(Payment payment, PaymentStatus status, Money captured) {
    return new Payment(payment.id(), payment.provider(), payment.account(), payment.reference(), status, captured,
        captured, now);
  }
}
