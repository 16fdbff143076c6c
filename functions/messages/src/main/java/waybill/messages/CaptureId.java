package waybill.messages;

/** A capture of what a payment holds, derived from the payment and from its cause: of one cause there is one capture of a payment. */
public record CaptureId(String value) implements Comparable<CaptureId> {
  private static final String PREFIX = "cap_";

  public CaptureId {
    IdText.requireDigest("CaptureId", value, PREFIX);
  }

  /** @param cause of which there is one capture of this payment: a fulfillment that leaves, or a person's request */
  public static CaptureId of(PaymentId payment, String cause) {
    return new CaptureId(PREFIX + IdText.digest(payment.value(), cause));
  }

  @Override
  public int compareTo(CaptureId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
