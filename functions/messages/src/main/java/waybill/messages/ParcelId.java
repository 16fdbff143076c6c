package waybill.messages;

/** The n-th parcel of a fulfillment. It names its fulfillment, and through it its order. */
public record ParcelId(String value) implements Comparable<ParcelId> {
  private static final String PREFIX = "par_";

  public ParcelId {
    IdText.requireDigest("ParcelId", value, PREFIX, 4, 3);
  }

  public static ParcelId of(FulfillmentId fulfillment, int number) {
    return new ParcelId(PREFIX + fulfillment.value().substring("ful_".length()) + "_" + number);
  }

  /** Which parcel of its fulfillment it is, from 1 on. */
  public int number() {
    return Integer.parseInt(value.substring(value.lastIndexOf('_') + 1));
  }

  public FulfillmentId fulfillment() {
    return new FulfillmentId("ful_" + value.substring(PREFIX.length(), value.lastIndexOf('_')));
  }

  public OrderId order() {
    return fulfillment().order();
  }

  @Override
  public int compareTo(ParcelId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
