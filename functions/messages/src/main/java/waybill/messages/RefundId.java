package waybill.messages;

/**
 * A refund of a payment. A payment is refunded whole and once, so the id of that refund is derived from the payment; a refund of a part of
 * it is derived from its cause too, which is what a person granted, or what the provider calls a refund made elsewhere.
 */
public record RefundId(String value) implements Comparable<RefundId> {
  private static final String PREFIX = "ref_";

  public RefundId {
    IdText.requireDigest("RefundId", value, PREFIX);
  }

  public static RefundId of(PaymentId payment) {
    return new RefundId(PREFIX + payment.digest());
  }

  /** @param cause of which there is one refund of this payment */
  public static RefundId of(PaymentId payment, String cause) {
    return new RefundId(PREFIX + IdText.digest(payment.value(), cause));
  }

  @Override
  public int compareTo(RefundId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
