package waybill.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import waybill.local.providers.Caller;
import waybill.local.EmbeddedCloud;
import waybill.local.mail.Mail;
import waybill.local.providers.Providers;
import waybill.local.providers.Samples;

/**
 * A shop of its own for each journey: its channel sells from its own stock pool, so journeys do not meet. What people and
 * providers do is done over HTTP.
 */
public final class Shop {
  /** Only what never comes to rest takes so long. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  public final EmbeddedCloud cloud;
  public Caller storefront;
  public Caller warehouse;
  public Caller operator;
  public final Providers providers;
  public final Samples samples = new Samples(RunningCloud.PROJECT.resolve("events"));
  private final String name;
  private int keys;

  /** @param name small letters; unique among the journeys: their classes share a cloud */
  public Shop(EmbeddedCloud cloud, String name) {
    this.cloud = cloud;
    this.name = name;
    logIn();
    this.providers = new Providers(cloud.url(), cloud.clock());
    ObjectNode channel = samples.read("put-channel.json").put("stock_pool", name);
    operator.put("/channels/" + name, channel.toString()).expect(201); // 200: another journey has the name
  }

  /** Tokens are good for a day. */
  void logIn() {
    storefront = caller("storefront", "orders:place");
    warehouse = caller("packer", "fulfillment:work", "stock:write");
    operator = caller("operator", "catalog:write", "stock:write", "orders:operate", "fulfillment:work");
  }

  public Caller caller(String subject, String... scopes) {
    return new Caller(cloud.url(), cloud.token(subject, scopes));
  }

  /** A customer of this shop, by the storefront's id. */
  public Caller customer(String id) {
    return new Caller(cloud.url(), cloud.customerToken(name, id));
  }

  /** Who may do all of it. */
  public Caller operatorAndStorefront() {
    return caller("everybody", "orders:place", "orders:operate", "catalog:write", "stock:write", "fulfillment:work");
  }

  /** A location of this shop. @return its id */
  public String location(String city) {
    String id = name + "-" + city;
    operator.put("/locations/" + id, samples.read("put-location.json").put("stock_pool", name).toString()).expect(201,
        200);
    return id;
  }

  /** A product of this shop, so many of which lie at a location. @return its SKU */
  public String product(String product, String location, int quantity) {
    String sku = (product + "-" + name).toUpperCase(java.util.Locale.ROOT);
    operator.put("/products/" + sku, samples.read("put-product.json").toString()).expect(201, 200);
    if (quantity > 0) {
      String adjustment = samples.read("adjust-stock.json").put("location_id", location).put("quantity", quantity)
          .toString();
      warehouse.post("/stock/" + sku + "/adjustments", adjustment, key()).expect(201);
    }
    return sku;
  }

  private String key() {
    return name + "-" + ++keys;
  }

  /** An order for one line, to be paid by Stripe; its price is 1000 a unit. */
  public ObjectNode form(String reference, String sku, int quantity) {
    ObjectNode form = samples.read("place-order.json");
    form.put("channel", name).put("reference", reference).put("total", 1000 * quantity);
    form.remove("shipping");
    ((ObjectNode) form.path("customer")).put("id", "c-" + name + "-" + reference).put("email",
        name + "-" + reference + "@example.com");
    ArrayNode lines = form.putArray("lines");
    lines.addObject().put("sku", sku).put("name", "Tee").put("quantity", quantity).put("unit_price", 1000).put("total",
        1000 * quantity);
    form.putArray("payments").addObject().put("provider", "stripe").put("account", Providers.PAYMENT_ACCOUNT)
        .put("reference", intent(reference)).put("amount", 1000 * quantity);
    return form;
  }

  public String intent(String reference) {
    return "pi_" + name + reference;
  }

  /** @return the order's id */
  public String place(ObjectNode form) {
    return storefront.post("/orders", form.toString()).expect(201).json().path("id").asText();
  }

  /** Stripe's event about the payment of an order, as the file has it. */
  public String paymentEvent(String file, String reference, long amount) {
    return samples.stripe(file, intent(reference), amount);
  }

  public void pay(String reference, long amount) {
    providers.stripe(paymentEvent("stripe-payment-intent-succeeded.json", reference, amount)).expect(200);
  }

  /** An order that is placed, paid, and has come to rest. @return its id */
  public String paidOrder(String reference, String sku, int quantity) {
    String order = place(form(reference, sku, quantity));
    pay(reference, 1000L * quantity);
    rest();
    return order;
  }

  /** A customer or an operator cancels an order. */
  public Caller.Answer cancel(String order) {
    return operator.post("/orders/" + order + "/cancellation", "{}", "cancel-" + order);
  }

  /** What was captured of a payment at Stripe. */
  public List<Long> captures(String reference) {
    JsonNode intents = operator.get("/local/stripe").expect(200).json().path("payment_intents");
    return elements(intents).filter(it -> it.path("id").asText().equals(intent(reference)))
        .flatMap(it -> elements(it.path("captures"))).map(it -> it.path("amount").asLong()).toList();
  }

  /** What Stripe has given back of an order's payment: each refund's status and amount. */
  public List<String> refunds(String reference) {
    JsonNode refunds = operator.get("/local/stripe").expect(200).json().path("refunds");
    return elements(refunds).filter(it -> it.path("payment_intent").asText().equals(intent(reference)))
        .map(it -> it.path("status").asText() + " " + it.path("amount").asLong()).toList();
  }

