package waybill.messages;

/** A line of an order, unique within its order. */
public record LineId(String value) implements Comparable<LineId> {

  public LineId {
    IdText.require("LineId", value, "line_[0-9]{1,3}");
  }

  @Override
  public int compareTo(LineId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
