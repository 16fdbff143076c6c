package waybill.returns;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.S3Client;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutLocationHandler;
import waybill.inventory.AdjustStockHandler;
import waybill.inventory.GetStockHandler;
import waybill.messages.LineQuantity;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.ReplacementAsked;
import waybill.messages.ReturnId;
import waybill.messages.ParcelId;
import waybill.messages.ReturnLabelMessages.ReturnLabelWithdrawn;
import waybill.messages.ReturnLabelMessages.ReturnLabelled;
import waybill.messages.ReturnLabelMessages.ReturnMoved;
import waybill.messages.ReturnMessages.ReturnDisposed;
import waybill.messages.ReturnMessages.ReturnRefunded;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.ShipmentStatus;
import waybill.orders.GetOrderHandler;
import waybill.orders.Orders;
import waybill.orders.PlaceReplacementHandler;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.workbench.Bench;

/** Those who ask for, count and decide what comes back of the {@link SampleOrder}. */
final class Counter extends SampleOrder {
  record Answer(int status, Map<String, Object> body) {
    List<String> errors() {
      return body.get("errors") instanceof List<?> errors
          ? errors.stream().map(Json::object).map(it -> it.get("pointer") + " " + it.get("code")).toList()
          : List.of();
    }

    Map<String, Object> line(int index) {
      return Json.object(((List<?>) body.get("lines")).get(index));
    }

    String id() {
      return (String) body.get("id");
    }
  }

  Counter() {
    this(_ -> {});
  }

  /** @param tea what the catalog says of TEA-200 */
  Counter(Consumer<Map<String, Object>> tea) {
    put(new PutChannelHandler(bench.ports()), "/channels/de-web", Map.of("id", "de-web"), event("put-channel.json"));
    put(new PutLocationHandler(bench.ports()), "/locations/leipzig", Map.of("id", "leipzig"),
        event("put-location.json"));
    product("TEA-200", tea);
    product("MUG-BLUE", _ -> {});
  }

  Answer ask(String lines) {
    return ask(lines, "");
  }

  Answer ask(String lines, String more) {
    return ask(ORDER, lines, more);
  }

  Answer ask(OrderId order, String lines, String more) {
    return post(new RequestReturnHandler(ports()), "/returns", Map.of(),
        "{\"order_id\":\"%s\",\"lines\":[%s]%s}".formatted(order, lines, more), "key-" + keys.getAndIncrement());
  }

  Answer exchange(String id, String decision) {
    return post(new DecideExchangeHandler(bench.ports()), "/returns/" + id + "/exchange", Map.of("id", id),
        "{\"decision\":\"%s\",\"reason\":\"said so\"}".formatted(decision), null);
  }

  /** The next requests come with the keys of so many before. */
  void again(int requests) {
    keys.addAndGet(-requests);
  }

  /** @param who a scope, or a customer as {@code de-web/c_881} */
  Answer askAs(String who, String lines, String more) {
    boolean own = who.contains("/");
    return run(new RequestReturnHandler(ports()), bench.httpEvent("POST", "/returns", Map.of(), Map.of(),
        Map.of("idempotency-key", "key-" + keys.getAndIncrement()),
        "{\"order_id\":\"%s\",\"lines\":[%s]%s}".formatted(ORDER, lines, more), own ? who : "shop",
        own ? "orders:own" : who));
  }

  Ports ports() {
    return bench.ports().with(S3Client.class, album);
  }

  Answer photo(String order, String content) {
    return post(new AddPhotoHandler(ports()), "/orders/" + order + "/photos", Map.of("id", order),
        "{\"content\":\"%s\"}".formatted(content), null);
  }

  /** The answer as it is. */
  Map<String, Object> photoOf(String order, String photo) {
    return Json.readObject(Bench.output(new GetPhotoHandler(ports()), bench.httpEvent("GET",
        "/orders/" + order + "/photos/" + photo, Map.of("id", order, "photo", photo), Map.of(), Map.of(), null, "op",
        OPERATOR)));
  }

  Answer claim(String lines) {
    return claim(lines, "");
  }

  Answer claim(String lines, String more) {
    return claim(ORDER, lines, more);
  }

  Answer claim(OrderId order, String lines, String more) {
    return post(new RequestClaimHandler(ports()), "/claims", Map.of(),
        "{\"order_id\":\"%s\",\"lines\":[%s]%s}".formatted(order, lines, more), "key-" + keys.getAndIncrement());
  }

  Answer decideClaim(String id, String decision) {
    return post(new DecideClaimHandler(bench.ports()), "/claims/" + id + "/decision", Map.of("id", id),
        "{\"decision\":\"%s\"}".formatted(decision), null);
  }

  Answer resolve(String id, String body) {
    return post(new ResolveClaimHandler(bench.ports()), "/claims/" + id + "/resolution", Map.of("id", id), body, null);
  }

  /** The claim as it is now. */
  Map<String, Object> claimed(String id) {
    return ((List<?>) returns().get("claims")).stream().map(Json::object).filter(it -> it.get("id").equals(id))
        .findFirst().orElseThrow();
  }

  /** Its carrier says that the parcel arrived. */
  void arrives() {
    var news = new ShipmentDelivered(ORDER, PARCEL, bench.clock().instant(), null);
    advance(news);
    receive(new FollowClaimsHandler(bench.ports()), news);
    receive(new FollowClaimsHandler(bench.ports()), news);
    rest();
  }

  /** Another capability asks for units to be sent again, and its message overtakes all others. */
  void askAgain(String cause, List<LineQuantity> lines) {
    receive(new PlaceReplacementHandler(bench.ports()), again(cause, lines));
  }

