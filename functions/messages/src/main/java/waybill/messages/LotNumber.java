package waybill.messages;

/** A lot of a product, as its maker prints it; the same number of another product is another lot. */
public record LotNumber(String value) implements Comparable<LotNumber> {
  public static final String RULE = "is a lot's number: 1 to 40 letters, digits, dots, dashes, underscores or slashes";

  public LotNumber {
    IdText.require("LotNumber", value, "[A-Za-z0-9][A-Za-z0-9._/-]{0,39}");
  }

  @Override
  public int compareTo(LotNumber other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
