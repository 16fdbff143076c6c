package waybill.catalog;

import java.util.Locale;
import waybill.platform.Fields;

/**
 * Where something is to go, as far as its price and its days depend on it; nothing personal.
 *
 * @param country by ISO 3166-1 alpha-2, as it is in force, or XK
 */
public record Destination(String country, String state, String postalCode) {

  public static Destination read(Fields fields) {
    return new Destination(fields.parsed("country", Country::checked, Country.RULE),
        fields.textOrNull("state", 100), fields.textOrNull("postal_code", 20));
  }

  public static Destination of(Address address) {
    return new Destination(address.country(), address.state(), address.postalCode());
  }

  /** Whether both are the same place, however their postal codes are written. A state counts only if both name one. */
  public boolean isSame(Destination other) {
    return country.equals(other.country) && postalText().equals(other.postalText())
        && (state == null || other.state == null || state.strip().equalsIgnoreCase(other.state.strip()));
  }

  /** The postal code in capitals, without blanks and hyphens; empty if there is none. */
  public String postalText() {
    return postalCode == null ? "" : plain(postalCode);
  }

  static String plain(String postalCode) {
    return postalCode.toUpperCase(Locale.ROOT).replaceAll("[\\s-]", "");
  }
}