  /** Why it could not. */
  String wouldAskAgain(String cause, List<LineQuantity> lines) {
    return new Orders(bench.ports()).refusal(again(cause, lines)).orElseThrow().code();
  }

  private ReplacementAsked again(String cause, List<LineQuantity> lines) {
    return new ReplacementAsked(ORDER, cause, lines, "lost", "op", bench.clock().instant());
  }

  static String wrong(int line, int quantity, String reason) {
    return "{\"line_id\":\"line_%d\",\"quantity\":%d,\"reason\":\"%s\"}".formatted(line, quantity, reason);
  }

  int readSoFar() {
    return read;
  }

  Answer decide(String id, String decision) {
    return post(new DecideReturnHandler(bench.ports()), "/returns/" + id + "/decision", Map.of("id", id),
        "{\"decision\":\"%s\"}".formatted(decision), null);
  }

  Answer label(String id, String body) {
    return post(new LabelReturnHandler(bench.ports()), "/returns/" + id + "/label", Map.of("id", id), body, null);
  }

  /** The label of the return as it is now. */
  Map<String, Object> label(String id) {
    return Json.object(now(id).body().get("label"));
  }

  /** Shipping or a carrier says something of the label, twice. */
  void hear(Message news) {
    receive(new FollowReturnLabelHandler(bench.ports()), news);
    receive(new FollowReturnLabelHandler(bench.ports()), news);
    rest();
  }

  void isLabelled(ParcelId parcel) {
    hear(new ReturnLabelled(parcel.order(), parcel, "UPS", "Ground", "1Z" + parcel.number(), bench.clock().instant()));
  }

  void moves(ParcelId parcel, ShipmentStatus status, boolean lost) {
    hear(new ReturnMoved(parcel.order(), parcel, status, bench.clock().instant(), lost));
  }

  void isWithdrawn(ParcelId parcel, boolean done) {
    hear(new ReturnLabelWithdrawn(parcel.order(), parcel, done));
  }

  Answer count(String id, String lines) {
    return count(id, lines, "", "key-" + keys.getAndIncrement());
  }

  Answer count(String id, String lines, String more, String key) {
    return post(new ReceiveReturnHandler(bench.ports()), "/returns/" + id + "/receipts", Map.of("id", id),
        "{\"location_id\":\"leipzig\",\"lines\":[%s]%s}".formatted(lines, more), key);
  }

  Answer dispose(String id, String lines) {
    return dispose(id, lines, "key-" + keys.getAndIncrement());
  }

  Answer dispose(String id, String lines, String key) {
    return post(new DisposeReturnHandler(bench.ports()), "/returns/" + id + "/dispositions", Map.of("id", id),
        "{\"location_id\":\"leipzig\",\"lines\":[%s]}".formatted(lines), key);
  }

  static String units(int line, int quantity) {
    return "{\"line_id\":\"line_%d\",\"quantity\":%d}".formatted(line, quantity);
  }

  static String fate(int line, int quantity, String outcome, String fault) {
    return "{\"line_id\":\"line_%d\",\"quantity\":%d,\"outcome\":\"%s\",\"fault\":\"%s\"}".formatted(line,
        quantity, outcome, fault);
  }

  Answer adjust(String sku, String body) {
    return post(new AdjustStockHandler(bench.ports()), "/stock/" + sku + "/adjustments", Map.of("sku", sku), body,
        "adjust-" + keys.getAndIncrement());
  }

  void sweep() {
    Bench.output(new SweepReturnsHandler(bench.ports()), InputStream.nullInputStream());
    rest();
  }

  private Map<String, Object> get(RequestStreamHandler handler, String path, Map<String, String> ids) {
    return run(handler, bench.httpEvent("GET", path, ids, Map.of(), Map.of(), null, "op", OPERATOR)).body();
  }

  Map<String, Object> order() {
    return order(ORDER);
  }

  Map<String, Object> order(OrderId order) {
    return get(new GetOrderHandler(bench.ports()), "/orders/" + order, Map.of("id", order.value()));
  }

  Map<String, Object> returns() {
    return returns(ORDER);
  }

  private Map<String, Object> returns(OrderId order) {
    return get(new GetReturnsHandler(bench.ports()), "/orders/" + order + "/returns", Map.of("id", order.value()));
  }

  /** The return as it is now. */
  Answer now(String id) {
    return ((List<?>) returns(new ReturnId(id).order()).get("data")).stream().map(Json::object)
        .filter(it -> it.get("id").equals(id))
        .map(it -> new Answer(200, it)).findFirst().orElseThrow();
  }

  /** What is back of the order's money. */
  long refunded() {
    return refunded(ORDER);
  }

  long refunded(OrderId order) {
    return (Long) Json.object(order(order).get("totals")).get("refunded");
  }

  /** What lies at the location: for sale, damaged, quarantined. */
  List<Long> stock(String sku) {
    Map<String, Object> stock = get(new GetStockHandler(bench.ports()), "/stock/" + sku, Map.of("sku", sku));
    return ((List<?>) stock.get("locations")).stream().map(Json::object).findFirst()
        .map(it -> List.of((Long) it.get("on_hand"), (Long) it.get("damaged"), (Long) it.get("quarantined")))
        .orElse(List.of(0L, 0L, 0L));
  }

  List<Message> sent(Class<? extends Message> kind) {
    return bench.sent().stream().map(Bench.Sent::message).filter(kind::isInstance).distinct().toList();
  }

  List<ReturnDisposed> disposed() {
    return sent(ReturnDisposed.class).stream().map(ReturnDisposed.class::cast).toList();
  }

  List<ReturnRefunded> granted() {
    return sent(ReturnRefunded.class).stream().map(ReturnRefunded.class::cast).toList();
  }
}
