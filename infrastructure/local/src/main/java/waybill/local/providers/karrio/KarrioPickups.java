package waybill.local.providers.karrio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import waybill.local.machine.Json;

/** The pickups of the local Karrio: booked in one step, and never the same parcel by two. Not safe for threads. */
final class KarrioPickups {
  private static final String ACCOUNT = "account";
  private static final int LONGEST = 50;

  private final Map<String, ObjectNode> shipments;
  private final Function<String, String> ids;
  private final Map<String, ObjectNode> pickups = new LinkedHashMap<>();
  private int charges;

  KarrioPickups(Map<String, ObjectNode> shipments, Function<String, String> ids) {
    this.shipments = shipments;
    this.ids = ids;
  }

  ObjectNode create(String account, JsonNode request) {
    for (String name : List.of("carrier_code", "pickup_date", "ready_time", "closing_time", "address")) {
      if (request.path(name).isMissingNode()) {
        throw KarrioRefused.of(400, "validation", name + ": This field is required.");
      }
    }
    if (request.path("instruction").asText().length() > LONGEST
        || request.path("package_location").asText().length() > LONGEST) {
      throw KarrioRefused.of(400, "validation", "instruction: Ensure this field has no more than 50 characters.");
    }
    var numbers = new ArrayList<String>();
    request.path("tracking_numbers").forEach(it -> numbers.add(it.asText()));
    for (String number : numbers) {
      if (shipments.values().stream().noneMatch(it -> it.path(ACCOUNT).asText().equals(account)
          && it.path("tracking_number").asText().equals(number))) {
        throw KarrioRefused.of(400, "invalid", "Shipment with the tracking numbers: [%s] not found".formatted(number));
      }
      if (isExpected(number)) {
        throw KarrioRefused.of(400, "invalid",
            "The following shipments [%s] are already scheduled for pickups".formatted(number));
      }
    }
    charges++;
    String id = ids.apply("pck");
    ObjectNode pickup = Json.tree(Map.of("id", id, "object_type", "pickup", "status", "scheduled", "test_mode", true,
        "carrier_name", request.path("carrier_code").asText(), "confirmation_number",
        String.format(Locale.ROOT, "PRG%06d", charges), ACCOUNT, account));
    for (String copied : List.of("pickup_date", "ready_time", "closing_time", "address", "instruction",
        "package_location", "metadata", "tracking_numbers")) {
      pickup.set(copied, request.path(copied).isMissingNode() ? null : request.get(copied));
    }
    pickup.set("pickup_charge", Json.tree(Map.of("name", "Pickup", "amount", 4.9, "currency", "EUR")));
    pickups.put(id, pickup);
    return pickup;
  }

  /** Those whose metadata have this value. */
  ObjectNode list(String account, String value) {
    List<ObjectNode> found = pickups.values().stream().filter(it -> it.path(ACCOUNT).asText().equals(account))
        .filter(it -> it.path("metadata").findValuesAsText("waybill_pickup").contains(value)).toList();
    return Json.tree(Map.of("count", found.size(), "results", found));
  }

  ObjectNode pickup(String account, String id) {
    return Optional.ofNullable(pickups.get(id)).filter(it -> it.path(ACCOUNT).asText().equals(account))
        .orElseThrow(() -> KarrioRefused.absent("Pickup"));
  }

  /** Again, too. */
  ObjectNode cancel(String account, String id) {
    return pickup(account, id).put("status", "cancelled");
  }

  /** Whether a driver comes for a parcel. */
  boolean isExpected(String number) {
    return !number.isEmpty() && pickups.values().stream().filter(it -> !it.path("status").asText().equals("cancelled"))
        .anyMatch(it -> it.path("tracking_numbers").valueStream().anyMatch(its -> its.asText().equals(number)));
  }

  List<ObjectNode> all() {
    return List.copyOf(pickups.values());
  }

  /** How many were booked. */
  int charges() {
    return charges;
  }
}
