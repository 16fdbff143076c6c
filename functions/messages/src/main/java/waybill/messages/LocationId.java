package waybill.messages;

/** A place that holds stock, as the merchant names it. */
public record LocationId(String value) implements Comparable<LocationId> {

  public LocationId {
    IdText.require("LocationId", value, "[a-z0-9][a-z0-9-]{0,39}");
  }

  @Override
  public int compareTo(LocationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
