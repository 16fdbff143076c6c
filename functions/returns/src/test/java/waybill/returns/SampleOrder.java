package waybill.returns;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.catalog.PutProductHandler;
import waybill.inventory.RestockReturnHandler;
import waybill.messages.ChannelId;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Message;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.PaymentRefunded;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundStatus;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.ShipmentReturned;
import waybill.messages.Sku;
import waybill.messages.StockMessages.StockAllocated;
import waybill.messages.StockMessages.StockReserved;
import waybill.messages.StockPool;
import waybill.orders.AdvanceOrderHandler;
import waybill.orders.CancelOrderHandler;
import waybill.orders.GrantRefundHandler;
import waybill.orders.PlaceOrderHandler;
import waybill.orders.PlaceReplacementHandler;
import waybill.orders.RefundOrderHandler;
import waybill.orders.RefundReturnHandler;
import waybill.orders.ResendDueOrdersHandler;
import waybill.platform.Json;
import waybill.workbench.Bench;

/**
 * The sample order, delivered: two of TEA-200 for 35.82, a mug for 15.00, a mug that is free, and shipping for 9.90; and what its messages go
 * through.
 */
abstract class SampleOrder implements AutoCloseable {
  static final OrderId ORDER = OrderId.of(new ChannelId("de-web"), "5512033");
  static final ParcelId PARCEL = ParcelId.of(FulfillmentId.of(ORDER, 1), 1);
  static final LocationId LEIPZIG = new LocationId("leipzig");
  static final List<LineQuantity> LINES = List.of(line(1, "TEA-200", 2), line(2, "MUG-BLUE", 1),
      line(3, "MUG-BLUE", 1));
  static final String OPERATOR = "orders:operate";

  final Bench bench = Bench.open("catalog:by_kind", "orders:by_customer,by_hold,by_due", "inventory",
      "returns:by_return_due")
      .with("PAPERS_BUCKET", "papers");
  final Album album = new Album();
  final Set<String> refused = new HashSet<>();
  final Set<String> lost = new HashSet<>();
  int read;
  private boolean guest;
  final AtomicInteger keys = new AtomicInteger();

  static LineQuantity line(int number, String sku, int quantity) {
    return new LineQuantity(new LineId("line_" + number), new Sku(sku), quantity);
  }

  void product(String sku, Consumer<Map<String, Object>> change) {
    Map<String, Object> product = event("put-product.json");
    change.accept(product);
    put(new PutProductHandler(bench.ports()), "/products/" + sku, Map.of("sku", sku), product);
  }

  Counter.Answer put(RequestStreamHandler handler, String path, Map<String, String> ids, Object body) {
    return run(handler, bench.httpEvent("PUT", path, ids, Map.of(), Map.of(), Json.write(body), "operator",
        "catalog:write"));
  }

  Counter.Answer policy(String body) {
    return run(new PutReturnPolicyHandler(bench.ports()), bench.httpEvent("PUT", "/channels/de-web/return-policy",
        Map.of("id", "de-web"), Map.of(), Map.of(), body, "operator", "catalog:write"));
  }

