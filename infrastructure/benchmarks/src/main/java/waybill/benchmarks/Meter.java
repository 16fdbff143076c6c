package waybill.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/**
 * Stands between the functions and DynamoDB Local and counts the write units of what passes. It remembers each item as it was
 * written, so it knows before and after; what an update leaves is read back.
 */
final class Meter implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TARGET = "X-Amz-Target";
  private static final Set<String> PASSED_ON = Set.of("x-amz-target", "content-type", "authorization", "x-amz-date",
      "x-amz-security-token", "x-amz-content-sha256");

  private final URI store;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, JsonNode> items = new HashMap<>();
  private final Map<String, Integer> units = new TreeMap<>();
  private double readUnits;

  /** @param store where DynamoDB Local is */
  Meter(URI store) throws IOException {
    this.store = store;
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Units so far, by what was written: table, item and operation. */
  synchronized Map<String, Integer> units() {
    return new TreeMap<>(units);
  }

  /** All units so far. */
  int sum() {
    return units().values().stream().mapToInt(it -> it).sum();
  }

  synchronized double readUnits() {
    return readUnits;
  }

  synchronized void forget() {
    units.clear();
    readUnits = 0;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      var headers = new HashMap<String, String>();
      exchange.getRequestHeaders().forEach((name, values) -> {
        if (PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
          headers.put(name, values.getFirst());
        }
      });
      HttpResponse<byte[]> response = send(request, headers);
      String operation = exchange.getRequestHeaders().getFirst(TARGET).replaceFirst(".*\\.", "");
      count(operation, JSON.readTree(request), response.statusCode() == 200, headers);
      if (response.statusCode() == 200) {
        countReads(JSON.readTree(request), JSON.readTree(response.body()));
      }
      response.headers().firstValue("content-type")
          .ifPresent(it -> exchange.getResponseHeaders().set("Content-Type", it));
      response.headers().firstValue("x-amz-crc32")
          .ifPresent(it -> exchange.getResponseHeaders().set("x-amz-crc32", it));
      exchange.sendResponseHeaders(response.statusCode(), response.body().length);
      exchange.getResponseBody().write(response.body());
    }
  }

  private HttpResponse<byte[]> send(byte[] request, Map<String, String> headers) throws IOException {
    var forwarded = HttpRequest.newBuilder(store).POST(HttpRequest.BodyPublishers.ofByteArray(request));
    headers.forEach(forwarded::header);
    try {
      return client.send(forwarded.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", e);
    }
  }

  private synchronized void count(String operation, JsonNode request, boolean written, Map<String, String> headers)
      throws IOException {
    if (operation.equals("TransactWriteItems")) {
      for (JsonNode action : request.path("TransactItems")) {
        Map.Entry<String, JsonNode> one = action.properties().iterator().next();
        write(one.getKey(), one.getValue(), written, true, headers);
      }
    } else if (operation.equals("BatchWriteItem") && written) {
      for (Map.Entry<String, JsonNode> table : request.path("RequestItems").properties()) {
        for (JsonNode one : table.getValue()) {
          batched(table.getKey(), one);
        }
      }
    } else if (Set.of("PutItem", "UpdateItem", "DeleteItem").contains(operation)) {
      write(operation.replace("Item", ""), request, written, false, headers);
    }
  }

  /**
   * A read costs a unit for each started 4 KB of an item, or of all that a query finds, and half if it is not consistent. One that finds
   * nothing costs as one of 4 KB.
   */
  private synchronized void countReads(JsonNode request, JsonNode answer) {
    double part = request.path("ConsistentRead").asBoolean() ? 1 : 0.5;
    if (answer.has("Items")) {
      long bytes = 0;
      for (JsonNode item : answer.path("Items")) {
        bytes += ItemSize.ofItem(item);
      }
      readUnits += part * WriteUnits.ofRead(bytes);
    } else if (request.has("RequestItems")) {
      request.path("RequestItems").forEach(table -> readUnits += table.path("Keys").size());
    } else if (request.has("Key") && !request.has("UpdateExpression") && !request.has("ConditionExpression")) {
      readUnits += part * WriteUnits.ofRead(answer.has("Item") ? ItemSize.ofItem(answer.path("Item")) : 0);
    }
  }

  /** A write of a batch costs what it costs alone. */
  private void batched(String table, JsonNode request) {
    JsonNode item = request.at("/PutRequest/Item");
    JsonNode key = item.isMissingNode() ? request.at("/DeleteRequest/Key") : item;
    JsonNode after = item.isMissingNode() ? null : item;
    String name = table.replaceFirst("^waybill-", "");
    JsonNode before = items.put(place(table, key), after);
    units.merge("%s %s".formatted(name, name.equals("SearchTable") ? "entry" : kind(key)),
        WriteUnits.ofTable(before, after, false), Integer::sum);
  }

  private static String place(String table, JsonNode key) {
    return table + " " + key.path("pk").path("S").asText() + " " + key.path("sk").path("S").asText();
  }

  /** A refused write costs what it would have cost the table, and nothing in the indexes. */
  private void write(String operation, JsonNode request, boolean written, boolean transactional,
      Map<String, String> headers) throws IOException {
    String table = request.path("TableName").asText();
    JsonNode key = operation.equals("Put") ? request.path("Item") : request.path("Key");
    String place = place(table, key);
    JsonNode before = items.get(place);
    JsonNode after = switch (operation) {
      case "Put" -> request.path("Item");
      case "Delete" -> null;
      default -> written ? read(table, key, headers) : before;
    };
    int cost = WriteUnits.ofTable(before, after, transactional);
    String what = "%s %s%s".formatted(table.replaceFirst("^waybill-", ""), kind(key), written ? "" : " (refused)");
    if (written) {
      items.put(place, after);
      for (String index : indexes(before, after)) {
        units.merge(what + " index " + index, WriteUnits.ofIndex(index, index + "_range", before, after), Integer::sum);
      }
    }
    units.merge(what + (transactional ? " in a transaction" : ""), cost, Integer::sum);
  }

  private static Set<String> indexes(JsonNode before, JsonNode after) {
    var indexes = new java.util.TreeSet<String>();
    for (JsonNode item : java.util.Arrays.asList(before, after)) {
      if (item != null) {
        item.fieldNames().forEachRemaining(name -> {
          if (name.startsWith("by_") && !name.endsWith("_range")) {
            indexes.add(name);
          }
        });
      }
    }
    return indexes;
  }

  /** What kind of item it is, by its sort key without what follows a separator. */
  private static String kind(JsonNode key) {
    return key.path("sk").path("S").asText().replaceFirst("[#_].*", "");
  }

  private JsonNode read(String table, JsonNode key, Map<String, String> headers) throws IOException {
    ObjectNode request = JSON.createObjectNode().put("TableName", table).put("ConsistentRead", true);
    request.set("Key", key);
    var reading = new HashMap<>(headers);
    reading.keySet().removeIf(name -> name.equalsIgnoreCase(TARGET));
    reading.put(TARGET, "DynamoDB_20120810.GetItem");
    return JSON.readTree(send(JSON.writeValueAsBytes(request), reading).body()).path("Item");
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** The lines of the table that explains the sum, the dearest first. @param orders by how many it is divided */
  static List<String> explain(Map<String, Integer> units, int orders) {
    return units.entrySet().stream().filter(it -> it.getValue() > 0)
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(it -> String.format(Locale.ROOT, orders == 1 ? "  %3.0f  %s" : "  %5.2f  %s",
            (double) it.getValue() / orders, it.getKey()))
        .toList();
  }
}
