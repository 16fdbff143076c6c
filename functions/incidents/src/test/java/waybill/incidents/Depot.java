package waybill.incidents;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutLocationHandler;
import waybill.catalog.PutProductHandler;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.GrantRefund;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.Choreography.PlaceReplacement;
import waybill.messages.Choreography.RedateParcels;
import waybill.messages.Choreography.WatchParcel;
import waybill.messages.DisruptionId;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.IncidentMessages.DeliveryRedated;
import waybill.messages.IncidentMessages.IncidentOpened;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.ReplacementAsked;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.ShipmentMessages.ShipmentDeliveryFailed;
import waybill.messages.ShipmentMessages.ShipmentInTransit;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.ShipmentReturned;
import waybill.messages.Sku;
import waybill.messages.StockMessages.StockReserved;
import waybill.messages.StockPool;
import waybill.options.EndDisruptionHandler;
import waybill.options.ReportDisruptionHandler;
import waybill.orders.AdvanceOrderHandler;
import waybill.orders.GetOrderHandler;
import waybill.orders.GrantRefundHandler;
import waybill.orders.PlaceOrderHandler;
import waybill.orders.PlaceReplacementHandler;
import waybill.orders.RefundOrderHandler;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** An order of two parcels, each with a tea of 100.00, that have left on a Sunday; and the functions that watch them. */
final class Depot implements AutoCloseable {
  static final OrderId ORDER = OrderId.of(new ChannelId("de-web"), "r1");
  static final FulfillmentId FULFILLMENT = FulfillmentId.of(ORDER, 1);
  static final ParcelId FIRST = ParcelId.of(FULFILLMENT, 1);
  static final ParcelId SECOND = ParcelId.of(FULFILLMENT, 2);
  static final LocationId LEIPZIG = new LocationId("leipzig");

  final Bench bench = Bench.open("catalog:by_kind", "orders:by_customer,by_hold,by_due", "shipping:by_unlabelled",
      "options", "incidents:by_incident").with("PUBLIC_URL", "https://shop.example");
  final Faults faults = new Faults();
  private final DynamoDbClient dynamo = faults.in(DynamoDbClient.class, bench.dynamo());

  /** An answer, its body as a tree. */
  record Answer(int status, Map<String, Object> body) {

    /** Of the only error: where it is, and its code. */
    String error() {
      Map<String, Object> error = Json.object(((List<?>) body.get("errors")).getFirst());
      return error.get("pointer") + " " + error.get("code");
    }
  }

  Depot() {
    http(new PutChannelHandler(bench.ports()), "PUT", "/channels/de-web", Map.of("id", "de-web"), Map.of(), null,
        read("put-channel.json"));
    http(new PutLocationHandler(bench.ports()), "PUT", "/locations/leipzig", Map.of("id", "leipzig"), Map.of(), null,
        read("put-location.json"));
    http(new PutProductHandler(bench.ports()), "PUT", "/products/TEA", Map.of("sku", "TEA"), Map.of(), null,
        "{\"name\": \"Tea\"}");
    http(new PlaceOrderHandler(bench.ports()), "POST", "/orders", Map.of(), Map.of(), null, """
        {"reference": "r1", "channel": "de-web", "currency": "EUR", "taxes_included": true,
         "customer": {"email": "ada@example.com"}, "shipping_address": {"name": "Ada", "line1": "Ring 1",
         "city": "Leipzig", "postal_code": "04109", "country": "DE"},
         "lines": [{"sku": "TEA", "quantity": 2, "unit_price": 10000, "total": 20000}], "total": 20000,
         "payments": [{"provider": "external", "method": "gift_card", "reference": "g1", "amount": 20000,
         "status": "captured"}]}""");
    List<Parcel> parcels = IntStream.of(1, 2).mapToObj(it -> new Parcel(ParcelId.of(FULFILLMENT, it), List.of(tea(1)),
        900, 300, 200, 100, null, null)).toList();
    advance(new StockReserved(ORDER), new FulfillmentPacked(ORDER, FULFILLMENT, LEIPZIG, List.of(tea(2)), parcels));
    hears(labelled(FIRST), labelled(SECOND));
    bench.forgetSent();
  }

