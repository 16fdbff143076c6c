package waybill.shipping.customs;

import java.util.Map;
import java.util.Set;
import waybill.catalog.Address;
import waybill.catalog.Destination;

/**
 * Within which an address lies: goods cross no customs border as long as they stay in one area. Typed from the Union Customs Code (Regulation
 * (EU) 952/2013, Article 4), Directive 2006/112/EC, Article 6, and the customs treaties of the others, as of 2026-11-30.
 */
final class CustomsArea {
  private static final Set<String> EU = Set.of("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR",
      "HR",
      "HU", "IE", "IT", "LT", "LU", "LV", "MC", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");
  /** Who forms one area with whom. */
  private static final Map<String, String> UNIONS = Map.of("LI", "CH", "IM", "GB", "PR", "US");
  private static final Set<String> FORCES = Set.of("AA", "AE", "AP");

  private CustomsArea() {}

  static String of(Address address) {
    return of(Destination.of(address));
  }

  static String of(Destination place) {
    String country = place.country();
    String code = place.postalText();
    if (country.equals("US") && place.state() != null
        && isApart(place.state().strip().toUpperCase(java.util.Locale.ROOT))) {
      return "US-" + place.state().strip().toUpperCase(java.util.Locale.ROOT);
    }
    if (isOutside(country, code)) {
      return country + "-" + code.substring(0, 2);
    }
    return EU.contains(country) ? "EU" : UNIONS.getOrDefault(country, country);
  }

  /** What is written as a state of the United States, and declared all the same. */
  private static boolean isApart(String state) {
    return FORCES.contains(state) || Set.of("VI", "GU", "AS", "MP", "UM").contains(state);
  }

  /** Canary Islands, Ceuta and Melilla; Heligoland and Büsingen; Livigno; Athos; Åland; the French overseas. */
  private static boolean isOutside(String country, String code) {
    return switch (country) {
      case "ES" -> code.startsWith("35") || code.startsWith("38") || code.startsWith("51") || code.startsWith("52");
      case "DE" -> code.equals("27498") || code.equals("78266");
      case "IT" -> code.equals("23041") || code.equals("23030");
      case "GR" -> code.equals("63086");
      case "FI" -> code.startsWith("22");
      case "FR" -> code.startsWith("97") || code.startsWith("98") && !code.startsWith("980");
      default -> false;
    };
  }

  static boolean isEu(Destination place) {
    return of(place).equals("EU");
  }

  static boolean isUnitedStates(Destination place) {
    return of(place).equals("US");
  }
}
