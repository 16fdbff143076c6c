package waybill.messages;

/** The request of a packer that units come from another lot, named by its fulfillment and the idempotency key of its request. */
public record LotSwapId(String value) {
  private static final String PREFIX = "swp_";

  public LotSwapId {
    IdText.requireDigest("LotSwapId", value, PREFIX);
  }

  public static LotSwapId of(FulfillmentId fulfillment, String key) {
    return new LotSwapId(PREFIX + IdText.digest(fulfillment.value(), key));
  }

  @Override
  public String toString() {
    return value;
  }
}
