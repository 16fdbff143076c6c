package waybill.fulfillment;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.catalog.PutLocationHandler;
import waybill.messages.CancelReason;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.AllocateStock;
import waybill.messages.Choreography.CorrectStock;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.Choreography.ReleaseStock;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentCancelled;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.FulfillmentMessages.ShortageReported;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.OrderMessages.OrderCancelled;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.AllocationRefused;
import waybill.messages.StockMessages.StockAllocated;
import waybill.messages.StockMessages.StockCorrected;
import waybill.messages.StockPool;
import waybill.platform.Json;
import waybill.platform.Sender;
import waybill.workbench.Bench;

/** Locations with stock on them, and the functions that work there. Allocation is played as inventory does it. */
final class Floor implements Supply.Stock, AutoCloseable {
  static final StockPool POOL = new StockPool("default");

  final Bench bench = Bench.open("catalog:by_kind", "fulfillment:by_status", "inventory",
      "orders:by_customer,by_hold,by_due");
  private final Map<Sku, Map<LocationId, Integer>> free = new HashMap<>();
  private final Map<Sku, Integer> missing = new HashMap<>();
  private DynamoDbClient dynamo = bench.dynamo();
  private SqsClient sqs = bench.sqs();

  /** From now on the functions work through these. */
  void through(DynamoDbClient otherDynamo, SqsClient otherSqs) {
    dynamo = otherDynamo;
    sqs = otherSqs;
  }

  static OrderId order(int number) {
    return OrderId.of(new ChannelId("de-web"), "order " + number);
  }

  static FulfillmentId fulfillment(int order, int number) {
    return FulfillmentId.of(order(order), number);
  }

  static LineQuantity line(int number, String sku, int quantity) {
    return new LineQuantity(new LineId("line_" + number), new Sku(sku), quantity);
  }

  static OrderReleased released(int order, LineQuantity... lines) {
    return new OrderReleased(order(order), POOL, List.of(lines));
  }

  Floor location(String id, boolean active, String pool) {
    String body = """
        {"name": "Store", "address": {"line1": "Ring 1", "city": "Berlin", "country": "DE"}, "time_zone": "Europe/Berlin", "active": %s, "stock_pool": "%s"}
        """
        .formatted(active, pool);
    Bench.output(new PutLocationHandler(bench.ports()),
        bench.httpEvent("PUT", "/locations/" + id, Map.of("id", id), Map.of(), Map.of(), body, "operator",
            "catalog:write"));
    return this;
  }

  /** An active location of the pool. */
  Floor holds(String location, Object... skusAndQuantities) {
    location(location, true, POOL.value());
    for (int i = 0; i < skusAndQuantities.length; i += 2) {
      putFree(new Sku((String) skusAndQuantities[i]), new LocationId(location), (Integer) skusAndQuantities[i + 1]);
    }
    return this;
  }

  synchronized void putFree(Sku sku, LocationId location, int quantity) {
    free.computeIfAbsent(sku, _ -> new HashMap<>()).put(location, quantity);
  }

  /** From now on these units of any order are not promised. */
  Floor unpromised(String sku, int units) {
    missing.put(new Sku(sku), units);
    return this;
  }

  @Override
  public Map<Sku, Integer> missing(OrderId order) {
    return missing;
  }

  @Override
  public synchronized Map<Sku, Map<LocationId, Integer>> free(Collection<Sku> skus, Collection<LocationId> locations) {
    var read = new HashMap<Sku, Map<LocationId, Integer>>();
    skus.forEach(sku -> {
      var held = new HashMap<>(free.getOrDefault(sku, Map.of()));
      held.keySet().retainAll(locations);
      read.put(sku, held);
    });
    return read;
  }

  /** What inventory answers to a plan: all units or none. */
  synchronized PlanFulfillment.Input allocate(FulfillmentPlanned planned) {
    var shortOf = new ArrayList<SkuQuantity>();
    List<SkuQuantity> wanted = LineQuantity.bySku(planned.lines());
    for (SkuQuantity it : wanted) {
      int held = free.get(it.sku()).getOrDefault(planned.location(), 0);
      if (held < it.quantity()) {
        shortOf.add(new SkuQuantity(it.sku(), it.quantity() - held));
      }
    }
    if (!shortOf.isEmpty()) {
      return new AllocationRefused(planned.order(), planned.fulfillment(), planned.location(), shortOf);
    }
    wanted.forEach(it -> free.get(it.sku()).merge(planned.location(), -it.quantity(), Integer::sum));
    return new StockAllocated(planned.order(), planned.fulfillment(), planned.location(), planned.lines());
  }

