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
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.local.providers.Caller;
import waybill.local.providers.Providers;
import waybill.local.providers.Samples;

/**
 * The whole cloud is killed again and again while twenty orders go through it, a third of which are cancelled once they are
 * paid for, and everybody who calls it just tries again. In the end nothing is lost, doubled or stuck. A seed says where it is
 * killed, as far as threads let it: one that is always the same, and one that {@code -Dseed=} gives, or chance. It is in the
 * test's name.
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
  private static final int LONGEST_LIFE = 75;
  private static final Duration LONGER_THAN_ANY_LEASE = Duration.ofMinutes(3);
  private static final List<String> SKUS = List.of("TEA", "MUG");

  @TempDir
  Path folder;

  private Random random;
  private final Samples samples = new Samples(PROJECT.resolve("events"));
  /** Ids by reference. */
  private final Map<String, String> placed = new ConcurrentHashMap<>();
  private final Set<String> packed = ConcurrentHashMap.newKeySet();
  private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
  private ChildCloud cloud;
  private Caller people;

  @AfterEach
  void stop() {
    cloud.close();
    cloud.output().stream().filter(it -> !it.contains("\"INFO\"")).forEach(System.out::println);
  }

  static LongStream seeds() {
    return LongStream.of(1, Long.getLong("seed", System.nanoTime() % 1_000_000));
  }

  @ParameterizedTest(name = "-Dseed={0}")
  @MethodSource("seeds")
  void twentyOrdersSurviveTheCloudThatTheyAreIn(long seed) throws Exception {
    random = new Random(seed);
    cloud = new ChildCloud(PROJECT.resolve("template.yaml"), folder.resolve("data"));
    cloud.start(life());
    try (ExecutorService doers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> work = doers.submit(() -> {
        openShop();
        references().forEach(it -> doers.submit(() -> buy(it)));
        return packAll();
      });
      for (int kills = 1; kills <= KILLS; kills++) {
        cloud.awaitDeath(work::isDone);
        cloud.start(kills < KILLS ? life() : Integer.MAX_VALUE);
      }
      assertThat(work.get()).as("parcels packed").isEqualTo(kept().count());
    }
    settle();
    assertThat(placed.values()).doesNotHaveDuplicates().hasSize(ORDERS);
    assertThat(cancelled).containsExactlyInAnyOrderElementsOf(unwanted().toList());
    assertKept();
    assertCancelled();
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

  /** Every third customer has a change of mind. */
  private static boolean isUnwanted(String reference) {
    return Integer.parseInt(reference) % 3 == 1;
  }

  private static Stream<String> unwanted() {
    return references().filter(KilledCloudTest::isUnwanted);
  }

  private static Stream<String> kept() {
    return references().filter(it -> !isUnwanted(it));
  }

  /** One to three units of one of the products. */
  private static int quantity(String reference) {
    return Integer.parseInt(reference) / 2 % 3 + 1;
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

  private void buy(String reference) {
    String form = form(reference);
    String order = sent(() -> people.post("/orders", form)).expect(200, 201).json().path("id").asText();
    placed.put(reference, order);
    String event = samples.stripe("stripe-payment-intent-succeeded.json", "pi_" + reference,
        1000L * quantity(reference));
    sent(() -> new Providers(cloud.url(), cloud::now).stripe(event)).expect(200);
    if (isUnwanted(reference)) {
      cancel(reference, order);
    }
  }

  /** Some at once, while their money is still being recorded; some once it is there and their parcel is planned. */
  private void cancel(String reference, String order) {
    if (Integer.parseInt(reference) % 2 == 0) {
      await().pollInterval(Duration.ofMillis(300)).atMost(PATIENCE)
          .until(() -> !order(order).path("fulfillments").isEmpty());
    }
    sent(() -> people.post("/orders/" + order + "/cancellation", "{}", "cancel-" + reference)).expect(200);
    cancelled.add(reference);
  }

  private JsonNode order(String id) {
    return sent(() -> people.get("/orders/" + id)).expect(200).json();
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

  /** Looks for work now and then, and packs what is there, until a parcel is packed for each order that stands. */
  private int packAll() {
    await().pollInterval(Duration.ofMillis(300)).atMost(PATIENCE).until(() -> {
      elements(sent(() -> people.get("/fulfillments?status=open&limit=100&location_id=hof")).expect(200).json()
          .path("data")).filter(this::isToPack).forEach(this::pack);
      return packed.size() >= kept().count();
    });
    return packed.size();
  }

  /** What is packed could no longer be cancelled. */
  private boolean isToPack(JsonNode fulfillment) {
    return kept().anyMatch(it -> fulfillment.path("order_id").asText().equals(placed.get(it)));
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

  private void assertKept() {
    List<JsonNode> orders = kept().map(it -> order(placed.get(it))).toList();
    assertThat(orders).allSatisfy(order -> assertThat(
        Stream.of("payment_status", "stock_status", "fulfillment_status", "delivery_status")
            .map(it -> order.path(it).asText()))
        .as(order.toString()).containsExactly("paid", "shipped", "fulfilled", "shipped"));
    assertThat(orders).flatExtracting(KilledCloudTest::labels).as("one label each").hasSize(orders.size())
        .doesNotContain("").doesNotHaveDuplicates();
  }

  /** Nothing of them has left, and Stripe has given back the money of each, once and whole, and no other's. */
  private void assertCancelled() {
    assertThat(unwanted().map(it -> order(placed.get(it)))).allSatisfy(order -> {
      assertThat(Stream.of("status", "cancel_reason", "payment_status", "stock_status")
          .map(it -> order.path(it).asText())).as(order.toString())
          .containsExactly("cancelled", "customer", "refunded", "released");
      assertThat(order.path("holds")).isEmpty();
      assertThat(labels(order)).isEmpty();
    });
    assertThat(elements(people.get("/local/stripe").expect(200).json().path("refunds"))
        .map(it -> it.path("payment_intent").asText() + " " + it.path("status").asText() + " " + it.path("amount")))
        .as("refunds").containsExactlyInAnyOrderElementsOf(
            unwanted().map(it -> "pi_%s succeeded %d".formatted(it, 1000 * quantity(it))).toList());
  }

  private static List<String> labels(JsonNode order) {
    return elements(order.path("fulfillments")).flatMap(it -> elements(it.path("parcels")))
        .map(it -> it.path("tracking_number").asText()).toList();
  }

  private void assertStock() {
    for (String sku : SKUS) {
      int left = STOCK - kept().filter(it -> sku(it).equals(sku)).mapToInt(KilledCloudTest::quantity).sum();
      JsonNode stock = people.get("/stock/" + sku).expect(200).json();
      assertThat(List.of(stock.at("/pools/0/available").asInt(), stock.at("/pools/0/reserved").asInt(-1),
          stock.at("/locations/0/on_hand").asInt(), stock.at("/locations/0/allocated").asInt(-1)))
          .as("available, reserved, on hand, allocated of " + sku).containsExactly(left, 0, left, 0);
    }
  }

  /**
   * Each mail once, but for those of which nobody could know whether they went out. Who cancels hears of that, and before it of
   * the confirmation where that was faster.
   */
  private void assertMails() {
    List<String> mails = new ArrayList<>();
    cloud.mails().forEach(it -> mails.add(it.path("to") + it.path("subject").asText()));
    long uncertain = cloud.logged("Mail uncertain").stream()
        .map(it -> it.path("order").asText() + it.path("event").asText()).distinct().count();
    long certain = 2 * kept().count() + unwanted().count();
    assertThat(mails).as("confirmed and shipped, or cancelled").doesNotHaveDuplicates()
        .hasSizeBetween((int) (certain - uncertain), 2 * ORDERS);
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
