package waybill.simulation.limits;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.local.providers.Providers;
import waybill.local.providers.Samples;
import waybill.local.providers.Signatures;
import waybill.messages.ChannelId;
import waybill.messages.OrderId;
import waybill.messages.Routing;
import waybill.platform.Json;
import waybill.simulation.cloud.Blueprint.Deployed;
import waybill.simulation.cloud.Blueprint;
import waybill.simulation.limits.FaultyServices.Sent;
import waybill.simulation.limits.FaultyServices.World;
import waybill.simulation.limits.Stage.Invocation;
import waybill.simulation.limits.Stage.Played;
import waybill.template.FunctionDeclaration.QueueEvent;

/**
 * Orders taken through the whole template, one invocation after the other, without any fault. Of each function the invocation that
 * calls most is kept, with all tables as they were before it, to be played again in a world of its own.
 */
final class Rehearsal {
  private static final Samples SAMPLES = new Samples(Path.of("../../events"));
  private static final Instant BEGIN = Instant.parse("2026-11-22T09:00:00Z");
  private static final String INTENT = "pi_3QWaybillSample";

  private final Blueprint blueprint;
  private final Stage stage;
  private final World world;
  private final Map<String, Queue<String>> queues = new LinkedHashMap<>();
  private final Map<String, Invocation> single = new LinkedHashMap<>();
  private final Map<String, Invocation> batches = new LinkedHashMap<>();
  private final List<String> intents = new ArrayList<>();
  private final List<Sent> unread = new ArrayList<>();
  private Instant now = BEGIN;
  private int keys;

  Rehearsal(Blueprint blueprint, Stage stage) {
    this.blueprint = blueprint;
    this.stage = stage;
    this.world = stage.open(() -> now);
  }

  /** The invocation of each function with one message, or one request. */
  Map<String, Invocation> single() {
    return single;
  }

  /** The largest batch of each function that takes batches. */
  Map<String, Invocation> batches() {
    return batches;
  }

  void run() {
    shop();
    order(1);
    paid(1);
    pump(1);
    http("GET", "/orders/" + orders().getFirst(), Map.of(), "", 200);
    http("GET", "/orders", Map.of("channel", "de-web", "customer_id", "c_881"), "", 200);
    http("POST", "/orders/" + orders().getFirst() + "/mails", Map.of(), SAMPLES.read("resend-mail.json").toString(),
        202);
    pump(1);
    http("GET", "/orders/" + orders().getFirst() + "/history", Map.of(), "", 200);
    http("GET", "/orders", Map.of("name", "Grace Hopper", "tag", "vip", "updated_after", BEGIN.toString()), "", 200);
    http("GET", "/events", Map.of(), "", 200);
    http("GET", "/products", Map.of(), "", 200);
    http("GET", "/products/TEA-200", Map.of(), "", 200);
    http("GET", "/channels/de-web", Map.of(), "", 200);
    http("GET", "/locations", Map.of(), "", 200);
    http("GET", "/stock/TEA-200", Map.of(), "", 200);
    http("GET", "/stock/TEA-200", Map.of("at", BEGIN.toString()), "", 200);
    http("GET", "/stock/TEA-200/movements", Map.of(), "", 200);
    http("PUT", "/stock/TEA-200/pools/default", Map.of(), SAMPLES.read("set-safety-stock.json").toString(), 200);
    http("PUT", "/inbounds/PO-4711", Map.of(), SAMPLES.read("put-inbound.json").toString(), 201);
    http("POST", "/inbounds/PO-4711/receipts", Map.of(), SAMPLES.read("receive-inbound.json").toString(), 201);
    http("GET", "/inbounds/PO-4711", Map.of(), "", 200);
    http("PUT", "/bins/leipzig/A-03-12", Map.of(), SAMPLES.read("put-bin.json").toString(), 201);
    http("GET", "/putaway-proposals", Map.of("location_id", "leipzig", "sku", "TEA-200"), "", 200);
    http("POST", "/bin-moves", Map.of(), SAMPLES.read("move-units.json").toString(), 201);
    http("GET", "/bins/leipzig/A-03-12", Map.of(), "", 200);
    counted();
    transferred();
    imported();
    assembled();
    checkout();
    http("GET", "/availability", Map.of("channel", "de-web", "sku", "TEA-200,MUG-BLUE"), "", 200);
    picked();
    pack();
    pump(1);
    scans();
    String delivered = orders().getFirst();
    pump(1);
    incident();
    disruption();
    http("PUT", "/webhook-endpoints/shop", Map.of(), SAMPLES.read("put-webhook-endpoint.json")
        .put("url", stage.address(world) + FaultyServices.HOOK).toString(), 201);
    http("GET", "/webhook-endpoints/shop", Map.of(), "", 200);
    http("POST", "/webhook-endpoints/shop/secret", Map.of(), "{}", 200);
    http("GET", "/orders/" + orders().getFirst() + "/mails", Map.of(), "", 200);
    mailCameBack();
    order(2);
    paid(2);
    pump(1);
    // The first one's replacement is an order, too.
    String second = orders().getLast();
    heldAndReleased(second);
    http("POST", "/orders/" + second + "/changes", Map.of(), SAMPLES.read("change-order.json").toString(),
        200);
    pump(1);
    http("POST", "/orders/" + second + "/cancellation", Map.of(), SAMPLES.read("cancel-lines.json").toString(),
        200);
    http("POST", "/orders/" + second + "/notes", Map.of(), SAMPLES.read("note-order.json").toString(), 200);
    http("PUT", "/orders/" + second + "/tags", Map.of(), SAMPLES.read("tag-order.json").toString(), 200);
    http("POST", "/orders/" + second + "/refunds", Map.of(), SAMPLES.read("refund-order.json").toString(),
        200);
    pump(1);
    shortage(second);
    counted(second);
    http("POST", "/orders/" + second + "/cancellation", Map.of(), SAMPLES.read("cancel-order.json").toString(),
        200);
    pump(1);
    storeCredit();
    swapped();
    merged();
    paidLater();
    digital();
    backordered();
    authorized();
    for (int i = 3; i <= 12; i++) {
      order(i);
      paid(i);
    }
    pump(10);
    pack();
    now = now.plus(Duration.ofMinutes(2));
    fire("ResendPacked");
    pump(10);
    unusedLabel();
    String begun = now.toString();
    order(13);
    pump(1);
    http("GET", "/webhook-endpoints/shop/deliveries", Map.of(), "", 200);
    http("POST", "/webhook-endpoints/shop/redeliveries", Map.of(),
        Json.write(Map.of("from", begun, "to", now.toString())), 202);
    pump(1);
    fire("ResendDeliveries");
    http("DELETE", "/webhook-endpoints/shop", Map.of(), "", 200);
    now = now.plus(Duration.ofMinutes(31));
    fire("ResendDueOrders");
    pump(1);
    order(15);
    queues.clear();
    paid(14);
    unknownScan();
    pump(1);
    now = now.plus(Duration.ofHours(25));
    fire("ResendDueOrders");
    fire("RefundUnclaimed");
    fire("WithdrawLots");
    fire("ReconcileStock");
    fire("ReportUnlabelled");
    now = now.plus(Duration.ofDays(8));
    fire("CheckParcels");
    pump(1);
    returned(delivered);
    var again = SAMPLES.read("replace-order.json");
    // The units of the first line are on their way back by now.
    ((ObjectNode) again.at("/lines/0")).put("line_id", "line_3");
    http("POST", "/orders/" + delivered + "/replacements", Map.of(), again.toString(), 202);
    pump(1);
    broughtBack();
  }

