package waybill.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import waybill.inventory.AdjustStockHandler;
import waybill.inventory.GetStockHandler;
import waybill.inventory.ReserveStockHandler;
import waybill.local.EmbeddedCloud;
import waybill.messages.ChannelId;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;

/**
 * What coalescing reservations is worth, if all orders want one SKU: ReserveStock with many orders a batch beside the same function with one,
 * on the embedded cloud's tables over HTTP; what an order costs by the size of its transaction; and whether ever a piece is sold twice.
 */
final class HotSku {
  private static final int ORDERS = 1_800;
  private static final int CONSUMERS = 4;
  private static final int MOST_TOGETHER = 90;
  private static final int ROUNDS = 3;
  private static final int PIECES = 40;
  private static final int BUYERS = 100;
  private static final int AT_ONCE = 8;
  private static final int SALES = 100;

  private final OneProcess process;
  private int number;

  private HotSku(OneProcess process) {
    this.process = process;
    process.putChannel("de-web");
    process.putLocation("leipzig");
  }

  static void print(PrintStream out) throws Exception {
    try (EmbeddedCloud cloud = Benchmarks.cloud()) {
      out.println(new Figure("hot-sku-coalesced-ratio", OneProcess.quietly(HotSku::ratio), "x",
          ">= 4  (orders/s at %d a batch against 1, %d consumers)".formatted(MOST_TOGETHER, CONSUMERS)).line());
      units(out);
    }
    List<Integer> sold = OneProcess.quietly(HotSku::sales);
    out.println(
        new Figure("sold-of-%d-at-least".formatted(PIECES), sold.stream().mapToInt(it -> it).min().orElseThrow(),
            "pieces", PIECES + " in each of %d rounds".formatted(SALES)).line("%.0f"));
    out.println(new Figure("sold-of-%d-at-most".formatted(PIECES), sold.stream().mapToInt(it -> it).max().orElseThrow(),
        "pieces", PIECES + " in each of %d rounds".formatted(SALES)).line("%.0f"));
    Batching.printRatio(out);
  }

  private static double ratio() throws Exception {
    var hot = new HotSku(OneProcess.overHttp(InstantSource.system()));
    String sku = hot.product(10 * ORDERS * (ROUNDS + 1));
    var ratios = new ArrayList<Double>();
    for (int round = 0; round <= ROUNDS; round++) {
      Duration alone = hot.reserve(sku, 1);
      Duration together = hot.reserve(sku, MOST_TOGETHER);
      if (round > 0) { // the first warms both
        ratios.add((double) alone.toNanos() / together.toNanos());
      }
    }
    return Figure.median(ratios);
  }

  /** @return how long it takes until all orders have their stock */
  private Duration reserve(String sku, int together) throws Exception {
    List<ObjectNode> batches = batches(sku, ORDERS, together);
    long begun = System.nanoTime();
    byMany(CONSUMERS, batches);
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private void byMany(int consumers, List<ObjectNode> batches) throws Exception {
    var handler = new ReserveStockHandler(process.ports());
    try (var threads = Executors.newFixedThreadPool(consumers)) {
      for (var done : threads.invokeAll(batches.stream().<Callable<Void>>map(it -> () -> {
        OneProcess.receive(handler, it);
        return null;
      }).toList())) {
        done.get();
      }
    }
  }

  private static void units(PrintStream out) throws Exception {
    String store = System.getProperty("aws.endpointUrlDynamoDb");
    try (Meter meter = new Meter(URI.create(store))) {
      System.setProperty("aws.endpointUrlDynamoDb", meter.url().toString());
      for (int together : List.of(1, 10, 50, MOST_TOGETHER)) {
        int units = OneProcess.quietly(() -> {
          var hot = new HotSku(OneProcess.overHttp(InstantSource.system()));
          String sku = hot.product(together);
          meter.forget();
          hot.byMany(1, hot.batches(sku, together, together));
          return meter.sum();
        });
        out.println(new Figure("write-units-reserve-n-" + together, (double) units / together, "units",
            "<= %.2f".formatted(2 + 2.0 / together)).line("%.2f"));
      }
    } finally {
      System.setProperty("aws.endpointUrlDynamoDb", store);
    }
  }

  /** How much was sold in each of many sales. */
  private static List<Integer> sales() throws Exception {
    var hot = new HotSku(OneProcess.inMemory(InstantSource.system()));
    var sold = new ArrayList<Integer>();
    for (int sale = 0; sale < SALES; sale++) {
      String sku = hot.product(PIECES);
      hot.byMany(AT_ONCE, hot.batches(sku, BUYERS, 1));
      JsonNode pool = OneProcess.run(new GetStockHandler(hot.process.ports()),
          OneProcess.http("GET", "/stock/" + sku, Map.of("sku", sku), Map.of(), null)).path("pools").path(0);
      if (pool.path("available").asInt() + pool.path("reserved").asInt() != PIECES) {
        throw new IllegalStateException("the books are wrong: " + pool);
      }
      sold.add(pool.path("reserved").asInt());
    }
    return sold;
  }

  private List<ObjectNode> batches(String sku, int orders, int together) {
    List<OrderPlaced> placed = IntStream.range(0, orders).mapToObj(_ -> new OrderPlaced(
        OrderId.of(new ChannelId("de-web"), sku + "/" + ++number), new StockPool("default"),
        List.of(new SkuQuantity(new Sku(sku), 1)), Instant.now())).toList();
    return IntStream.iterate(0, from -> from < orders, from -> from + together)
        .mapToObj(from -> OneProcess.batch(placed.subList(from, Math.min(orders, from + together)))).toList();
  }

  /** A product with so many pieces. @return its SKU */
  private String product(int pieces) {
    String sku = "HOT-" + pieces + "-" + ++number;
    process.putProduct(sku);
    ObjectNode adjustment = process.read("adjust-stock.json").deepCopy();
    OneProcess.run(new AdjustStockHandler(process.ports()), OneProcess.http("POST", "/stock/" + sku + "/adjustments",
        Map.of("sku", sku), Map.of(), adjustment.put("quantity", pieces)));
    return sku;
  }
}
