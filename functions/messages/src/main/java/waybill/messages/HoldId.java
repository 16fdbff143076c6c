package waybill.messages;

/** A hold on an order, derived from what it is about, so that the same trouble is the same hold whenever it is looked at. */
public record HoldId(String value) {
  private static final String PREFIX = "hold_";

  public HoldId {
    Text.require("HoldId", value, PREFIX + Text.DIGEST);
  }

  /** @param subject the payment or parcel that the hold is about */
  public static HoldId of(String reason, String subject) {
    return new HoldId(PREFIX + Text.digest(reason, subject));
  }

  @Override
  public String toString() {
    return value;
  }
}
