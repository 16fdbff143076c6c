package waybill.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import waybill.local.providers.Caller;
import waybill.local.providers.Providers;
import waybill.local.providers.Samples;

/** A shop with one product at one location, whose orders have one line of one unit. It talks to the cloud over HTTP alone. */
final class Shop {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  /** Between two looks at what many orders came to: looking costs the measured cloud time, too. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final Duration LOOK_AT_ONE_AGAIN = Duration.ofMillis(5);
  private static final int CLIENTS = 8;
  private static final int MOST_AGAIN = 5;
  private static final String SKU = "BENCH-1";
  private static final long PRICE = 1990;

  private final Samples samples;
  private final Caller caller;
  private final Caller mailbox;
  private final Providers providers;

  /**
   * A run of many orders, from the first POST until all was at rest.
   *
   * @param posted by the customers' addresses
   */
  record Run(Map<String, Instant> posted, Duration took) {
    double ordersPerSecond() {
      return posted.size() * 1_000.0 / took.toMillis();
    }
  }

  /**
   * @param events the sample requests that this cloud takes
   * @param token with every scope
   */
  Shop(Path events, URI cloud, String token, int stock) {
    this.samples = new Samples(events);
    this.caller = new Caller(cloud, token);
    this.mailbox = new Caller(cloud, "");
    this.providers = new Providers(cloud, InstantSource.system());
    caller.put("/channels/de-web", samples.read("put-channel.json").toString()).expect(200, 201);
    caller.put("/locations/leipzig", samples.read("put-location.json").toString()).expect(200, 201);
    caller.put("/products/" + SKU, samples.read("put-product.json").toString()).expect(200, 201);
    caller.post("/stock/" + SKU + "/adjustments", samples.read("adjust-stock.json").put("quantity", stock).toString(),
        "bench-stock").expect(201);
  }

  private ObjectNode form(String reference, String sku, int units) {
    ObjectNode form = samples.read("place-order.json");
    form.put("reference", reference).put("total", units * PRICE);
    form.remove("shipping");
    ((ObjectNode) form.path("customer")).put("email", reference + "@example.com");
    form.putArray("lines").addObject().put("sku", sku).put("name", "Assam 200 g").put("quantity", units)
        .put("unit_price", PRICE).put("total", units * PRICE);
    form.putArray("payments").addObject().put("provider", "stripe").put("account", Providers.PAYMENT_ACCOUNT)
        .put("reference", "pi_" + reference).put("amount", units * PRICE);
    return form;
  }

  private String placed(String reference, int units) {
    return placed(reference, SKU, units);
  }

  private String placed(String reference, String sku, int units) {
    String form = form(reference, sku, units).toString();
    Caller.Answer answer = caller.post("/orders", form);
    // As any storefront: on a machine that is busy with other things too, a function may not be done in time.
    for (int again = 0; answer.status() == 503 && again < MOST_AGAIN; again++) {
      answer = caller.post("/orders", form);
    }
    return answer.expect(200, 201).json().path("id").asText();
  }

  private String placedAndPaid(String reference, int units) {
    String order = placed(reference, units);
    isPaid(reference, units * PRICE);
    return order;
  }

  private void isPaid(String reference, long amount) {
    providers.stripe(samples.stripe("stripe-payment-intent-succeeded.json", "pi_" + reference, amount)).expect(200);
  }