  static StockAllocated allocated(FulfillmentPlanned it) {
    return new StockAllocated(it.order(), it.fulfillment(), it.location(), it.lines());
  }

  static AllocationRefused refused(FulfillmentPlanned it) {
    return new AllocationRefused(it.order(), it.fulfillment(), it.location(), LineQuantity.bySku(it.lines()));
  }

  static OrderCancelled cancelled(int order) {
    return new OrderCancelled(order(order), CancelReason.CUSTOMER, Instant.parse("2026-11-22T10:00:00Z"));
  }

  /** What the order answers to a packing: one message a parcel. */
  static List<DispatchApproved> approved(FulfillmentPacked it) {
    return it.parcels().stream().map(parcel -> new DispatchApproved(it.order(), it.location(), POOL, parcel)).toList();
  }

  /** PlanFulfillment receives these in one batch. @return the ids of the messages that come back */
  List<String> plan(Message... news) {
    return plan(dynamo, bench.sqsEvent(news));
  }

  List<String> plan(DynamoDbClient dynamo, InputStream event) {
    var handler = new PlanFulfillmentHandler(new Plans(bench.ports(dynamo, sqs), this),
        new LotSwaps(bench.ports(dynamo, sqs)), new Sender<>(bench.ports(dynamo, sqs)));
    return failures(Bench.output(handler, event));
  }

  /** CancelFulfillment receives these in one batch. @return the ids of the messages that come back */
  List<String> cancel(Message... news) {
    var handler = new CancelFulfillmentHandler(bench.ports(dynamo, sqs));
    return failures(Bench.output(handler, bench.sqsEvent(news)));
  }

  private static List<String> failures(String answer) {
    return ((List<?>) Json.readObject(answer).get("batchItemFailures")).stream()
        .map(it -> (String) Json.object(it).get("itemIdentifier")).toList();
  }

  /** A minute is over. */
  void resend() {
    fire(new ResendPackedHandler(bench.ports(dynamo, sqs)));
  }

  void resendShortages() {
    fire(new ResendShortagesHandler(bench.ports(dynamo, sqs)));
  }

  private static void fire(RequestStreamHandler schedule) {
    Bench.output(schedule, new ByteArrayInputStream("{\"source\":\"aws.events\"}".getBytes(StandardCharsets.UTF_8)));
  }

  /** What was let go so far, each as often as it was told. */
  List<FulfillmentId> letGo() {
    return bench.sentTo(ReleaseStock.class).stream().map(FulfillmentCancelled.class::cast)
        .map(FulfillmentCancelled::fulfillment).toList();
  }

  /** What the order was told of as packed so far. */
  List<FulfillmentPacked> packed() {
    return bench.sentTo(AdvanceOrder.class).stream().filter(FulfillmentPacked.class::isInstance)
        .map(FulfillmentPacked.class::cast).toList();
  }

  /** Packs all of a line in one parcel. */
  Answer pack(FulfillmentId id, int line, int quantity) {
    return pack(id, Map.of("idempotency-key", "key of " + id),
        """
            {"parcels": [{"lines": [{"line_id": "line_%d", "quantity": %d}], "weight_grams": 1, "length_mm": 2, "width_mm": 3, "height_mm": 4}]}"""
            .formatted(line, quantity));
  }

  /** A packer does not find so many units of a line. */
  Answer report(FulfillmentId id, String key, int line, int quantity, String reason) {
    return report(id, Map.of("idempotency-key", key),
        "{\"lines\": [{\"line_id\": \"line_%d\", \"quantity\": %d}], \"reason\": \"%s\"}".formatted(line, quantity,
            reason));
  }

  Answer repack(FulfillmentId id, String key) {
    return post(new RepackFulfillmentHandler(bench.ports(dynamo, sqs)), id, "repacking", key);
  }

  /** A request without a body. */
  Answer post(RequestStreamHandler handler, FulfillmentId id, String what, String key) {
    return answer(handler, bench.httpEvent("POST", "/fulfillments/" + id + "/" + what, Map.of("id", id.value()),
        Map.of(), Map.of("idempotency-key", key), "", "packer", "fulfillment:work"));
  }

  Answer report(FulfillmentId id, Map<String, String> headers, String body) {
    var handler = new ReportShortageHandler(bench.ports(dynamo, sqs));
    return answer(handler, bench.httpEvent("POST", "/fulfillments/" + id + "/shortages", Map.of("id", id.value()),
        Map.of(), headers, body, "packer", "fulfillment:work"));
  }

