package waybill.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import waybill.local.providers.Caller;
import waybill.local.EmbeddedCloud;
import waybill.messages.FulfillmentId;
import waybill.messages.ShortageId;
import waybill.template.FunctionDeclaration;
import waybill.template.FunctionDeclaration.QueueEvent;
import waybill.local.providers.Providers;
import waybill.local.providers.Samples;
import waybill.local.providers.Signatures;
import waybill.local.Walk;

/**
 * An event for each function: what the gateway gave it last when the sample order was walked, everything was looked at and another was cancelled, the
 * sample of its message, or a schedule's. The sample order has arrived by then, so what is asked again changes nothing.
 * Webhooks are good for minutes only: before each use they are {@linkplain #signed signed} anew.
 */
final class SampleEvents {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNode ALL_DONE = JSON.createObjectNode().set("batchItemFailures", JSON.createArrayNode());
  /** Of the walk, as the samples of messages name it. */
  private static final String SAMPLE = "ord_8wbx56kav7d3kerhkfart51jp5";
  private static final Pattern TRACKING = Pattern.compile("/tracking/[A-Za-z0-9_.-]+");
  private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final byte[] SCHEDULE = "{}".getBytes(StandardCharsets.UTF_8);

  private SampleEvents() {}

  /** @param events the folder of the samples. @return an event by each function's name */
  static Map<String, byte[]> of(EmbeddedCloud cloud, Path events) throws Exception {
    Map<String, byte[]> seen = new ConcurrentHashMap<>();
    cloud.onEvent(seen::put);
    walk(cloud);
    var caller = new Caller(cloud.url(), cloud.token("onlooker", cloud.scopes().toArray(String[]::new)));
    look(cloud, caller, events);
    returned(cloud, caller, events);
    calendars(caller, events);
    inbound(caller, events);
    transfers(caller, events);
    assemblies(caller, events);
    webhooks(caller, events);
    paidLater(caller, events);
    merged(cloud, caller, events);
    digital(cloud, caller, events);
    packedAgain(cloud, caller, events);
    swapped(cloud, caller, events);
    unusedLabel(cloud, caller, events);
    broken(caller, events);
    disrupted(caller, events);
    byTheCustomer(cloud, caller, events);
    String fellShort = inTheBuilding(cloud, caller, events);
    String cancelled = cancelledOrder(caller, events);
    FulfillmentId lacking = shortOrder(cloud, caller, events);
    cloud.awaitIdle(PATIENCE);
    mails(caller, cancelled, events);
    var byFunction = new TreeMap<String, byte[]>();
    for (FunctionDeclaration function : cloud.declarations()) {
      boolean isFed = !function.events(QueueEvent.class).isEmpty();
      byte[] event = isFed
          ? message(function.id(), events, cancelled, lacking, fellShort)
          : seen.getOrDefault(function.id(), SCHEDULE);
      byFunction.put(function.id(), event);
    }
    return byFunction;
  }

