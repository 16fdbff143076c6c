package waybill.local.providers.karrio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.local.machine.Json;
import waybill.local.providers.LabelFile;

/**
 * The shipments and trackers that the local Karrio knows, and its rules about them. It has a carrier of its own with a rate sheet,
 * {@code test_post}, and an account of UPS. Not safe for threads.
 */
final class KarrioLedger {
  /** What Karrio sends to the account's webhook. */
  record News(String account, ObjectNode event) {}

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("hh:mm a", Locale.ROOT);
  private static final double MOST_KILOGRAMS = 31.5;
  private static final Set<String> CARRIERS = Set.of("ups", "dhl_universal");
  private static final String ACCOUNT = "account";

  private final InstantSource clock;
  private final Map<String, ObjectNode> shipments = new LinkedHashMap<>();
  private final Map<String, ObjectNode> trackers = new LinkedHashMap<>();
  private final List<News> news = new ArrayList<>();
  private final KarrioPickups pickups = new KarrioPickups(shipments, this::id);
  private int ids;
  private int charges;

  KarrioLedger(InstantSource clock) {
    this.clock = clock;
  }

  ObjectNode rates(JsonNode request) {
    ObjectNode answer = Json.tree(Map.of());
    ArrayNode messages = answer.putArray("messages");
    ArrayNode rates = answer.putArray("rates");
    if (kilograms(request) <= MOST_KILOGRAMS) {
      rates.add(rate("test_post", "warehouse", "test_ground", 8.2, 3));
      rates.add(rate("test_post", "warehouse", "test_express", 11.01, 1));
      rates.add(rate("ups", "ups-de", "ups_standard", 9.46, 2));
    } else {
      // Of the carrier with the rate sheet, Karrio says nothing.
      messages.add(Json.tree(Map.of("carrier_name", "ups", "carrier_id", "ups-de", "code", "111057", "message",
          "The package exceeds the maximum weight")));
    }
    return answer;
  }

  private static double kilograms(JsonNode request) {
    for (String name : new String[]{"shipper", "recipient", "parcels"}) {
      if (request.path(name).isEmpty()) {
        throw KarrioRefused.of(400, "validation", name + ": This field is required.");
      }
    }
    return request.at("/parcels/0/weight").asDouble();
  }

  private ObjectNode rate(String carrier, String connection, String service, double charge, int days) {
    ObjectNode rate = Json.tree(Map.of("id", id("rat"), "object_type", "rate", "carrier_name", carrier, "carrier_id",
        connection, "service", service, "currency", "EUR", "total_charge", charge, "transit_days", days, "test_mode",
        true));
    rate.putNull("estimated_delivery").putArray("extra_charges")
        .add(Json.tree(Map.of("name", "Base Charge", "amount", charge, "currency", "EUR")));
    return rate;
  }

  ObjectNode create(String account, JsonNode request) {
    ObjectNode priced = rates(request);
    ObjectNode shipment = Json.tree(Map.of("id", id("shp"), "object_type", "shipment", "status", "draft", "test_mode",
        true, "created_at", clock.instant().toString().replace('T', ' ').replace("Z", "+00:00"), ACCOUNT, account));
    shipment.set("shipper", request.path("shipper"));
    shipment.set("recipient", request.path("recipient"));
    shipment.set("parcels", request.path("parcels"));
    shipment.set("options", request.path("options").isObject() ? request.get("options") : Json.tree(Map.of()));
    shipment.set("reference", request.path("reference"));
    shipment.put("label_type", request.path("label_type").asText("PDF"));
    shipment.set("rates", priced.path("rates"));
    shipment.set("messages", priced.path("messages"));
    shipment.putObject("metadata");
    for (String nothing : new String[]{"tracking_number", "selected_rate", "tracker_id", "label_url"}) {
      shipment.putNull(nothing);
    }
    shipments.put(shipment.path("id").asText(), shipment);
    return shipment;
  }

  ObjectNode shipment(String account, String id) {
    return Optional.ofNullable(shipments.get(id)).filter(it -> it.path(ACCOUNT).asText().equals(account))
        .orElseThrow(() -> KarrioRefused.absent("Shipment"));
  }

  /** Metadata are merged, whatever the shipment's status. */
  ObjectNode update(String account, String id, JsonNode request) {
    ObjectNode shipment = shipment(account, id);
    ((ObjectNode) shipment.path("metadata")).setAll((ObjectNode) request.path("metadata"));
    return shipment;
  }

  ObjectNode purchase(String account, String id, JsonNode request) {
    ObjectNode shipment = shipment(account, id);
    String status = shipment.path("status").asText();
    if (!status.equals("draft")) {
      throw KarrioRefused.of(409, "state_error",
          "The shipment is '%s' and cannot be purchased again".formatted(status));
    }
    JsonNode chosen = null;
    for (JsonNode rate : shipment.path("rates")) {
      chosen = rate.path("id").equals(request.path("selected_rate_id")) ? rate : chosen;
    }
    if (chosen == null) {
      throw KarrioRefused.of(400, "service_unavailable",
          "The service you selected is not available for this shipment.");
    }
    charges++;
    String number = String.format(Locale.ROOT, "ka%010x", charges);
    shipment.put("status", "created").put("tracking_number", number)
        .put("label_url", "/v1/shipments/" + id + "/label.pdf").set("selected_rate", chosen);
    String tracker = tracker(account, number, chosen.path("carrier_name").asText()).path("id").asText();
    return shipment.put("tracker_id", tracker);
  }

