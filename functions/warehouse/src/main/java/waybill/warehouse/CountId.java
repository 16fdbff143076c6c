package waybill.warehouse;

import waybill.messages.IdText;

/** A count of a bin. */
public record CountId(String value) {
  private static final String PREFIX = "cnt_";

  public CountId {
    IdText.requireDigest("CountId", value, PREFIX);
  }

  /** @param parts what asks for it: the same parts ask for the same count */
  public static CountId of(String... parts) {
    return new CountId(PREFIX + IdText.digest(parts));
  }

  @Override
  public String toString() {
    return value;
  }
}
