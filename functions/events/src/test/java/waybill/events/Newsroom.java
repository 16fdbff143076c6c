package waybill.events;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutProductHandler;
import waybill.messages.ChannelId;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.Message;
import waybill.messages.OrderEventType;
import waybill.messages.OrderId;
import waybill.orders.PlaceOrderHandler;
import waybill.platform.Json;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** A shop whose orders are followed, and the functions that record and show what happens to them. */
final class Newsroom implements AutoCloseable {
  final Bench bench = Bench.open("catalog:by_kind", "orders:by_customer,by_hold,by_due", "events");
  final Faults faults = new Faults();
  final DynamoDbClient dynamo = faults.in(DynamoDbClient.class, bench.dynamo());

  /** An answer, its body as a tree. */
  record Answer(int status, Map<String, Object> body) {
    List<Map<String, Object>> data() {
      return ((List<?>) body.get("data")).stream().map(Json::object).toList();
    }

    String next() {
      return (String) body.get("next_cursor");
    }
  }

  Newsroom() {
    http(new PutChannelHandler(bench.ports()), "PUT", "/channels/de-web", Map.of("id", "de-web"), Map.of(),
        read("put-channel.json"), "catalog:write");
    for (String sku : List.of("TEA-200", "MUG-BLUE")) {
      http(new PutProductHandler(bench.ports()), "PUT", "/products/" + sku, Map.of("sku", sku), Map.of(),
          Json.write(Map.of("name", sku)), "catalog:write");
    }
  }

  static String read(String file) {
    try {
      return Files.readString(Path.of("../../events", file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An order under this reference. */
  OrderId placed(String reference) {
    http(new PlaceOrderHandler(bench.ports()), "POST", "/orders", Map.of(), Map.of(),
        read("place-order.json").replace("5512033", reference).replace("pi_3QWaybillSample", "pi_" + reference),
        "orders:place");
    return OrderId.of(new ChannelId("de-web"), reference);
  }

  static OrderChanged news(OrderId order, OrderEventType event) {
    return new OrderChanged(order, event, "");
  }

  /** RecordEvents receives these in one batch. @return how many fail */
  int record(Message... news) {
    return record(bench.sqsEvent(news));
  }

  int record(InputStream event) {
    String answer = raw(new RecordEventsHandler(bench.ports(dynamo)), event);
    return ((List<?>) Json.readObject(answer).get("batchItemFailures")).size();
  }

  Answer events(Map<String, String> query) {
    return http(new ListEventsHandler(bench.ports()), "GET", "/events", Map.of(), query, null, "orders:place");
  }

  /** The whole feed as a follower reads it, page after page. */
  List<Map<String, Object>> feed(int limit) {
    var all = new ArrayList<Map<String, Object>>();
    Answer part = events(Map.of("limit", Integer.toString(limit)));
    while (!part.data().isEmpty()) {
      all.addAll(part.data());
      part = events(Map.of("limit", Integer.toString(limit), "after", part.next()));
    }
    return all;
  }

  Answer http(RequestStreamHandler handler, String method, String path, Map<String, String> parameters,
      Map<String, String> query, String body, String... scopes) {
    Map<String, Object> answer = Json.readObject(
        raw(handler, bench.httpEvent(method, path, parameters, query, Map.of(), body, "somebody", scopes)));
    var text = (String) answer.get("body");
    return new Answer(((Long) answer.get("statusCode")).intValue(), text.isEmpty() ? Map.of() : Json.readObject(text));
  }

  static String raw(RequestStreamHandler handler, InputStream event) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(event, out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    bench.close();
  }
}
