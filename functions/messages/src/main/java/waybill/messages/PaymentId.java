package waybill.messages;

/** A payment, derived from where it was made, so that the order and the provider's events meet at the same item. */
public record PaymentId(String value) implements Comparable<PaymentId> {
  private static final String PREFIX = "pay_";

  public PaymentId {
    IdText.requireDigest("PaymentId", value, PREFIX);
  }

  /** @param account the merchant's account at the provider; empty if the provider has none */
  public static PaymentId of(String provider, String account, String reference) {
    return new PaymentId(PREFIX + IdText.digest(provider, account, reference));
  }

  String digest() {
    return value.substring(PREFIX.length());
  }

  @Override
  public int compareTo(PaymentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
