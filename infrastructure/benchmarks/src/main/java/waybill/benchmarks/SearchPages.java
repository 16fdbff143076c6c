package waybill.benchmarks;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.IndexDue;
import waybill.orders.PlaceOrderHandler;
import waybill.search.IndexOrderHandler;
import waybill.search.ListOrdersHandler;

/**
 * How long a page of search results takes among few orders and among many, in one process, with the tables in memory: each request is made
 * of both, in turns, so that whatever else the machine does falls on both alike. Every fortieth order is of the same name, the same
 * SKU and the same tag, so a page is full among both, and cut from a long list among many.
 */
final class SearchPages {
  private static final int FEW = 1_000;
  private static final int MANY = 100_000;
  private static final int ALIKE = 40;
  private static final int ROUNDS = 1_000;
  private static final int WARM = 200;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final OneProcess process;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final RequestStreamHandler search;
  private final int orders;

  private SearchPages(int orders) throws IOException {
    this.orders = orders;
    this.process = OneProcess.inMemory(now::get);
    this.search = new ListOrdersHandler(process.ports());
  }

  static void print(PrintStream out) throws Exception {
    Map<String, List<List<Double>>> micros = OneProcess.quietly(SearchPages::measured);
    micros.forEach((name, both) -> report(out, "search-" + name + "-p99-ratio", both.get(0), both.get(1)));
    report(out, "search-page-p99-ratio", all(micros, 0), all(micros, 1));
  }

  private static Map<String, List<List<Double>>> measured() throws IOException {
    var few = new SearchPages(FEW);
    var many = new SearchPages(MANY);
    few.fill();
    many.fill();
    Map<String, List<List<Double>>> micros = new TreeMap<>();
    for (int round = -WARM; round < ROUNDS; round++) {
      for (Map.Entry<String, String> query : queries(round).entrySet()) {
        boolean first = round % 2 == 0;
        double one = (first ? few : many).ask(query.getKey(), query.getValue());
        double other = (first ? many : few).ask(query.getKey(), query.getValue());
        if (round >= 0) {
          List<List<Double>> both = micros.computeIfAbsent(query.getKey(),
              _ -> List.of(new ArrayList<>(), new ArrayList<>()));
          both.get(0).add(first ? one : other);
          both.get(1).add(first ? other : one);
        }
      }
    }
    return micros;
  }

  private static List<Double> all(Map<String, List<List<Double>>> micros, int which) {
    return micros.values().stream().flatMap(it -> it.get(which).stream()).toList();
  }

  private static void report(PrintStream out, String name, List<Double> few, List<Double> many) {
    double ratio = percentile(many, 99) / percentile(few, 99);
    String times = "<= 1.2  (p99 %.0f us of %,d orders, %.0f us of %,d; p50 %.0f, %.0f)".formatted(percentile(few, 99),
        FEW,
        percentile(many, 99), MANY, percentile(few, 50), percentile(many, 50));
    out.println(new Figure(name, ratio, "x", times).line("%.2f"));
  }

  private static double percentile(List<Double> values, int percent) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  /** What is asked for in a round: of both alike, so it is among the orders that both have. */
  private static Map<String, String> queries(int round) {
    int order = Math.floorMod(round * 7, FEW);
    var queries = new TreeMap<String, String>();
    queries.put("email", "customer" + order + "@example.com");
    queries.put("number", "N" + order);
    queries.put("phone", "030 " + (555_000_000 + order));
    queries.put("reference", "R" + order);
    queries.put("name", "Common" + suffix(order % ALIKE));
    queries.put("sku", "SKU-" + order % ALIKE);
    queries.put("tag", "tag-" + order % ALIKE);
    queries.put("channel", "de-web");
    return queries;
  }

  /** A word that differs in letters. */
  private static String suffix(int number) {
    return "" + (char) ('b' + number / 10) + (char) ('b' + number % 10);
  }

  private void fill() {
    process.putChannel("de-web");
    for (int sku = 0; sku < ALIKE; sku++) {
      process.putProduct("SKU-" + sku);
    }
    var place = new PlaceOrderHandler(process.ports());
    var index = new IndexOrderHandler(process.ports());
    for (int i = 0; i < orders; i++) {
      now.updateAndGet(it -> it.plusMillis(1));
      JsonNode placed = OneProcess.run(place, OneProcess.http("POST", "/orders", Map.of(), Map.of(), form(i)));
      OneProcess.receive(index, OneProcess.batch(List.of(new IndexDue(new OrderId(placed.path("id").asText())))));
    }
  }

  private static ObjectNode form(int order) {
    ObjectNode form = JSON.createObjectNode().put("reference", "R" + order).put("number", "N" + order)
        .put("channel", "de-web").put("currency", "EUR").put("taxes_included", true).put("total", 1000);
    form.putObject("customer").put("email", "customer" + order + "@example.com")
        .put("phone", "+4930" + (555_000_000 + order)).put("name", "Own" + order + " Common" + suffix(order % ALIKE));
    form.putObject("shipping_address").put("line1", "Weg 1").put("city", "Berlin").put("country", "DE");
    form.putArray("lines").addObject().put("sku", "SKU-" + order % ALIKE).put("quantity", 1).put("unit_price", 1000)
        .put("total", 1000);
    form.putArray("tags").add("tag-" + order % ALIKE);
    return form;
  }

  /** @return how long the page took, in microseconds */
  private double ask(String name, String value) {
    ObjectNode event = OneProcess.http("GET", "/orders", Map.of(), Map.of(name, value), null);
    long begun = System.nanoTime();
    JsonNode page = OneProcess.run(search, event);
    double micros = (System.nanoTime() - begun) / 1_000.0;
    if (page.path("data").isEmpty()) {
      throw new IllegalStateException(name + " finds nothing: " + page);
    }
    return micros;
  }
}
