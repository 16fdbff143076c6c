package waybill.messages;

/** A change of stock by hand, derived from the key that its request may be repeated with. */
public record AdjustmentId(String value) implements Comparable<AdjustmentId> {
  private static final String PREFIX = "adj_";

  public AdjustmentId {
    Text.require("AdjustmentId", value, PREFIX + Text.DIGEST);
  }

  /** @param idempotencyKey the request's Idempotency-Key */
  public static AdjustmentId of(String idempotencyKey) {
    return new AdjustmentId(PREFIX + Text.digest(idempotencyKey));
  }

  @Override
  public int compareTo(AdjustmentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
