package waybill.messages;

import java.time.Instant;
import java.util.Comparator;
import java.util.function.BinaryOperator;

/**
 * What is known of a payment, without anything personal.
 *
 * @param account the merchant's account at the provider; empty where the provider has none
 * @param reference what the provider calls it; Stripe's PaymentIntent
 * @param authorized the most that was ever authorised, in minor units of the currency
 * @param captured the most that was ever captured, in minor units of the currency
 * @param updatedAt the latest that was heard of it: the time of its provider's event, or when its order was placed; null
 *     before both
 */
public record Payment(PaymentId id, String provider, String account, String reference, PaymentStatus status,
    String currency, long authorized, long captured, Instant updatedAt) {
  private static final BinaryOperator<Instant> LATEST = BinaryOperator
      .maxBy(Comparator.nullsFirst(Comparator.naturalOrder()));
  /** A shop may change a payment's currency until its customer pays: the furthest status tells the one that counts. */
  private static final Comparator<Payment> BY_PROGRESS = Comparator.comparing(Payment::status)
      .thenComparing(Payment::currency, Comparator.nullsFirst(Comparator.naturalOrder()));

  /** This payment after news of it that may be late, doubled or out of order: each part only ever moves forward. */
  public Payment join(Payment news) {
    Payment furthest = BY_PROGRESS.compare(news, this) > 0 ? news : this;
    return new Payment(id, provider, account, reference, furthest.status, furthest.currency,
        Math.max(authorized, news.authorized), Math.max(captured, news.captured),
        LATEST.apply(updatedAt, news.updatedAt));
  }
}
