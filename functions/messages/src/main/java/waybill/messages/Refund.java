package waybill.messages;

import java.time.Instant;
import java.util.Comparator;

/**
 * A refund of a payment: all of it that was captured, or the part that somebody chose; a payment that was only authorised is voided.
 *
 * @param amount how much is refunded, in the payment's currency; null until that is known, and if nothing was captured
 * @param updatedAt since when it has this status
 */
public record Refund(RefundId id, RefundReason reason, RefundStatus status, Money amount, Instant updatedAt) {
  private static final Comparator<Refund> BY_PROGRESS = Comparator.comparing(Refund::status)
      .thenComparing(Refund::amount, Comparator.nullsFirst(Comparator.naturalOrder()))
      .thenComparing(Refund::updatedAt, Comparator.reverseOrder());

  /** A refund that was decided just now. */
  public static Refund requested(PaymentId payment, RefundReason reason, Instant now) {
    return new Refund(RefundId.of(payment), reason, RefundStatus.REQUESTED, null, now);
  }

  /** Whether money moves, or has moved. */
  public boolean moves() {
    return status == RefundStatus.PENDING || status == RefundStatus.SUCCEEDED;
  }

  /**
   * The further of two, either of which may be null, with the reason of the first. Of two that are as far the earlier counts: news
   * that only repeat a status do not make it younger.
   */
  public static Refund join(Refund one, Refund other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    Refund further = BY_PROGRESS.compare(other, one) > 0 ? other : one;
    return new Refund(one.id, one.reason, further.status, further.amount, further.updatedAt);
  }
}
