package waybill.messages;

/** The refund of a payment. A payment is refunded whole and once, so the id of its refund is derived from it. */
public record RefundId(String value) {
  private static final String PREFIX = "ref_";

  public RefundId {
    IdText.require("RefundId", value, PREFIX + IdText.DIGEST);
  }

  public static RefundId of(PaymentId payment) {
    return new RefundId(PREFIX + payment.digest());
  }

  @Override
  public String toString() {
    return value;
  }
}
