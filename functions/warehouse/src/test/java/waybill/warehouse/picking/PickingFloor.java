package waybill.warehouse.picking;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.catalog.PutLocationHandler;
import waybill.catalog.PutProductHandler;
import waybill.fulfillment.PackFulfillmentHandler;
import waybill.fulfillment.PlanFulfillmentHandler;
import waybill.fulfillment.ShareShortfallHandler;
import waybill.fulfillment.CancelFulfillmentHandler;
import waybill.inventory.AdjustStockHandler;
import waybill.inventory.AllocateStockHandler;
import waybill.inventory.ReserveStockHandler;
import waybill.messages.CancelReason;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.AllocateStock;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.Choreography.SettlePicks;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.OrderMessages.OrderCancelled;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.messages.Sku;
import waybill.messages.LotNumber;
import waybill.messages.Choreography.CorrectStock;
import waybill.inventory.CorrectStockHandler;
import waybill.fulfillment.SwapLotsHandler;
import waybill.messages.StockPool;
import waybill.platform.Json;
import waybill.platform.Stored;
import waybill.warehouse.BinId;
import waybill.warehouse.BinStock;
import waybill.warehouse.EnterCountHandler;
import waybill.warehouse.GetBinHandler;
import waybill.warehouse.ListCountsHandler;
import waybill.warehouse.MoveUnitsHandler;
import waybill.warehouse.PutBinHandler;
import waybill.warehouse.RequestCountHandler;
import waybill.warehouse.ReviewCountHandler;
import waybill.workbench.Bench;

/** A building with bins, orders that wait to be picked, and people who scan. */
final class PickingFloor implements AutoCloseable {
  static final LocationId LOCATION = new LocationId("leipzig");
  private static final StockPool POOL = new StockPool("default");

  final Bench bench = Bench.open("catalog:by_kind", "orders:by_customer,by_hold,by_due", "inventory",
      "fulfillment:by_status", "warehouse:by_place");
  private DynamoDbClient dynamo = bench.dynamo();
  private int keys;
  private String language;

  /** @param body what was answered, read as JSON */
  record Answer(int status, Map<String, Object> body) {
    String state() {
      return (String) body.get("state");
    }

    String instruction() {
      return (String) body.get("instruction");
    }

    String id() {
      return (String) body.get("id");
    }

    Map<String, Object> expects() {
      return Json.object(body.get("expects"));
    }

    /** The code of the message; null if there is none. */
    String message() {
      return body.get("message") == null ? null : (String) Json.object(body.get("message")).get("code");
    }

    String said() {
      return (String) Json.object(body.get("message")).get("text");
    }
  }

  PickingFloor() {
    call(new PutLocationHandler(bench.ports()), "PUT", "/locations/leipzig", Map.of("id", "leipzig"), Map.of(), """
        {"name": "Leipzig", "address": {"line1": "Ring 1", "city": "Leipzig", "country": "DE"},
         "time_zone": "Europe/Berlin", "active": true, "stock_pool": "default"}""", "operator");
    Stream.of("T-1", "T-2", "T-3", "T-4").forEach(it -> bin(it, "\"purpose\": \"tote\""));
  }

  /** From now on people's phones send this as the language that they read. */
  PickingFloor speaking(String header) {
    language = header;
    return this;
  }

  /** From now on functions call this client. */
  void through(DynamoDbClient other) {
    dynamo = other;
  }

  /** A bin of a zone; its name says its aisle and its position, as A-3. */
  PickingFloor shelf(String name) {
    return bin(name, "\"zone\": \"A\", \"aisle\": \"%s\", \"position\": %s".formatted(name.substring(0, 1),
        name.substring(2)));
  }

  PickingFloor bin(String name, String body) {
    call(new PutBinHandler(bench.ports()), "PUT", "/bins/leipzig/" + name,
        Map.of("location_id", "leipzig", "bin", name), Map.of(), "{" + body + "}", "operator");
    return this;
  }

  /** So many units are at the location, and in this bin. */
  PickingFloor holds(String bin, String sku, int units) {
    call(new PutProductHandler(bench.ports()), "PUT", "/products/" + sku, Map.of("sku", sku), Map.of(),
        "{\"name\": \"%s\", \"weight_grams\": 500}".formatted(sku.toLowerCase(java.util.Locale.ROOT)), "operator");
    call(new AdjustStockHandler(bench.ports()), "POST", "/stock/" + sku + "/adjustments", Map.of("sku", sku),
        Map.of(), "{\"location_id\": \"leipzig\", \"quantity\": %d, \"reason\": \"received\"}".formatted(units),
        "operator");
    Answer moved = call(new MoveUnitsHandler(bench.ports()), "POST", "/bin-moves", Map.of(), Map.of(),
        "{\"location_id\": \"leipzig\", \"to\": \"%s\", \"sku\": \"%s\", \"quantity\": %d}".formatted(bin, sku, units),
        "operator");
    if (moved.status != 201) {
      throw new IllegalStateException(moved.toString());
    }
    return this;
  }