  private static LineQuantity tea(int quantity) {
    return new LineQuantity(new LineId("line_1"), new Sku("TEA"), quantity);
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of("../../events", file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Instant now() {
    return bench.clock().instant();
  }

  ShipmentLabelled labelled(ParcelId parcel) {
    return new ShipmentLabelled(ORDER, parcel, LEIPZIG, new StockPool("default"), List.of(), "DHL", "paket",
        "N" + parcel.number(), now());
  }

  ShipmentInTransit moving(ParcelId parcel) {
    return new ShipmentInTransit(ORDER, parcel, now(), null);
  }

  ShipmentDelivered delivered(ParcelId parcel) {
    return new ShipmentDelivered(ORDER, parcel, now(), null);
  }

  ShipmentDeliveryFailed failed(ParcelId parcel) {
    return new ShipmentDeliveryFailed(ORDER, parcel, now(), null);
  }

  ShipmentReturned returned(ParcelId parcel) {
    return new ShipmentReturned(ORDER, parcel, now(), null);
  }

  Ports ports() {
    return bench.ports(dynamo);
  }

  void advance(Message... news) {
    require(Bench.output(new AdvanceOrderHandler(bench.ports()), bench.sqsEvent(news)));
  }

  /** Both the order and whoever watches its parcels hear of it. */
  void hears(WatchParcel.Input... news) {
    for (WatchParcel.Input it : news) {
      Message message = it.message();
      if (message instanceof waybill.messages.Choreography.AdvanceOrder.Input) {
        advance(message);
      }
      require(Bench.output(new WatchParcelHandler(ports()), bench.sqsEvent(message)));
    }
  }

  private static void require(String answer) {
    if (!answer.equals("{\"batchItemFailures\":[]}")) {
      throw new IllegalStateException(answer);
    }
  }

  Depot pass(Duration time) {
    bench.clock().advance(time);
    return this;
  }

  /** The schedule fires after so many days. */
  void check(int days) {
    pass(Duration.ofDays(days));
    Bench.output(new CheckParcelsHandler(ports()), InputStream.nullInputStream());
  }

  /** A person grants all of the order back, whatever its incidents say. */
  void refundAllElsewhere() {
    http(new RefundOrderHandler(bench.ports()), "POST", "/orders/" + ORDER + "/refunds", Map.of("id", ORDER.value()),
        Map.of(), "r", "{\"lines\": [{\"line_id\": \"line_1\", \"quantity\": 2}], \"reason\": \"asked\"}");
  }

  /** The order answers what was asked of it. */
  void grant() {
    List<Message> asked = bench.sentTo(GrantRefund.class);
    bench.forgetSent();
    asked.forEach(it -> require(Bench.output(new GrantRefundHandler(bench.ports()), bench.sqsEvent(it))));
    bench.sentTo(WatchParcel.class).forEach(it -> hears((WatchParcel.Input) it));
  }

  /** The order is placed that was asked for. @return its id */
  String place() {
    Message asked = bench.sentTo(PlaceReplacement.class).getFirst();
    require(Bench.output(new PlaceReplacementHandler(bench.ports()), bench.sqsEvent(asked)));
    return OrderId.replacing(ORDER, ((ReplacementAsked) asked).cause()).value();
  }

  /** What customers are to hear, as kinds; a doubled message counts once. */
  List<String> mails() {
    return bench.sentTo(NotifyCustomer.class).stream().filter(IncidentOpened.class::isInstance)
        .map(it -> ((IncidentOpened) it).incident().number() + " " + ((IncidentOpened) it).kind()).distinct().toList();
  }

  /** All incidents of the order, as kind and status. */
  List<String> incidents() {
    return list(Map.of("order_id", ORDER.value())).stream().map(it -> it.get("kind") + " " + it.get("status")).toList();
  }

  List<Map<String, Object>> list(Map<String, String> query) {
    return ((List<?>) http(new ListIncidentsHandler(bench.ports()), "GET", "/incidents", Map.of(), query, null, null)
        .body().get("data")).stream().map(Json::object).toList();
  }

  Answer listed(Map<String, String> query) {
    return http(new ListIncidentsHandler(bench.ports()), "GET", "/incidents", Map.of(), query, null, null);
  }

  Answer get(String id) {
    return http(new GetIncidentHandler(bench.ports()), "GET", "/incidents/" + id, Map.of("id", id), Map.of(), null,
        null);
  }

  Answer resolve(String id, String key, String body) {
    return http(new ResolveIncidentHandler(ports()), "POST", "/incidents/" + id + "/resolution", Map.of("id", id),
        Map.of(), key, body);
  }

  Answer report(String key, String body) {
    return http(new ReportIncidentHandler(ports()), "POST", "/incidents", Map.of(), Map.of(), key, body);
  }

  Answer settle(String id, String key, long amount) {
    return http(new SettleClaimHandler(ports()), "POST", "/incidents/" + id + "/settlement", Map.of("id", id), Map.of(),
        key, "{\"amount\": %d}".formatted(amount));
  }

  /** Somebody reports a disruption, and each message that follows is received. */
  Answer disrupted(String key, String body) {
    Answer answer = http(new ReportDisruptionHandler(ports()), "POST", "/disruptions", Map.of(), Map.of(), key, body);
    redate();
    return answer;
  }

  void endDisruption(String key, String body) {
    String id = DisruptionId.of(key).value();
    Answer answer = http(new EndDisruptionHandler(ports()), "POST", "/disruptions/" + id + "/end", Map.of("id", id),
        Map.of(), "end", body);
    if (answer.status() != 200) {
      throw new IllegalStateException(answer.toString());
    }
    redate();
  }

  /** Whatever of a disruption was sent is received, until nothing more is. */
  void redate() {
    var received = new ArrayList<Message>();
    for (List<Message> due = due(received); !due.isEmpty(); due = due(received)) {
      due.forEach(it -> require(Bench.output(new RedateParcelsHandler(ports()), bench.sqsEvent(it))));
      received.addAll(due);
    }
  }

  private List<Message> due(List<Message> received) {
    List<Message> sent = bench.sentTo(RedateParcels.class);
    return sent.subList(Math.min(received.size(), sent.size()), sent.size());
  }

  /** A parcel on its way that was promised, as if its order had chosen that. */
  void promise(ParcelId parcel, Instant by) {
    ParcelWatch known = ParcelWatch.of(parcel).labelled(new ShipmentLabelled(parcel.order(), parcel, LEIPZIG,
        new StockPool("default"), List.of(), "DHL", "paket", "N" + parcel.number(), now()), by, null);
    new Cases(bench.ports()).change(parcel, it -> it.with(known).at(now(), _ -> true));
  }

  ParcelWatch watch(ParcelId parcel) {
    return new Cases(bench.ports()).watches().find(IncidentsTable.key(parcel)).orElseThrow().value();
  }

  /** The new days that customers are to hear; a doubled message counts once. */
  List<DeliveryRedated> days() {
    return bench.sentTo(NotifyCustomer.class).stream().filter(DeliveryRedated.class::isInstance)
        .map(DeliveryRedated.class::cast).distinct().toList();
  }

  Map<String, Object> order() {
    return http(new GetOrderHandler(bench.ports()), "GET", "/orders/" + ORDER, Map.of("id", ORDER.value()), Map.of(),
        null, null).body();
  }

  private Answer http(RequestStreamHandler handler, String method, String path, Map<String, String> parameters,
      Map<String, String> query, String key, String body) {
    Map<String, Object> answer = Json.readObject(Bench.output(handler, bench.httpEvent(method, path, parameters, query,
        key == null ? Map.of() : Map.of("idempotency-key", key), body, "ops",
        "orders:operate orders:place catalog:write")));
    return new Answer(((Long) answer.get("statusCode")).intValue(), Json.readObject((String) answer.get("body")));
  }

  @Override
  public void close() {
    bench.close();
  }
}
