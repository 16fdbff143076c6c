package waybill.orders;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutProductHandler;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Message;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.platform.Json;
import waybill.platform.Outcome;
import waybill.platform.Page;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** The shop of the sample order, and the four functions that take, move and show its orders. */
final class Shop implements AutoCloseable {
  static final OrderId SAMPLE = OrderId.of(new ChannelId("de-web"), "5512033");

  final Bench bench = Bench.open("catalog:by_kind", "orders:by_customer,by_hold,by_due");
  final Faults faults = new Faults();
  final DynamoDbClient dynamo = faults.in(DynamoDbClient.class, bench.dynamo());
  final SqsClient sqs = faults.in(SqsClient.class, bench.sqs());

  /** An answer, its body as a tree. */
  record Answer(int status, Map<String, Object> headers, Map<String, Object> body) {

    /** Pointer and code of each error. */
    List<String> errors() {
      return body.get("errors") instanceof List<?> errors
          ? errors.stream().map(Json::object).map(it -> it.get("pointer") + " " + it.get("code")).toList()
          : List.of();
    }
  }

  Shop() {
    putChannel(_ -> {});
    putProduct("TEA-200", true);
    putProduct("MUG-BLUE", true);
    putProduct("E-BOOK", false);
  }

  void putChannel(Consumer<Map<String, Object>> change) {
    Map<String, Object> channel = event("put-channel.json");
    change.accept(channel);
    run(new PutChannelHandler(bench.ports()),
        bench.httpEvent("PUT", "/channels/de-web", Map.of("id", "de-web"), Map.of(), Map.of(), Json.write(channel),
            "operator", "catalog:write"));
  }

  private void putProduct(String sku, boolean requiresShipping) {
    run(new PutProductHandler(bench.ports()),
        bench.httpEvent("PUT", "/products/" + sku, Map.of("sku", sku), Map.of(), Map.of(),
            Json.write(Map.of("name", sku, "requires_shipping", requiresShipping)), "operator", "catalog:write"));
  }