  /** For functions that answer what they are sent. */
  static byte[] ofEcho() {
    return ALL_DONE.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The same event; a webhook as its sender would sign it now. */
  static byte[] signed(byte[] event, Instant now) throws IOException {
    JsonNode json = JSON.readTree(event);
    String path = json.path("rawPath").asText();
    String body = json.path("body").asText();
    Map<String, String> signature = path.startsWith("/webhooks/payments/")
        ? Signatures.stripe(body, Providers.PAYMENT_SECRET, now)
        : path.startsWith("/webhooks/carriers/")
            ? Signatures.easyPost(path, body, Providers.CARRIER_SECRET, now)
            : Map.of();
    signature.forEach((name, value) -> ((ObjectNode) json.path("headers")).put(name.toLowerCase(Locale.ROOT), value));
    return signature.isEmpty() ? event : JSON.writeValueAsBytes(json);
  }

  /** Whether this answers a sample that was taken. A schedule's function answers nothing. */
  static boolean isTaken(byte[] answer) throws IOException {
    if (answer.length == 0) {
      return true;
    }
    JsonNode json = JSON.readTree(answer);
    int status = json.path("statusCode").asInt();
    // What is put and never changed is reported as created.
    // A form leads back to its page.
    return json.has("statusCode") ? status >= 200 && status < 400 : json.equals(ALL_DONE);
  }

  private static void walk(EmbeddedCloud cloud) {
    String failure = Walk.run(cloud, new PrintStream(OutputStream.nullOutputStream()));
    if (failure != null) {
      throw new IllegalStateException("the sample order does not arrive: " + failure);
    }
  }

  /** Asks for all that the walk does not ask for. */
  private static void look(EmbeddedCloud cloud, Caller caller, Path events) throws IOException {
    List.of("/events", "/products", "/products/TEA-200", "/channels/de-web", "/locations", "/stock/TEA-200",
        "/stock/TEA-200/movements",
        trackingPage(cloud))
        .forEach(it -> caller.get(it).expect(200));
    String file = Files.readString(events.resolve("import-stock.csv"));
    caller.get("/stock/imports/" + caller.send("POST", "/stock/imports", file, Map.of("Content-Type", "text/csv",
        "Idempotency-Key", "file")).expect(202).json().path("id").asText()).expect(200);
    caller.get("/stock/exports").expect(200);
    caller.put("/stock/TEA-200/pools/default", "{\"safety_stock\": 0}").expect(200);
    String order = caller.get("/orders?channel=de-web&customer_id=c_881").expect(200).json().at("/data/0/id").asText();
    String fulfillment = caller.get("/orders/" + order).expect(200).json().at("/fulfillments/0/id").asText();
    caller.get("/fulfillments/" + fulfillment).expect(200);
    caller.get("/fulfillments/" + fulfillment + "/slip").expect(200);
    caller.put("/boxes/carton-m", Files.readString(events.resolve("put-box.json"))).expect(201);
    caller.get("/boxes").expect(200);
    caller.get("/fulfillments/" + fulfillment + "/cartons").expect(200);
    caller.get("/parcels/"
        + caller.get("/orders/" + order).expect(200).json().at("/fulfillments/0/parcels/0/id").asText() + "/label")
        .expect(200);
    caller.get("/orders?email=ada@example.com").expect(200);
    caller.get("/orders/" + order + "/history").expect(200);
    caller.post("/orders/" + order + "/mails", "{\"kind\": \"shipped\"}", "mail").expect(202);
    caller.post("/orders/" + order + "/notes", Files.readString(events.resolve("note-order.json")), "note").expect(200);
    caller.put("/orders/" + order + "/tags", Files.readString(events.resolve("tag-order.json"))).expect(200);
    caller.post("/orders/" + order + "/refunds", Files.readString(events.resolve("refund-order.json")), "refund")
        .expect(200);
    caller.post("/orders/" + order + "/replacements", Files.readString(events.resolve("replace-order.json")), "replace")
        .expect(202);
  }

  /** What is expected at a location, of which a part has arrived. */
  private static void inbound(Caller caller, Path events) throws IOException {
    caller.get("/availability?channel=de-web&sku=TEA-200").expect(200);
    String reservation = "/reservations/" + caller
        .post("/reservations", Files.readString(events.resolve("make-reservation.json")), "checkout").expect(201).json()
        .path("id").asText();
    caller.get(reservation).expect(200);
    caller.post(reservation + "/prolongation", Files.readString(events.resolve("prolong-reservation.json")), "longer")
        .expect(200);
    caller.send("DELETE", reservation, "", Map.of()).expect(200);
    caller.put("/inbounds/PO-4711", Files.readString(events.resolve("put-inbound.json"))).expect(201);
    caller.get("/inbounds/PO-4711").expect(200);
    caller.post("/inbounds/PO-4711/receipts", Files.readString(events.resolve("receive-inbound.json")), "pallet")
        .expect(201);
  }

  /** What a customer sends back of the sample order, which has come. */
  private static void returned(EmbeddedCloud cloud, Caller caller, Path events) throws Exception {
    caller.put("/channels/de-web/return-policy", Files.readString(events.resolve("put-return-policy.json")))
        .expect(201);
    caller.get("/channels/de-web/return-policy").expect(200);
    String path = "/returns/" + caller.post("/returns", Files.readString(events.resolve("request-return.json")), "back")
        .expect(201).json().path("id").asText();
    caller.post(path + "/decision", Files.readString(events.resolve("decide-return.json")), "approved").expect(200);
    caller.post(path + "/receipts", Files.readString(events.resolve("receive-return.json")), "counted").expect(201);
    caller.post(path + "/dispositions", Files.readString(events.resolve("dispose-return.json")), "decided").expect(201);
    cloud.awaitIdle(PATIENCE);
    String photo = caller
        .post("/orders/" + SAMPLE + "/photos", Files.readString(events.resolve("add-photo.json")), "photo")
        .expect(201).json().path("id").asText();
    caller.get("/orders/" + SAMPLE + "/photos/" + photo).expect(200);
    String claim = "/claims/" + caller.post("/claims", Files.readString(events.resolve("request-claim.json")), "broken")
        .expect(201).json().path("id").asText();
    caller.post(claim + "/decision", Files.readString(events.resolve("decide-claim.json")), "seen").expect(200);
    caller.post(claim + "/resolution", Files.readString(events.resolve("resolve-claim.json")), "good").expect(200);
    cloud.awaitIdle(PATIENCE);
    caller.get("/orders/" + SAMPLE + "/returns").expect(200);
    String another = caller.post("/returns", "{\"order_id\":\"%s\",\"lines\":[%s]}".formatted(SAMPLE,
        "{\"line_id\":\"line_3\",\"quantity\":1,\"exchange\":{}}"), "another").expect(201).json().path("id").asText();
    caller.post("/returns/" + another + "/exchange", Files.readString(events.resolve("decide-exchange.json")), "waived")
        .expect(200);
  }

  private static void calendars(Caller caller, Path events) throws IOException {
    caller.put("/calendars/saxony", Files.readString(events.resolve("put-calendar.json"))).expect(201);
    caller.get("/calendars/saxony").expect(200);
    caller.put("/sourcing-rules/default", Files.readString(events.resolve("put-sourcing-rules.json"))).expect(201);
    caller.get("/sourcing-rules/default").expect(200);
    caller.post("/delivery-options", Files.readString(events.resolve("quote-delivery.json")), "options").expect(200);
    caller.get("/lanes").expect(200);
    caller.post("/address-checks", Files.readString(events.resolve("check-address.json")), "address").expect(200);
  }

  /** One that has partly arrived, and a draft that was cancelled. */
  private static void transfers(Caller caller, Path events) throws IOException {
    String place = Files.readString(events.resolve("put-location.json")).replace("\"default\"", "\"outlet\"");
    caller.put("/locations/halle", place).expect(201);
    String transfer = transfer(caller, events, "lorry");
    caller.get(transfer).expect(200);
    caller.post(transfer + "/dispatch", Files.readString(events.resolve("dispatch-transfer.json")), "leaves")
        .expect(200);
    caller.post(transfer + "/receipts", Files.readString(events.resolve("receive-transfer.json")), "arrives")
        .expect(201);
    caller.post(transfer(caller, events, "no lorry") + "/cancellation",
        Files.readString(events.resolve("cancel-transfer.json")), "stays").expect(200);
  }

  private static String transfer(Caller caller, Path events, String key) throws IOException {
    return "/transfers/" + caller.post("/transfers", Files.readString(events.resolve("create-transfer.json")), key)
        .expect(201).json().path("id").asText();
  }

  /** One of which a part is done, and whose rest was cancelled. */
  private static void assemblies(Caller caller, Path events) throws IOException {
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      caller.post("/stock/" + sku + "/adjustments", Files.readString(events.resolve("adjust-stock.json")),
          "parts-" + sku).expect(201);
    }
    caller.put("/products/HAMPER", Files.readString(events.resolve("put-assembled-product.json"))).expect(201);
    String assembly = "/assemblies/" + caller
        .post("/assemblies", Files.readString(events.resolve("create-assembly.json")), "december").expect(201).json()
        .path("id").asText();
    caller.get(assembly).expect(200);
    caller.post(assembly + "/completions", Files.readString(events.resolve("complete-assembly.json")), "first shift")
        .expect(201);
    caller.post(assembly + "/cancellation", "", "no more").expect(200);
  }

