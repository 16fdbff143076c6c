package waybill.messages;

/** The report of a packer that units are missing, named by its fulfillment and the idempotency key of its request. */
public record ShortageId(String value) {
  private static final String PREFIX = "sho_";

  public ShortageId {
    IdText.requireDigest("ShortageId", value, PREFIX);
  }

  public static ShortageId of(FulfillmentId fulfillment, String key) {
    return new ShortageId(PREFIX + IdText.digest(fulfillment.value(), key));
  }

  @Override
  public String toString() {
    return value;
  }
}
