package waybill.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import waybill.local.Caller;
import waybill.local.EmbeddedCloud;
import waybill.local.Mail;
import waybill.local.Providers;
import waybill.local.Samples;

/** A shop with one product at one location, whose orders have one line of one unit. */
final class BenchmarkShop {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int STOREFRONT_THREADS = 8;
  private static final String SKU = "TEA-200";

  private final EmbeddedCloud cloud;
  private final Samples samples = new Samples(Path.of("events"));
  private final Caller caller;
  private final Providers providers;

  /**
   * What a run of many orders measured, from the first POST until all was at rest.
   *
   * @param millis from each order's POST until its confirmation was in the mailbox, in ascending order
   */
  record Run(int orders, Duration took, List<Long> millis) {
    double ordersPerSecond() {
      return orders * 1_000.0 / took.toMillis();
    }

    double postToMailMillis(int percentile) {
      return millis.get(Math.min(millis.size() - 1, millis.size() * percentile / 100));
    }
  }

  BenchmarkShop(EmbeddedCloud cloud, int stock) {
    this.cloud = cloud;
    this.caller = new Caller(cloud.url(), cloud.token("benchmark", cloud.scopes().toArray(String[]::new)));
    this.providers = new Providers(cloud.url(), cloud.clock());
    caller.put("/channels/de-web", samples.read("put-channel.json").toString()).expect(200, 201);
    caller.put("/locations/leipzig", samples.read("put-location.json").toString()).expect(200, 201);
    caller.put("/products/" + SKU, samples.read("put-product.json").toString()).expect(200, 201);
    caller.post("/stock/" + SKU + "/adjustments", samples.read("adjust-stock.json").put("quantity", stock).toString(),
        "stock").expect(201);
  }

  private ObjectNode form(String reference) {
    ObjectNode form = samples.read("place-order.json");
    form.put("reference", reference).put("total", 1990);
    form.remove("shipping");
    ((ObjectNode) form.path("customer")).put("email", reference + "@example.com");
    form.putArray("lines").addObject().put("sku", SKU).put("name", "Assam 200 g").put("quantity", 1)
        .put("unit_price", 1990).put("total", 1990);
    form.putArray("payments").addObject().put("provider", "stripe").put("account", Providers.PAYMENT_ACCOUNT)
        .put("reference", "pi_" + reference).put("amount", 1990);
    return form;
  }

  private String place(String reference) {
    String order = caller.post("/orders", form(reference).toString()).expect(201).json().path("id").asText();
    providers.stripe(samples.stripe("stripe-payment-intent-succeeded.json", "pi_" + reference, 1990L)).expect(200);
    return order;
  }

  /** @return its id */
  String paidOrder(String reference) throws Exception {
    String order = place(reference);
    cloud.awaitIdle(PATIENCE);
    return order;
  }

  void deliver(String order) throws Exception {
    String fulfillment = order(order).path("fulfillments").path(0).path("id").asText();
    ObjectNode packing = samples.read("pack-fulfillment.json");
    ((ObjectNode) packing.path("parcels").path(0)).putArray("lines").addObject().put("line_id", "line_1")
        .put("quantity", 1);
    caller.post("/fulfillments/" + fulfillment + "/packing", packing.toString(), "pack").expect(200);
    cloud.awaitIdle(PATIENCE);
    String number = order(order).path("fulfillments").path(0).path("parcels").path(0).path("tracking_number").asText();
    for (String news : List.of("in-transit", "out-for-delivery", "delivered")) {
      providers.easyPost(samples.easyPost("easypost-tracker-" + news + ".json", number,
          cloud.clock().instant().truncatedTo(ChronoUnit.SECONDS))).expect(200);
      cloud.awaitIdle(PATIENCE);
    }
    if (!order(order).path("status").asText().equals("completed")) {
      throw new IllegalStateException("the order was not delivered, so its cost says nothing");
    }
  }

  private JsonNode order(String order) {
    return caller.get("/orders/" + order).expect(200).json();
  }

  /** Places and pays so many orders from several threads and waits until all are open for packing and confirmed. */
  Run run(String name, int orders) throws Exception {
    Map<String, Instant> posted = new ConcurrentHashMap<>();
    long start = System.nanoTime();
    try (var storefront = Executors.newFixedThreadPool(STOREFRONT_THREADS)) {
      List<Callable<String>> work = java.util.stream.IntStream.range(0, orders).<Callable<String>>mapToObj(i -> () -> {
        posted.put(name + i + "@example.com", Instant.now());
        return place(name + i);
      }).toList();
      for (var placed : storefront.invokeAll(work)) {
        placed.get();
      }
    }
    cloud.awaitIdle(PATIENCE);
    var took = Duration.ofNanos(System.nanoTime() - start);
    List<Long> millis = cloud.mails().stream().filter(it -> posted.containsKey(it.to().getFirst()))
        .map(it -> millis(it, posted)).sorted().toList();
    if (millis.size() != orders) {
      throw new IllegalStateException("%d of %d orders were confirmed".formatted(millis.size(), orders));
    }
    return new Run(orders, took, millis);
  }

  private static long millis(Mail mail, Map<String, Instant> posted) {
    return Duration.between(posted.get(mail.to().getFirst()), mail.sentAt()).toMillis();
  }
}