  private static void webhooks(Caller caller, Path events) throws IOException {
    String form = Files.readString(events.resolve("put-webhook-endpoint.json"));
    String endpoint = "/webhook-endpoints/shop";
    caller.put(endpoint, form).expect(201);
    caller.get(endpoint).expect(200);
    caller.get(endpoint + "/deliveries").expect(200);
    caller.post(endpoint + "/secret", "{\"secret\": \"whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\"}", "rotate").expect(200);
    caller.post(endpoint + "/redeliveries", JSON.writeValueAsString(
        Map.of("from", Instant.now().minusSeconds(60).toString(), "to", Instant.now().toString())), "again")
        .expect(202);
    caller.put("/webhook-endpoints/gone", form).expect(201);
    caller.send("DELETE", "/webhook-endpoints/gone", "", Map.of()).expect(200);
  }

  /** One order whose transfer has come, and one whose transfer is waited for no longer. */
  private static void paidLater(Caller caller, Path events) throws IOException {
    for (String end : List.of("captures", "voids")) {
      var form = (ObjectNode) JSON.readTree(Files.readString(events.resolve("place-order.json")));
      form.put("reference", end).remove("payments");
      String payments = "/orders/" + caller.post("/orders", form.toString()).expect(201).json().path("id").asText()
          + "/payments";
      String payment = caller.post(payments, Files.readString(events.resolve("add-payment.json")), end)
          .expect(200).json().at("/payments/0/id").asText();
      caller.post(payments + "/" + payment + "/" + end, "{}", end).expect(200);
    }
  }

