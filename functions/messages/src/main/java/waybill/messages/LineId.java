package waybill.messages;

/** A line of an order, unique within its order; or one component of a line that orders a kit, as warehouses know it. */
public record LineId(String value) implements Comparable<LineId> {
  private static final int PREFIX = "line_".length();

  public LineId {
    IdText.require("LineId", value, "line_[0-9]{1,3}(_[0-9]{1,2})?");
  }

  /** The component of a kit that this line orders. @param number from 1 */
  public LineId component(int number) {
    return new LineId(value + "_" + number);
  }

  public boolean isComponent() {
    return value.indexOf('_', PREFIX) > 0;
  }

  /** The line that was ordered: of a component, its kit's. */
  public LineId ordered() {
    return isComponent() ? new LineId(value.substring(0, value.indexOf('_', PREFIX))) : this;
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