  /** A parcel that was not delivered comes back. */
  private void broughtBack() {
    for (String order : orders()) {
      for (Object fulfillment : (List<?>) http("GET", "/orders/" + order, Map.of(), "", 200).get("fulfillments")) {
        for (Object parcel : (List<?>) Json.object(fulfillment).get("parcels")) {
          Map<String, Object> of = Json.object(parcel);
          if (of.get("tracking_number") instanceof String number && number.startsWith("WB")
              && "pre_transit".equals(of.get("status"))) {
            tracking(SAMPLES.easyPost("easypost-tracker-in-transit.json", number, now.truncatedTo(ChronoUnit.SECONDS))
                .replace("\"in_transit\"", "\"return_to_sender\""));
            pump(1);
            return;
          }
        }
      }
    }
    throw new IllegalStateException("no parcel can come back");
  }

  /** A customer is given store credit, pays with it, and has it back as the order is cancelled. */
  private void storeCredit() {
    http("POST", "/store-credits/adjustments", Map.of(), SAMPLES.read("adjust-store-credit.json").toString(), 201);
    var form = SAMPLES.read("place-order.json").put("reference", "credit");
    form.putArray("payments").addObject().put("provider", "store_credit").put("reference", "cart").put("amount", 1500);
    Object order = http("POST", "/orders", Map.of(), form.toString(), 201).get("id");
    pump(1);
    http("POST", "/orders/" + order + "/cancellation", Map.of(), SAMPLES.read("cancel-order.json").toString(), 200);
    pump(1);
    http("GET", "/store-credits", Map.of("channel", "de-web", "customer_id", "c_881", "currency", "EUR"), "", 200);
  }

  /** A unit of what was delivered comes back. */
  private void returned(String order) {
    http("PUT", "/channels/de-web/return-policy", Map.of(), SAMPLES.read("put-return-policy.json").toString(), 201);
    http("GET", "/channels/de-web/return-policy", Map.of(), "", 200);
    String path = "/returns/" + http("POST", "/returns", Map.of(),
        SAMPLES.read("request-return.json").put("order_id", order).toString(), 201).get("id");
    http("POST", path + "/decision", Map.of(), SAMPLES.read("decide-return.json").toString(), 200);
    labelled(order, path);
    http("POST", path + "/receipts", Map.of(), SAMPLES.read("receive-return.json").toString(), 201);
    http("POST", path + "/dispositions", Map.of(), SAMPLES.read("dispose-return.json").toString(), 201);
    pump(1);
    Object photo = http("POST", "/orders/" + order + "/photos", Map.of(), SAMPLES.read("add-photo.json").toString(),
        201)
        .get("id");
    http("GET", "/orders/" + order + "/photos/" + photo, Map.of(), "", 200);
    String claim = "/claims/" + http("POST", "/claims", Map.of(),
        SAMPLES.read("request-claim.json").put("order_id", order).toString(), 201).get("id");
    http("POST", claim + "/decision", Map.of(), SAMPLES.read("decide-claim.json").toString(), 200);
    http("POST", claim + "/resolution", Map.of(), SAMPLES.read("resolve-claim.json").toString(), 200);
    pump(1);
    http("GET", "/orders/" + order + "/returns", Map.of(), "", 200);
    exchanged(order);
    customersPage(order);
    fire("SweepReturns");
  }

