package waybill.digital;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutProductHandler;
import waybill.messages.ChannelId;
import waybill.messages.DigitalMessages.GrantsDue;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.Routing;
import waybill.orders.AdvanceOrderHandler;
import waybill.orders.CancelOrderHandler;
import waybill.orders.GetOrderHandler;
import waybill.orders.PlaceOrderHandler;
import waybill.orders.RefundOrderHandler;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** A shop that sells links, keys and tea, with the functions that give and revoke. Orders are paid with the shop's own gift cards. */
final class Kiosk implements AutoCloseable {
  final Bench bench = Bench.open("catalog:by_kind", "orders:by_customer,by_hold,by_due", "digital:by_waiting")
      .with("PUBLIC_URL", "https://shop.example");
  final Faults faults = new Faults();
  private final DynamoDbClient dynamo = faults.in(DynamoDbClient.class, bench.dynamo());
  private int keys;

  /** An answer, its body as a tree. */
  record Answer(int status, Map<String, Object> body, Map<String, Object> headers) {}

  Kiosk() {
    http(new PutChannelHandler(bench.ports()), "PUT", "/channels/de-web", Map.of("id", "de-web"), null,
        read("put-channel.json"), "catalog:write");
    product("BOOK", Map.of("kind", "link", "url", "https://assets.example.com/book.pdf", "valid_days", 7,
        "downloads", 2));
    product("KEY", Map.of("kind", "licence_key", "low_at", 1));
    http(new PutProductHandler(bench.ports()), "PUT", "/products/TEA", Map.of("sku", "TEA"), null,
        Json.write(Map.of("name", "TEA")), "catalog:write");
  }

  void product(String sku, Map<String, Object> digital) {
    http(new PutProductHandler(bench.ports()), "PUT", "/products/" + sku, Map.of("sku", sku), null,
        Json.write(digital == null
            ? Map.of("name", sku, "requires_shipping", false)
            : Map.of("name", sku, "requires_shipping", false, "digital", digital)),
        "catalog:write");
  }

