package waybill.messages;

/**
 * What is known of a payment, without anything personal.
 *
 * @param account the merchant's account at the provider; empty where the provider has none
 * @param reference what the provider calls it; Stripe's PaymentIntent
 * @param authorized the most that was ever authorised, in minor units of the currency
 * @param captured the most that was ever captured, in minor units of the currency
 */
public record Payment(PaymentId id, String provider, String account, String reference, PaymentStatus status, String currency, long authorized, long captured) {

  /** This payment after news of it that may be late, doubled or out of order: each part only ever moves forward. */
  public Payment join(Payment news) {
    String known = currency == null ? news.currency : currency;
    return new Payment(id, provider, account, reference, status.join(news.status), known, Math.max(authorized, news.authorized), Math.max(captured, news.captured));
  }
}