  static Map<String, Object> event(String file) {
    try {
      return Json.readObject(Files.readString(Path.of("../../events", file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Placed, paid by two payments of 55.72 and 5.00, packed into one parcel, and labelled. */
  void leaves() {
    isPacked();
    advance(
        new ShipmentLabelled(ORDER, PARCEL, LEIPZIG, new StockPool("default"), LineQuantity.bySku(LINES), "DHL", "p",
            "JD1", bench.clock().instant()));
  }

  void isPacked() {
    isPacked(new Parcel(PARCEL, LINES, 900, 1, 1, 1, null, null));
  }

  /** In two parcels, of which this one has a tin of tea and is underway; the other has all else and is delivered. */
  ParcelId leavesInTwo() {
    var rest = new Parcel(PARCEL, List.of(line(1, "TEA-200", 1), LINES.get(1), LINES.get(2)), 900, 1, 1, 1, null, null);
    var tin = new Parcel(ParcelId.of(PARCEL.fulfillment(), 2), List.of(line(1, "TEA-200", 1)), 900, 1, 1, 1, null,
        null);
    isPacked(rest, tin);
    for (Parcel it : List.of(rest, tin)) {
      advance(new ShipmentLabelled(ORDER, it.id(), LEIPZIG, new StockPool("default"), LineQuantity.bySku(it.lines()),
          "DHL", "p", "JD" + it.id(), bench.clock().instant()));
    }
    advance(new ShipmentDelivered(ORDER, PARCEL, bench.clock().instant(), null));
    skip();
    return tin.id();
  }

  /** The order's customer has no id. */
  void asGuest() {
    guest = true;
  }

  private void isPacked(Parcel... parcels) {
    Map<String, Object> form = new TreeMap<>(event("place-order.json"));
    if (guest) {
      form.put("customer", Map.of("email", "ada@example.com"));
    }
    place(form);
    var card = new Payment(PaymentId.of("stripe", "shop-eu", "pi_3QWaybillSample"), "stripe", "shop-eu",
        "pi_3QWaybillSample", PaymentStatus.CAPTURED, new Money(5572, "EUR"), new Money(5572, "EUR"), null);
    advance(new StockReserved(ORDER), new PaymentCaptured(ORDER, card),
        new StockAllocated(ORDER, PARCEL.fulfillment(), LEIPZIG, LINES),
        new FulfillmentPacked(ORDER, PARCEL.fulfillment(), LEIPZIG, LINES, List.of(parcels), 0));
  }

  void place(Map<String, Object> form) {
    run(new PlaceOrderHandler(bench.ports()), bench.httpEvent("POST", "/orders", Map.of(), Map.of(), Map.of(),
        Json.write(form), "storefront", "orders:place"));
  }

  /** The kit, as the catalog has it from now on. */
  void kit(Map<String, String> metadata) {
    List<Map<String, Object>> parts = Stream.of("TEA-200", "MUG-BLUE", "TEA-300")
        .map(it -> Map.<String, Object>of("sku", it, "quantity", 1, "price_weight", 1)).toList();
    put(new PutProductHandler(bench.ports()), "/products/SET", Map.of("sku", "SET"),
        Map.of("name", "Tea set", "components", parts, "metadata", metadata));
  }

  /** The same order for one kit of three for 92.00, of a third each, and nothing else: paid by card, and delivered. */
  void isDeliveredAsAKit() {
    product("TEA-300", _ -> {});
    kit(Map.of());
    Map<String, Object> form = new TreeMap<>(event("place-order.json"));
    form.remove("shipping");
    form.put("total", 9200);
    form.put("lines", List.of(Map.of("sku", "SET", "quantity", 1, "unit_price", 9200, "total", 9200)));
    form.put("payments", List.of(Map.of("provider", "stripe", "account", "shop-eu", "reference", "pi_kit", "amount",
        9200)));
    place(form);
    var card = new Payment(PaymentId.of("stripe", "shop-eu", "pi_kit"), "stripe", "shop-eu", "pi_kit",
        PaymentStatus.CAPTURED, new Money(9200, "EUR"), new Money(9200, "EUR"), null);
    var parts = Stream.of("TEA-200", "MUG-BLUE", "TEA-300").map(Sku::new).toList();
    List<LineQuantity> lines = IntStream.range(0, 3)
        .mapToObj(it -> new LineQuantity(new LineId("line_1_" + (it + 1)), parts.get(it), 1)).toList();
    advance(new StockReserved(ORDER), new PaymentCaptured(ORDER, card),
        new StockAllocated(ORDER, PARCEL.fulfillment(), LEIPZIG, lines),
        new FulfillmentPacked(ORDER, PARCEL.fulfillment(), LEIPZIG, lines,
            List.of(new Parcel(PARCEL, lines, 900, 1, 1, 1, null, null)), 0),
        new ShipmentLabelled(ORDER, PARCEL, LEIPZIG, new StockPool("default"), LineQuantity.bySku(lines), "DHL", "p",
            "JD1", bench.clock().instant()),
        new ShipmentDelivered(ORDER, PARCEL, bench.clock().instant(), null));
    skip();
  }

  /** A person refunds units, whatever comes back. */
  Counter.Answer refund(int line, int quantity) {
    return post(new RefundOrderHandler(bench.ports()), "/orders/" + ORDER + "/refunds", Map.of("id", ORDER.value()),
        "{\"lines\":[%s],\"reason\":\"kind\"}".formatted(Counter.units(line, quantity)),
        "key-" + keys.getAndIncrement());
  }

  /** What is due of orders is looked at. */
  void resendDueOrders() {
    Bench.output(new ResendDueOrdersHandler(bench.ports()), InputStream.nullInputStream());
    rest();
  }

  /** An order that sends something instead, and is paid for: to the customer's door. */
  void isDelivered(OrderId order, String sku, int quantity) {
    var lines = List.of(line(1, sku, quantity));
    var parcel = new Parcel(ParcelId.of(FulfillmentId.of(order, 1), 1), lines, 900, 1, 1, 1, null, null);
    advance(new StockReserved(order), new StockAllocated(order, parcel.id().fulfillment(), LEIPZIG, lines),
        new FulfillmentPacked(order, parcel.id().fulfillment(), LEIPZIG, lines, List.of(parcel), 0),
        new ShipmentLabelled(order, parcel.id(), LEIPZIG, new StockPool("default"), LineQuantity.bySku(lines), "DHL",
            "p", "JD2", bench.clock().instant()),
        new ShipmentDelivered(order, parcel.id(), bench.clock().instant(), null));
    rest();
  }

  /** The customer pays what is due of an order. */
  void pay(OrderId order, long amount) {
    var card = new Payment(PaymentId.of("stripe", "shop-eu", "pi_due"), "stripe", "shop-eu", "pi_due",
        PaymentStatus.CAPTURED, new Money(amount, "EUR"), new Money(amount, "EUR"), null);
    advance(new PaymentCaptured(order, card));
  }

  Counter.Answer cancel(OrderId order) {
    return post(new CancelOrderHandler(bench.ports()), "/orders/" + order + "/cancellation",
        Map.of("id", order.value()), "{\"reason\":\"other\"}", "key-" + keys.getAndIncrement());
  }

  /** So many units of its first line are taken out of it. */
  Counter.Answer cancel(OrderId order, int units) {
    return post(new CancelOrderHandler(bench.ports()), "/orders/" + order + "/cancellation",
        Map.of("id", order.value()),
        "{\"reason\":\"other\",\"lines\":[{\"line_id\":\"line_1\",\"quantity\":%d}]}".formatted(units),
        "key-" + keys.getAndIncrement());
  }

  /** The same, and delivered. */
  void isDelivered() {
    leaves();
    advance(new ShipmentDelivered(ORDER, PARCEL, bench.clock().instant(), null));
    skip();
  }

  void isReturnedToSender() {
    leaves();
    comesBack();
  }

  void comesBack() {
    var back = new ShipmentReturned(ORDER, PARCEL, bench.clock().instant(), null);
    advance(back);
    skip();
    receive(new OpenReturnHandler(bench.ports()), back);
    receive(new OpenReturnHandler(bench.ports()), back);
  }

  /** Its carrier brings back this parcel. */
  void comesBack(ParcelId parcel) {
    var back = new ShipmentReturned(ORDER, parcel, bench.clock().instant(), null);
    advance(back);
    skip();
    receive(new OpenReturnHandler(bench.ports()), back);
    receive(new OpenReturnHandler(bench.ports()), back);
  }

  void later(Duration time) {
    bench.clock().advance(time);
  }

  /** What was sent until now is nobody's any more. */
  void skip() {
    read = bench.sent().size();
  }

  /** The next refunds by this payment fail for good. */
  void refuseRefundsBy(String payment) {
    refused.add(payment);
  }

  void advance(Message... news) {
    for (Message it : news) {
      receive(new AdvanceOrderHandler(bench.ports()), it);
    }
  }

  /** A queue's function receives this. */
  void receive(RequestStreamHandler handler, Message message) {
    String answer = Bench.output(handler, bench.sqsEvent(message));
    if (!((List<?>) Json.readObject(answer).get("batchItemFailures")).isEmpty()) {
      throw new AssertionError("%s failed: %s".formatted(message, answer));
    }
  }

  /** All that was sent and concerns stock, money or returns is worked on, each message twice, until nothing is left. */
  void rest() {
    while (read < bench.sent().size()) {
      Bench.Sent sent = bench.sent().get(read++);
      for (int i = 0; i < 2; i++) {
        work(sent);
      }
    }
  }

  /** What is sent to this queue never arrives, until {@link #loseNothing}. */
  void lose(String queue) {
    lost.add(queue);
  }

  void loseNothing() {
    lost.clear();
  }

  void work(Bench.Sent sent) {
    String queue = sent.queue().substring(sent.queue().indexOf(':') + 1);
    if (lost.contains(queue)) {
      return;
    }
    switch (queue) {
      case "restock-return" -> receive(new RestockReturnHandler(bench.ports()), sent.message());
      case "refund-return" -> receive(new RefundReturnHandler(bench.ports()), sent.message());
      case "settle-return" -> receive(new SettleReturnHandler(bench.ports()), sent.message());
      case "grant-refund" -> receive(new GrantRefundHandler(bench.ports()), sent.message());
      case "place-replacement" -> receive(new PlaceReplacementHandler(bench.ports()), sent.message());
      case "follow-claims" -> receive(new FollowClaimsHandler(bench.ports()), sent.message());
      case "follow-return-label" -> receive(new FollowReturnLabelHandler(bench.ports()), sent.message());
      case "advance-order" -> receive(new AdvanceOrderHandler(bench.ports()), sent.message());
      case "refund-payment" -> refund((RefundRequested) sent.message());
      default -> {
        // Somebody else's.
      }
    }
  }

  void refund(RefundRequested it) {
    boolean fails = refused.contains(it.payment().reference());
    receive(new AdvanceOrderHandler(bench.ports()), new PaymentRefunded(it.order(), it.payment(),
        new Refund(it.refund().id(), it.refund().reason(), fails ? RefundStatus.FAILED : RefundStatus.SUCCEEDED,
            it.refund().amount(), bench.clock().instant())));
  }

  Counter.Answer post(RequestStreamHandler handler, String path, Map<String, String> ids, String body, String key) {
    return run(handler, bench.httpEvent("POST", path, ids, Map.of(), key == null
        ? Map.of()
        : Map.of("idempotency-key",
            key),
        body, "op", OPERATOR, "stock:write", "fulfillment:work"));
  }

  static Counter.Answer run(RequestStreamHandler handler, InputStream event) {
    Map<String, Object> answer = Json.readObject(Bench.output(handler, event));
    return new Counter.Answer(((Long) answer.get("statusCode")).intValue(),
        Json.readObject((String) answer.get("body")));
  }

  @Override
  public void close() {
    bench.close();
  }
}