  /** The label in the format in which it was bought. */
  ObjectNode label(String account, String id) {
    ObjectNode shipment = shipment(account, id);
    String number = shipment.path("tracking_number").asText();
    if (shipment.path("label_url").isNull()) {
      throw KarrioRefused.absent("Shipment '%s' or its label".formatted(id));
    }
    String format = shipment.path("label_type").asText("PDF");
    byte[] file = switch (format) {
      case "ZPL" -> LabelFile.zpl(number);
      case "PNG" -> LabelFile.png(number);
      default -> LabelFile.pdf(number);
    };
    return Json.tree(Map.of("category", "label", "format", format, "url", shipment.path("label_url").asText(), "base64",
        Base64.getEncoder().encodeToString(file)));
  }

  KarrioPickups pickups() {
    return pickups;
  }

  boolean isCancelled(String account, String id) {
    return shipment(account, id).path("status").asText().equals("cancelled");
  }

  /** Its tracker goes with it. */
  ObjectNode cancel(String account, String id) {
    ObjectNode shipment = shipment(account, id);
    String status = shipment.path("status").asText();
    if (!Set.of("draft", "created", "cancelled").contains(status)) {
      throw KarrioRefused.of(409, "state_error",
          "The shipment is '%s' and can not be cancelled anymore...".formatted(status));
    }
    if (pickups.isExpected(shipment.path("tracking_number").asText())) {
      throw KarrioRefused.of(409, "state_error",
          "This shipment is scheduled for pickup. Please cancel this shipment pickup before.");
    }
    trackers.remove(account + " " + shipment.path("tracking_number").asText());
    return shipment.put("status", "cancelled").putNull("tracker_id");
  }

  /** Karrio answers with the tracker that there is, if there is one of this number. */
  ObjectNode track(String account, String number, String carrier) {
    if (!CARRIERS.contains(carrier)) {
      throw KarrioRefused.of(400, "validation", "carrier_name: \"%s\" is not a valid choice.".formatted(carrier));
    }
    if (!number.matches("[A-Za-z0-9 -]{4,40}")) {
      throw KarrioRefused.byCarrier("The tracking number is not valid.");
    }
    return tracker(account, number, carrier);
  }

  /** Those whose number has this in it, as Karrio looks for them. */
  ObjectNode trackers(String account, String number) {
    List<ObjectNode> found = trackers.entrySet().stream().filter(it -> it.getKey().startsWith(account + " ")
        && it.getValue().path("tracking_number").asText().toLowerCase(Locale.ROOT)
            .contains(number.toLowerCase(Locale.ROOT)))
        .map(Map.Entry::getValue).toList();
    ObjectNode answer = Json.tree(Map.of("count", found.size()));
    answer.putNull("next").putNull("previous").putArray("results").addAll(found);
    return answer;
  }

  private ObjectNode tracker(String account, String number, String carrier) {
    String key = account + " " + number;
    if (!trackers.containsKey(key)) {
      ObjectNode tracker = Json.tree(Map.of("id", id("trk"), "object_type", "tracker", "tracking_number", number,
          "carrier_name", carrier, "status", "pending", "delivered", false, "test_mode", true));
      tracker.putNull("estimated_delivery").putArray("events")
          .add(event("created", "CREATED", "Shipment label created"));
      trackers.put(key, tracker);
      report("tracker_created", account, tracker);
    }
    return trackers.get(key);
  }

  private ObjectNode event(String status, String code, String description) {
    var now = clock.instant().atOffset(ZoneOffset.UTC);
    return Json.tree(Map.of("date", now.toLocalDate().toString(), "time", TIME.format(now), "timestamp",
        Json.time(clock.instant()), "status", status, "code", code, "description", description));
  }

  private void report(String type, String account, ObjectNode tracker) {
    ObjectNode event = Json.tree(Map.of("event", type));
    event.set("data", tracker.deepCopy());
    news.add(new News(account, event));
  }

  /** A carrier scans a parcel: every tracker of the number reports it. @return how many */
  int scan(String number, String status, String description) {
    int scanned = 0;
    for (Map.Entry<String, ObjectNode> it : trackers.entrySet()) {
      ObjectNode tracker = it.getValue();
      if (tracker.path("tracking_number").asText().equals(number)) {
        // The first that a carrier calls in transit is when it was picked up.
        boolean first = tracker.path("events").size() == 1 && status.equals("in_transit");
        tracker.withArray("/events").insert(0, event(first ? "picked_up" : status, "X", description));
        tracker.put("status", status).put("delivered", status.equals("delivered"));
        shipments.values().stream().filter(its -> its.path("tracker_id").equals(tracker.path("id")))
            .forEach(its -> its.put("status", status.equals("return_to_sender") ? "in_transit" : status));
        report("tracker_updated", it.getKey().substring(0, it.getKey().indexOf(' ')), tracker);
        scanned++;
      }
    }
    return scanned;
  }

  List<News> takeNews() {
    List<News> taken = List.copyOf(news);
    news.clear();
    return taken;
  }

  /** How many labels were sold. */
  int charges() {
    return charges;
  }

  ObjectNode overview() {
    return Json.tree(Map.of("charges", charges, "shipments", List.copyOf(shipments.values()), "trackers",
        List.copyOf(trackers.values()), "pickups", pickups.all()));
  }

  private String id(String prefix) {
    ids++;
    return prefix + "_" + String.format(Locale.ROOT, "%032x", ids);
  }
}
