package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole cloud is killed again and again while twenty orders go through it, and everybody who calls it just tries again. In
 * the end nothing is lost, doubled or stuck. {@code -Dseed=} repeats where it is killed, as far as threads let it.
 */
class KilledCloudTest {
  /** Tests run in their module's folder. */
  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
  private static final int ORDERS = 20;
  /** Far more than it takes: on a busy machine each start of the cloud alone may take a minute. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int KILLS = 3;
  private static final int STOCK = 50;
  /** All orders together make some 250 log lines, and a life of the cloud is this many of them. */
  private static final int SHORTEST_LIFE = 10;
  private static final int LONGEST_LIFE = 60;
  private static final Duration LONGER_THAN_ANY_LEASE = Duration.ofMinutes(3);
  private static final List<String> SKUS = List.of("TEA", "MUG");

  @TempDir
  Path folder;

  private final long seed = Long.getLong("seed", System.nanoTime() % 1_000_000);
  private final Random random = new Random(seed);
  private final Samples samples = new Samples(PROJECT.resolve("events"));
  /** Ids by reference. */
  private final Map<String, String> placed = new ConcurrentHashMap<>();
  private final Set<String> packed = ConcurrentHashMap.newKeySet();
  private ChildCloud cloud;
  private Caller people;

  @AfterEach
  void stop() {
    cloud.close();
    cloud.output().stream().filter(it -> !it.contains("\"INFO\"")).forEach(System.out::println);
  }

  @Test
  void twentyOrdersSurviveTheCloudThatTheyAreIn() throws Exception {
    System.out.println("-Dseed=" + seed);
    cloud = new ChildCloud(PROJECT.resolve("template.yaml"), folder.resolve("data"));
    cloud.start(life());
    try (ExecutorService doers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> work = doers.submit(() -> {
        openShop();
        references().forEach(it -> doers.submit(() -> buy(it)));
        return packAll();
      });
      for (int kills = 1; kills <= KILLS; kills++) {
        cloud.awaitDeath();
        cloud.start(kills < KILLS ? life() : Integer.MAX_VALUE);
      }
      assertThat(work.get()).as("parcels packed").isEqualTo(ORDERS);
    }
    settle();
    assertThat(placed.values()).doesNotHaveDuplicates().hasSize(ORDERS);
    assertOrders();
    assertStock();
    assertMails();
    assertThat(cloud.queues()).as("nothing waits, nothing is dead").allSatisfy(it -> assertThat(
        it.path("visible").asInt() + it.path("in_flight").asInt() + it.path("delayed").asInt()).as(it.toString())
        .isZero());
  }

  private int life() {
    return random.nextInt(SHORTEST_LIFE, LONGEST_LIFE);
  }

  private static Stream<String> references() {
    return IntStream.rangeClosed(1, ORDERS).mapToObj(String::valueOf);
  }

  /** One to three units of one of the products. */
  private static int quantity(String reference) {
    return Integer.parseInt(reference) % 3 + 1;
  }

  private static String sku(String reference) {
    return SKUS.get(Integer.parseInt(reference) % SKUS.size());
  }

  private void openShop() {
    people = persistently(() -> cloud.caller("everybody", "catalog:write", "stock:write", "orders:place",
        "orders:operate", "fulfillment:work"));
    put("/channels/web", samples.read("put-channel.json").put("stock_pool", "web"));
    put("/locations/hof", samples.read("put-location.json").put("stock_pool", "web"));
    for (String sku : SKUS) {
      put("/products/" + sku, samples.read("put-product.json"));
      String adjustment = samples.read("adjust-stock.json").put("location_id", "hof").put("quantity", STOCK).toString();
      sent(() -> people.post("/stock/" + sku + "/adjustments", adjustment, "first-" + sku)).expect(200, 201);
    }
  }

  private void put(String path, ObjectNode body) {
    sent(() -> people.put(path, body.toString())).expect(200, 201);
  }

  private String buy(String reference) {
    String form = form(reference);
    String order = sent(() -> people.post("/orders", form)).expect(200, 201).json().path("id").asText();
    placed.put(reference, order);
    String event = samples.stripe("stripe-payment-intent-succeeded.json", "pi_" + reference,
        1000L * quantity(reference));
    sent(() -> new Providers(cloud.url(), cloud::now).stripe(event)).expect(200);
    return order;
  }