  /** A customer asks on their page for a unit that comes back, which is cancelled, and claims it, each with a photo. */
  private void customersPage(String order) {
    String page = path(http("GET", "/orders/" + order, Map.of(), "", 200)) + "/returns";
    http("GET", page, Map.of(), "", 200);
    form(page, Map.of("form", "3f0c6a1e-98f1-4f6c-9d0e-2b7f5c1a4e10", "quantity.line_3", "1", "photos.line_3",
        "RIFF0000WEBPVP8 "));
    var all = (List<?>) http("GET", "/orders/" + order + "/returns", Map.of(), "", 200).get("data");
    http("POST", "/returns/" + Json.object(all.getLast()).get("id") + "/decision", Map.of(),
        "{\"decision\":\"cancel\"}", 200);
    form(page.replaceFirst("returns$", "claims"), Map.of("form", "3f0c6a1e-98f1-4f6c-9d0e-2b7f5c1a4e11",
        "quantity.line_3", "1", "reason.line_3", "damaged", "photos.line_3", "RIFF0000WEBPVP8 "));
    pump(1);
  }

  private void form(String path, Map<String, String> fields) {
    var body = new StringBuilder();
    fields.forEach((name, value) -> body.append("--sheet\r\nContent-Disposition: form-data; name=\"").append(name)
        .append("\"\r\n\r\n").append(value).append("\r\n"));
    invoke(httpEvent("POST", path, Map.of(), Map.of("content-type", "multipart/form-data; boundary=sheet"),
        body.append("--sheet--\r\n").toString()), 303);
  }

  /** The shop pays the way back. */
  private void labelled(String order, String path) {
    http("POST", path + "/label", Map.of(), SAMPLES.read("label-return.json").toString(), 200);
    pump(1);
    Object returns = ((List<?>) http("GET", "/orders/" + order + "/returns", Map.of(), "", 200).get("data")).getFirst();
    var url = (String) Json.object(Json.object(returns).get("label")).get("url");
    http("GET", url.substring(url.indexOf("/tracking/")), Map.of(), "", 200);
  }

  /** Another unit comes back, and the same product is sent for it; then that comes back, too. */
  private void exchanged(String order) {
    String path = "/returns/" + http("POST", "/returns", Map.of(), "{\"order_id\":\"%s\",\"lines\":[%s]}"
        .formatted(order, "{\"line_id\":\"line_1\",\"quantity\":1,\"exchange\":{}}"), 201).get("id");
    http("POST", path + "/exchange", Map.of(), SAMPLES.read("decide-exchange.json").toString(), 200);
    http("POST", path + "/receipts", Map.of(), SAMPLES.read("receive-return.json").toString(), 201);
    http("POST", path + "/dispositions", Map.of(), SAMPLES.read("dispose-return.json").toString(), 201);
    pump(1);
  }

  /** The first order's parcel came broken: a part of it is refunded, and its carrier pays. */
  private void incident() {
    Map<String, Object> order = http("GET", "/orders/" + orders().getFirst(), Map.of(), "", 200);
    Map<?, ?> fulfillment = (Map<?, ?>) ((List<?>) order.get("fulfillments")).getFirst();
    var parcel = (String) ((Map<?, ?>) ((List<?>) fulfillment.get("parcels")).getFirst()).get("id");
    String incident = "/incidents/" + http("POST", "/incidents", Map.of(),
        SAMPLES.read("report-incident.json").put("parcel_id", parcel).toString(), 201).get("id");
    http("GET", incident, Map.of(), "", 200);
    http("GET", "/incidents", Map.of(), "", 200);
    http("POST", incident + "/resolution", Map.of(), "{\"kind\": \"refund\", \"amount\": 100}", 200);
    pump(1);
    http("POST", incident + "/resolution", Map.of(), SAMPLES.read("resolve-incident.json").toString(), 200);
    http("POST", incident + "/settlement", Map.of(), SAMPLES.read("settle-claim.json").toString(), 200);
  }

  /** A storm, and its end. */
  private void disruption() {
    String path = "/disruptions/" + http("POST", "/disruptions", Map.of(),
        "{\"reason\": \"weather\", \"country\": \"DE\", \"ends_at\": \"%s\"}".formatted(
            now.plus(Duration.ofDays(2))),
        201).get("id");
    pump(1);
    http("GET", path, Map.of(), "", 200);
    http("GET", "/disruptions", Map.of(), "", 200);
    http("POST", path + "/end", Map.of(), SAMPLES.read("end-disruption.json").toString(), 200);
    pump(1);
  }