  /** Time goes by, and what is due by then happens. */
  public void pass(Duration time) {
    cloud.clock().advance(time);
    logIn();
    rest();
    for (String sweep : List.of("ResendDueOrders", "ResendPacked", "ResendShortages", "ResendPicks", "ResendGrants",
        "RefundUnclaimed",
        "ExpireReservations", "WithdrawLots", "ReconcileStock", "ReportUnlabelled", "FollowVoids",
        "FollowCarrierPickups", "PollTracking",
        "CheckParcels", "SweepReturns")) {
      operator.post("/local/schedules/" + sweep, "").expect(200);
    }
    rest();
  }

  /** Nobody holds anything of a product any more. */
  public boolean isFree(String sku, int onHand) {
    JsonNode stock = stock(sku);
    return stock.path("pools").path(0).path("available").asInt() == onHand
        && stock.path("pools").path(0).path("reserved").asInt() == 0
        && elements(stock.path("locations")).mapToInt(it -> it.path("available").asInt()).sum() == onHand
        && elements(stock.path("locations")).mapToInt(it -> it.path("allocated").asInt()).sum() == 0;
  }

  public JsonNode order(String id) {
    return storefront.get("/orders/" + id).expect(200).json();
  }

  public JsonNode stock(String sku) {
    return warehouse.get("/stock/" + sku).expect(200).json();
  }

  public JsonNode stockAt(String sku, String location) {
    return elements(stock(sku).path("locations")).filter(it -> it.path("location_id").asText().equals(location))
        .findFirst().orElseThrow();
  }

  /** The work that waits at a location. */
  public List<JsonNode> work(String location) {
    return elements(warehouse.get("/fulfillments?limit=100&location_id=" + location).expect(200).json().path("data"))
        .toList();
  }

  /** Packs a fulfillment into one parcel. */
  public Caller.Answer pack(JsonNode fulfillment) {
    ObjectNode packing = samples.read("pack-fulfillment.json");
    ArrayNode lines = ((ObjectNode) packing.path("parcels").path(0)).putArray("lines");
    fulfillment.path("lines").forEach(line -> lines.addObject().put("line_id", line.path("line_id").asText())
        .put("quantity", line.path("quantity").asInt()));
    String id = fulfillment.path("id").asText();
    return warehouse.post("/fulfillments/" + id + "/packing", packing.toString(), "pack-" + id);
  }

  /** The parcels of an order, over all of its fulfillments. */
  public List<JsonNode> parcels(String order) {
    return elements(order(order).path("fulfillments")).flatMap(it -> elements(it.path("parcels"))).toList();
  }

  /** The carrier's event about a labelled parcel, as the file has it. */
  public String trackingEvent(String news, JsonNode parcel) {
    return samples.easyPost("easypost-tracker-" + news + ".json", parcel.path("tracking_number").asText(),
        Instant.parse(parcel.path("shipped_at").asText()).truncatedTo(ChronoUnit.SECONDS));
  }

  /** The carrier's event that a labelled parcel goes back to its sender. */
  public String returnEvent(JsonNode parcel) {
    return trackingEvent("in-transit", parcel).replace("\"in_transit\"", "\"return_to_sender\"");
  }

  public void scan(String news, JsonNode parcel) {
    providers.easyPost(trackingEvent(news, parcel)).expect(200);
    rest();
  }

  /** The types of an order's events, of all pages of the feed. */
  public List<String> events(String order) {
    return events("order_id", order);
  }

  /** What the feed says about a product's stock. */
  public List<String> stockEvents(String sku) {
    return events("sku", sku);
  }

  private List<String> events(String about, String id) {
    var types = new ArrayList<String>();
    String after = "";
    JsonNode page;
    do {
      page = operator.get("/events?limit=100" + after).expect(200).json();
      elements(page.path("data")).filter(it -> it.path(about).asText().equals(id))
          .forEach(it -> types.add(it.path("type").asText()));
      after = "&after=" + page.path("next_cursor").asText();
    } while (!page.path("data").isEmpty());
    return types;
  }

  /** The subjects of all mails to the customer of an order. */
  public List<String> subjects(String reference) {
    return mails(reference).stream().map(Mail::subject).toList();
  }

  public List<Mail> mails(String reference) {
    // Another shop's name may end like this one's.
    var address = Pattern.compile("(?<![a-z-])" + Pattern.quote(name + "-" + reference + "@"));
    return cloud.mails().stream().filter(it -> it.to().stream().anyMatch(to -> address.matcher(to).find())).toList();
  }

  /** What has been given up, of all queues. */
  public List<JsonNode> deadLetters() {
    return elements(storefront.get("/local/queues").expect(200).json().path("data"))
        .flatMap(it -> elements(it.path("messages"))).toList();
  }

  /** Until all that was set going has come to rest. */
  public void rest() {
    try {
      cloud.awaitIdle(PATIENCE);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("it has not come to rest", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("stopped", e);
    }
  }

  /** Where an order is: its payment, stock, fulfillment and delivery. */
  public static List<String> axes(JsonNode order) {
    return java.util.stream.Stream.of("payment_status", "stock_status", "fulfillment_status", "delivery_status")
        .map(it -> order.path(it).asText()).toList();
  }

  public static java.util.stream.Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
