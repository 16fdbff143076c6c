package waybill.local.providers.easypost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import waybill.local.machine.Json;

/** The batches and pickups of the local EasyPost. A batch is being made until it is looked at, as EasyPost makes it later. Not safe for threads. */
final class EasyPostPickups {
  private static final String ACCOUNT = "account";
  /** What its carrier asks for at the least. */
  private static final Duration SHORTEST = Duration.ofHours(1);

  private final Map<String, ObjectNode> batches = new LinkedHashMap<>();
  private final Map<String, ObjectNode> pickups = new LinkedHashMap<>();
  private final Shipments shipments;
  private final Function<String, String> ids;
  private final Supplier<String> now;
  private int charges;

  /** Where an account's shipment is found, which throws if there is none. */
  @FunctionalInterface
  interface Shipments {
    ObjectNode find(String account, String id);
  }

  EasyPostPickups(Shipments shipments, Function<String, String> ids, Supplier<String> now) {
    this.shipments = shipments;
    this.ids = ids;
    this.now = now;
  }

  ObjectNode createBatch(String account, JsonNode request) {
    var listed = new ArrayList<ObjectNode>();
    request.at("/batch/shipments").forEach(it -> listed.add(shipments.find(account, it.path("id").asText())));
    String id = ids.apply("batch");
    ObjectNode batch = Json.tree(Map.of("id", id, "object", "Batch", "mode", "test", "state", "creating",
        "num_shipments", listed.size(), "created_at", now.get(), "updated_at", now.get(), ACCOUNT, account));
    batch.set("reference", request.at("/batch/reference"));
    ArrayNode members = batch.putArray("shipments");
    listed.forEach(it -> {
      members.add(Json.tree(Map.of("id", it.path("id").asText(), "batch_status", "postage_purchased")));
      it.put("batch_id", id);
    });
    batches.put(id, batch);
    return batch;
  }

  ObjectNode batch(String account, String id) {
    return owned(batches, account, id).put("state", "purchased");
  }

  private static ObjectNode owned(Map<String, ObjectNode> all, String account, String id) {
    return Optional.ofNullable(all.get(id)).filter(it -> it.path(ACCOUNT).asText().equals(account))
        .orElseThrow(EasyPostRefused::absent);
  }

  ObjectNode create(String account, JsonNode request) {
    JsonNode wanted = request.path("pickup");
    List<ObjectNode> parcels = parcels(account, wanted);
    Instant from = time(wanted, "min_datetime");
    Instant to = time(wanted, "max_datetime");
    if (wanted.path("address").isMissingNode()) {
      throw new EasyPostRefused(422, "PARAMETER.REQUIRED", "Missing required parameter: address");
    }
    String id = ids.apply("pickup");
    ObjectNode pickup = Json.tree(Map.of("id", id, "object", "Pickup", "mode", "test", "status", "unknown",
        "created_at", now.get(), "updated_at", now.get(), "is_account_address", false, ACCOUNT, account));
    for (String copied : List.of("address", "reference", "min_datetime", "max_datetime", "instructions")) {
      pickup.set(copied, wanted.path(copied));
    }
    pickup.putNull("confirmation").putArray("carrier_accounts");
    ArrayNode rates = pickup.putArray("pickup_rates");
    ArrayNode messages = pickup.putArray("messages");
    String carrier = parcels.getFirst().at("/selected_rate/carrier").asText();
    if (Duration.between(from, to).compareTo(SHORTEST) < 0) {
      messages.add(Json.tree(Map.of("carrier", carrier, "type", "rate_error", "message",
          "The pickup window is too short.")));
    } else if (carrier.equals("USPS")) {
      rates.add(rate(id, carrier, "NextDay", "0.00"));
    } else {
      rates.add(rate(id, carrier, "Future-day Pickup", "10.52"));
      rates.add(rate(id, carrier, "Same-day Pickup", "16.84"));
    }
    ArrayNode tracked = pickup.putArray("parcels");
    parcels.forEach(it -> tracked.add(it.path("tracking_code")));
    pickups.put(id, pickup);
    return pickup;
  }

  private List<ObjectNode> parcels(String account, JsonNode wanted) {
    var parcels = new ArrayList<ObjectNode>();
    if (wanted.at("/batch/id").isTextual()) {
      ObjectNode batch = owned(batches, account, wanted.at("/batch/id").asText());
      if (batch.path("state").asText().equals("creating")) {
        throw new EasyPostRefused(422, "PICKUP.BATCH.INVALID", "The batch is not created yet.");
      }
      batch.path("shipments").forEach(it -> parcels.add(shipments.find(account, it.path("id").asText())));
    } else if (wanted.at("/shipment/id").isTextual()) {
      parcels.add(shipments.find(account, wanted.at("/shipment/id").asText()));
    }
    if (parcels.isEmpty() || parcels.stream().anyMatch(it -> it.path("postage_label").isNull())) {
      throw new EasyPostRefused(422, "PICKUP.REQUEST.INVALID",
          "Invalid request, a batch with shipments or a shipment is required to create a Pickup.");
    }
    if (parcels.stream().map(it -> it.at("/selected_rate/carrier").asText()).distinct().count() > 1) {
      throw new EasyPostRefused(422, "PICKUP.BATCH_CARRIER.INCONSISTENT", "The shipments of a batch have one carrier.");
    }
    return parcels;
  }

  private static Instant time(JsonNode wanted, String name) {
    try {
      return Instant.parse(wanted.path(name).asText());
    } catch (DateTimeParseException e) {
      throw new EasyPostRefused(422, "PARAMETER.INVALID", name + " is no time");
    }
  }

  private ObjectNode rate(String pickup, String carrier, String service, String price) {
    return Json.tree(Map.of("id", ids.apply("pickuprate"), "object", "PickupRate", "mode", "test", "carrier", carrier,
        "service", service, "rate", price, "currency", "USD", "pickup_id", pickup));
  }

  ObjectNode pickup(String account, String id) {
    return owned(pickups, account, id);
  }

  /** Once; a pickup that is booked or cancelled is not sold again. */
  ObjectNode buy(String account, String id, JsonNode request) {
    ObjectNode pickup = pickup(account, id);
    if (!pickup.path("status").asText().equals("unknown")) {
      throw new EasyPostRefused(422, "PICKUP.PURCHASE.FAILURE", "The pickup was purchased before.");
    }
    boolean offered = false;
    for (JsonNode rate : pickup.path("pickup_rates")) {
      offered |= rate.path("carrier").equals(request.path("carrier"))
          && rate.path("service").equals(request.path("service"));
    }
    if (!offered) {
      throw new EasyPostRefused(422, "PICKUP.RATE.INVALID", "The rate is not one of this pickup.");
    }
    charges++;
    return pickup.put("status", "scheduled")
        .put("confirmation", String.format(Locale.ROOT, "WTC%08d", charges));
  }

  ObjectNode cancel(String account, String id) {
    ObjectNode pickup = pickup(account, id);
    if (!pickup.path("status").asText().equals("scheduled")) {
      throw new EasyPostRefused(422, "PICKUP.CANCEL.FAILURE", "Only a scheduled pickup can be cancelled.");
    }
    return pickup.put("status", "canceled");
  }

  List<ObjectNode> all() {
    return List.copyOf(pickups.values());
  }

  /** How many were sold. */
  int charges() {
    return charges;
  }
}
