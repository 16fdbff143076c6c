package waybill.orders;

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
 */
record OrderPayment(Payment payment, Money expected, Refund refund) {

  static OrderPayment of(Payment news) {
    return new OrderPayment(news, null, null);
  }

  /** A payment that the order names, as it is when the order is placed. */
  static OrderPayment named(OrderForm.NamedPayment named, OrderContent content) {
    String currency = content.form().currency();
    return new OrderPayment(named.asPayment(content.id(), currency, content.acceptedAt()),
        new Money(named.amount(), currency),
        null);
  }

  PaymentId id() {
    return payment.id();
  }

  OrderPayment join(OrderPayment other) {
    return new OrderPayment(payment.join(other.payment), expected == null ? other.expected : expected,
        Refund.join(refund, other.refund));
  }

  OrderPayment returned(Refund requested) {
    return new OrderPayment(payment, expected, Refund.join(refund, requested));
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

  /** Whether its refund was not answered yet, or money has come after it was voided. */
  boolean awaitsRefund() {
    return refund != null && !isExternal() && (refund.status() == RefundStatus.REQUESTED
        || refund.status() == RefundStatus.VOIDED && payment.captured().isPositive());
  }

  /** Whether its money is only held. */
  boolean isOnlyAuthorized() {
    return payment.captured().isZero() && payment.status() == PaymentStatus.AUTHORIZED;
  }

  /** Whether its money is back, as far as there was any. */
  boolean isSettled() {
    return refund != null && (refund.status() == RefundStatus.SUCCEEDED || refund.status() == RefundStatus.VOIDED);
  }
}
