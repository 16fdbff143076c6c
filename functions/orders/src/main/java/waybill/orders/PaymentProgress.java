package waybill.orders;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.PaymentStatus;

/** Whether an order's money is there, over all of its payments. */
public enum PaymentProgress {
  PENDING,
  /** The customer has paid by a method that takes days. */
  PROCESSING, FAILED, CANCELLED, AUTHORIZED, PARTIALLY_PAID, PAID,
  /** All money that was taken goes back; some of it has not arrived, or needs a person. */
  REFUND_PENDING,
  /** All money that was taken is back. */
  REFUNDED;

  /**
   * What the payments amount to. What is refunded does not count.
   *
   * @param total what is owed; nothing owed is paid
   */
  static PaymentProgress of(List<OrderPayment> payments, Money total) {
    List<OrderPayment> counted = payments.stream().filter(OrderPayment::counts).toList();
    Money captured = captured(counted, total.currency());
    if (captured.compareTo(total) >= 0) {
      return PAID;
    }
    if (authorized(counted, total.currency()).compareTo(total) >= 0) {
      return AUTHORIZED;
    }
    if (captured.isPositive()) {
      return PARTIALLY_PAID;
    }
    List<OrderPayment> returned = payments.stream()
        .filter(it -> !it.counts() && it.payment().captured().isPositive()).toList();
    if (!returned.isEmpty()) {
      return returned.stream().allMatch(OrderPayment::isSettled) ? REFUNDED : REFUND_PENDING;
    }
    return payments.isEmpty() ? PENDING : withoutMoney(payments);
  }

  /** The money that was taken. Only what is in the order's currency counts. */
  static Money captured(List<OrderPayment> payments, String currency) {
    return sum(payments, currency, Payment::captured);
  }

  /** The money that was taken or can be: a capture releases the rest that was authorised, a cancelled payment all of it. */
  static Money authorized(List<OrderPayment> payments, String currency) {
    return sum(payments, currency,
        it -> it.status() == PaymentStatus.AUTHORIZED ? it.authorized().max(it.captured()) : it.captured());
  }

  private static Money sum(List<OrderPayment> payments, String currency, Function<Payment, Money> amount) {
    return payments.stream().map(OrderPayment::payment).filter(it -> currency.equals(it.currency())).map(amount)
        .reduce(Money.zero(currency), Money::plus);
  }

  private static PaymentProgress withoutMoney(List<OrderPayment> payments) {
    List<PaymentStatus> statuses = payments.stream().map(it -> it.payment().status()).toList();
    if (statuses.stream().allMatch(PaymentStatus.CANCELLED::equals)) {
      return CANCELLED;
    }
    if (payments.stream().anyMatch(it -> it.counts() && it.isProcessing())) {
      return PROCESSING;
    }
    return statuses.contains(PaymentStatus.FAILED) ? FAILED : PENDING;
  }

  /** Whether the order still waits for money: what is held can be taken, and so is there. */
  boolean isAwaited() {
    return this != PAID && this != AUTHORIZED;
  }

  /** What may follow: money that was captured stays or goes back whole. */
  Set<PaymentProgress> next() {
    return switch (this) {
      case PENDING -> Set.of(PROCESSING, FAILED, CANCELLED, AUTHORIZED, PARTIALLY_PAID, PAID, REFUND_PENDING, REFUNDED);
      case PROCESSING -> Set.of(PENDING, FAILED, CANCELLED, AUTHORIZED, PARTIALLY_PAID, PAID, REFUND_PENDING, REFUNDED);
      case FAILED -> Set.of(PENDING, PROCESSING, CANCELLED, AUTHORIZED, PARTIALLY_PAID, PAID, REFUND_PENDING, REFUNDED);
      case CANCELLED -> Set.of(PENDING, PROCESSING, FAILED, AUTHORIZED, PARTIALLY_PAID, PAID, REFUND_PENDING, REFUNDED);
      case AUTHORIZED -> Set.of(PENDING, PROCESSING, FAILED, CANCELLED, PARTIALLY_PAID, PAID, REFUND_PENDING, REFUNDED);
      case PARTIALLY_PAID -> Set.of(AUTHORIZED, PAID, REFUND_PENDING, REFUNDED);
      case PAID -> Set.of(REFUND_PENDING, REFUNDED);
      case REFUND_PENDING -> Set.of(AUTHORIZED, PARTIALLY_PAID, PAID, REFUNDED);
      case REFUNDED -> Set.of(AUTHORIZED, PARTIALLY_PAID, PAID, REFUND_PENDING);
    };
  }
}
