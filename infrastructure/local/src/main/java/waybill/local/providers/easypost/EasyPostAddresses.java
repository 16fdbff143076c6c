package waybill.local.providers.easypost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import waybill.local.machine.Json;

/**
 * Addresses as EasyPost answers them. It knows every street but "unknown street", writes what it knows in capitals, and completes a ZIP code of the
 * United States.
 */
final class EasyPostAddresses {
  private static final List<String> FIELDS = List.of("name", "company", "street1", "street2", "city", "state", "zip",
      "country", "phone", "email");

  private EasyPostAddresses() {}

  /** @param verify whether it is to be verified */
  static ObjectNode answer(String id, String now, JsonNode given, boolean verify) {
    ObjectNode address = Json
        .tree(Map.of("id", id, "object", "Address", "mode", "test", "created_at", now, "updated_at",
            now));
    FIELDS.forEach(it -> address.set(it, given.path(it).isTextual() ? given.get(it) : null));
    address.putNull("carrier_facility").putNull("residential").putNull("federal_tax_id").putNull("state_tax_id");
    ObjectNode verifications = address.putObject("verifications");
    if (verify && isKnown(given)) {
      for (String part : List.of("company", "street1", "street2", "city", "state")) {
        address.put(part, given.path(part).asText("").toUpperCase(Locale.ROOT));
      }
      if (given.path("country").asText().equals("US") && given.path("zip").asText().matches("[0-9]{5}")) {
        address.put("zip", given.path("zip").asText() + "-0001");
      }
      verifications.set("zip4", Json.tree(Map.of("success", true, "errors", List.of())));
      verifications.set("delivery", Json.tree(Map.of("success", true, "errors", List.of(), "details", Map.of())));
    } else if (verify) {
      Map<String, Object> error = Map.of("code", "E.ADDRESS.NOT_FOUND", "field", "address", "message",
          "Address not found");
      verifications.set("zip4", Json.tree(Map.of("success", false, "errors", List.of(error))));
      verifications.set("delivery",
          Json.tree(Map.of("success", false, "errors", List.of(error), "details", Map.of())));
    }
    return address;
  }

  private static boolean isKnown(JsonNode given) {
    String street = given.path("street1").asText("").toLowerCase(Locale.ROOT);
    return !street.isBlank() && !street.contains("unknown street") && !given.path("zip").asText("").isBlank();
  }
}
