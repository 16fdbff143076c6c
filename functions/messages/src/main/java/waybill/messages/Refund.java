package waybill.messages;

import java.time.Instant;
import java.util.Comparator;

/**
 * A payment on its way back: all of it that was captured; what was only authorised is let go.
 *
 * @param amount how much goes back, in the payment's currency; null until that is known, and if nothing was captured
 * @param updatedAt when it came to this status
 */
public record Refund(RefundId id, RefundReason reason, RefundStatus status, Money amount, Instant updatedAt) {
  private static final Comparator<Refund> BY_PROGRESS = Comparator.comparing(Refund::status)
      
      .thenComparing(Refund::amount, Comparator.nullsFirst(Comparator.naturalOrder())).thenComparing(Refund::updatedAt);

  /** The refund that somebody has just decided on. */
  public static Refund requested(PaymentId payment, RefundReason reason, Instant now) {
    return new Refund(RefundId.of(payment), reason, RefundStatus.REQUESTED, null, now);
  }

  /** The further of two, either of which may be null; the reason that was given first stays. */
  public static Refund join(Refund one, Refund other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    Refund further = BY_PROGRESS.compare(other, one) > 0 ? other : one;
    return new Refund(one.id, one.reason, further.status, further.amount, further.updatedAt);
  }
}