  /** The label of a parcel that has one is not used. */
  private void unusedLabel() {
    for (String order : orders()) {
      for (Object fulfillment : (List<?>) http("GET", "/orders/" + order, Map.of(), "", 200).get("fulfillments")) {
        for (Object parcel : (List<?>) Json.object(fulfillment).get("parcels")) {
          String path = "/parcels/" + Json.object(parcel).get("id");
          if (Json.object(parcel).get("tracking_number") == null || "DHL".equals(Json.object(parcel).get("carrier"))
              || !"pre_transit".equals(Json.object(parcel).get("status"))) {
            continue;
          }
          http("GET", path + "/label", Map.of("format", "zpl"), "", 200);
          Map<String, Object> manifest = http("POST", "/manifests", Map.of(),
              SAMPLES.read("create-manifest.json").toString(), 201);
          http("GET", "/manifests/" + manifest.get("id"), Map.of("format", "pdf"), "", 200);
          Map<String, Object> pickup = http("POST", "/carrier-pickups", Map.of(),
              SAMPLES.read("create-carrier-pickup.json").toString(), 201);
          http("GET", "/carrier-pickups/" + pickup.get("id"), Map.of(), "", 200);
          http("POST", "/carrier-pickups/" + pickup.get("id") + "/decision", Map.of(),
              SAMPLES.read("decide-carrier-pickup.json").toString(), 200);
          fire("FollowCarrierPickups");
          http("POST", path + "/void", Map.of(), "", 200);
          http("GET", path + "/costs", Map.of(), "", 200);
          fire("FollowVoids");
          fire("PollTracking");
          return;
        }
      }
    }
    throw new IllegalStateException("no parcel has a label that is unused");
  }

