package waybill.messages;

/** Something that delays parcels of a region or a carrier, derived from the key that its request may be repeated with. */
public record DisruptionId(String value) implements Comparable<DisruptionId> {
  private static final String PREFIX = "dis_";

  public DisruptionId {
    IdText.requireDigest("DisruptionId", value, PREFIX);
  }

  public static DisruptionId of(String idempotencyKey) {
    return new DisruptionId(PREFIX + IdText.digest(idempotencyKey));
  }

  @Override
  public int compareTo(DisruptionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
