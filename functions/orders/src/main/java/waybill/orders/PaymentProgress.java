package waybill.orders;

import java.util.List;
import java.util.Set;
import waybill.messages.Payment;
import waybill.messages.PaymentStatus;

/** Whether an order's money is there, over all of its payments. */
public enum PaymentProgress {
  PENDING, FAILED, CANCELLED, AUTHORIZED, PARTIALLY_PAID, PAID;

  /**
   * What the payments amount to.
   *
   * @param total what is owed, in minor units; nothing owed is paid
   */
  static PaymentProgress of(List<Payment> payments, String currency, long total) {
    long captured = captured(payments, currency);
    if (captured >= total) {
      return PAID;
    }
    if (authorized(payments, currency) >= total) {
      return AUTHORIZED;
    }
    if (captured > 0) {
      return PARTIALLY_PAID;
    }
    return payments.isEmpty() ? PENDING : withoutMoney(payments);
  }

  /** The money that was taken, in minor units. Only what is in the order's currency counts. */
  static long captured(List<Payment> payments, String currency) {
    return payments.stream().filter(it -> currency.equals(it.currency())).mapToLong(Payment::captured).sum();
  }

  /** The money that was taken or can be: a capture lets go of the rest that was authorised, a cancelled payment of all. */
  static long authorized(List<Payment> payments, String currency) {
    return payments.stream().filter(it -> currency.equals(it.currency()))
        .mapToLong(
            it -> it.status() == PaymentStatus.AUTHORIZED ? Math.max(it.authorized(), it.captured()) : it.captured())
        .sum();
  }

  private static PaymentProgress withoutMoney(List<Payment> payments) {
    if (payments.stream().allMatch(it -> it.status() == PaymentStatus.CANCELLED)) {
      return CANCELLED;
    }
    return payments.stream().anyMatch(it -> it.status() == PaymentStatus.FAILED) ? FAILED : PENDING;
  }

  /** What may follow: money that was captured stays, and what was paid in full stays so. */
  Set<PaymentProgress> next() {
    return switch (this) {
      case PENDING -> Set.of(FAILED, CANCELLED, AUTHORIZED, PARTIALLY_PAID, PAID);
      case FAILED -> Set.of(PENDING, CANCELLED, AUTHORIZED, PARTIALLY_PAID, PAID);
      case CANCELLED -> Set.of(PENDING, FAILED, AUTHORIZED, PARTIALLY_PAID, PAID);
      case AUTHORIZED -> Set.of(PENDING, FAILED, CANCELLED, PARTIALLY_PAID, PAID);
      case PARTIALLY_PAID -> Set.of(AUTHORIZED, PAID);
      case PAID -> Set.of();
    };
  }
}