  private String form(String reference) {
    int quantity = quantity(reference);
    ObjectNode form = samples.read("place-order.json");
    form.put("channel", "web").put("reference", reference).put("total", 1000 * quantity).remove("shipping");
    ((ObjectNode) form.path("customer")).put("id", "c-" + reference).put("email", reference + "@example.com");
    form.putArray("lines").addObject().put("sku", sku(reference)).put("name", "Tea").put("quantity", quantity)
        .put("unit_price", 1000).put("total", 1000 * quantity);
    form.putArray("payments").addObject().put("provider", "stripe").put("account", Providers.PAYMENT_ACCOUNT)
        .put("reference", "pi_" + reference).put("amount", 1000 * quantity);
    return form.toString();
  }

  /** Looks for work now and then, and packs what is there, until a parcel is packed for each order. */
  private int packAll() {
    await().pollInterval(Duration.ofMillis(300)).atMost(PATIENCE).until(() -> {
      elements(sent(() -> people.get("/fulfillments?status=open&limit=100&location_id=hof")).expect(200).json()
          .path("data")).forEach(this::pack);
      return packed.size() >= ORDERS;
    });
    return packed.size();
  }

  private void pack(JsonNode fulfillment) {
    ObjectNode packing = samples.read("pack-fulfillment.json");
    var lines = ((ObjectNode) packing.path("parcels").path(0)).putArray("lines");
    fulfillment.path("lines").forEach(line -> lines.addObject().put("line_id", line.path("line_id").asText())
        .put("quantity", line.path("quantity").asInt()));
    String id = fulfillment.path("id").asText();
    sent(() -> people.post("/fulfillments/" + id + "/packing", packing.toString(), "pack-" + id)).expect(200);
    packed.add(id);
  }

  /** As clients do: what is answered with the server's fault, or not at all, is sent again as it was. */
  private Caller.Answer sent(Supplier<Caller.Answer> call) {
    Caller.Answer answer = persistently(call);
    while (answer.status() >= 500) {
      answer = persistently(call);
    }
    return answer;
  }

  private <T> T persistently(Supplier<T> call) {
    while (true) {
      cloud.awaitUp();
      try {
        return call.get();
      } catch (UncheckedIOException _) {
        continue; // it died meanwhile
      }
    }
  }

  /** Until nothing moves, and nothing that failed waits to be tried again once the dead one's lease is over. */
  private void settle() {
    cloud.awaitIdle();
    int retried;
    do {
      cloud.advance(LONGER_THAN_ANY_LEASE);
      retried = cloud.retry();
      cloud.awaitIdle();
    } while (retried > 0);
  }

  private void assertOrders() {
    List<JsonNode> orders = placed.values().stream().map(it -> people.get("/orders/" + it).expect(200).json()).toList();
    assertThat(orders).allSatisfy(order -> assertThat(
        Stream.of("payment_status", "stock_status", "fulfillment_status", "delivery_status")
            .map(it -> order.path(it).asText()))
        .as(order.toString()).containsExactly("paid", "reserved", "fulfilled", "shipped"));
    assertThat(orders).flatExtracting(order -> elements(order.path("fulfillments"))
        .flatMap(it -> elements(it.path("parcels"))).map(it -> it.path("tracking_number").asText()).toList())
        .as("one label each").hasSize(ORDERS).doesNotContain("").doesNotHaveDuplicates();
  }

  private void assertStock() {
    for (String sku : SKUS) {
      int left = STOCK - references().filter(it -> sku(it).equals(sku)).mapToInt(KilledCloudTest::quantity).sum();
      JsonNode stock = people.get("/stock/" + sku).expect(200).json();
      assertThat(List.of(stock.at("/pools/0/available").asInt(), stock.at("/pools/0/reserved").asInt(-1),
          stock.at("/locations/0/on_hand").asInt(), stock.at("/locations/0/allocated").asInt(-1)))
          .as("available, reserved, on hand, allocated of " + sku).containsExactly(left, 0, left, 0);
    }
  }

  /** Each mail once, but for those of which nobody could know whether they went out. */
  private void assertMails() {
    List<String> mails = new ArrayList<>();
    cloud.mails().forEach(it -> mails.add(it.path("to") + it.path("subject").asText()));
    long uncertain = cloud.logged("Mail uncertain").stream()
        .map(it -> it.path("order").asText() + it.path("event").asText()).distinct().count();
    assertThat(mails).as("confirmed and shipped").doesNotHaveDuplicates()
        .hasSizeBetween((int) (2 * ORDERS - uncertain), 2 * ORDERS);
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