  /** A sample of the repository, to be changed at will. */
  static Map<String, Object> event(String file) {
    try {
      return Json.readObject(Files.readString(Path.of("../../events", file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sample order, to be changed at will. */
  static Map<String, Object> sample() {
    return event("place-order.json");
  }

  /** An order of one line: {@code quantity} of the SKU at 10.00 each, not paid. */
  static Map<String, Object> simple(String reference, String sku, int quantity) {
    Map<String, Object> body = sample();
    body.keySet().removeAll(List.of("payments", "shipping"));
    body.putAll(Map.of("reference", reference, "total", 1000L * quantity,
        "lines", List.of(Map.of("sku", sku, "quantity", quantity, "unit_price", 1000, "total", 1000L * quantity))));
    return Json.readObject(Json.write(body));
  }

  /** Sets what an RFC 6901 pointer points at. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> set(Map<String, Object> tree, String pointer, Object value) {
    String[] names = pointer.substring(1).split("/");
    Object parent = tree;
    for (int i = 0; i < names.length - 1; i++) {
      parent = parent instanceof List<?> list
          ? list.get(Integer.parseInt(names[i]))
          : ((Map<String, Object>) parent).get(names[i]);
    }
    String last = names[names.length - 1];
    if (parent instanceof List<?> list) {
      ((List<Object>) list).set(Integer.parseInt(last), value);
    } else {
      ((Map<String, Object>) parent).put(last, value);
    }
    return tree;
  }

  Answer place(Map<String, Object> body) {
    return place(Json.write(body));
  }

  Answer place(String body) {
    return run(new PlaceOrderHandler(bench.ports(dynamo, sqs)),
        bench.httpEvent("POST", "/orders", Map.of(), Map.of(), Map.of(), body, "storefront", "orders:place"));
  }

  Answer get(String id, String subject, String... scopes) {
    return run(new GetOrderHandler(bench.ports(dynamo)),
        bench.httpEvent("GET", "/orders/" + id, Map.of("id", id), Map.of(), Map.of(), null, subject, scopes));
  }

  /** The orders on a hold, as lists show them. */
  List<Map<String, Object>> held(String reason) {
    var orders = new Orders(bench.ports(dynamo));
    return listed(orders, orders.held(reason, 100, null));
  }

  /** A customer's orders, as lists show them. */
  List<Map<String, Object>> ofCustomer(String customer) {
    var orders = new Orders(bench.ports(dynamo));
    return listed(orders, orders.byCustomer(new Access.Customer(new ChannelId("de-web"), customer), 100, null));
  }

  private static List<Map<String, Object>> listed(Orders orders, Outcome<Page<OrderId>> page) {
    return orders.listed(page.orElseThrow().data()).stream().map(Orders.ListedOrder::view).toList();
  }

  Answer cancel(OrderId id, String key, String body, String subject, String... scopes) {
    return run(new CancelOrderHandler(bench.ports(dynamo, sqs)),
        bench.httpEvent("POST", "/orders/" + id + "/cancellation", Map.of("id", id.value()), Map.of(),
            key == null ? Map.of() : Map.of("idempotency-key", key), body, subject, scopes));
  }

  Answer hold(OrderId id, String key, String body) {
    return run(new HoldOrderHandler(bench.ports(dynamo, sqs)),
        bench.httpEvent("POST", "/orders/" + id + "/holds", Map.of("id", id.value()), Map.of(),
            key == null ? Map.of() : Map.of("idempotency-key", key), body, "operator", "orders:operate"));
  }

  Answer release(OrderId id, String hold, String key, String body) {
    return run(new ReleaseHoldHandler(bench.ports(dynamo, sqs)),
        bench.httpEvent("POST", "/orders/" + id + "/holds/" + hold + "/release",
            Map.of("id", id.value(), "hold_id", hold), Map.of(), Map.of("idempotency-key", key), body, "operator",
            "orders:operate"));
  }

  /** The schedule fires. @return the orders that it found due */
  List<Message> sweep() {
    bench.forgetSent();
    Bench.output(new ResendDueOrdersHandler(bench.ports(dynamo, sqs)), InputStream.nullInputStream());
    return bench.sentTo(AdvanceOrder.class);
  }

  /** AdvanceOrder receives these in one batch. @return how many come back */
  int advance(Message... news) {
    var answer = Bench.output(new AdvanceOrderHandler(bench.ports(dynamo, sqs)), bench.sqsEvent(news));
    return ((List<?>) Json.readObject(answer).get("batchItemFailures")).size();
  }

  /** A function that a queue feeds receives these in one batch. @return how many come back */
  int run(RequestStreamHandler handler, Message... messages) {
    return ((List<?>) Json.readObject(Bench.output(handler, bench.sqsEvent(messages))).get("batchItemFailures")).size();
  }

  OrderState state(OrderId id) {
    return progress(id).state();
  }

  OrderProgress progress(OrderId id) {
    return new Orders(bench.ports()).find(id).orElseThrow().progress();
  }

  /** News of the payment that the sample names, at Stripe. */
  static Payment payment(PaymentStatus status, long authorized, long captured) {
    return payment("pi_3QWaybillSample", status, authorized, captured);
  }

  static Payment payment(String reference, PaymentStatus status, long authorized, long captured) {
    return new Payment(PaymentId.of("stripe", "shop-eu", reference), "stripe", "shop-eu", reference, status,
        new Money(authorized, "EUR"), new Money(captured, "EUR"), null);
  }

  static Answer run(RequestStreamHandler handler, InputStream event) {
    Map<String, Object> answer = Json.readObject(Bench.output(handler, event));
    return new Answer(((Long) answer.get("statusCode")).intValue(), Json.object(answer.get("headers")),
        Json.readObject((String) answer.get("body")));
  }

  @Override
  public void close() {
    bench.close();
  }
}
