package waybill.local.providers.easypost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.local.machine.Json;

/** The shipments, labels, refunds and trackers that the local EasyPost knows, and its rules about them. Not safe for threads. */
final class EasyPostLedger {
  /** What EasyPost sends to the account's webhook. */
  record News(String account, ObjectNode event) {}

  private static final double MOST_OUNCES = 1_120;
  private static final int LABEL_DIGITS = 22;
  private static final String ACCOUNT = "account";

  private final InstantSource clock;
  private final Map<String, ObjectNode> shipments = new LinkedHashMap<>();
  private final Map<String, ObjectNode> trackers = new LinkedHashMap<>();
  private final Map<String, ObjectNode> forms = new LinkedHashMap<>();
  private final List<News> news = new ArrayList<>();
  private final EasyPostPickups pickups = new EasyPostPickups(this::shipment, this::id, this::now);
  private String address = "https://easypost.example";
  private int ids;
  private int charges;

  EasyPostLedger(InstantSource clock) {
    this.clock = clock;
  }

  ObjectNode create(String account, JsonNode request) {
    JsonNode wanted = request.path("shipment");
    ObjectNode shipment = Json.tree(Map.of("id", id("shp"), "object", "Shipment", "mode", "test", "created_at", now(),
        "updated_at", now(), "is_return", wanted.path("is_return").asBoolean(), ACCOUNT, account));
    shipment.set("reference", wanted.path("reference"));
    // Of a return they are given as of what was sent, and swapped.
    boolean back = wanted.path("is_return").asBoolean();
    shipment.set("to_address", required(wanted, back ? "from_address" : "to_address"));
    shipment.set("from_address", required(wanted, back ? "to_address" : "from_address"));
    shipment.set("parcel", required(wanted, "parcel"));
    ArrayNode rates = shipment.putArray("rates");
    ArrayNode messages = shipment.putArray("messages");
    double ounces = wanted.at("/parcel/weight").asDouble();
    Optional<String> customs = EasyPostCustoms.objection(wanted);
    shipment.set("customs_info", wanted.path("customs_info").isObject() ? wanted.get("customs_info") : null);
    shipment.set("options", wanted.path("options").isObject() ? wanted.get("options") : null);
    shipment.set("tax_identifiers", wanted.path("tax_identifiers").isArray() ? wanted.get("tax_identifiers") : null);
    if (customs.isPresent()) {
      messages.add(Json.tree(Map.of("carrier", "USPS", "type", "rate_error", "message", customs.get())));
    } else if (ounces > 0 && ounces <= MOST_OUNCES) {
      rates.add(rate(shipment, "USPS", "GroundAdvantage", "8.20", 3));
      rates.add(rate(shipment, "USPS", "Priority", "11.01", 2));
      rates.add(rate(shipment, "UPSDAP", "Ground", "9.46", 3));
    } else {
      messages.add(Json.tree(Map.of("carrier", "USPS", "type", "rate_error", "message",
          "weight exceeds the maximum of 70 lb")));
    }
    for (String nothing : new String[]{"tracking_code", "postage_label", "selected_rate", "refund_status", "tracker",
      "batch_id", "insurance"}) {
      shipment.putNull(nothing);
    }
    shipments.put(shipment.path("id").asText(), shipment);
    return shipment;
  }

  private static JsonNode required(JsonNode object, String name) {
    if (!object.path(name).isObject()) {
      throw new EasyPostRefused(422, "PARAMETER.REQUIRED", "Missing required parameter: " + name);
    }
    return object.path(name);
  }

  private ObjectNode rate(ObjectNode shipment, String carrier, String service, String price, int days) {
    ObjectNode rate = Json.tree(Map.of("id", id("rate"), "object", "Rate", "carrier", carrier, "service", service,
        "rate", price, "currency", "USD", "delivery_days", days, "est_delivery_days", days, "shipment_id",
        shipment.path("id").asText()));
    rate.put("list_rate", price).put("list_currency", "USD").put("delivery_date_guaranteed", false)
        .putNull("delivery_date").put("mode", "test");
    return rate;
  }

  ObjectNode shipment(String account, String id) {
    return Optional.ofNullable(shipments.get(id)).filter(it -> it.path(ACCOUNT).asText().equals(account))
        .orElseThrow(EasyPostRefused::absent);
  }

