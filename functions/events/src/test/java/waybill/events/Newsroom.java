package waybill.events;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutProductHandler;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.DeliverEvents;
import waybill.messages.EndpointId;
import waybill.messages.EventMessages.*;
import waybill.messages.Message;
import waybill.messages.EventType;
import waybill.messages.OrderId;
import waybill.orders.PlaceOrderHandler;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** A shop whose orders are followed, and the functions that record and show what happens to them. */
final class Newsroom implements AutoCloseable {
  final Bench bench = Bench.open("catalog:by_kind", "orders:by_customer,by_hold,by_due", "events",
      "events_secrets").with("WEBHOOK_LOOPBACK", "false");
  final Receiver receiver = new Receiver();
  final Faults faults = new Faults();
  private final DynamoDbClient faulty = faults.in(DynamoDbClient.class, bench.dynamo());
  DynamoDbClient dynamo = faulty;

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

  /** From now on something happens before a call, as counted from now on. */
  void before(AtomicInteger calls, int call, Runnable what) {
    dynamo = (DynamoDbClient) Proxy.newProxyInstance(DynamoDbClient.class.getClassLoader(),
        new Class<?>[]{DynamoDbClient.class}, (_, method, arguments) -> {
          if (calls.incrementAndGet() == call) {
            dynamo = faulty;
            what.run();
          }
          try {
            return method.invoke(faulty, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  Ports ports() {
    return bench.ports(dynamo).with(Outbound.class, receiver);
  }

  /** An endpoint at hooks.example.com that wants to hear of everything. @return its secret */
  String endpoint(String id) {
    return endpoint(id, "https://hooks.example.com/" + id);
  }

  String endpoint(String id, String url) {
    return (String) put(id, Map.of("url", url)).body().get("secret");
  }

  Answer put(String id, Map<String, Object> form) {
    return http(new PutWebhookEndpointHandler(ports()), "PUT", "/webhook-endpoints/" + id, Map.of("id", id), Map.of(),
        Json.write(form), "orders:operate");
  }

  Answer get(String id) {
    return http(new GetWebhookEndpointHandler(ports()), "GET", "/webhook-endpoints/" + id, Map.of("id", id), Map.of(),
        null, "orders:operate");
  }

  Answer delete(String id) {
    return http(new DeleteWebhookEndpointHandler(ports()), "DELETE", "/webhook-endpoints/" + id, Map.of("id", id),
        Map.of(), null, "orders:operate");
  }

  Answer rotate(String id, Map<String, Object> form) {
    return http(new RotateWebhookSecretHandler(ports()), "POST", "/webhook-endpoints/" + id + "/secret",
        Map.of("id", id), Map.of(), Json.write(form), "orders:operate");
  }

  Answer deliveries(String id, Map<String, String> query) {
    return http(new ListDeliveriesHandler(ports()), "GET", "/webhook-endpoints/" + id + "/deliveries",
        Map.of("id", id), query, null, "orders:operate");
  }

  Answer redeliver(String id, String key, String from, String to) {
    return answer(Bench.output(new RedeliverEventsHandler(ports()),
        bench.httpEvent("POST", "/webhook-endpoints/" + id + "/redeliveries", Map.of("id", id), Map.of(),
            Map.of("idempotency-key", key), Json.write(Map.of("from", from, "to", to)), "op", "orders:operate")));
  }

  /** Something has happened to an order, and is recorded. */
  void happened(OrderId order, EventType event) {
    record(news(order, event));
  }

  /** DeliverEvents receives that something may be there for an endpoint. @return how many messages fail */
  int deliver(String id) {
    String answer = Bench.output(new DeliverEventsHandler(ports()),
        bench.sqsEvent(new DeliveryDue(new EndpointId(id))));
    return ((List<?>) Json.readObject(answer).get("batchItemFailures")).size();
  }

  /** The schedule fires. @return the endpoints that it found to have something due */
  List<String> sweep() {
    bench.forgetSent();
    Bench.output(new ResendDeliveriesHandler(ports()), InputStream.nullInputStream());
    return bench.sentTo(DeliverEvents.class).stream().map(it -> ((DeliveryDue) it).endpoint().value()).toList();
  }

  static OrderChanged news(OrderId order, EventType event) {
    return new OrderChanged(order, event, "");
  }

  /** RecordEvents receives these in one batch. @return how many fail */
  int record(Message... news) {
    return record(bench.sqsEvent(news));
  }

  int record(InputStream event) {
    String answer = Bench.output(new RecordEventsHandler(ports()), event);
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
    return answer(
        Bench.output(handler, bench.httpEvent(method, path, parameters, query, Map.of(), body, "somebody", scopes)));
  }

  private static Answer answer(String event) {
    Map<String, Object> answer = Json.readObject(event);
    var text = (String) answer.get("body");
    return new Answer(((Long) answer.get("statusCode")).intValue(), text.isEmpty() ? Map.of() : Json.readObject(text));
  }

  @Override
  public void close() {
    bench.close();
  }
}