  /** So many units of a lot are at the location, and in this bin. */
  PickingFloor holdsLot(String bin, String sku, String lot, String expiresOn, int units) {
    call(new PutProductHandler(bench.ports()), "PUT", "/products/" + sku, Map.of("sku", sku), Map.of(),
        "{\"name\": \"%s\", \"weight_grams\": 500, \"lot_tracked\": true, \"expires\": true}".formatted(sku),
        "operator");
    call(new AdjustStockHandler(bench.ports()), "POST", "/stock/" + sku + "/adjustments", Map.of("sku", sku), Map.of(),
        "{\"location_id\": \"leipzig\", \"quantity\": %d, \"reason\": \"received\", \"lot\": \"%s\", \"expires_on\": \"%s\"}"
            .formatted(units, lot, expiresOn),
        "operator");
    Answer moved = call(new MoveUnitsHandler(bench.ports()), "POST", "/bin-moves", Map.of(), Map.of(),
        "{\"location_id\": \"leipzig\", \"to\": \"%s\", \"sku\": \"%s\", \"lot\": \"%s\", \"quantity\": %d}"
            .formatted(bin, sku, lot, units),
        "operator");
    if (moved.status != 201) {
      throw new IllegalStateException(moved.toString());
    }
    return this;
  }

  /** Somebody asks for another lot, and inventory decides. */
  void swapsLots(FulfillmentId id, String from, String to, int units) {
    Answer asked = call(new SwapLotsHandler(bench.ports()), "POST", "/fulfillments/" + id + "/lot-swaps",
        Map.of("id", id.value()), Map.of(),
        "{\"line_id\": \"line_1\", \"from\": \"%s\", \"to\": \"%s\", \"quantity\": %d}".formatted(from, to, units),
        "ada");
    if (asked.status != 200) {
      throw new IllegalStateException(asked.toString());
    }
    Message[] swaps = bench.sentTo(CorrectStock.class).toArray(Message[]::new);
    bench.forgetSent();
    deliver(new CorrectStockHandler(bench.ports()), swaps);
    Message[] decided = bench.sentTo(PlanFulfillment.class).toArray(Message[]::new);
    bench.forgetSent();
    deliver(new PlanFulfillmentHandler(bench.ports()), decided);
    bench.forgetSent();
  }

  /** How many units of a lot are in a bin, and how many of them are promised. */
  String lot(String bin, String sku, String lot) {
    return new BinStock(bench.ports()).content(LOCATION, new BinId(bin), new Sku(sku), new LotNumber(lot))
        .map(Stored::value).map(it -> it.quantity() + "/" + it.held()).orElse("");
  }

  /** A product comes in cases of so many units. */
  PickingFloor cases(String sku, int units) {
    call(new PutProductHandler(bench.ports()), "PUT", "/products/" + sku, Map.of("sku", sku), Map.of(),
        "{\"name\": \"%s\", \"packs\": [{\"gtin\": \"14006381333938\", \"units\": %d}]}".formatted(sku, units),
        "operator");
    return this;
  }

  /** Somebody brings units into a pick face. */
  Answer brings(String key, String from, String to, String sku, int units) {
    return call(new MoveUnitsHandler(bench.ports(dynamo)), "POST", "/bin-moves", Map.of(), Map.of(),
        Map.of("idempotency-key", key),
        """
            {"location_id": "leipzig", "from": "%s", "to": "%s", "sku": "%s", "quantity": %d, "reason": "replenished"}"""
            .formatted(from, to, sku, units),
        "operator");
  }

  /** What is held to come into a pick face, by the bins that it lies in: for example B-1 24. */
  List<String> replenishment(String bin) {
    Object found = call(new GetBinHandler(bench.ports()), "GET", "/bins/leipzig/" + bin,
        Map.of("location_id", "leipzig", "bin", bin), Map.of(), "", "operator").body.get("replenishment");
    return found == null ? List.of() : lines(Json.object(found));
  }

  static List<String> lines(Map<String, Object> replenishment) {
    return ((List<?>) replenishment.get("lines")).stream().map(Json::object)
        .map(it -> it.get("from") + " " + it.get("quantity")).toList();
  }

  static OrderId order(int number) {
    return OrderId.of(new ChannelId("web"), "order " + number);
  }

  static FulfillmentId fulfillment(int order) {
    return FulfillmentId.of(order(order), 1);
  }