  /** The products of the sample order, with stock. */
  void putSampleProducts() throws InterruptedException {
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      caller.put("/products/" + sku, samples.read("put-product.json").toString()).expect(200, 201);
      caller.post("/stock/" + sku + "/adjustments", samples.read("adjust-stock.json").toString(), "stock-" + sku)
          .expect(201);
    }
    awaitIdle();
  }

  /** The sample order with its three lines, two products and two payments. @return its id */
  String paidSample(String reference) throws InterruptedException {
    ObjectNode form = samples.read("place-order.json").put("reference", reference);
    var stripe = (ObjectNode) form.path("payments").path(0);
    stripe.put("reference", "pi_" + reference);
    String order = caller.post("/orders", form.toString()).expect(201).json().path("id").asText();
    isPaid(reference, stripe.path("amount").asLong());
    awaitIdle();
    return order;
  }

  /** Something is done to an order, and all that follows. @param sample the body */
  void command(String path, ObjectNode sample) throws InterruptedException {
    caller.post(path, sample.toString(), "command-" + path).expect(200, 201, 202);
    awaitIdle();
  }

  ObjectNode sample(String file) {
    return samples.read(file);
  }

  /** The id of the first of an order's parts of this kind, as {@code fulfillments} or {@code holds}. */
  String first(String order, String parts) {
    return order(order).path(parts).path(0).path("id").asText();
  }

  /** @return its id */
  String paidOrder(String reference) throws InterruptedException {
    return paidOrder(reference, 1);
  }

  String paidOrder(String reference, int units) throws InterruptedException {
    String order = placedAndPaid(reference, units);
    awaitIdle();
    return order;
  }

  /** An order of so many units, each in a parcel of its own. @return the tracking number of the first */
  String packedApart(String reference, int units) throws InterruptedException {
    String order = paidOrder(reference, units);
    ObjectNode packing = samples.read("pack-fulfillment.json");
    JsonNode box = packing.path("parcels").path(0);
    ArrayNode parcels = packing.putArray("parcels");
    for (int i = 0; i < units; i++) {
      ((ObjectNode) parcels.add(box.deepCopy()).path(i)).putArray("lines").addObject().put("line_id", "line_1")
          .put("quantity", 1);
    }
    pack(order, packing);
    return number(order);
  }

  private void pack(String order, ObjectNode packing) throws InterruptedException {
    String fulfillment = order(order).path("fulfillments").path(0).path("id").asText();
    caller.post("/fulfillments/" + fulfillment + "/packing", packing.toString(), "pack").expect(200);
    awaitIdle();
  }

  private String number(String order) {
    return order(order).path("fulfillments").path(0).path("parcels").path(0).path("tracking_number").asText();
  }

  /** The carrier says this about a parcel. @param news as the sample is named */
  void scan(String number, String news) throws InterruptedException {
    scanned(number, news);
    awaitIdle();
  }

  private void scanned(String number, String news) {
    providers.easyPost(samples.easyPost("easypost-tracker-" + news + ".json", number,
        Instant.now().truncatedTo(ChronoUnit.SECONDS))).expect(200);
  }

  /** Places and pays so many orders from several clients. @return their ids */
  List<String> paidOrders(String name, int orders) throws InterruptedException {
    var ids = new ConcurrentLinkedQueue<String>();
    byManyClients(orders, i -> ids.add(placedAndPaid(name + i, 1)));
    awaitIdle();
    return List.copyOf(ids);
  }

  void deliver(String order) throws InterruptedException {
    deliver(List.of(order));
  }

  /** All of them are packed at once, then scanned at once, and so on. */
  void deliver(List<String> orders) throws InterruptedException {
    byManyClients(orders.size(), i -> packWhole(orders.get(i)));
    awaitIdle();
    List<String> numbers = orders.stream().map(this::number).toList();
    for (String news : List.of("in-transit", "out-for-delivery", "delivered")) {
      byManyClients(numbers.size(), i -> scanned(numbers.get(i), news));
      awaitIdle();
    }
    for (String order : orders) {
      if (!order(order).path("status").asText().equals("completed")) {
        throw new IllegalStateException("an order was not delivered, so its cost says nothing");
      }
    }
  }

  /** In one parcel. */
  private void packWhole(String order) {
    JsonNode fulfillment = order(order).path("fulfillments").path(0);
    ObjectNode packing = samples.read("pack-fulfillment.json");
    ((ObjectNode) packing.path("parcels").path(0)).set("lines", fulfillment.path("lines"));
    caller.post("/fulfillments/" + fulfillment.path("id").asText() + "/packing", packing.toString(), "pack-" + order)
        .expect(200);
  }

  String trackingUrl(String order) {
    return order(order).path("links").path("tracking_url").asText();
  }

  private JsonNode order(String order) {
    return caller.get("/orders/" + order).expect(200).json();
  }

  /** Places and pays so many orders from several clients and waits until all are open for packing and confirmed. */
  Run paid(String name, int orders) throws InterruptedException {
    Map<String, Instant> posted = new ConcurrentHashMap<>();
    long start = System.nanoTime();
    byManyClients(orders, i -> {
      posted.put(name + i + "@example.com", Instant.now());
      placedAndPaid(name + i, 1);
    });
    awaitIdle();
    return new Run(posted, Duration.ofNanos(System.nanoTime() - start));
  }

  /**
   * From each order's POST until its confirmation was in the mailbox, in ascending order. The answer has all mails, which costs the
   * cloud memory: memory is measured before.
   */
  List<Double> postToMailMillis(Run run) {
    var millis = new ArrayList<Double>();
    for (JsonNode mail : mailbox.send("GET", "/local/mailbox", "", Map.of("Accept", "application/json")).expect(200)
        .json().path("data")) {
      Instant at = run.posted.get(mail.path("to").path(0).asText());
      if (at != null) {
        millis.add((double) Duration.between(at, Instant.parse(mail.path("sent_at").asText())).toMillis());
      }
    }
    if (millis.size() != run.posted.size()) {
      throw new IllegalStateException("%d of %d orders were confirmed".formatted(millis.size(), run.posted.size()));
    }
    return millis.stream().sorted().toList();
  }

  /** Places so many orders from several clients. @return from the first POST until stock was reserved for the last one */
  Duration reserved(String name, int orders) throws InterruptedException {
    int before = reserved();
    long start = System.nanoTime();
    byManyClients(orders, i -> placed(name + i, 1));
    await(() -> reserved() >= before + orders, LOOK_AGAIN);
    var took = Duration.ofNanos(System.nanoTime() - start);
    awaitIdle();
    return took;
  }

  private int reserved() {
    return reserved(SKU);
  }

  private int reserved(String sku) {
    return caller.get("/stock/" + sku).expect(200).json().path("pools").path(0).path("reserved").asInt();
  }

  /** Products with stock for whoever wants them. */
  void putRange(List<String> wanted) throws InterruptedException {
    List<String> skus = wanted.stream().distinct().toList();
    byManyClients(skus.size(), i -> {
      String sku = skus.get(i);
      caller.put("/products/" + sku, samples.read("put-product.json").toString()).expect(200, 201);
      caller.post("/stock/" + sku + "/adjustments",
          samples.read("adjust-stock.json").put("quantity", wanted.size()).toString(), "stock-" + sku).expect(201);
    });
    awaitIdle();
  }

  /** Places an order for each of these from several clients, and waits until all are reserved. */
  void reserved(String name, List<String> wanted) throws InterruptedException {
    byManyClients(wanted.size(), i -> placed(name + i, wanted.get(i), 1));
    awaitIdle();
    for (String sku : wanted.subList(0, 3)) {
      if (reserved(sku) != Collections.frequency(wanted, sku)) {
        throw new IllegalStateException("not all orders were reserved, so their cost says nothing");
      }
    }
  }

  /** Places one order after the other. @return from the POST until the order says that it is reserved: the median */
  double loneMillis(String name, int orders) throws InterruptedException {
    var millis = new ArrayList<Double>();
    for (int i = 0; i < orders; i++) {
      awaitIdle();
      long start = System.nanoTime();
      String order = placed(name + i, 1);
      await(() -> order(order).path("stock_status").asText().equals("reserved"), LOOK_AT_ONE_AGAIN);
      millis.add((System.nanoTime() - start) / 1e6);
    }
    return Figure.median(millis);
  }

  /** One client's work. */
  private interface Work {
    void order(int number);
  }

  private static void byManyClients(int orders, Work work) throws InterruptedException {
    try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Callable<Void>> all = IntStream.range(0, orders).<Callable<Void>>mapToObj(i -> () -> {
        work.order(i);
        return null;
      }).toList();
      for (var one : clients.invokeAll(all)) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("an order failed", e.getCause());
    }
  }

  private void awaitIdle() throws InterruptedException {
    await(() -> mailbox.get("/local/health").expect(200).json().path("idle").asBoolean(), LOOK_AGAIN);
  }

  private static void await(BooleanSupplier condition, Duration lookAgain) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("it has not happened within " + PATIENCE);
      }
      Thread.sleep(lookAgain);
    }
  }
}