  static String read(String file) {
    try {
      return Files.readString(Path.of("../../events", file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Ports ports() {
    return bench.ports(dynamo);
  }

  /** Placed, and paid at once. @param lines each as its SKU and quantity, for example {@code BOOK 1} */
  OrderId paid(String reference, String... lines) {
    return place(reference, true, lines);
  }

  OrderId place(String reference, boolean paid, String... lines) {
    var form = new ArrayList<Map<String, Object>>();
    long total = 0;
    for (String line : lines) {
      long quantity = Long.parseLong(line.split(" ")[1]);
      form.add(Map.of("sku", line.split(" ")[0], "quantity", quantity, "unit_price", 100L, "total", quantity * 100));
      total += quantity * 100;
    }
    Map<String, Object> address = Map.of("name", "Ada", "line1", "Ring 1", "city", "Leipzig", "postal_code", "04109",
        "country", "DE");
    List<Map<String, Object>> payments = paid
        ? List.of(Map.of("provider", "external", "method", "gift_card", "reference", reference, "amount", total,
            "status", "captured"))
        : List.of();
    Map<String, Object> body = Map.of("reference", reference, "channel", "de-web", "currency", "EUR", "taxes_included",
        true, "customer", Map.of("email", "ada@example.com", "id", "ada"), "shipping_address", address, "lines", form,
        "total", total, "payments", payments);
    Answer placed = http(new PlaceOrderHandler(bench.ports()), "POST", "/orders", Map.of(), null, Json.write(body),
        "orders:place");
    if (placed.status() != 201) {
      throw new IllegalStateException(placed.toString());
    }
    return OrderId.of(new ChannelId("de-web"), reference);
  }

  /** All that waits for the arbiter and for DeliverDigital is worked on, until nothing is left. */
  Kiosk settle() {
    List<Message> sent = take();
    for (int round = 0; !sent.isEmpty() && round < 50; round++) {
      sent.forEach(this::work);
      sent = take();
    }
    return this;
  }

  private List<Message> take() {
    List<Message> sent = bench.sent().stream().map(Bench.Sent::message)
        .filter(it -> Routing.queues(it.getClass()).stream()
            .anyMatch(List.of("advance-order", "deliver-digital")::contains))
        .toList();
    bench.forgetSent();
    return sent;
  }

  /** What mails are to be about, as it was sent since the last time. */
  List<Message> news() {
    return bench.sent().stream().map(Bench.Sent::message)
        .filter(it -> Routing.queues(it.getClass()).contains("notify-customer")).toList();
  }

  /** @return how many messages fail */
  int work(Message message) {
    boolean digital = message instanceof GrantsDue;
    String answer = Bench.output(digital ? new DeliverDigitalHandler(ports()) : new AdvanceOrderHandler(bench.ports()),
        bench.sqsEvent(message));
    return ((List<?>) Json.readObject(answer).get("batchItemFailures")).size();
  }

  int deliver(OrderId order) {
    return work(new GrantsDue(order));
  }

  void sweep() {
    Bench.output(new ResendGrantsHandler(ports()), InputStream.nullInputStream());
  }

  Answer importKeys(String sku, String key, String... texts) {
    return http(new ImportKeysHandler(ports()), "POST", "/products/" + sku + "/keys", Map.of("sku", sku), key,
        Json.write(Map.of("keys", List.of(texts))), "stock:write");
  }

  Answer pool(String sku) {
    return http(new GetKeysHandler(ports()), "GET", "/products/" + sku + "/keys", Map.of("sku", sku), null, null,
        "stock:write");
  }

  Answer order(OrderId id) {
    return http(new GetOrderHandler(bench.ports()), "GET", "/orders/" + id, Map.of("id", id.value()), null, null,
        "orders:operate");
  }

  Answer refund(OrderId id, String line, int quantity) {
    return http(new RefundOrderHandler(bench.ports()), "POST", "/orders/" + id + "/refunds", Map.of("id", id.value()),
        "refund" + keys++, Json.write(Map.of("lines", List.of(Map.of("line_id", line, "quantity", quantity)),
            "done_elsewhere", true, "reason", "test")),
        "orders:operate");
  }

  Answer cancel(OrderId id, String scope) {
    return http(new CancelOrderHandler(bench.ports()), "POST", "/orders/" + id + "/cancellation",
        Map.of("id", id.value()), "cancel" + keys++, "{\"reason\": \"customer\"}", scope);
  }

  /** A unit of a line. */
  Answer cancel(OrderId id, String scope, String line) {
    return http(new CancelOrderHandler(bench.ports()), "POST", "/orders/" + id + "/cancellation",
        Map.of("id", id.value()), "cancel" + keys++,
        "{\"reason\": \"customer\", \"lines\": [{\"line_id\": \"%s\", \"quantity\": 1}]}".formatted(line), scope);
  }

  DigitalGoods goods() {
    return new DigitalGoods(bench.ports());
  }

  /** The paths of the links that the order's customer has. */
  List<String> links(OrderId id) {
    return goods().of(id).stream().flatMap(it -> it.links().stream()).map(DigitalGoods.Link::path).toList();
  }

  List<String> keys(OrderId id) {
    return goods().of(id).stream().flatMap(it -> it.keys().stream()).toList();
  }

  Answer download(String path, String accept) {
    Matcher token = Pattern.compile("/downloads/(.*)").matcher(path);
    token.matches();
    return answer(
        Bench.output(new GetDownloadHandler(ports()), bench.httpEvent("GET", path, Map.of("token", token.group(1)),
            Map.of(), Map.of("accept", accept, "accept-language", "de"), null, "")));
  }

  void pass(Duration time) {
    bench.clock().advance(time);
  }

  private Answer http(RequestStreamHandler handler, String method, String path, Map<String, String> parameters,
      String key, String body, String... scopes) {
    return answer(Bench.output(handler, bench.httpEvent(method, path, parameters, Map.of(),
        key == null ? Map.of() : Map.of("idempotency-key", key), body, "ada", scopes)));
  }

  private static Answer answer(String event) {
    Map<String, Object> answer = Json.readObject(event);
    var text = (String) answer.get("body");
    return new Answer(((Long) answer.get("statusCode")).intValue(),
        text.startsWith("{") ? Json.readObject(text) : Map.of("text", text), Json.object(answer.get("headers")));
  }

  @Override
  public void close() {
    bench.close();
  }
}