  /** An order that is released, allocated and open. */
  FulfillmentId order(int number, Object... skusAndQuantities) {
    var lines = new ArrayList<LineQuantity>();
    for (int i = 0; i < skusAndQuantities.length; i += 2) {
      lines.add(new LineQuantity(new LineId("line_" + (1 + i / 2)), new Sku((String) skusAndQuantities[i]),
          (Integer) skusAndQuantities[i + 1]));
    }
    deliver(new ReserveStockHandler(bench.ports()),
        new OrderPlaced(order(number), POOL, LineQuantity.bySku(lines), Instant.parse("2026-11-22T08:00:00Z")));
    bench.forgetSent();
    deliver(new PlanFulfillmentHandler(bench.ports()), new OrderReleased(order(number), POOL, lines));
    Message[] planned = bench.sentTo(AllocateStock.class).toArray(Message[]::new);
    bench.forgetSent();
    deliver(new AllocateStockHandler(bench.ports()), planned);
    Message[] allocated = bench.sentTo(PlanFulfillment.class).toArray(Message[]::new);
    bench.forgetSent();
    deliver(new PlanFulfillmentHandler(bench.ports()), allocated);
    bench.forgetSent();
    bench.clock().advance(Duration.ofSeconds(1));
    return fulfillment(number);
  }

  void cancel(int number) {
    deliver(new CancelFulfillmentHandler(bench.ports()),
        new OrderCancelled(order(number), CancelReason.CUSTOMER, bench.clock().instant()));
    bench.forgetSent();
  }

  /** Packs a whole fulfillment into one parcel. @return what its order says of that, once it may leave */
  Message[] pack(FulfillmentId id, Object... linesAndQuantities) {
    String lines = Stream.iterate(0, i -> i < linesAndQuantities.length, i -> i + 2)
        .map(i -> "{\"line_id\": \"line_%s\", \"quantity\": %s}".formatted(linesAndQuantities[i],
            linesAndQuantities[i + 1]))
        .collect(Collectors.joining(", "));
    Answer answer = call(new PackFulfillmentHandler(bench.ports()), "POST", "/fulfillments/" + id + "/packing",
        Map.of("id", id.value()), Map.of(),
        "{\"parcels\": [{\"weight_grams\": 1000, \"length_mm\": 100, \"width_mm\": 100, \"height_mm\": 100, \"lines\": [%s]}]}"
            .formatted(lines),
        "packer");
    if (answer.status != 200 && answer.status != 201) {
      throw new IllegalStateException(answer.toString());
    }
    Message[] approved = bench.sentTo(AdvanceOrder.class).stream().map(FulfillmentPacked.class::cast)
        .flatMap(it -> it.parcels().stream()
            .map(parcel -> new DispatchApproved(it.order(), it.location(), new StockPool("default"), parcel)))
        .toArray(Message[]::new);
    bench.forgetSent();
    return approved;
  }

  Answer wave() {
    return wave("wave-" + ++keys, Map.of(), """
        {"location_id": "leipzig", "pickers": 2, "seconds_per_line": 180,
         "devices": [{"id": "cart", "bins": 4, "maximum_weight_grams": 100000, "maximum_volume_cm3": 500000}],
         "collections": [{"carrier": "dhl", "cut_off_at": "2026-11-22T16:00:00Z", "priority": 1}]}""");
  }

  Answer wave(String key, Map<String, String> query, String body) {
    return call(new ReleaseWaveHandler(bench.ports(dynamo)), "POST", "/waves", Map.of(), query,
        Map.of("idempotency-key", key), body, "lead");
  }

  Answer next(String person) {
    return call(new GetNextWorkHandler(bench.ports(dynamo)), "GET", "/work/next", Map.of(),
        Map.of("location_id", "leipzig", "kind", "pick"), Map.of(), "", person);
  }

  /** The rounds that are not done. */
  List<Map<String, Object>> open() {
    Answer list = call(new ListWorkHandler(bench.ports(dynamo)), "GET", "/work", Map.of(),
        Map.of("location_id", "leipzig"), Map.of(), "", "lead");
    return ((List<?>) list.body.get("data")).stream().map(Json::object).toList();
  }

  Answer bin(String name) {
    return call(new waybill.warehouse.GetBinHandler(bench.ports(dynamo)), "GET", "/bins/leipzig/" + name,
        Map.of("location_id", "leipzig", "bin", name), Map.of(), Map.of(), "", "packer");
  }

  Answer scan(String person, String work, String code) {
    return scan(person, work, code, 1, "scan-" + ++keys);
  }

  Answer scan(String person, String work, String code, int quantity) {
    return scan(person, work, code, quantity, "scan-" + ++keys);
  }