  /** A packer finds another lot. */
  Answer swap(FulfillmentId id, Map<String, String> headers, String body) {
    var handler = new SwapLotsHandler(bench.ports(dynamo, sqs));
    return answer(handler, bench.httpEvent("POST", "/fulfillments/" + id + "/lot-swaps", Map.of("id", id.value()),
        Map.of(), headers, body, "packer", "fulfillment:work"));
  }

  /** What was sent to correct stock so far. */
  List<ShortageReported> reported() {
    return bench.sentTo(CorrectStock.class).stream().filter(ShortageReported.class::isInstance)
        .map(ShortageReported.class::cast).toList();
  }

  /** What inventory answers once stock is corrected. @param doubtful units that are still counted there */
  static StockCorrected corrected(ShortageReported it, SkuQuantity... doubtful) {
    return new StockCorrected(it.order(), it.fulfillment(), it.shortage(), List.of(doubtful));
  }

  /** All that was sent to be allocated so far. */
  List<FulfillmentPlanned> planned() {
    return bench.sentTo(AllocateStock.class).stream().map(FulfillmentPlanned.class::cast).toList();
  }

  /** An order that one location was planned for and has allocated. */
  FulfillmentId open(int order, LineQuantity... lines) {
    plan(released(order, lines));
    FulfillmentPlanned planned = planned().getLast();
    plan(allocate(planned));
    return planned.fulfillment();
  }

  Answer get(FulfillmentId id) {
    return get(id.value());
  }

  Answer get(String id) {
    var handler = new GetFulfillmentHandler(bench.ports());
    return answer(handler, bench.httpEvent("GET", "/fulfillments/" + id, Map.of("id", id), Map.of(), Map.of(), "",
        "packer", "fulfillment:work"));
  }

  /** Number, status and revision of all that an order has, whether the API shows it or not; whether it is listed. */
  List<String> items(int order) {
    return bench.dynamo()
        .queryPaginator(
            request -> request.tableName("fulfillment").keyConditionExpression("pk = :pk and begins_with(sk, :sk)")
                .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(order(order).value()), ":sk",
                    AttributeValue.fromS("ful_"))))
        .items().stream().sorted(Comparator.comparing(it -> new FulfillmentId(it.get("sk").s())))
        .map(it -> "%d %s%s r%s%s".formatted(new FulfillmentId(it.get("sk").s()).number(), it.get("status").s(),
            it.containsKey("location_id") || it.containsKey("pool") || it.get("status").s().equals("short")
                ? ""
                : " tombstone",
            it.get("revision").n(),
            it.containsKey("by_status") ? " listed" : ""))
        .toList();
  }

  String status(FulfillmentId id) {
    return (String) get(id).body().get("status");
  }

  Answer list(Map<String, String> query) {
    var handler = new ListFulfillmentsHandler(bench.ports());
    return answer(handler,
        bench.httpEvent("GET", "/fulfillments", Map.of(), query, Map.of(), "", "packer", "fulfillment:work"));
  }

  Answer pack(FulfillmentId id, Map<String, String> headers, String body) {
    return pack(dynamo, id.value(), headers, body);
  }

  Answer pack(DynamoDbClient dynamo, String id, Map<String, String> headers, String body) {
    return pack(new PackFulfillmentHandler(bench.ports(dynamo, sqs)), id, headers, body);
  }

  Answer pack(PackFulfillmentHandler handler, String id, Map<String, String> headers, String body) {
    return answer(handler, bench.httpEvent("POST", "/fulfillments/" + id + "/packing", Map.of("id", id), Map.of(),
        headers, body, "packer", "fulfillment:work"));
  }

  /** @param body what was answered, read as JSON */
  record Answer(int status, Map<String, Object> headers, Map<String, Object> body) {
    /** Pointer and code of each field that broke a rule. */
    List<String> errors() {
      return ((List<?>) body.get("errors")).stream().map(Json::object)
          .map(it -> it.get("pointer") + " " + it.get("code")).toList();
    }

    List<Object> ids() {
      return ((List<?>) body.get("data")).stream().map(it -> Json.object(it).get("id")).toList();
    }
  }

  private static Answer answer(RequestStreamHandler handler, InputStream event) {
    Map<String, Object> response = Json.readObject(Bench.output(handler, event));
    return new Answer(((Long) response.get("statusCode")).intValue(), Json.object(response.get("headers")),
        Json.readObject((String) response.get("body")));
  }

  @Override
  public void close() {
    bench.close();
  }
}
