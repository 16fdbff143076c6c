package waybill.shipping.karrio;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Karrio's codes of carriers, and what people call them. */
final class KarrioNames {
  private static final Map<String, String> BY_CODE = Map.of("ups", "UPS", "usps", "USPS", "usps_international", "USPS",
      "fedex", "FedEx", "dhl_express", "DHL Express", "dhl_parcel_de", "DHL", "canadapost", "Canada Post", "royalmail",
      "Royal Mail", "australiapost", "Australia Post", "gls", "GLS");
  /** Karrio follows each number of DHL by an account of its own kind. */
  private static final Map<String, String> BY_NAME = Map.of("dhl", "dhl_universal", "canada_post", "canadapost",
      "royal_mail", "royalmail", "australia_post", "australiapost");

  private KarrioNames() {}

  /** As customers know the carrier; Karrio's code if it is one that the merchant has made up. */
  static String display(String code) {
    return BY_CODE.getOrDefault(code, code);
  }

  /** The code of a carrier that a person has named; empty if it cannot be one. */
  static Optional<String> code(String name) {
    String code = name == null ? "" : name.trim().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    return code.matches("[a-z][a-z0-9_]{1,49}") ? Optional.of(BY_NAME.getOrDefault(code, code)) : Optional.empty();
  }
}