  ObjectNode buy(String account, String id, JsonNode request) {
    ObjectNode shipment = shipment(account, id);
    if (!shipment.path("postage_label").isNull()) {
      throw new EasyPostRefused(422, "SHIPMENT.POSTAGE.EXISTS", "Postage already exists for this shipment.");
    }
    JsonNode chosen = null;
    for (JsonNode rate : shipment.path("rates")) {
      chosen = rate.path("id").equals(request.at("/rate/id")) ? rate : chosen;
    }
    if (chosen == null) {
      throw new EasyPostRefused(422, "SHIPMENT.RATE.INVALID", "The rate is not one of this shipment.");
    }
    String insured = request.path("insurance").asText("");
    if (!insured.matches("|[0-9]{1,9}(\\.[0-9]{1,2})?")) {
      throw new EasyPostRefused(422, "PARAMETER.INVALID", "The insurance is no amount.");
    }
    charges++;
    String number = "94" + String.format(java.util.Locale.ROOT, "%0" + (LABEL_DIGITS - 2) + "d", charges);
    shipment.put("tracking_code", number).set("selected_rate", chosen);
    shipment.set("postage_label", Json.tree(Map.of("object", "PostageLabel", "id", id("pl"), "label_file_type",
        "image/png", "label_size", "4x6", "label_url", address + "/files/" + number + ".png")));
    for (String later : new String[]{"label_pdf_url", "label_zpl_url"}) {
      ((ObjectNode) shipment.path("postage_label")).putNull(later);
    }
    shipment.putArray("fees").add(Json.tree(Map.of("object", "Fee", "type", "PostageFee", "amount",
        chosen.path("rate").asText() + "000", "charged", true, "refunded", false)));
    if (!insured.isEmpty()) {
      insure(shipment, new BigDecimal(insured));
    }
    ObjectNode tracker = track(account, number, chosen.path("carrier").asText());
    shipment.set("tracker", tracker.set("is_return", shipment.path("is_return")));
    return shipment;
  }

  /** For half a percent of the amount. */
  private static void insure(ObjectNode shipment, BigDecimal amount) {
    shipment.put("insurance", amount.setScale(2).toPlainString());
    String fee = amount.multiply(new BigDecimal("0.005")).setScale(5, RoundingMode.HALF_UP).toPlainString();
    shipment.withArray("/fees").add(Json.tree(Map.of("object", "Fee", "type", "InsuranceFee", "amount", fee,
        "charged", true, "refunded", false)));
  }

  /** One form of shipments of one carrier that are bought, not refunded, and on no other form. */
  ObjectNode scanForm(String account, JsonNode request) {
    var listed = new ArrayList<ObjectNode>();
    request.path("shipments").forEach(it -> listed.add(shipment(account, it.path("id").asText())));
    if (listed.isEmpty()) {
      throw new EasyPostRefused(422, "PARAMETER.REQUIRED", "Missing required parameter: shipments");
    }
    if (listed.stream().map(it -> it.at("/selected_rate/carrier").asText()).distinct().count() > 1) {
      throw new EasyPostRefused(422, "SCAN_FORM.INVALID.CARRIER", "Shipments of a scan form have one carrier.");
    }
    for (ObjectNode shipment : listed) {
      if (shipment.path("postage_label").isNull() || shipment.path("refund_status").isTextual()
          || shipment.has("scan_form")) {
        throw new EasyPostRefused(422, "SCAN_FORM.SHIPMENTS.INVALID",
            shipment.path("id").asText() + " cannot be on a scan form.");
      }
    }
    String id = id("sf");
    ObjectNode form = Json.tree(Map.of("id", id, "object", "ScanForm", "created_at", now(), "updated_at", now(),
        "status", "created", "form_url", "%s/files/%s.pdf".formatted(address, id), ACCOUNT, account));
    form.putNull("message").set("address", listed.getFirst().path("from_address"));
    ArrayNode numbers = form.putArray("tracking_codes");
    listed.forEach(it -> numbers.add(it.path("tracking_code")));
    forms.put(id, form);
    listed.forEach(it -> it.set("scan_form", Json.tree(Map.of("id", id, "object", "ScanForm", "status", "created"))));
    return form;
  }

  EasyPostPickups pickups() {
    return pickups;
  }

  ObjectNode scanForm(String account, String id) {
    return Optional.ofNullable(forms.get(id)).filter(it -> it.path(ACCOUNT).asText().equals(account))
        .orElseThrow(EasyPostRefused::absent);
  }

  void listensAt(String where) {
    address = where;
  }

  /** Makes the file of a bought label in another format. */
  ObjectNode label(String account, String id, String format) {
    ObjectNode shipment = shipment(account, id);
    if (shipment.path("postage_label").isNull()) {
      throw new EasyPostRefused(422, "SHIPMENT.LABEL.UNAVAILABLE", "No label was bought for this shipment.");
    }
    if (!format.matches("PDF|ZPL")) {
      throw new EasyPostRefused(422, "SHIPMENT.LABEL.FORMAT.INVALID", "The format is not one that labels have.");
    }
    String type = format.toLowerCase(java.util.Locale.ROOT);
    ((ObjectNode) shipment.path("postage_label")).put("label_" + type + "_url",
        "%s/files/%s.%s".formatted(address, shipment.path("tracking_code").asText(), type));
    return shipment;
  }

