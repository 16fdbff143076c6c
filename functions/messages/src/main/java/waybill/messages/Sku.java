package waybill.messages;

/**
 * A stock keeping unit, as the merchant writes it: 1 to 64 letters, digits, dots, dashes or underscores. No slash: it is a
 * segment of a path, and gateways do not agree on what {@code %2F} in one is.
 */
public record Sku(String value) implements Comparable<Sku> {

  public Sku {
    IdText.require("Sku", value, "[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
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
