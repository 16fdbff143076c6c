package waybill.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.BinaryOperator;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundStatus;

/**
 * A payment as its order knows it.
 *
 * @param expected what the order said it would be; null if the order does not name it
 * @param refund its way back; null while its money is wanted
 * @param lookedUpAt when its provider was last asked how it stands; null if it was not
 * @param overdue what a person must know, because it has taken too long; null if nothing has
 */
record OrderPayment(Payment payment, Money expected, Refund refund, Instant lookedUpAt, Overdue overdue) {
  /** For how long money is held if the provider does not say: cards that are not present are held seven days. */
  private static final Duration USUAL_HOLD = Duration.ofDays(7);
  private static final BinaryOperator<Instant> LATEST = BinaryOperator
      .maxBy(Comparator.nullsFirst(Comparator.naturalOrder()));

  /** What has taken too long. */
  enum Overdue {
    /** What is authorised expires within a day and is not captured. */
    CAPTURE,
    /** The provider has been moving a refund for longer than banks take. */
    REFUND
  }

  static OrderPayment of(Payment news) {
    return new OrderPayment(news, null, null, null, null);
  }

  static OrderPayment refunded(Payment news, Refund refund) {
    return new OrderPayment(news, null, refund, null, null);
  }

  static OrderPayment lookedUp(Payment news, Instant at) {
    return new OrderPayment(news, null, null, at, null);
  }

  /** A payment that the order names, as it is when the order is placed. */
  static OrderPayment named(OrderForm.NamedPayment named, OrderContent content) {
    String currency = content.form().currency();
    return new OrderPayment(named.asPayment(content.id(), currency, content.acceptedAt()),
        new Money(named.amount(), currency),
        null, null, null);
  }

  PaymentId id() {
    return payment.id();
  }

  OrderPayment join(OrderPayment other) {
    return new OrderPayment(payment.join(other.payment), expected == null ? other.expected : expected,
        Refund.join(refund, other.refund), LATEST.apply(lookedUpAt, other.lookedUpAt),
        overdue == null ? other.overdue : overdue);
  }

  OrderPayment returned(Refund requested) {
    return new OrderPayment(payment, expected, Refund.join(refund, requested), lookedUpAt, overdue);
  }

  OrderPayment overdue(Overdue what) {
    return new OrderPayment(payment, expected, refund, lookedUpAt, what);
  }

  /** Whether its money is the order's: what is on its way back no longer is. */
  boolean counts() {
    return refund == null;
  }

  /** Whether the storefront took the money itself, and so must give it back itself. */
  boolean isExternal() {
    return payment.account().isEmpty();
  }

  /** Whether money is there, taken or held. */
  boolean hasMoney() {
    return payment.captured().isPositive() || payment.status() == PaymentStatus.AUTHORIZED;
  }

  /** What is there: taken, or else held. */
  Money amount() {
    return payment.captured().isPositive() ? payment.captured() : payment.authorized();
  }

  /** What of it was refunded, or is being refunded. */
  Money refunded() {
    return refund != null && (refund.status() == RefundStatus.PENDING || refund.status() == RefundStatus.SUCCEEDED)
        ? refund.amount()
        : Money.zero(payment.currency());
  }

  /** Whether its money has not come back yet, and its provider is to be asked for it, or how far it is. */
  boolean awaitsRefund() {
    return refund != null && !isExternal() && !isSettled() && refund.status() != RefundStatus.FAILED;
  }

  /** Whether its refund must be requested: nobody has answered, or money has come after it was voided. */
  boolean needsRefund() {
    return awaitsRefund() && refund.status() != RefundStatus.PENDING;
  }

  /** Whether its money is only held. */
  boolean isOnlyAuthorized() {
    return payment.captured().isZero() && payment.status() == PaymentStatus.AUTHORIZED;
  }

  /** Whether its money is back, as far as there was any: what came after it was voided is not. */
  boolean isSettled() {
    return refund != null
        && (refund.status() == RefundStatus.SUCCEEDED || refund.status() == RefundStatus.VOIDED && !hasMoney());
  }

  /** Whether its customer has paid by a method that takes days. */
  boolean isProcessing() {
    return payment.status() == PaymentStatus.PROCESSING;
  }

  /** Whether its provider can know more of it than we have heard. */
  boolean isWatched() {
    return !isExternal() && counts() && payment.status().compareTo(PaymentStatus.CANCELLED) < 0;
  }

  /** Whether its provider has said how it stands since then, and since it was last heard of. */
  boolean isAnswered(Instant since) {
    boolean asked = lookedUpAt != null && !lookedUpAt.isBefore(since);
    return asked && (payment.updatedAt() == null || !lookedUpAt.isBefore(payment.updatedAt()));
  }

  /** Until when what is authorised can be captured. @param placedBy what counts if it was never heard of */
  Instant captureBefore(Instant placedBy) {
    if (payment.captureBefore() != null) {
      return payment.captureBefore();
    }
    return (payment.updatedAt() == null ? placedBy : payment.updatedAt()).plus(USUAL_HOLD);
  }
}
