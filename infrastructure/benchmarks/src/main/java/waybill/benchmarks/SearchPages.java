package waybill.benchmarks;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutProductHandler;
import waybill.orders.PlaceOrderHandler;
import waybill.platform.Ports;
import waybill.search.IndexOrderHandler;
import waybill.search.ListOrdersHandler;
import waybill.store.Store;
import waybill.store.StoreClient;
import waybill.template.Stack;
import waybill.template.TableDeclaration;
import waybill.template.Template;

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

  private final Path events;
  private final Ports ports;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final RequestStreamHandler search;
  private final int orders;

  private SearchPages(Path events, int orders) throws IOException {
    this.events = events;
    this.orders = orders;
    var environment = new HashMap<>(
        Map.of("QUEUE_PREFIX", "https://queues.example/", "PUBLIC_URL", "https://shop.example",
            "SEARCH_KEY_PARAMETER", "/waybill/search-key"));
    var store = new Store(List.of());
    new Stack(Template.read(Path.of("template.yaml")), Map.of(), name -> name).tables().stream()
        .map(TableDeclaration::request)
        .forEach(store::create);
    for (String table : List.of("Catalog", "Orders", "Shipping", "Search")) {
      environment.put(table.toUpperCase(java.util.Locale.ROOT) + "_TABLE", table + "Table");
    }
    this.ports = new Ports(environment, now::get).with(DynamoDbClient.class, new StoreClient(store))
        .with(SqsClient.class, answering(SqsClient.class, SendMessageBatchResponse.builder().build()))
        .with(SsmClient.class,
            answering(SsmClient.class, GetParameterResponse.builder().parameter(it -> it.value("a-fake-key")).build()));
    this.search = new ListOrdersHandler(ports);
  }

  private static <C> C answering(Class<C> client, Object answer) {
    return client.cast(Proxy.newProxyInstance(client.getClassLoader(), new Class<?>[]{client}, (_, _, _) -> answer));
  }

  static void print(PrintStream out) throws IOException {
    var few = new SearchPages(Path.of("events"), FEW);
    var many = new SearchPages(Path.of("events"), MANY);
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
    micros.forEach((name, both) -> report(out, "search-" + name + "-p99-ratio", both.get(0), both.get(1)));
    report(out, "search-page-p99-ratio", all(micros, 0), all(micros, 1));
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

  private void fill() throws IOException {
    put(new PutChannelHandler(ports), "/channels/de-web", "id", "de-web", read("put-channel.json"));
    for (int sku = 0; sku < ALIKE; sku++) {
      put(new PutProductHandler(ports), "/products/SKU-" + sku, "sku", "SKU-" + sku, read("put-product.json"));
    }
    var place = new PlaceOrderHandler(ports);
    var index = new IndexOrderHandler(ports);
    for (int i = 0; i < orders; i++) {
      now.updateAndGet(it -> it.plusMillis(1));
      JsonNode placed = run(place, http("POST", "/orders", Map.of(), Map.of(), form(i), "orders:place"));
      ObjectNode event = JSON.createObjectNode();
      event.putArray("Records").addObject().put("messageId", "m").put("body",
          "{\"type\":\"IndexDue\",\"order\":\"%s\"}".formatted(placed.path("id").asText())).putObject("attributes");
      raw(index, event);
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

  private JsonNode read(String file) throws IOException {
    return JSON.readTree(Files.readString(events.resolve(file)));
  }

  private void put(RequestStreamHandler handler, String path, String name, String id, JsonNode body) {
    run(handler, http("PUT", path, Map.of(name, id), Map.of(), body, "catalog:write"));
  }

  /** @return how long the page took, in microseconds */
  private double ask(String name, String value) {
    ObjectNode event = http("GET", "/orders", Map.of(), Map.of(name, value), null, "orders:operate");
    long begun = System.nanoTime();
    JsonNode page = run(search, event);
    double micros = (System.nanoTime() - begun) / 1_000.0;
    if (page.path("data").isEmpty()) {
      throw new IllegalStateException(name + " finds nothing: " + page);
    }
    return micros;
  }

  private static ObjectNode http(String method, String path, Map<String, String> parameters, Map<String, String> query,
      JsonNode body, String scope) {
    ObjectNode event = JSON.createObjectNode().put("version", "2.0").put("rawPath", path);
    event.putObject("headers");
    event.set("pathParameters", JSON.valueToTree(parameters));
    event.set("queryStringParameters", JSON.valueToTree(query));
    event.put("body", body == null ? "" : body.toString());
    ObjectNode context = event.putObject("requestContext");
    context.putObject("http").put("method", method).put("path", path);
    context.putObject("authorizer").putObject("jwt").putObject("claims").put("sub", "bench").put("scope", scope);
    return event;
  }

  private static JsonNode run(RequestStreamHandler handler, ObjectNode event) {
    JsonNode answer = raw(handler, event);
    if (answer.path("statusCode").asInt() >= 300) {
      throw new IllegalStateException(answer.toString());
    }
    try {
      return JSON.readTree(answer.path("body").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode raw(RequestStreamHandler handler, ObjectNode event) {
    var out = new ByteArrayOutputStream();
    PrintStream log = System.out;
    try {
      System.setOut(new PrintStream(java.io.OutputStream.nullOutputStream()));
      handler.handleRequest(new ByteArrayInputStream(JSON.writeValueAsBytes(event)), out, null);
      return JSON.readTree(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      System.setOut(log);
    }
  }
}