  /** Two orders of one customer that leave in one parcel. */
  private static void merged(EmbeddedCloud cloud, Caller caller, Path events) throws Exception {
    var both = new ArrayList<String>();
    for (String reference : List.of("companion", "lead")) {
      var form = (ObjectNode) JSON.readTree(Files.readString(events.resolve("place-order.json")));
      form.put("reference", reference);
      form.putArray("payments").addObject().put("provider", "external").put("reference", reference)
          .put("amount", form.path("total").asLong()).put("status", "captured");
      both.add(caller.post("/orders", form.toString()).expect(201).json().path("id").asText());
    }
    cloud.awaitIdle(PATIENCE);
    var merger = (ObjectNode) JSON.readTree(Files.readString(events.resolve("merge-order.json")));
    merger.put("order_id", both.getLast());
    caller.post("/orders/" + both.getFirst() + "/merger", merger.toString(), "merge").expect(200);
    for (String order : both) {
      caller.post("/orders/" + order + "/cancellation", "{}", "unmerge" + order).expect(200);
    }
    cloud.awaitIdle(PATIENCE);
  }

  /** One order of which a packer does not find all. @return the fulfillment that lacks units */
  private static FulfillmentId shortOrder(EmbeddedCloud cloud, Caller caller, Path events) throws Exception {
    var form = (ObjectNode) JSON.readTree(Files.readString(events.resolve("place-order.json")));
    form.put("reference", "short");
    form.putArray("payments").addObject().put("provider", "external").put("reference", "cash")
        .put("amount", form.path("total").asLong()).put("status", "captured");
    String order = caller.post("/orders", form.toString()).expect(201).json().path("id").asText();
    cloud.awaitIdle(PATIENCE);
    String fulfillment = caller.get("/orders/" + order).expect(200).json().at("/fulfillments/0/id").asText();
    caller.post("/fulfillments/" + fulfillment + "/shortages",
        Files.readString(events.resolve("report-shortage.json")), "short").expect(200);
    return new FulfillmentId(fulfillment);
  }

