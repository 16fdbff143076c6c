package waybill.local.providers.easypost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What EasyPost's carriers object to in the customs data of a shipment: they offer no rate then, and say why. */
final class EasyPostCustoms {
  private static final int US_DIGITS = 10;

  private EasyPostCustoms() {}

  static Optional<String> objection(JsonNode shipment) {
    String from = shipment.at("/from_address/country").asText();
    String to = shipment.at("/to_address/country").asText();
    if (from.equals(to) || isEu(from) && isEu(to)) {
      return Optional.empty();
    }
    JsonNode info = shipment.path("customs_info");
    if (info.path("customs_items").isEmpty()) {
      return Optional.of("customs_info is required for international shipments");
    }
    if (!info.path("customs_certify").asBoolean() || info.path("customs_signer").asText("").isBlank()) {
      return Optional.of("customs_signer is required if customs_certify is true");
    }
    for (JsonNode item : info.path("customs_items")) {
      String code = item.path("hs_tariff_number").asText("");
      if (item.path("value").asDouble() <= 0 || item.path("weight").asDouble() <= 0
          || item.path("quantity").asInt() <= 0) {
        return Optional.of("customs_items: value, weight and quantity must be greater than zero");
      }
      if (item.path("description").asText("").isBlank() || item.path("origin_country").asText("").length() != 2
          || !code.matches("[0-9]{6,13}") || to.equals("US") && code.length() < US_DIGITS) {
        return Optional.of("customs_items: description, origin_country and hs_tariff_number are required");
      }
    }
    return Optional.empty();
  }

  private static boolean isEu(String country) {
    return "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MC MT NL PL PT RO SE SI SK".contains(country);
  }
}