  private void shop() {
    http("PUT", "/channels/de-web", Map.of(), SAMPLES.read("put-channel.json").toString(), 201);
    http("PUT", "/locations/leipzig", Map.of(), SAMPLES.read("put-location.json").toString(), 201);
    http("PUT", "/calendars/saxony", Map.of(), SAMPLES.read("put-calendar.json").toString(), 201);
    http("GET", "/calendars/saxony", Map.of(), "", 200);
    http("PUT", "/sourcing-rules/default", Map.of(), SAMPLES.read("put-sourcing-rules.json").toString(), 201);
    http("GET", "/sourcing-rules/default", Map.of(), "", 200);
    http("PUT", "/boxes/carton-m", Map.of(), SAMPLES.read("put-box.json").toString(), 201);
    http("GET", "/boxes", Map.of(), "", 200);
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      http("PUT", "/products/" + sku, Map.of(), SAMPLES.read("put-product.json").toString(), 201);
      var delivery = SAMPLES.read("adjust-stock.json").put("quantity", 1_000);
      http("POST", "/stock/" + sku + "/adjustments", Map.of(), delivery.toString(), 201);
    }
    http("POST", "/delivery-options", Map.of(), SAMPLES.read("quote-delivery.json").toString(), 200);
    http("GET", "/lanes", Map.of(), "", 200);
    http("POST", "/address-checks", Map.of(), SAMPLES.read("check-address.json").toString(), 200);
  }

  /** The first line is in its tote, the second is not in its bin; the rest is packed without being picked. */
  private void picked() {
    http("PUT", "/bins/leipzig/A-03-13", Map.of(), SAMPLES.read("put-bin.json").toString(), 201);
    http("PUT", "/bins/leipzig/T-1", Map.of(), "{\"purpose\": \"tote\"}", 201);
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      var delivery = SAMPLES.read("adjust-stock.json").put("quantity", 40);
      http("POST", "/stock/" + sku + "/adjustments", Map.of(), delivery.toString(), 201);
    }
    for (String bin : List.of("A-03-12", "A-03-13")) {
      for (String sku : List.of("TEA-200", "MUG-BLUE")) {
        http("POST", "/bin-moves", Map.of(),
            "{\"location_id\": \"leipzig\", \"to\": \"%s\", \"sku\": \"%s\", \"quantity\": 20}".formatted(bin, sku),
            201);
      }
    }
    http("GET", "/floor", Map.of(), "", 200);
    http("GET", "/work/products", Map.of(), "", 200);
    http("POST", "/waves", Map.of(), SAMPLES.read("release-wave.json").toString(), 201);
    Map<String, Object> work = http("GET", "/work/next", Map.of("location_id", "leipzig"), "", 200);
    http("GET", "/work", Map.of("location_id", "leipzig"), "", 200);
    String path = "/work/" + work.get("id");
    for (int i = 0; i < 3; i++) {
      Map<String, Object> expects = Json.object(work.get("expects"));
      Object code = switch ((String) work.get("state")) {
        case "bin" -> expects.get("bin");
        case "unit" -> expects.get("sku");
        default -> "T-1";
      };
      work = http("POST", path + "/scans", Map.of(), "{\"code\": \"%s\", \"quantity\": %s}".formatted(code,
          work.get("state").equals("unit") ? expects.get("quantity") : 1), 200);
    }
    http("POST", path + "/actions", Map.of(), "{\"action\": \"missing\"}", 200);
    http("GET", "/counts", Map.of("location_id", "leipzig"), "", 200);
    pump(1);
    fire("ResendPicks");
  }

  /** One unit is missing in a bin. */
  private void counted() {
    String count = "/counts/" + http("POST", "/counts", Map.of(), SAMPLES.read("request-count.json").toString(), 201)
        .get("id");
    http("POST", count + "/tallies", Map.of(), SAMPLES.read("enter-count.json").toString(), 201);
    http("GET", count, Map.of(), "", 200);
    http("POST", count + "/review", Map.of(), SAMPLES.read("review-count.json").toString(), 200);
  }

  private void order(int number) {
    String form = SAMPLES.read("place-order.json").toString().replace("5512033", "order-" + number)
        .replace(INTENT, INTENT + number);
    http("POST", "/orders", Map.of(), form, 201);
  }

  private void paid(int number) {
    intents.add(INTENT + number);
    Stage.know(world, INTENT + number);
    String body = SAMPLES.stripe("stripe-payment-intent-succeeded.json", INTENT + number, null);
    invoke(httpEvent("POST", "/webhooks/payments/" + Providers.PAYMENT_ACCOUNT, Map.of(),
        Signatures.stripe(body, Providers.PAYMENT_SECRET, now), body), 200);
  }

  /** What is held is captured, as the channel wants it. */
  private void authorized() {
    String form = SAMPLES.read("place-order.json").toString().replace("5512033", "order-held")
        .replace(INTENT, INTENT + Stage.HELD);
    http("POST", "/orders", Map.of(), form, 201);
    intents.add(INTENT + Stage.HELD);
    Stage.know(world, INTENT + Stage.HELD);
    String body = SAMPLES.stripe("stripe-payment-intent-amount-capturable-updated.json", INTENT + Stage.HELD, null);
    invoke(httpEvent("POST", "/webhooks/payments/" + Providers.PAYMENT_ACCOUNT, Map.of(),
        Signatures.stripe(body, Providers.PAYMENT_SECRET, now), body), 200);
    pump(1);
  }

  private void pack() {
    Map<String, Object> list = http("GET", "/fulfillments", Map.of("status", "open", "limit", "100"), "", 200);
    boolean labelledElsewhere = true;
    for (Object work : (List<?>) list.get("data")) {
      if (((List<?>) Json.object(work).get("lines")).size() < 2) {
        // A replacement: the sample does not pack it.
        continue;
      }
      String id = (String) Json.object(work).get("id");
      http("GET", "/fulfillments/" + id, Map.of(), "", 200);
      http("GET", "/fulfillments/" + id + "/slip", Map.of(), "", 200);
      http("GET", "/fulfillments/" + id + "/cartons", Map.of(), "", 200);
      var form = SAMPLES.read("pack-fulfillment.json");
      // What replaces units of another order holds fewer lines.
      var lines = ((com.fasterxml.jackson.databind.node.ObjectNode) form.at("/parcels/0")).putArray("lines");
      ((List<?>) Json.object(work).get("lines")).stream().map(Json::object).forEach(it -> lines.addObject()
          .put("line_id", (String) it.get("line_id")).put("quantity", ((Number) it.get("quantity")).intValue()));
      if (labelledElsewhere) {
        form.withArray("/parcels").forEach(it -> ((com.fasterxml.jackson.databind.node.ObjectNode) it)
            .put("carrier", "DHL").put("tracking_number", "JD0001"));
        labelledElsewhere = false;
      }
      String packing = form.toString();
      http("POST", "/fulfillments/" + id + "/packing", Map.of(), packing, 200);
      http("GET", "/fulfillments/" + id + "/slip", Map.of(), "", 200);
      // None crosses a border here.
      http("GET", "/parcels/" + id.replaceFirst("^ful_", "par_") + "_1/customs-documents", Map.of(), "", 409);
      http("POST", "/fulfillments/" + id + "/repacking", Map.of(), "", 200);
      pump(1);
      // Its label may have been bought first.
      if (http("GET", "/fulfillments/" + id, Map.of(), "", 200).get("status").equals("open")) {
        http("POST", "/fulfillments/" + id + "/packing", Map.of(), packing, 200);
      }
    }
  }

  /** One order whose transfer has come, and one whose transfer is waited for no longer. */
  private void paidLater() {
    for (String end : List.of("captures", "voids")) {
      var form = SAMPLES.read("place-order.json").put("reference", end);
      form.remove("payments");
      String payments = "/orders/" + http("POST", "/orders", Map.of(), form.toString(), 201).get("id") + "/payments";
      Map<String, Object> order = http("POST", payments, Map.of(), SAMPLES.read("add-payment.json").toString(), 200);
      Object payment = Json.object(((List<?>) order.get("payments")).getFirst()).get("id");
      http("POST", payments + "/" + payment + "/" + end, Map.of(), "{}", 200);
      pump(1);
    }
  }

  /** An order waits for what is not there, which comes. */
  private void backordered() {
    var product = SAMPLES.read("put-product.json");
    product.putObject("oversell").put("policy", "backorder").put("limit", 9);
    http("PUT", "/products/TEA-RARE", Map.of(), product.toString(), 201);
    http("POST", "/orders", Map.of(), SAMPLES.read("place-order.json").toString().replace("5512033", "order-rare")
        .replace(INTENT, INTENT + "rare").replace("TEA-200", "TEA-RARE"), 201);
    pump(1);
    http("POST", "/stock/TEA-RARE/adjustments", Map.of(), SAMPLES.read("adjust-stock.json").toString(), 201);
    pump(1);
  }

  private void checkout() {
    Map<String, Object> made = http("POST", "/reservations", Map.of(), SAMPLES.read("make-reservation.json").toString(),
        201);
    http("GET", "/reservations/" + made.get("id"), Map.of(), "", 200);
    http("POST", "/reservations/" + made.get("id") + "/prolongation", Map.of(),
        SAMPLES.read("prolong-reservation.json").toString(), 200);
    http("DELETE", "/reservations/" + made.get("id"), Map.of(), "", 200);
    fire("ExpireReservations");
  }

  /** An order of a link and a key, which waits for the key. */
  private void digital() {
    http("PUT", "/products/BREWING-PDF", Map.of(), SAMPLES.read("put-digital-product.json").toString(), 201);
    http("PUT", "/products/TEA-CLUB", Map.of(), SAMPLES.read("put-licensed-product.json").toString(), 201);
    Map<String, Object> order = http("POST", "/orders", Map.of(),
        SAMPLES.read("place-digital-order.json").toString(), 201);
    pump(1);
    fire("ResendGrants");
    pump(1);
    http("POST", "/products/TEA-CLUB/keys", Map.of(), SAMPLES.read("import-keys.json").toString(), 200);
    pump(1);
    http("GET", "/products/TEA-CLUB/keys", Map.of(), "", 200);
    http("GET", path(order), Map.of(), "", 200);
    String link = stage.items(world, "DigitalTable").stream().filter(it -> it.get("sk").s().equals("delivery"))
        .map(Object::toString)
        .map(java.util.regex.Pattern.compile("token=AttributeValue\\(S=([A-Za-z0-9_-]{32})\\)")::matcher)
        .filter(java.util.regex.Matcher::find).map(it -> it.group(1)).findFirst().orElseThrow();
    http("GET", "/downloads/" + link, Map.of(), "", 302);
    http("POST", "/orders/" + order.get("id") + "/refunds", Map.of(),
        "{\"lines\": [{\"line_id\": \"line_1\", \"quantity\": 1}, {\"line_id\": \"line_2\", \"quantity\": 1}],"
            + " \"done_elsewhere\": true, \"reason\": \"test\"}",
        200);
    pump(1);
  }

  private void heldAndReleased(String order) {
    Map<String, Object> held = http("POST", "/orders/" + order + "/holds", Map.of(),
        SAMPLES.read("hold-order.json").toString(), 200);
    var hold = (String) Json.object(((List<?>) held.get("holds")).getFirst()).get("id");
    http("POST", "/orders/" + order + "/holds/" + hold + "/release", Map.of(),
        SAMPLES.read("release-hold.json").toString(), 200);
  }

  /** A packer finds another lot than the one that was allocated. */
  private void swapped() {
    http("PUT", "/products/CREAM-50", Map.of(), "{\"name\": \"Cream\", \"lot_tracked\": true}", 201);
    for (String lot : List.of("L-114", "L-207")) {
      http("POST", "/stock/CREAM-50/adjustments", Map.of(),
          "{\"location_id\": \"leipzig\", \"quantity\": 2, \"reason\": \"received\", \"lot\": \"%s\"}".formatted(lot),
          201);
    }
    var form = SAMPLES.read("place-order.json").put("reference", "swapped");
    form.putArray("payments").addObject().put("provider", "external").put("reference", "cash-swapped")
        .put("amount", form.path("total").asLong()).put("status", "captured");
    Object order = http("POST", "/orders", Map.of(), form.toString().replace("TEA-200", "CREAM-50"), 201).get("id");
    pump(1);
    Map<String, Object> seen = http("GET", "/orders/" + order, Map.of(), "", 200);
    Object fulfillment = Json.object(((List<?>) seen.get("fulfillments")).getFirst()).get("id");
    http("POST", "/fulfillments/" + fulfillment + "/lot-swaps", Map.of(), SAMPLES.read("swap-lots.json").toString(),
        200);
    pump(1);
    http("POST", "/orders/" + order + "/cancellation", Map.of(), SAMPLES.read("cancel-order.json").toString(), 200);
    pump(1);
  }

  /** Two orders of one customer that are to leave in one parcel, and then are not wanted any more. */
  private void merged() {
    var both = new ArrayList<String>();
    for (int i = 31; i <= 32; i++) {
      order(i);
      paid(i);
      pump(1);
      both.add(reference("order-" + i));
    }
    http("POST", "/orders/" + both.getFirst() + "/merger", Map.of(),
        SAMPLES.read("merge-order.json").put("order_id", both.getLast()).toString(), 200);
    pump(1);
    for (String order : both) {
      http("POST", "/orders/" + order + "/cancellation", Map.of(), SAMPLES.read("cancel-order.json").toString(), 200);
    }
    pump(1);
  }

  private static String reference(String reference) {
    return OrderId.of(new ChannelId("de-web"), reference).value();
  }

  private void mailCameBack() {
    String sample = "ord_8wbx56kav7d3kerhkfart51jp5";
    String order = orders().getFirst();
    unread.add(new Sent("record-mail-feedback", SAMPLES.read("record-mail-feedback.json").toString()
        .replace(sample, order).replace(confirmed(sample), confirmed(order))));
    pump(1);
    String address = stage.items(world, "NotificationsTable").stream().map(it -> it.get("pk").s())
        .filter(it -> it.startsWith("sup_")).findFirst().orElseThrow();
    http("POST", "/mail-suppressions/" + address + "/release", Map.of(),
        SAMPLES.read("release-suppression.json").toString(), 200);
  }

  /** As a tag names the mail. */
  private static String confirmed(String order) {
    return Base64.getUrlEncoder().withoutPadding()
        .encodeToString(("confirmed#" + order).getBytes(StandardCharsets.UTF_8));
  }

  private void shortage(String order) {
    Map<String, Object> seen = http("GET", "/orders/" + order, Map.of(), "", 200);
    Object fulfillment = Json.object(((List<?>) seen.get("fulfillments")).getFirst()).get("id");
    http("POST", "/fulfillments/" + fulfillment + "/shortages", Map.of(),
        SAMPLES.read("report-shortage.json").toString(), 200);
    pump(1);
    now = now.plus(Duration.ofMinutes(2));
    fire("ResendShortages");
    pump(1);
  }

  /** The location has nothing of what the order's fulfillment has allocated. */
  private void counted(String order) {
    Map<String, Object> seen = http("GET", "/orders/" + order, Map.of(), "", 200);
    Object line = ((List<?>) Json.object(((List<?>) seen.get("fulfillments")).getFirst()).get("lines")).getFirst();
    Object id = Json.object(line).get("line_id");
    Object sku = ((List<?>) seen.get("lines")).stream().map(Json::object).filter(it -> it.get("id").equals(id))
        .findFirst().orElseThrow().get("sku");
    http("POST", "/stock/" + sku + "/adjustments", Map.of(),
        SAMPLES.read("count-stock.json").put("counted", 0).toString(), 201);
    pump(1);
    http("POST", "/stock/" + sku + "/adjustments", Map.of(),
        SAMPLES.read("count-stock.json").put("counted", 1_000).toString(), 201);
  }

  private void scans() {
    Map<String, Object> order = http("GET", "/orders/" + orders().getFirst(), Map.of(), "", 200);
    Map<?, ?> fulfillment = (Map<?, ?>) ((List<?>) order.get("fulfillments")).getFirst();
    var number = (String) ((Map<?, ?>) ((List<?>) fulfillment.get("parcels")).getFirst()).get("tracking_number");
    now = now.plus(Duration.ofSeconds(10));
    for (String news : List.of("in-transit", "out-for-delivery", "delivered")) {
      tracking(SAMPLES.easyPost("easypost-tracker-" + news + ".json", number, now.truncatedTo(ChronoUnit.SECONDS)));
      pump(1);
    }
    http("GET", trackingPage(), Map.of(), "", 200);
  }

  private String trackingPage() {
    return path(http("GET", "/orders/" + orders().getFirst(), Map.of(), "", 200));
  }

  private static String path(Map<String, Object> order) {
    var links = (Map<?, ?>) order.get("links");
    return links.get("tracking_url").toString().replaceFirst("^https?://[^/]+", "");
  }

  private void unknownScan() {
    tracking(
        SAMPLES.easyPost("easypost-tracker-in-transit.json", "WB9999999999999", now.truncatedTo(ChronoUnit.SECONDS)));
  }

  private void tracking(String body) {
    String path = "/webhooks/carriers/" + Providers.CARRIER_ACCOUNT;
    invoke(httpEvent("POST", path, Map.of(), Signatures.easyPost(path, body, Providers.CARRIER_SECRET, now), body),
        200);
  }

  /** Those that the shop placed, the first first: none that Waybill made to replace another. */
  private List<String> orders() {
    List<String> replacing = stage.items(world, "OrdersTable").stream()
        .filter(it -> it.get("sk").s().equals("content") && it.containsKey("replaces")).map(it -> it.get("pk").s())
        .toList();
    return stage.items(world, "OrdersTable").stream().filter(it -> it.get("sk").s().equals("state"))
        .filter(it -> !replacing.contains(it.get("pk").s()))
        .sorted(java.util.Comparator.comparing(it -> Long.parseLong(it.get("created_at").n())))
        .map(it -> it.get("pk").s()).toList();
  }

  private void imported() {
    String file = SAMPLES.text("import-stock.csv");
    String accepted = "/stock/imports/" + http("POST", "/stock/imports", Map.of(), file, 202).get("id");
    pump(1);
    http("GET", accepted, Map.of(), "", 200);
    http("GET", "/stock/exports", Map.of(), "", 200);
  }

  private void transferred() {
    http("PUT", "/locations/halle", Map.of(), SAMPLES.read("put-location.json").put("stock_pool", "outlet").toString(),
        201);
    String transfer = "/transfers/"
        + http("POST", "/transfers", Map.of(), SAMPLES.read("create-transfer.json").toString(), 201).get("id");
    http("GET", transfer, Map.of(), "", 200);
    http("POST", transfer + "/dispatch", Map.of(), SAMPLES.read("dispatch-transfer.json").toString(), 200);
    http("POST", transfer + "/receipts", Map.of(), SAMPLES.read("receive-transfer.json").toString(), 201);
    http("POST", transfer + "/cancellation", Map.of(), SAMPLES.read("cancel-transfer.json").toString(), 200);
  }

  private void assembled() {
    http("PUT", "/products/HAMPER", Map.of(), SAMPLES.read("put-assembled-product.json").toString(), 201);
    String assembly = "/assemblies/"
        + http("POST", "/assemblies", Map.of(), SAMPLES.read("create-assembly.json").toString(), 201).get("id");
    http("GET", assembly, Map.of(), "", 200);
    http("POST", assembly + "/completions", Map.of(), SAMPLES.read("complete-assembly.json").toString(), 201);
    http("POST", assembly + "/cancellation", Map.of(), "", 200);
  }

  private Map<String, Object> http(String method, String path, Map<String, String> query, String body, int status) {
    return invoke(httpEvent(method, path, query, Map.of("content-type", "application/json", "idempotency-key",
        "key-" + ++keys), body), status);
  }

  private Map<String, Object> invoke(Map<String, Object> event, int status) {
    var function = (Deployed) event.remove("function");
    Played played = keep(function, Json.write(event).getBytes(StandardCharsets.UTF_8), 1);
    Map<String, Object> answer = Json.readObject(played.answer());
    if (((Number) answer.get("statusCode")).intValue() != status) {
      throw new IllegalStateException(event.get("rawPath") + " -> " + played.answer());
    }
    now = now.plusMillis(5);
    var text = (String) answer.get("body");
    return text.startsWith("{") ? Json.readObject(text) : Map.of();
  }

  private Map<String, Object> httpEvent(String method, String path, Map<String, String> query,
      Map<String, String> headers, String body) {
    // Of two that match, the gateway takes the one that names more.
    for (var route : blueprint.routes().entrySet().stream()
        .sorted(
            java.util.Comparator.comparingLong(it -> it.getKey().path().chars().filter(sign -> sign == '{').count()))
        .toList()) {
      List<String> names = new ArrayList<>();
      var pattern = java.util.regex.Pattern.compile("\\{([a-z_]+)}").matcher(route.getKey().path()).replaceAll(it -> {
        names.add(it.group(1));
        return "([^/]+)";
      });
      var matcher = java.util.regex.Pattern.compile(pattern).matcher(path);
      if (!route.getKey().method().equals(method) || !matcher.matches()) {
        continue;
      }
      var parameters = new LinkedHashMap<String, String>();
      for (int i = 0; i < names.size(); i++) {
        parameters.put(names.get(i), matcher.group(i + 1));
      }
      var lower = new LinkedHashMap<String, String>();
      headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
      return new LinkedHashMap<>(Map.of("function", route.getValue(), "version", "2.0", "rawPath", path, "headers",
          lower, "queryStringParameters", query, "pathParameters", parameters, "body", body, "isBase64Encoded", false,
          "requestContext", Map.of("http", Map.of("method", method, "path", path), "authorizer",
              Map.of("jwt", Map.of("claims", Map.of("sub", "somebody", "scope",
                  "catalog:write stock:write orders:place orders:operate fulfillment:work"))))));
    }
    throw new IllegalArgumentException("there is no route for " + method + " " + path);
  }

  private void fire(String function) {
    keep(function(it -> it.name().equals(function)), "{}".getBytes(StandardCharsets.UTF_8), 1);
    collect();
  }

  private Deployed function(Predicate<Deployed> which) {
    return blueprint.functions().stream().filter(which).findAny().orElseThrow();
  }

  /** Delivers all messages, and those that they lead to. */
  private void pump(int batch) {
    collect();
    for (boolean moved = true; moved;) {
      moved = false;
      for (String queue : List.copyOf(queues.keySet())) {
        var bodies = new ArrayList<String>();
        while (bodies.size() < Math.min(batch, batchSize(queue)) && !queues.get(queue).isEmpty()) {
          bodies.add(queues.get(queue).remove());
        }
        if (!bodies.isEmpty()) {
          deliver(queue, bodies);
          moved = true;
        }
      }
    }
  }

  private int batchSize(String queue) {
    return function(it -> Routing.queueOf(it.name()).equals(queue)).declaration().events(QueueEvent.class).getFirst()
        .batchSize();
  }

  private void deliver(String queue, List<String> bodies) {
    Deployed function = function(it -> Routing.queueOf(it.name()).equals(queue));
    var records = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < bodies.size(); i++) {
      records.add(Map.of("messageId", "m-" + i, "body", bodies.get(i), "attributes",
          Map.of("ApproximateReceiveCount", "1")));
    }
    Played played = keep(function, Json.write(Map.of("Records", records)).getBytes(StandardCharsets.UTF_8),
        bodies.size());
    if (!played.answer().equals("{\"batchItemFailures\":[]}")) {
      throw new IllegalStateException(function.name() + " -> " + played.answer() + " " + bodies);
    }
    now = now.plusMillis(5);
    collect();
  }

  private void collect() {
    unread.forEach(it -> queues.computeIfAbsent(it.queue(), _ -> new ArrayDeque<>()).add(it.body()));
    unread.clear();
  }

  private Played keep(Deployed function, byte[] event, int messages) {
    Map<String, List<Map<String, AttributeValue>>> tables = stage.items(world);
    Map<String, byte[]> files = world.files();
    world.strike(null, 0);
    int mails = world.mails.get();
    int refunds = Stage.refunds(world);
    Played played = stage.play(world, function, event, now, function.declaration().timeout()).since(mails, refunds);
    if (played.failure() != null) {
      throw new IllegalStateException(function.name(), played.failure());
    }
    unread.addAll(played.sent());
    var invocation = new Invocation(function, event, messages, now, tables, files, List.copyOf(intents), played,
        world.calls.get());
    if (messages == 1) {
      single.merge(function.name(), invocation, (one, other) -> other.calls() > one.calls() ? other : one);
    } else {
      batches.merge(function.name(), invocation, (one, other) -> other.messages() > one.messages() ? other : one);
    }
    return played;
  }
}
