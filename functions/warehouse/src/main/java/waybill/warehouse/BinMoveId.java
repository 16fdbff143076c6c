package waybill.warehouse;

import waybill.messages.IdText;

/** A move of units into a bin, out of one, or from one to another. */
public record BinMoveId(String value) {
  private static final String PREFIX = "mov_";

  public BinMoveId {
    IdText.requireDigest("BinMoveId", value, PREFIX);
  }

  /** @param parts what the move follows from, for example a request's Idempotency-Key: the same parts are the same move */
  public static BinMoveId of(String... parts) {
    return new BinMoveId(PREFIX + IdText.digest(parts));
  }

  @Override
  public String toString() {
    return value;
  }
}
