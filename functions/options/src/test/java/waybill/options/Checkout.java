package waybill.options;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.catalog.PutCalendarHandler;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutLocationHandler;
import waybill.catalog.PutProductHandler;
import waybill.inventory.AdjustStockHandler;
import waybill.orders.GetOrderHandler;
import waybill.orders.PlaceOrderHandler;
import waybill.platform.Json;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** A shop with its samples, whose customers ask how their order can be delivered. */
final class Checkout implements AutoCloseable {
  final Bench bench = Bench.open("catalog:by_kind", "orders:by_customer,by_hold,by_due", "inventory",
      "fulfillment:by_status", "options");
  final Faults faults = new Faults();
  private final DynamoDbClient dynamo = faults.in(DynamoDbClient.class, bench.dynamo());

  record Answer(int status, Map<String, Object> body) {
    List<Map<String, Object>> list(String name) {
      return ((List<?>) body.get(name)).stream().map(Json::object).toList();
    }

    /** Pointer and code of each field that broke a rule. */
    List<String> errors() {
      return list("errors").stream().map(it -> it.get("pointer") + " " + it.get("code")).toList();
    }
  }

  Checkout() {
    put("channels", "de-web", sample("put-channel.json"));
    put("locations", "leipzig", sample("put-location.json"));
    put("products", "TEA-200", "{\"name\": \"Assam\", \"weight_grams\": 210}");
    put("products", "MUG-BLUE", "{\"name\": \"Becher\", \"weight_grams\": 350}");
    receive("TEA-200", "leipzig", 10);
    receive("MUG-BLUE", "leipzig", 10);
  }

  static String sample(String file) {
    try {
      return Files.readString(Path.of("../../events").resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer put(String kind, String id, String body) {
    RequestStreamHandler handler = switch (kind) {
      case "channels" -> new PutChannelHandler(bench.ports());
      case "locations" -> new PutLocationHandler(bench.ports());
      case "calendars" -> new PutCalendarHandler(bench.ports());
      default -> new PutProductHandler(bench.ports());
    };
    return run(handler, "PUT", "/" + kind + "/" + id, Map.of(kind.equals("products") ? "sku" : "id", id), Map.of(),
        body);
  }

  void receive(String sku, String location, int quantity) {
    Answer answer = run(new AdjustStockHandler(bench.ports()), "POST", "/stock/" + sku + "/adjustments",
        Map.of("sku", sku), Map.of("idempotency-key", sku + location + quantity),
        "{\"location_id\": \"%s\", \"quantity\": %d, \"reason\": \"received\"}".formatted(location, quantity));
    if (answer.status() != 201) {
      throw new IllegalStateException(answer.toString());
    }
  }

  Answer ask(String body) {
    return run(new QuoteDeliveryHandler(bench.ports(dynamo)), "POST", "/delivery-options", Map.of(), Map.of(), body);
  }

  Answer report(String key, String body) {
    return run(new ReportDisruptionHandler(bench.ports(dynamo)), "POST", "/disruptions", Map.of(),
        Map.of("idempotency-key", key), body);
  }

  Answer end(String id, String body) {
    return run(new EndDisruptionHandler(bench.ports(dynamo)), "POST", "/disruptions/" + id + "/end", Map.of("id", id),
        Map.of("idempotency-key", "end"), body);
  }

  Answer disruption(String id) {
    return run(new GetDisruptionHandler(bench.ports()), "GET", "/disruptions/" + id, Map.of("id", id), Map.of(), "");
  }

  /** The ids of those of a status, or of all if it is empty. */
  List<String> disruptions(String status) {
    Map<String, String> query = status.isEmpty() ? Map.of() : Map.of("status", status);
    return run(new ListDisruptionsHandler(bench.ports()), "GET", "/disruptions", Map.of(), query, Map.of(), "")
        .list("data").stream().map(it -> (String) it.get("id")).toList();
  }

  Answer place(String form) {
    return run(new PlaceOrderHandler(bench.ports(dynamo)), "POST", "/orders", Map.of(), Map.of(), form);
  }

  Answer order(String id) {
    return run(new GetOrderHandler(bench.ports()), "GET", "/orders/" + id, Map.of("id", id), Map.of(), "");
  }

  private Answer run(RequestStreamHandler handler, String method, String path, Map<String, String> parameters,
      Map<String, String> headers, String body) {
    return run(handler, method, path, parameters, Map.of(), headers, body);
  }

  private Answer run(RequestStreamHandler handler, String method, String path, Map<String, String> parameters,
      Map<String, String> query, Map<String, String> headers, String body) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(bench.httpEvent(method, path, parameters, query, headers, body, "shop",
          "orders:place orders:operate catalog:write stock:write"), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Object> response = Json.readObject(out.toString(StandardCharsets.UTF_8));
    return new Answer(((Long) response.get("statusCode")).intValue(), Json.readObject((String) response.get("body")));
  }

  @Override
  public void close() {
    bench.close();
  }
}
