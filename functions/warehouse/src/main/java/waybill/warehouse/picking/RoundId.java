package waybill.warehouse.picking;

import waybill.messages.IdText;
import waybill.messages.LocationId;

/** The n-th round of a wave. It names its wave. */
public record RoundId(String value) {
  private static final String PREFIX = "wrk_";

  public RoundId {
    IdText.requireDigest("RoundId", value, PREFIX, 4);
  }

  /** @param key the idempotency key of the request that releases the wave */
  static RoundId of(LocationId location, String key, int number) {
    return new RoundId(PREFIX + IdText.digest("wave", location.value(), key) + "_" + number);
  }

  /** What the rounds of one request have in common. */
  String wave() {
    return value.substring(0, value.lastIndexOf('_'));
  }

  int number() {
    return Integer.parseInt(value.substring(value.lastIndexOf('_') + 1));
  }

  @Override
  public String toString() {
    return value;
  }
}
