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
    Money kept = kept(counted, total.currency());
    if (isPaid(counted, total) && (kept.isPositive() || captured.isZero())) {
      return PAID;
    }
    if (captured.isPositive() && !kept.isPositive()) {
      return counted.stream().allMatch(it -> it.balance().isPartSettled()) ? REFUNDED : REFUND_PENDING;
    }
    Money held = authorized(counted, total.currency()).minus(captured);
    if (held.isPositive() && kept.plus(held).compareTo(owed(counted, total)) >= 0) {
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

  /** Whether what is kept is all that is owed, which is the total without what was granted back. */
  static boolean isPaid(List<OrderPayment> counted, Money total) {
    return kept(counted, total.currency()).compareTo(owed(counted, total)) >= 0;
  }

  static Money owed(List<OrderPayment> counted, Money total) {
    Money granted = counted.stream().filter(it -> it.payment().currency().equals(total.currency()))
        .map(it -> it.balance().granted()).reduce(Money.zero(total.currency()), Money::plus);
    return total.minus(granted).max(Money.zero(total.currency()));
  }

  static Money kept(List<OrderPayment> counted, String currency) {
    return counted.stream().filter(it -> it.payment().currency().equals(currency)).map(it -> it.balance().kept())
        .reduce(Money.zero(currency), Money::plus);
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

  /** What may follow: money that was captured stays, or goes back; what a bank refuses to move is there again. */
  Set<PaymentProgress> next() {
    return switch (this) {
      case PENDING -> Set.of(PROCESSING, FAILED, CANCELLED, AUTHORIZED, PARTIALLY_PAID, PAID, REFUND_PENDING, REFUNDED);
      case PROCESSING -> Set.of(PENDING, FAILED, CANCELLED, AUTHORIZED, PARTIALLY_PAID, PAID, REFUND_PENDING, REFUNDED);
      case FAILED -> Set.of(PENDING, PROCESSING, CANCELLED, AUTHORIZED, PARTIALLY_PAID, PAID, REFUND_PENDING, REFUNDED);
      case CANCELLED -> Set.of(PENDING, PROCESSING, FAILED, AUTHORIZED, PARTIALLY_PAID, PAID, REFUND_PENDING, REFUNDED);
      case AUTHORIZED -> Set.of(PENDING, PROCESSING, FAILED, CANCELLED, PARTIALLY_PAID, PAID, REFUND_PENDING, REFUNDED);
      case PARTIALLY_PAID -> Set.of(AUTHORIZED, PAID, REFUND_PENDING, REFUNDED);
      case PAID -> Set.of(PARTIALLY_PAID, REFUND_PENDING, REFUNDED);
      case REFUND_PENDING -> Set.of(AUTHORIZED, PARTIALLY_PAID, PAID, REFUNDED);
      case REFUNDED -> Set.of(AUTHORIZED, PARTIALLY_PAID, PAID, REFUND_PENDING);
    };
  }
}