  /** One order whose packer finds another lot than the one that was allocated. */
  private static void swapped(EmbeddedCloud cloud, Caller caller, Path events) throws Exception {
    caller.put("/products/CREAM-50", "{\"name\": \"Cream\", \"lot_tracked\": true}").expect(201);
    for (String lot : List.of("L-114", "L-207")) {
      caller.post("/stock/CREAM-50/adjustments",
          "{\"location_id\": \"leipzig\", \"quantity\": 2, \"reason\": \"received\", \"lot\": \"%s\"}".formatted(lot),
          lot)
          .expect(201);
    }
    var form = (ObjectNode) JSON
        .readTree(Files.readString(events.resolve("place-order.json")).replace("TEA-200", "CREAM-50"));
    form.put("reference", "swapped");
    form.putArray("payments").addObject().put("provider", "external").put("reference", "cash-swapped")
        .put("amount", form.path("total").asLong()).put("status", "captured");
    String order = caller.post("/orders", form.toString()).expect(201).json().path("id").asText();
    cloud.awaitIdle(PATIENCE);
    String fulfillment = caller.get("/orders/" + order).expect(200).json().at("/fulfillments/0/id").asText();
    caller.post("/fulfillments/" + fulfillment + "/lot-swaps", Files.readString(events.resolve("swap-lots.json")),
        "swap").expect(200);
    cloud.awaitIdle(PATIENCE);
  }

