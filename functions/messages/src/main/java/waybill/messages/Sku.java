package waybill.messages;

/** A stock keeping unit, as the merchant writes it: 1 to 64 letters, digits, dots, dashes, slashes or underscores. */
public record Sku(String value) implements Comparable<Sku> {

  public Sku {
    Text.require("Sku", value, "[A-Za-z0-9][A-Za-z0-9._/-]{0,63}");
  }

  @Override
  public int compareTo(Sku other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