  Answer scan(String person, String work, String code, int quantity, String key) {
    return call(new ScanWorkHandler(bench.ports(dynamo)), "POST", "/work/" + work + "/scans", Map.of("id", work),
        Map.of(), Map.of("idempotency-key", key), "{\"code\": \"%s\", \"quantity\": %d}".formatted(code, quantity),
        person);
  }

  Answer act(String person, String work, String action) {
    return act(person, work, "{\"action\": \"%s\"}".formatted(action), "act-" + ++keys);
  }

  Answer act(String person, String work, String body, String key) {
    return call(new ActOnWorkHandler(bench.ports(dynamo)), "POST", "/work/" + work + "/actions", Map.of("id", work),
        Map.of(), Map.of("idempotency-key", key), body, person);
  }

  /** SettlePicks receives what was sent to it. */
  void settle() {
    Message[] due = bench.sentTo(SettlePicks.class).toArray(Message[]::new);
    bench.forgetSent();
    settle(due);
  }

  void settle(Message... news) {
    if (news.length > 0 && !settles(news)) {
      throw new IllegalStateException("not settled");
    }
  }

  /** @return whether it did */
  boolean settles(Message... news) {
    return deliver(new SettlePicksHandler(bench.ports(dynamo)), news).equals("{\"batchItemFailures\":[]}");
  }

  void share(Message... news) {
    deliver(new ShareShortfallHandler(bench.ports()), news);
  }

  void minutePasses() {
    bench.clock().advance(Duration.ofMinutes(1));
    Bench.output(new ResendPicksHandler(bench.ports(dynamo)),
        new ByteArrayInputStream("{\"source\":\"aws.events\"}".getBytes(StandardCharsets.UTF_8)));
  }

  /** How many units are in a bin, and how many of them are promised: for example 5/2; empty if none ever was. */
  String content(String bin, String sku) {
    return new BinStock(bench.ports()).content(LOCATION, new BinId(bin), new Sku(sku), null)
        .map(Stored::value).map(it -> it.quantity() + "/" + it.held()).orElse("");
  }

  /** The counts that are not over. */
  List<Map<String, Object>> counts() {
    Answer list = call(new ListCountsHandler(bench.ports()), "GET", "/counts", Map.of(),
        Map.of("location_id", "leipzig"), "", "lead");
    return ((List<?>) list.body.get("data")).stream().map(Json::object).toList();
  }

  /** Somebody counts so many units in the bin of the only open count. */
  Answer tally(String counter, String sku, int units) {
    String id = (String) counts().getFirst().get("id");
    return call(new EnterCountHandler(bench.ports(dynamo)), "POST", "/counts/" + id + "/tallies", Map.of("id", id),
        Map.of(), Map.of("idempotency-key", counter),
        "{\"lines\": [{\"sku\": \"%s\", \"counted\": %d}]}".formatted(sku, units), counter);
  }

  void asksForCount(String bin) {
    call(new RequestCountHandler(bench.ports()), "POST", "/counts", Map.of(), Map.of(),
        "{\"location_id\": \"leipzig\", \"bin\": \"%s\"}".formatted(bin), "lead");
  }

  void moves(String from, String to, String sku, int units) {
    Answer moved = call(new MoveUnitsHandler(bench.ports()), "POST", "/bin-moves", Map.of(), Map.of(),
        "{\"location_id\": \"leipzig\", \"from\": \"%s\", \"to\": \"%s\", \"sku\": \"%s\", \"quantity\": %d}"
            .formatted(from, to, sku, units),
        "operator");
    if (moved.status != 201) {
      throw new IllegalStateException(moved.toString());
    }
  }

  Answer review(String id, String body) {
    return call(new ReviewCountHandler(bench.ports(dynamo)), "POST", "/counts/" + id + "/review", Map.of("id", id),
        Map.of(), body, "lead");
  }

  String deliver(RequestStreamHandler function, Message... messages) {
    return Bench.output(function, bench.sqsEvent(messages));
  }

  private Answer call(RequestStreamHandler handler, String method, String path, Map<String, String> parameters,
      Map<String, String> query, String body, String subject) {
    return call(handler, method, path, parameters, query, Map.of("idempotency-key", "key-" + ++keys), body, subject);
  }

  private Answer call(RequestStreamHandler handler, String method, String path, Map<String, String> parameters,
      Map<String, String> query, Map<String, String> headers, String body, String subject) {
    var all = new java.util.HashMap<>(headers);
    if (language != null) {
      all.put("accept-language", language);
    }
    Map<String, Object> response = Json.readObject(Bench.output(handler,
        bench.httpEvent(method, path, parameters, query, all, body, subject, "fulfillment:work")));
    return new Answer(((Long) response.get("statusCode")).intValue(), Json.readObject((String) response.get("body")));
  }

  @Override
  public void close() {
    bench.close();
  }
}