  /** EasyPost answers with the tracker that there is, if there is one of this number and carrier. */
  ObjectNode track(String account, String number, String carrier) {
    if (!number.matches("[A-Za-z0-9 -]{4,40}")) {
      throw new EasyPostRefused(422, "TRACKER.CREATE.ERROR", "The tracking code is not valid.");
    }
    return trackers.computeIfAbsent(account + " " + carrier + " " + number, _ -> {
      ObjectNode tracker = Json.tree(Map.of("id", id("trk"), "object", "Tracker", "mode", "test", "tracking_code",
          number,
          "carrier", carrier, "status", "unknown", "status_detail", "unknown", "created_at", now(), "updated_at", now(),
          "is_return", false));
      tracker.putNull("est_delivery_date").putArray("tracking_details");
      return tracker;
    });
  }

  ObjectNode refund(String account, String id) {
    ObjectNode shipment = shipment(account, id);
    if (shipment.path("postage_label").isNull()) {
      throw new EasyPostRefused(422, "SHIPMENT.REFUND.UNAVAILABLE", "Refund request failed: no postage was bought.");
    }
    String status = shipment.path("refund_status").asText();
    if (status.equals("submitted") || status.equals("refunded")) {
      throw new EasyPostRefused(422, "SHIPMENT.REFUND.UNAVAILABLE", "Refund request failed: it was requested before.");
    }
    return shipment.put("refund_status", "submitted");
  }

  /** What the carrier decides about a refund, days later. @param status refunded, rejected or not_applicable */
  ObjectNode settle(String id, String status) {
    ObjectNode shipment = Optional.ofNullable(shipments.get(id)).orElseThrow(EasyPostRefused::absent);
    shipment.put("refund_status", status);
    shipment.path("fees").forEach(it -> ((ObjectNode) it).put("refunded", status.equals("refunded")));
    return shipment;
  }

  /** A carrier scans a parcel: every tracker of the number reports it. */
  List<ObjectNode> scan(String number, String status, String message) {
    var scanned = new ArrayList<ObjectNode>();
    trackers.forEach((key, tracker) -> {
      if (tracker.path("tracking_code").asText().equals(number)) {
        tracker.put("status", status).put("updated_at", now()).withArray("/tracking_details")
            .add(
                Json.tree(Map.of("object", "TrackingDetail", "status", status, "message", message, "datetime", now())));
        report(key.substring(0, key.indexOf(' ')), "tracker.updated", tracker);
        scanned.add(tracker);
      }
    });
    return scanned;
  }

  /**
   * The carrier has weighed a parcel again, and charges this for it in all.
   *
   * @return the invoice; another for the same label corrects it
   */
  ObjectNode invoice(String number, String amount) {
    ObjectNode shipment = shipments.values().stream().filter(it -> it.path("tracking_code").asText().equals(number))
        .findFirst().orElseThrow(EasyPostRefused::absent);
    boolean again = shipment.has("shipment_invoice");
    String id = again ? shipment.path("shipment_invoice").asText() : id("shpinv");
    shipment.put("shipment_invoice", id);
    JsonNode rate = shipment.path("selected_rate");
    ObjectNode invoice = Json.tree(Map.of("id", id, "object", "ShipmentInvoice", "shipment_id",
        shipment.path("id").asText(), "tracking_code", number, "status", "processed", "quoted_currency",
        rate.path("currency").asText(), "initially_paid_amount", rate.path("rate").asText(), "final_invoice_amount",
        amount, "created_at", now(), "updated_at", now()));
    report(shipment.path(ACCOUNT).asText(), again ? "shipment.invoice.updated" : "shipment.invoice.created", invoice);
    return invoice;
  }

  private void report(String account, String type, ObjectNode result) {
    ObjectNode event = Json.tree(Map.of("id", id("evt"), "object", "Event", "description", type, "mode", "test"));
    event.set("result", result.deepCopy());
    news.add(new News(account, event));
  }

  List<News> takeNews() {
    List<News> taken = List.copyOf(news);
    news.clear();
    return taken;
  }

  /** How often postage was charged. */
  int charges() {
    return charges;
  }

  ObjectNode overview() {
    return Json.tree(Map.of("charges", charges, "shipments", List.copyOf(shipments.values()), "scan_forms",
        List.copyOf(forms.values()), "trackers",
        List.copyOf(trackers.values()), "pickups", pickups.all()));
  }

  /** EasyPost answers what it verifies, and keeps nothing that anybody needs again. */
  ObjectNode address(JsonNode request) {
    return EasyPostAddresses.answer(id("adr"), now(), required(request, "address"),
        !request.path("verify").isMissingNode());
  }

  private String id(String prefix) {
    ids++;
    return prefix + "_" + String.format(java.util.Locale.ROOT, "%032x", ids);
  }

  private String now() {
    return Json.time(clock.instant());
  }
}
