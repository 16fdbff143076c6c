package waybill.warehouse;

import waybill.messages.IdText;

/** A bin of a location, as its label says. */
public record BinId(String value) implements Comparable<BinId> {
  public static final String RULE = "is a bin's name: 1 to 40 letters, digits, dots, dashes or underscores";

  public BinId {
    IdText.require("BinId", value, "[A-Za-z0-9][A-Za-z0-9._-]{0,39}");
  }

  @Override
  public int compareTo(BinId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
