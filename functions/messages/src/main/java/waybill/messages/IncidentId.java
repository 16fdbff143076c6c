package waybill.messages;

/** The n-th thing that went wrong with a parcel. It names its parcel, and through it its order. */
public record IncidentId(String value) implements Comparable<IncidentId> {
  private static final String PREFIX = "inc_";
  private static final String PARCELS = "par_";

  public IncidentId {
    IdText.requireDigest("IncidentId", value, PREFIX, 4, 3, 3);
  }

  public static IncidentId of(ParcelId parcel, int number) {
    return new IncidentId(PREFIX + parcel.value().substring(PARCELS.length()) + "_" + number);
  }

  public ParcelId parcel() {
    return new ParcelId(PARCELS + value.substring(PREFIX.length(), value.lastIndexOf('_')));
  }

  public OrderId order() {
    return parcel().order();
  }

  /** The how manieth of its parcel it is, from 1 on. */
  public int number() {
    return Integer.parseInt(value.substring(value.lastIndexOf('_') + 1));
  }

  @Override
  public int compareTo(IncidentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
