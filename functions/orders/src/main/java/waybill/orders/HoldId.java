package waybill.orders;

import waybill.messages.IdText;

/** A hold on an order, derived from what it is about, so that the same trouble is the same hold whenever it is looked at. */
record HoldId(String value) {
  private static final String PREFIX = "hold_";

  public HoldId {
    IdText.requireDigest("HoldId", value, PREFIX);
  }

  /** @param subject the payment or parcel that the hold is about */
  static HoldId of(String reason, String subject) {
    return new HoldId(PREFIX + IdText.digest(reason, subject));
  }

  @Override
  public String toString() {
    return value;
  }
}