  /** One order that is packed again, as nobody sells a label of its parcel. */
  private static void packedAgain(EmbeddedCloud cloud, Caller caller, Path events) throws Exception {
    var channel = (ObjectNode) JSON.readTree(Files.readString(events.resolve("put-channel.json")));
    channel.put("livemode", true).remove("carrier_accounts");
    caller.put("/channels/live", channel.toString()).expect(201);
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      caller
          .post("/stock/" + sku + "/adjustments", Files.readString(events.resolve("adjust-stock.json")), "live-" + sku)
          .expect(201);
    }
    var form = (ObjectNode) JSON.readTree(Files.readString(events.resolve("place-order.json")));
    form.put("channel", "live").put("reference", "packed-again");
    form.putArray("payments").addObject().put("provider", "external").put("reference", "cash-live")
        .put("amount", form.path("total").asLong()).put("status", "captured");
    String order = caller.post("/orders", form.toString()).expect(201).json().path("id").asText();
    cloud.awaitIdle(PATIENCE);
    String fulfillment = caller.get("/orders/" + order).expect(200).json().at("/fulfillments/0/id").asText();
    String packing = Files.readString(events.resolve("pack-fulfillment.json"));
    caller.post("/fulfillments/" + fulfillment + "/packing", packing, "pack-live").expect(200);
    cloud.awaitIdle(PATIENCE);
    caller.post("/fulfillments/" + fulfillment + "/repacking", "", "again").expect(200);
    cloud.awaitIdle(PATIENCE);
    caller.post("/fulfillments/" + fulfillment + "/packing", packing, "pack-live-again").expect(200);
    cloud.awaitIdle(PATIENCE);
  }

  /** One order whose parcel crosses a customs border, and does not leave, though it has its label. */
  private static void unusedLabel(EmbeddedCloud cloud, Caller caller, Path events) throws Exception {
    var form = (ObjectNode) JSON.readTree(Files.readString(events.resolve("place-order.json")));
    form.put("reference", "unused-label");
    ((ObjectNode) form.path("shipping_address")).put("city", "Zürich").put("postal_code", "8001").put("country", "CH");
    form.putArray("payments").addObject().put("provider", "external").put("reference", "cash-unused")
        .put("amount", form.path("total").asLong()).put("status", "captured");
    String order = caller.post("/orders", form.toString()).expect(201).json().path("id").asText();
    cloud.awaitIdle(PATIENCE);
    String fulfillment = caller.get("/orders/" + order).expect(200).json().at("/fulfillments/0/id").asText();
    caller.post("/fulfillments/" + fulfillment + "/packing", Files.readString(events.resolve("pack-fulfillment.json")),
        "pack-unused").expect(200);
    cloud.awaitIdle(PATIENCE);
    String parcel = "/parcels/"
        + caller.get("/orders/" + order).expect(200).json().at("/fulfillments/0/parcels/0/id").asText();
    String manifest = caller.post("/manifests", Files.readString(events.resolve("create-manifest.json")), "day's end")
        .expect(201).json().path("id").asText();
    caller.get("/manifests/" + manifest + "?format=pdf").expect(200);
    String pickup = caller
        .post("/carrier-pickups", Files.readString(events.resolve("create-carrier-pickup.json")), "pickup").expect(201)
        .json().path("id").asText();
    caller.get("/carrier-pickups/" + pickup).expect(200);
    caller.post("/carrier-pickups/" + pickup + "/decision",
        Files.readString(events.resolve("decide-carrier-pickup.json")), "book").expect(200);
    caller.post(parcel + "/void", "", "void").expect(200);
    caller.get(parcel + "/costs").expect(200);
    caller.get(parcel + "/customs-documents").expect(200);
  }

  /** The sample order's parcel came broken, and its carrier pays. */
  private static void broken(Caller caller, Path events) throws IOException {
    JsonNode report = JSON.readTree(Files.readString(events.resolve("report-incident.json")));
    String incident = "/incidents/"
        + caller.post("/incidents", report.toString(), "broken").expect(201).json().path("id").asText();
    caller.get(incident).expect(200);
    caller.get("/incidents").expect(200);
    caller.post(incident + "/resolution", Files.readString(events.resolve("resolve-incident.json")), "claim")
        .expect(200);
    caller.post(incident + "/settlement", Files.readString(events.resolve("settle-claim.json")), "paid").expect(200);
  }

  /** A storm that is over before it begins. */
  private static void disrupted(Caller caller, Path events) throws IOException {
    String storm = Files.readString(events.resolve("report-disruption.json"));
    String path = "/disruptions/" + caller.post("/disruptions", between(storm), "storm").expect(201).json().path("id")
        .asText();
    caller.get(path).expect(200);
    caller.get("/disruptions").expect(200);
    caller.post(path + "/end", Files.readString(events.resolve("end-disruption.json")), "over").expect(200);
  }

  /** It must end after now. */
  private static String between(String storm) {
    Instant now = Instant.now();
    return storm.replace("2026-11-30T06:00:00Z", now.toString()).replace("2026-12-02T06:00:00Z",
        now.plus(Duration.ofDays(2)).toString());
  }

  /** An order of a link and a key, of which the link is used. */
  private static void digital(EmbeddedCloud cloud, Caller caller, Path events) throws Exception {
    caller.put("/products/BREWING-PDF", Files.readString(events.resolve("put-digital-product.json"))).expect(201);
    caller.put("/products/TEA-CLUB", Files.readString(events.resolve("put-licensed-product.json"))).expect(201);
    caller.post("/products/TEA-CLUB/keys", Files.readString(events.resolve("import-keys.json")), "keys").expect(200);
    caller.get("/products/TEA-CLUB/keys").expect(200);
    String page = caller.post("/orders", Files.readString(events.resolve("place-digital-order.json"))).expect(201)
        .json()
        .at("/links/tracking_url").asText();
    cloud.awaitIdle(PATIENCE);
    Map<String, String> asJson = Map.of("Accept", "application/json");
    String download = caller.send("GET", URI.create(page).getPath(), "", asJson).expect(200).json()
        .at("/digital/0/links/0/path").asText();
    caller.send("GET", download, "", asJson).expect(200);
  }

  private static void holdAndRelease(Caller caller, String order, Path events) throws IOException {
    String hold = caller
        .post("/orders/" + order + "/holds", Files.readString(events.resolve("hold-order.json")), "hold")
        .expect(200).json().at("/holds/0/id").asText();
    caller.post("/orders/" + order + "/holds/" + hold + "/release",
        Files.readString(events.resolve("release-hold.json")), "release").expect(200);
  }

  /** What has arrived cannot be cancelled, so there is another order for that. @return its id */
  private static String cancelledOrder(Caller caller, Path events) throws IOException {
    String form = Files.readString(events.resolve("place-order.json")).replace("5512033", "5512034")
        .replace("pi_3QWaybillSample", "pi_4QWaybillSample")
        .replace("ada@example.com", "bounce@simulator.amazonses.com");
    String order = caller.post("/orders", form).expect(201).json().path("id").asText();
    holdAndRelease(caller, order, events);
    caller.post("/orders/" + order + "/changes", "{\"lines\": [{\"line_id\": \"line_2\", \"quantity\": 0}]}", "fewer")
        .expect(200);
    caller.post("/orders/" + order + "/cancellation", Files.readString(events.resolve("cancel-lines.json")), "a line")
        .expect(200);
    caller.post("/orders/" + order + "/cancellation", Files.readString(events.resolve("cancel-order.json")), "cancel")
        .expect(200);
    return order;
  }

  /** The mail about the cancelled order has come back. */
  private static void mails(Caller caller, String order, Path events) throws IOException {
    String address = caller.get("/orders/" + order + "/mails").expect(200).json().at("/address/id").asText();
    caller.post("/mail-suppressions/" + address + "/release",
        Files.readString(events.resolve("release-suppression.json")), "release").expect(200);
  }

  private static String trackingPage(EmbeddedCloud cloud) {
    return cloud.mails().stream().map(mail -> TRACKING.matcher(mail.text())).filter(Matcher::find).map(Matcher::group)
        .findFirst().orElseThrow();
  }

  /** An order that has come, whose customer asks for a return and makes a claim on their page, and is given credit. */
  private static void byTheCustomer(EmbeddedCloud cloud, Caller caller, Path events) throws Exception {
    var form = (ObjectNode) JSON.readTree(Files.readString(events.resolve("place-order.json")));
    String order = paid(cloud, caller, form.put("reference", "by-the-customer"));
    String fulfillment = caller.get(order).expect(200).json().at("/fulfillments/0/id").asText();
    caller.post("/fulfillments/" + fulfillment + "/packing", Files.readString(events.resolve("pack-fulfillment.json")),
        "pack-customers").expect(200);
    cloud.awaitIdle(PATIENCE);
    String tracked = caller.get(order).expect(200).json().at("/fulfillments/0/parcels/0/tracking_number").asText();
    new Providers(cloud.url(), cloud.clock()).easyPost(new Samples(events).easyPost("easypost-tracker-delivered.json",
        tracked, cloud.clock().instant())).expect(200);
    cloud.awaitIdle(PATIENCE);
    String page = URI.create(caller.get(order).expect(200).json().at("/links/tracking_url").asText()).getPath();
    submit(caller, page, "claims", Map.of("quantity.line_2", "1", "reason.line_2", "damaged", "wish", "refund"));
    submit(caller, page, "returns", Map.of("quantity.line_1", "1"));
    cloud.awaitIdle(PATIENCE);
    String back = caller.get(order + "/returns").expect(200).json().at("/data/0/id").asText();
    caller.post("/returns/" + back + "/label", Files.readString(events.resolve("label-return.json")), "label")
        .expect(200, 202);
    cloud.awaitIdle(PATIENCE);
    JsonNode label = caller.get(order + "/returns").expect(200).json().at("/data/0/label");
    caller.get(URI.create(label.path("url").asText()).getPath()).expect(200);
    caller.post("/store-credits/adjustments", Files.readString(events.resolve("adjust-store-credit.json")), "sorry")
        .expect(200, 201);
    caller.get("/store-credits?channel=de-web&currency=EUR&customer_id=c_881").expect(200);
  }

  /** A form of the customer's page for returns, as a browser sends it. */
  private static void submit(Caller caller, String page, String what, Map<String, String> fields) {
    Matcher form = FORM.matcher(caller.get(page + "/returns").expect(200).text());
    if (!form.find()) {
      throw new IllegalStateException("there is no form on the page");
    }
    var body = new StringBuilder();
    Stream.concat(Stream.of(Map.entry("form", form.group(1))), fields.entrySet().stream()).forEach(it -> body.append(
        "--sheet\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(it.getKey(), it.getValue())));
    caller.send("POST", page + "/" + what, body + "--sheet--\r\n",
        Map.of("Content-Type", "multipart/form-data; boundary=sheet")).expect(303);
  }

  /** @return its path */
  private static String paid(EmbeddedCloud cloud, Caller caller, ObjectNode form) throws Exception {
    form.putArray("payments").addObject().put("provider", "external")
        .put("reference", "cash-" + form.path("reference").asText())
        .put("amount", form.path("total").asLong()).put("status", "captured");
    String order = caller.post("/orders", form.toString()).expect(201).json().path("id").asText();
    cloud.awaitIdle(PATIENCE);
    return "/orders/" + order;
  }

  /**
   * A location with a bin that is filled, counted, and picked out of by somebody who does not find its units.
   *
   * @return the message about what was not found
   */
  private static String inTheBuilding(EmbeddedCloud cloud, Caller caller, Path events) throws Exception {
    var fellShort = new AtomicReference<String>();
    cloud.onMessage((_, body) -> {
      if (body.contains("PickFellShort")) {
        fellShort.set(body);
      }
    });
    UnaryOperator<String> here = it -> it.replace("\"default\"", "\"building\"").replace("leipzig", "bonn");
    caller.put("/locations/bonn", here.apply(Files.readString(events.resolve("put-location.json")))).expect(201);
    caller.put("/channels/building", here.apply(Files.readString(events.resolve("put-channel.json")))).expect(201);
    String units = here.apply(Files.readString(events.resolve("adjust-stock.json"))).replace("10", "12");
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      caller.post("/stock/" + sku + "/adjustments", units, "bonn-" + sku).expect(201);
    }
    caller.put("/bins/bonn/T-1", "{\"purpose\": \"tote\"}").expect(201);
    caller.put("/bins/bonn/A-03-12", Files.readString(events.resolve("put-bin.json"))).expect(201);
    caller.get("/bins/bonn/A-03-12").expect(200);
    caller.get("/putaway-proposals?location_id=bonn&sku=TEA-200").expect(200);
    String move = here.apply(Files.readString(events.resolve("move-units.json")));
    caller.post("/bin-moves", move, "tea").expect(201);
    String count = "/counts/" + caller
        .post("/counts", here.apply(Files.readString(events.resolve("request-count.json"))), "count").expect(201).json()
        .path("id").asText();
    caller.get("/counts?location_id=bonn").expect(200);
    caller.get(count).expect(200);
    caller.post(count + "/tallies", Files.readString(events.resolve("enter-count.json")), "tally").expect(200, 201);
    caller.post(count + "/review", Files.readString(events.resolve("review-count.json")), "review").expect(200);
    caller.post("/bin-moves", move.replace("TEA-200", "MUG-BLUE"), "mugs").expect(201);
    cloud.awaitIdle(PATIENCE);

    var form = (ObjectNode) JSON.readTree(Files.readString(events.resolve("place-order.json")));
    paid(cloud, caller, form.put("reference", "picked").put("channel", "building"));
    var wave = (ObjectNode) JSON.readTree(here.apply(Files.readString(events.resolve("release-wave.json"))));
    ((ObjectNode) wave.at("/devices/0")).put("minimum_volume_cm3", 0);
    String cutOff = cloud.clock().instant().plus(Duration.ofHours(9)).toString();
    wave.path("collections").forEach(it -> ((ObjectNode) it).put("cut_off_at", cutOff));
    caller.post("/waves", wave.toString(), "wave").expect(200, 201);
    caller.get("/floor").expect(200);
    caller.get("/work?location_id=bonn").expect(200);
    caller.get("/work/products").expect(200);
    JsonNode work = caller.get("/work/next?kind=pick&location_id=bonn").expect(200).json();
    String path = "/work/" + work.path("id").asText();
    caller.post(path + "/scans", "{\"code\": \"A-03-12\", \"quantity\": 1}", "bin").expect(200);
    caller.post(path + "/actions", "{\"action\": \"missing\"}", "missing").expect(200);
    cloud.awaitIdle(PATIENCE);
    return fellShort.get();
  }

  private static byte[] message(String function, Path events, String cancelled, FulfillmentId lacking,
      String fellShort) throws IOException {
    String file = function.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT) + ".json";
    String sample = Files.readString(events.resolve(file));
    String body = sample.contains("OrderCancelled") ? sample.replaceAll("ord_[a-z0-9]+", cancelled) : sample;
    if (sample.contains("PickFellShort")) {
      body = fellShort;
    }
    if (sample.contains("ShortageReported")) {
      // What was reported is corrected once; the sample order has left, and nothing of it can be missing.
      body = sample.replaceAll("ord_[a-z0-9]+", lacking.order().value()).replaceAll("ful_[a-z0-9_]+", lacking.value())
          .replaceAll("sho_[a-z0-9]+", ShortageId.of(lacking, "short").value());
    }
    return JSON.writeValueAsBytes(Map.of("Records", List.of(Map.of("messageId", "sample", "body", body, "attributes",
        Map.of("ApproximateReceiveCount", "1"), "eventSource", "aws:sqs"))));
  }
}
