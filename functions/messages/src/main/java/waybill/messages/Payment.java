package waybill.messages;

import java.time.Instant;
import java.util.Comparator;
import java.util.function.BinaryOperator;

/**
 * What is known of a payment, without anything personal.
 *
 * @param account the merchant's account at the provider; empty if the provider has none
 * @param reference what the provider calls it; Stripe's PaymentIntent
 * @param authorized the most that was ever authorised
 * @param captured the most that was ever captured, in the same currency
 * @param triedAt when its latest attempt was reported, that is processing or has failed; null if none was
 * @param captureBefore until when what is authorised can be captured; null if that is not known
 * @param updatedAt the latest that is known of it: the time of its provider's event, or when its order was placed; null
 *     before both
 */
public record Payment(PaymentId id, String provider, String account, String reference, PaymentStatus status,
    Money authorized, Money captured, Instant triedAt, Instant captureBefore, Instant updatedAt) {
  private static final Comparator<Instant> EARLIER = Comparator.nullsFirst(Comparator.naturalOrder());
  private static final BinaryOperator<Instant> LATEST = BinaryOperator.maxBy(EARLIER);
  private static final Comparator<Payment> BY_PROGRESS = Comparator.comparing(Payment::stage)
      .thenComparing(it -> it.status.isAttempt() ? it.triedAt : null, EARLIER).thenComparing(Payment::status)
      .thenComparing(Payment::currency);

  public Payment {
    if (!authorized.currency().equals(captured.currency())) {
      throw new Money.OtherCurrency(authorized, captured);
    }
    triedAt = status.isAttempt() ? triedAt : null;
  }

  /** A payment as one piece of news has it. */
  public Payment(PaymentId id, String provider, String account, String reference, PaymentStatus status,
      Money authorized, Money captured, Instant updatedAt) {
    this(id, provider, account, reference, status, authorized, captured, status.isAttempt() ? updatedAt : null, null,
        updatedAt);
  }

  public Payment withCaptureBefore(Instant until) {
    return new Payment(id, provider, account, reference, status, authorized, captured, triedAt, until, updatedAt);
  }

  /** All attempts are one stage, in which the latest counts. */
  private PaymentStatus stage() {
    return status.isAttempt() ? PaymentStatus.FAILED : status;
  }

  /** A payment without money yet. @param updatedAt null if all that is known is that an order expects it */
  public static Payment pending(PaymentId id, String provider, String account, String reference, String currency,
      Instant updatedAt) {
    return new Payment(id, provider, account, reference, PaymentStatus.PENDING, Money.zero(currency),
        Money.zero(currency), updatedAt);
  }

  public String currency() {
    return captured.currency();
  }

  /** What of it is held and can still be captured. */
  public Money capturable() {
    Money none = Money.zero(currency());
    return status == PaymentStatus.AUTHORIZED ? authorized.minus(captured).max(none) : none;
  }

  /** This payment after news of it, which may be late, doubled or out of order: each part only ever moves forward. */
  public Payment join(Payment news) {
    Payment furthest = BY_PROGRESS.compare(news, this) > 0 ? news : this;
    return new Payment(id, provider, account, reference, furthest.status,
        furthest.most(authorized, news.authorized), furthest.most(captured, news.captured),
        LATEST.apply(triedAt, news.triedAt), LATEST.apply(captureBefore, news.captureBefore),
        LATEST.apply(updatedAt, news.updatedAt));
  }

  /**
   * The greater of two amounts, in this payment's currency. A shop may change the currency of a payment until its customer
   * pays, so an amount in another currency is zero.
   */
  private Money most(Money one, Money other) {
    return new Money(Math.max(one.minorUnits(), other.minorUnits()), currency());
  }
}
