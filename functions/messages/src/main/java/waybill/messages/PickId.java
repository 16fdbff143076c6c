package waybill.messages;

/** What a person did not find in a bin, named by their round of picking and the idempotency key of what they sent. */
public record PickId(String value) {
  private static final String PREFIX = "pck_";

  public PickId {
    IdText.requireDigest("PickId", value, PREFIX);
  }

  public static PickId of(String round, String key) {
    return new PickId(PREFIX + IdText.digest(round, key));
  }

  @Override
  public String toString() {
    return value;
  }
}
