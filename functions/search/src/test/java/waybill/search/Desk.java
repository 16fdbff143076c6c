package waybill.search;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutProductHandler;
import waybill.events.RecordEventsHandler;
import waybill.messages.Choreography.IndexOrder;
import waybill.messages.Choreography.RecordEvents;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.AdvanceOrderHandler;
import waybill.orders.PlaceOrderHandler;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** Two shops whose orders are placed and indexed, and an operator who looks for them. */
final class Desk implements AutoCloseable {
  static final OrderId NOBODYS = waybill.platform.Snapshot.NOBODYS;
  static final String KEY = "fake-search-key";

  final Bench bench = Bench.open("catalog:by_kind", "orders:by_customer,by_hold,by_due", "search",
      "shipping:by_unlabelled", "events", "notifications").with("HISTORY_DAYS", "3653")
      .with("SEARCH_KEY_PARAMETER", "/waybill/search-key");
  final Faults faults = new Faults();
  final DynamoDbClient dynamo = faults.in(DynamoDbClient.class, bench.dynamo());

  /** An answer, its body as a tree. */
  record Answer(int status, Map<String, Object> body) {

    /** Pointer and code of each error. */
    List<String> errors() {
      return body.get("errors") instanceof List<?> errors
          ? errors.stream().map(Json::object).map(it -> it.get("pointer") + " " + it.get("code")).toList()
          : List.of();
    }

    List<Map<String, Object>> data() {
      return ((List<?>) body.get("data")).stream().map(Json::object).toList();
    }

    List<String> references() {
      return data().stream().map(it -> (String) it.get("reference")).toList();
    }
  }

  Desk() {
    putChannel("de-web");
    putChannel("uk-web");
    List.of("TEA-200", "MUG-BLUE").forEach(sku -> run(new PutProductHandler(bench.ports()),
        bench.httpEvent("PUT", "/products/" + sku, Map.of("sku", sku), Map.of(), Map.of(),
            Json.write(Map.of("name", sku)), "operator", "catalog:write")));
  }

  void putChannel(String id) {
    Map<String, Object> channel = event("put-channel.json");
    run(new PutChannelHandler(bench.ports()), bench.httpEvent("PUT", "/channels/" + id, Map.of("id", id), Map.of(),
        Map.of(), Json.write(channel), "operator", "catalog:write"));
  }

  static Map<String, Object> event(String file) {
    try {
      return Json.readObject(Files.readString(Path.of("../../events", file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sample order under a reference of its own, with its parts replaced. */
  static Map<String, Object> form(String reference, Map<String, Object> parts) {
    Map<String, Object> body = event("place-order.json");
    body.remove("payments");
    body.remove("placed_at");
    body.put("reference", reference);
    body.putAll(parts);
    return body;
  }

  static Map<String, Object> customer(String email, String name, String phone) {
    var customer = new HashMap<String, Object>(Map.of("email", email));
    customer.put("name", name);
    customer.put("phone", phone);
    return customer;
  }

  /** Places an order and indexes it. */
  OrderId order(String reference, Map<String, Object> parts) {
    OrderId id = place(reference, parts);
    advance(new StockReserved(id));
    index(id);
    return id;
  }

  /** Places an order that nothing has become of yet. */
  OrderId place(String reference, Map<String, Object> parts) {
    Answer answer = run(new PlaceOrderHandler(bench.ports(dynamo)), bench.httpEvent("POST", "/orders", Map.of(),
        Map.of(), Map.of(), Json.write(form(reference, parts)), "storefront", "orders:place"));
    if (answer.status() != 201) {
      throw new IllegalStateException(answer.body().toString());
    }
    return new OrderId((String) answer.body().get("id"));
  }

  void advance(Message... news) {
    Bench.output(new AdvanceOrderHandler(bench.ports(dynamo)), bench.sqsEvent(news));
  }

  /** IndexOrder receives what was sent to it. */
  void index(OrderId id) {
    Message[] due = bench.sentTo(IndexOrder.class).toArray(Message[]::new);
    bench.forgetSent();
    if (!List.of(due).toString().contains(id.value())) {
      throw new IllegalStateException("it is not to be indexed");
    }
    receive(due);
  }

  /** @return how many come back */
  int receive(Message... due) {
    return ((List<?>) Json.readObject(Bench.output(new IndexOrderHandler(ports()), bench.sqsEvent(due)))
        .get("batchItemFailures")).size();
  }

  void tag(OrderId id, String... tags) {
    run(new waybill.orders.TagOrderHandler(bench.ports(dynamo)), bench.httpEvent("PUT", "/orders/" + id + "/tags",
        Map.of("id", id.value()), Map.of(), Map.of(), Json.write(Map.of("tags", List.of(tags))), "op",
        "orders:operate"));
    index(id);
  }

  /** What an operator finds. */
  Answer find(Map<String, String> query) {
    return list(query, "operator", "orders:operate");
  }

  Answer find(String name, String value) {
    return find(Map.of(name, value));
  }

  Answer list(Map<String, String> query, String subject, String... scopes) {
    return run(new ListOrdersHandler(ports()),
        bench.httpEvent("GET", "/orders", Map.of(), query, Map.of(), null, subject, scopes));
  }

  /** The references of all pages. */
  List<String> all(Map<String, String> query, String subject, String scope) {
    var references = new ArrayList<String>();
    var asked = new HashMap<>(query);
    do {
      Answer page = list(asked, subject, scope);
      if (page.status() != 200) {
        throw new IllegalStateException(page.body().toString());
      }
      references.addAll(page.references());
      asked.put("cursor", (String) page.body().get("next_cursor"));
    } while (asked.get("cursor") != null);
    return references;
  }

  Ports ports() {
    return bench.ports(dynamo).with(SsmClient.class, (SsmClient) Proxy.newProxyInstance(getClass().getClassLoader(),
        new Class<?>[]{SsmClient.class},
        (_, _, _) -> GetParameterResponse.builder().parameter(it -> it.value(KEY)).build()));
  }

  /** RecordEvents receives what was sent to it. */
  void recordEvents() {
    Message[] news = bench.sentTo(RecordEvents.class).toArray(Message[]::new);
    bench.forgetSent();
    Bench.output(new RecordEventsHandler(ports()), bench.sqsEvent(news));
  }

  /** Somebody does something to an order. */
  Answer ask(RequestStreamHandler handler, OrderId id, String subject, Map<String, String> more, String body) {
    var parameters = new HashMap<>(Map.of("id", id.value()));
    parameters.putAll(more);
    return run(handler, bench.httpEvent("POST", "/orders/" + id + "/" + handler.getClass().getSimpleName(), parameters,
        Map.of(), Map.of("idempotency-key", "k"), body, subject, "orders:operate"));
  }

  Answer history(OrderId id, Map<String, String> query, String... scopes) {
    return run(new GetHistoryHandler(ports()), bench.httpEvent("GET", "/orders/" + id + "/history",
        Map.of("id", id.value()), query, Map.of(), null, "operator", scopes));
  }

  static Answer run(RequestStreamHandler handler, InputStream event) {
    Map<String, Object> answer = Json.readObject(Bench.output(handler, event));
    return new Answer(((Long) answer.get("statusCode")).intValue(), Json.readObject((String) answer.get("body")));
  }

  @Override
  public void close() {
    bench.close();
  }
}
