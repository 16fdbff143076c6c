package waybill.messages;

/**
 * The n-th parcel of a fulfillment, which it names, and through it its order; or the parcel of a return, for which the n-th label is
 * bought. That names its return.
 */
public record ParcelId(String value) implements Comparable<ParcelId> {
  private static final String PREFIX = "par_";
  private static final String BACK = "par_ret_";

  public ParcelId {
    if (value != null && value.startsWith(BACK)) {
      IdText.requireDigest("ParcelId", value, BACK, 3, 2);
    } else {
      IdText.requireDigest("ParcelId", value, PREFIX, 4, 3);
    }
  }

  public static ParcelId of(FulfillmentId fulfillment, int number) {
    return new ParcelId(PREFIX + fulfillment.value().substring("ful_".length()) + "_" + number);
  }

  /** @param number of the return's labels, from 1 on */
  public static ParcelId of(ReturnId returned, int number) {
    return new ParcelId(PREFIX + returned.value() + "_" + number);
  }

  /** One that was sent to a customer. @throws IllegalArgumentException also if it comes back */
  public static ParcelId sent(String value) {
    var parcel = new ParcelId(value);
    if (parcel.comesBack()) {
      throw new IllegalArgumentException("not a ParcelId of a fulfillment");
    }
    return parcel;
  }

  /** Whether a customer sends it; else it is sent to one. */
  public boolean comesBack() {
    return value.startsWith(BACK);
  }

  /** @throws IllegalArgumentException if it is sent to a customer */
  public ReturnId returned() {
    return new ReturnId(value.substring(PREFIX.length(), value.lastIndexOf('_')));
  }

  /** Which parcel of its fulfillment it is, or which label of its return, from 1 on. */
  public int number() {
    return Integer.parseInt(value.substring(value.lastIndexOf('_') + 1));
  }

  /** @throws IllegalArgumentException if a customer sends it */
  public FulfillmentId fulfillment() {
    return new FulfillmentId("ful_" + value.substring(PREFIX.length(), value.lastIndexOf('_')));
  }

  public OrderId order() {
    return comesBack() ? returned().order() : fulfillment().order();
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
