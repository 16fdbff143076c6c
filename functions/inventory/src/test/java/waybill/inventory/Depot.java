package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutLocationHandler;
import waybill.catalog.PutProductHandler;
import waybill.messages.CancelReason;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.ShipStock;
import waybill.messages.Choreography.ReleaseStock;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentCancelled;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.FulfillmentMessages.ShortageDue;
import waybill.messages.FulfillmentMessages.ShortageReported;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderCancelled;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.ParcelId;
import waybill.messages.ReservationId;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.ShipmentVoided;
import waybill.messages.ShortageId;
import waybill.messages.ShortageReason;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.BackordersDue;
import waybill.messages.StockMessages.StockCrossed;
import waybill.messages.StockMessages.StockImportDue;
import waybill.messages.StockPool;
import waybill.platform.Json;
import waybill.workbench.Bench;

/** A company with two locations in one pool and a third in another, its stock, and all of inventory's functions. */
final class Depot implements AutoCloseable {
  static final StockPool POOL = new StockPool("default");
  static final LocationId BERLIN = new LocationId("berlin");
  static final LocationId LEIPZIG = new LocationId("leipzig");
  static final LocationId VIENNA = new LocationId("vienna");
  static final Sku TEA = new Sku("TEA-200");
  static final Sku MUG = new Sku("MUG-BLUE");

  /** Each has two counters, and a transaction takes a hundred. */
  private static final int SKUS_AT_ONCE = 50;

  final Bench bench = Bench.open("catalog:by_kind", "inventory");
  /** What the handlers write through; a test may put faults into it. */
  DynamoDbClient dynamo = bench.dynamo();
  /** What they send through. */
  SqsClient sqs = bench.sqs();
  private int adjustments;

  Depot() {
    product(TEA);
    product(MUG);
    location(BERLIN, "default");
    location(LEIPZIG, "default");
    location(VIENNA, "outlet");
  }

  void product(Sku sku) {
    put(sku.value(), "{\"name\":\"A product\"}");
  }

  /** A product, made or replaced. */
  void put(String sku, String body) {
    String answer = Bench.output(new PutProductHandler(bench.ports()), http("PUT", Map.of("sku", sku), Map.of(), body));
    assertThat(answer).containsAnyOf("\"statusCode\":201", "\"statusCode\":200");
  }

  private void location(LocationId location, String pool) {
    location(location, pool, true);
  }

  void location(LocationId location, String pool, boolean active) {
    String body = """
        {"name":"A location","stock_pool":"%s","time_zone":"Europe/Berlin","active":%s,
         "address":{"line1":"Hauptstr. 5","city":"Berlin","postal_code":"10827","country":"DE"}}"""
        .formatted(pool, active);
    String answer = Bench.output(new PutLocationHandler(bench.ports()),
        http("PUT", Map.of("id", location.value()), Map.of(), body));
    assertThat(answer).containsAnyOf("\"statusCode\":201", "\"statusCode\":200");
  }

  /** Stock comes to a location. */
  Depot holds(Sku sku, LocationId location, int quantity) {
    Answer answer = adjust(sku, "received-" + ++adjustments, """
        {"location_id":"%s","quantity":%d,"reason":"received"}""".formatted(location, quantity));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return this;
  }

  /** The same of many SKUs, without the way over the API. */
  void holds(Sku[] skus, LocationId location, int quantity) {
    var counters = InventoryTable.counters(bench.ports());
    for (int from = 0; from < skus.length; from += SKUS_AT_ONCE) {
      List<TransactWriteItem> changes = Stream.of(skus).skip(from).limit(SKUS_AT_ONCE)
          .flatMap(sku -> Stream.of(counters.change(Counter.of(sku, location), Levels.adjustedAtLocation(quantity)),
              counters.change(Counter.of(sku, POOL), Levels.adjustedInPool(quantity))))
          .toList();
      bench.dynamo().transactWriteItems(request -> request.transactItems(changes));
    }
  }

  record Answer(int status, Map<String, Object> body, String text) {}

  Answer adjust(Sku sku, String idempotencyKey, String body) {
    return adjust(sku, Map.of("idempotency-key", idempotencyKey), body);
  }

  Answer adjust(Sku sku, Map<String, String> headers, String body) {
    return answer(Bench.output(new AdjustStockHandler(bench.ports(dynamo, sqs)),
        http("POST", Map.of("sku", sku.value()), headers, body)));
  }

  /** A file of stock is sent. @param idempotencyKey empty for none */
  Answer imports(String idempotencyKey, Map<String, String> query, String file) {
    Map<String, String> headers = idempotencyKey.isEmpty()
        ? Map.of("content-type", "text/csv")
        : Map.of("content-type", "text/csv", "idempotency-key", idempotencyKey);
    return answer(Bench.output(new ImportStockHandler(bench.ports(dynamo, sqs)),
        bench.httpEvent("POST", "/", Map.of(), query, headers, file, "ada", "stock:write")));
  }

  Answer getImport(String id) {
    return answer(
        Bench.output(new GetStockImportHandler(bench.ports()), http("GET", Map.of("id", id), Map.of(), null)));
  }

  List<String> apply(StockImportDue due) {
    return queue(new ApplyStockImportHandler(bench.ports(dynamo, sqs)), bench.sqsEvent(due));
  }

  /** As the gateway takes it. */
  Map<String, Object> exports(Map<String, String> query) {
    return Json.readObject(Bench.output(new ExportStockHandler(bench.ports(dynamo)),
        bench.httpEvent("GET", "/", Map.of(), query, Map.of(), null, "ada", "stock:write")));
  }

  void reconcile() {
    Bench.output(new ReconcileStockHandler(bench.ports(dynamo, sqs)), InputStream.nullInputStream());
  }

  Answer getStock(Sku sku) {
    return answer(Bench.output(new GetStockHandler(bench.ports(dynamo)),
        http("GET", Map.of("sku", sku.value()), Map.of(), null)));
  }

  Answer keeps(Sku sku, String pool, String body) {
    return answer(Bench.output(new SetSafetyStockHandler(bench.ports(dynamo, sqs)),
        http("PUT", Map.of("sku", sku.value(), "pool", pool), Map.of(), body)));
  }

  /** A channel that sells from a pool. */
  void channel(String id, String pool) {
    String body = """
        {"name":"A shop","currencies":["EUR"],"locale":"de-DE","time_zone":"Europe/Berlin","mail_sender":"shop@example.com",
         "stock_pool":"%s"}"""
        .formatted(pool);
    String answer = Bench.output(new PutChannelHandler(bench.ports()), http("PUT", Map.of("id", id), Map.of(), body));
    assertThat(answer).contains("\"statusCode\":201");
  }

  /** What a storefront is shown, as the gateway takes it. */
  Map<String, Object> availability(Map<String, String> query, Map<String, String> headers) {
    return Json.readObject(Bench.output(new GetAvailabilityHandler(bench.ports(dynamo)),
        bench.httpEvent("GET", "/availability", Map.of(), query, headers, null, "shop", "orders:place")));
  }

  Answer expects(String inbound, String body) {
    return answer(Bench.output(new PutInboundHandler(bench.ports(dynamo, sqs)),
        http("PUT", Map.of("id", inbound), Map.of(), body)));
  }

  /** So many units of a SKU are expected at a location, at a day of December 2026. */
  Depot expects(String inbound, LocationId location, int day, SkuQuantity... items) {
    Answer answer = expects(inbound, """
        {"location_id":"%s","expected_at":"2026-12-%02dT09:00:00Z","lines":[%s]}""".formatted(location, day,
        lines(items)));
    assertThat(answer.status()).as(answer.text()).isIn(200, 201);
    return this;
  }

  Answer receives(String inbound, String idempotencyKey, String body) {
    return answer(Bench.output(new ReceiveInboundHandler(bench.ports(dynamo, sqs)),
        http("POST", Map.of("id", inbound), Map.of("idempotency-key", idempotencyKey), body)));
  }

  /** Units of a SKU arrive. */
  Answer receives(String inbound, String idempotencyKey, SkuQuantity item) {
    return receives(inbound, idempotencyKey, """
        {"lines":[{"sku":"%s","quantity":%d}]}""".formatted(item.sku(), item.quantity()));
  }

  /** A draft of units that are to go from one location to another. */
  Answer drafts(String idempotencyKey, String body) {
    return answer(Bench.output(new CreateTransferHandler(bench.ports(dynamo)),
        http("POST", Map.of(), Map.of("idempotency-key", idempotencyKey), body)));
  }

  /** The same, expected on a day of December 2026. @return its id */
  String drafts(LocationId from, LocationId to, int day, SkuQuantity... items) {
    Answer answer = drafts("transfer " + ++adjustments, """
        {"from":"%s","to":"%s","expected_at":"2026-12-%02dT09:00:00Z","lines":[%s]}""".formatted(from, to, day,
        lines(items)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return (String) answer.body().get("id");
  }

  Answer dispatches(String transfer, String body) {
    return answer(Bench.output(new DispatchTransferHandler(bench.ports(dynamo, sqs)),
        http("POST", Map.of("id", transfer), Map.of("idempotency-key", "dispatch"), body)));
  }

  /** Units that are in transit from one location to another. @return the transfer's id */
  String sends(LocationId from, LocationId to, int day, SkuQuantity... items) {
    String transfer = drafts(from, to, day, items);
    Answer answer = dispatches(transfer, "{}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return transfer;
  }

  Answer arrives(String transfer, String idempotencyKey, String body) {
    return answer(Bench.output(new ReceiveTransferHandler(bench.ports(dynamo, sqs)),
        http("POST", Map.of("id", transfer), Map.of("idempotency-key", idempotencyKey), body)));
  }

  Answer cancelsTransfer(String transfer, String body) {
    return answer(Bench.output(new CancelTransferHandler(bench.ports(dynamo, sqs)),
        http("POST", Map.of("id", transfer), Map.of("idempotency-key", "cancel"), body)));
  }

  Answer getTransfer(String transfer) {
    return answer(
        Bench.output(new GetTransferHandler(bench.ports(dynamo)), http("GET", Map.of("id", transfer), Map.of(), null)));
  }

  Answer opensAssembly(String idempotencyKey, String body) {
    return answer(Bench.output(new CreateAssemblyHandler(bench.ports(dynamo)),
        http("POST", Map.of(), Map.of("idempotency-key", idempotencyKey), body)));
  }

  /** A work order for so many units. @return its id */
  String opensAssembly(Assembly.Type type, Sku sku, LocationId location, int quantity) {
    Answer answer = opensAssembly("assembly " + ++adjustments,
        """
            {"type":"%s","sku":"%s","location_id":"%s","quantity":%d}""".formatted(type.name().toLowerCase(Locale.ROOT),
            sku,
            location, quantity));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return (String) answer.body().get("id");
  }

  Answer completes(String assembly, String idempotencyKey, int quantity) {
    return completes(assembly, idempotencyKey, "{\"quantity\":%d}".formatted(quantity));
  }

  Answer completes(String assembly, String idempotencyKey, String body) {
    return answer(Bench.output(new CompleteAssemblyHandler(bench.ports(dynamo, sqs)),
        http("POST", Map.of("id", assembly), Map.of("idempotency-key", idempotencyKey), body)));
  }

  Answer cancelsAssembly(String assembly) {
    return answer(Bench.output(new CancelAssemblyHandler(bench.ports(dynamo)),
        http("POST", Map.of("id", assembly), Map.of("idempotency-key", "cancel"), null)));
  }

  Answer getAssembly(String assembly) {
    return answer(
        Bench.output(new GetAssemblyHandler(bench.ports(dynamo)), http("GET", Map.of("id", assembly), Map.of(), null)));
  }

  private static String lines(SkuQuantity... items) {
    return Stream.of(items).map(it -> "{\"sku\":\"%s\",\"quantity\":%d}".formatted(it.sku(), it.quantity()))
        .collect(Collectors.joining(","));
  }

  Answer getInbound(String inbound) {
    return answer(
        Bench.output(new GetInboundHandler(bench.ports(dynamo)), http("GET", Map.of("id", inbound), Map.of(), null)));
  }

  Answer stockAt(Sku sku, String at) {
    return answer(Bench.output(new GetStockHandler(bench.ports(dynamo)),
        bench.httpEvent("GET", "/", Map.of("sku", sku.value()), Map.of("at", at), Map.of(), null, "ada",
            "stock:write")));
  }

  Answer listMovements(Sku sku, Map<String, String> query) {
    return answer(Bench.output(new ListMovementsHandler(bench.ports(dynamo)),
        bench.httpEvent("GET", "/", Map.of("sku", sku.value()), query, Map.of(), null, "ada", "stock:write")));
  }

  private static Answer answer(String text) {
    Map<String, Object> event = Json.readObject(text);
    return new Answer(((Long) event.get("statusCode")).intValue(), Json.readObject((String) event.get("body")),
        (String) event.get("body"));
  }

  private InputStream http(String method, Map<String, String> path, Map<String, String> headers, String body) {
    return bench.httpEvent(method, "/", path, Map.of(), headers, body, "ada", "stock:write");
  }

  /** A checkout of the channel "web" asks for units. */
  Answer keep(String idempotencyKey, int minutes, SkuQuantity... items) {
    String asked = Stream.of(items).map(it -> "{\"sku\":\"%s\",\"quantity\":%d}".formatted(it.sku(), it.quantity()))
        .collect(Collectors.joining(","));
    return keep(Map.of("idempotency-key", idempotencyKey), """
        {"channel":"web","items":[%s],"minutes":%d}""".formatted(asked, minutes));
  }

  Answer keep(Map<String, String> headers, String body) {
    return answer(
        Bench.output(new MakeReservationHandler(bench.ports(dynamo, sqs)), http("POST", Map.of(), headers, body)));
  }

  Answer prolong(String reservation, String idempotencyKey, int minutes) {
    return answer(
        Bench.output(new ProlongReservationHandler(bench.ports(dynamo)), http("POST", Map.of("id", reservation),
            Map.of("idempotency-key", idempotencyKey), "{\"minutes\":%d}".formatted(minutes))));
  }

  Answer giveUp(String reservation) {
    return answer(Bench.output(new ReleaseReservationHandler(bench.ports(dynamo, sqs)),
        http("DELETE", Map.of("id", reservation), Map.of(), null)));
  }

  Answer getReservation(String reservation) {
    return answer(Bench.output(new GetReservationHandler(bench.ports(dynamo)),
        http("GET", Map.of("id", reservation), Map.of(), null)));
  }

  /** The minute's look at checkouts whose time is over. */
  void expire() {
    Bench.output(new ExpireReservationsHandler(bench.ports(dynamo, sqs)), InputStream.nullInputStream());
  }

  /** @return the ids of the messages that failed */
  List<String> reserve(OrderPlaced... orders) {
    return queue(new ReserveStockHandler(bench.ports(dynamo, sqs)),
        bench.sqsEvent(orders));
  }

  /** A product may be promised beyond what is there. */
  Depot oversells(Sku sku, String terms) {
    put(sku.value(), """
        {"name":"A product","oversell":%s}""".formatted(terms));
    return this;
  }

  List<String> fill(Sku sku, boolean dates) {
    return queue(new FillBackordersHandler(bench.ports(dynamo, sqs)),
        bench.sqsEvent(new BackordersDue(sku, POOL, dates)));
  }

  List<String> allocate(FulfillmentPlanned... fulfillments) {
    return queue(new AllocateStockHandler(bench.ports(dynamo, sqs)),
        bench.sqsEvent(fulfillments));
  }

  List<String> release(ReleaseStock.Input... cancelled) {
    return queue(new ReleaseStockHandler(bench.ports(dynamo, sqs)),
        bench.sqsEvent(cancelled));
  }

  List<String> correct(ShortageReported... reports) {
    return queue(new CorrectStockHandler(bench.ports(dynamo, sqs)), bench.sqsEvent(reports));
  }

  /** Missing units are looked for again. */
  List<String> promise(FulfillmentPlanned planned) {
    return queue(new CorrectStockHandler(bench.ports(dynamo, sqs)),
        bench.sqsEvent(new ShortageDue(planned.order(), planned.fulfillment())));
  }

  /**
   * A packer does not find units of a plan's first line.
   *
   * @param left how many of it are left
   */
  static ShortageReported missing(String key, FulfillmentPlanned planned, ShortageReason reason, int units, int left) {
    LineQuantity line = planned.lines().getFirst();
    var kept = left == 0 ? List.<LineQuantity>of() : List.of(new LineQuantity(line.lineId(), line.sku(), left));
    return new ShortageReported(planned.order(), planned.fulfillment(), ShortageId.of(planned.fulfillment(), key), null,
        planned.location(), List.of(new LineQuantity(line.lineId(), line.sku(), units)), kept,
        LineQuantity.bySku(kept), reason, "packer", false);
  }

  List<String> ship(ShipStock.Input... parcels) {
    return queue(new ShipStockHandler(bench.ports(dynamo)), bench.sqsEvent(parcels));
  }

  List<String> queue(RequestStreamHandler handler, InputStream event) {
    var failures = (List<?>) Json.readObject(Bench.output(handler, event)).get("batchItemFailures");
    return failures.stream().map(it -> (String) Json.object(it).get("itemIdentifier")).toList();
  }

  /** From now on the handlers write through one that has bad luck as often as that. */
  UnluckyDynamo unlucky(double odds) {
    var unlucky = new UnluckyDynamo(bench.dynamo(), odds, 42);
    dynamo = unlucky;
    return unlucky;
  }

  interface Work<T> {
    T run(int thread) throws Exception;
  }

  static <T> List<T> inParallel(int threads, Work<T> work) throws Exception {
    try (var pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<T>> tasks = IntStream.range(0, threads).mapToObj(it -> (Callable<T>) () -> work.run(it)).toList();
      var results = new ArrayList<T>();
      for (Future<T> future : pool.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    }
  }

  /** Without what is about storefronts alone. */
  List<Message> sent() {
    return allSent().stream().filter(it -> !(it instanceof StockCrossed)).toList();
  }

  List<Message> allSent() {
    return bench.sent().stream().map(Bench.Sent::message).distinct().toList();
  }

  /** An order, placed so many seconds after nine. */
  static OrderPlaced order(String reference, int seconds, SkuQuantity... items) {
    return new OrderPlaced(orderId(reference), POOL, List.of(items),
        Instant.parse("2026-11-22T09:00:00Z").plusSeconds(seconds));
  }

  /** An order of the channel's checkout, placed as many seconds after nine as its reference is long. */
  static OrderPlaced naming(Answer made, String reference, SkuQuantity... items) {
    return naming(id(made), reference, items);
  }

  static OrderPlaced naming(String reservation, String reference, SkuQuantity... items) {
    OrderPlaced placed = order(reference, reference.length(), items);
    return new OrderPlaced(placed.order(), placed.pool(), placed.items(), placed.placedAt(), 0,
        new ReservationId(reservation));
  }

  /** Of what was made. */
  static String id(Answer made) {
    return (String) made.body().get("id");
  }

  static OrderId orderId(String reference) {
    return OrderId.of(new ChannelId("web"), reference);
  }

  static FulfillmentPlanned planned(String reference, LocationId location, SkuQuantity... items) {
    var lines = new ArrayList<LineQuantity>();
    for (SkuQuantity item : items) {
      lines.add(new LineQuantity(new LineId("line_" + (lines.size() + 1)), item.sku(), item.quantity()));
    }
    return new FulfillmentPlanned(orderId(reference), FulfillmentId.of(orderId(reference), 1), location, lines);
  }

  static OrderCancelled cancelled(String reference) {
    return new OrderCancelled(orderId(reference), CancelReason.CUSTOMER, Instant.parse("2026-11-22T11:00:00Z"));
  }

  /** The plan, given up. */
  static FulfillmentCancelled cancelled(FulfillmentPlanned planned) {
    return new FulfillmentCancelled(planned.order(), planned.fulfillment(), planned.location(), planned.lines());
  }

  static ShipmentLabelled labelled(String reference, int parcel, LocationId location, SkuQuantity... items) {
    var id = ParcelId.of(FulfillmentId.of(orderId(reference), 1), parcel);
    return new ShipmentLabelled(orderId(reference), id, location, POOL, List.of(items), "waybill", "standard", "WB1",
        Instant.parse("2026-11-22T12:00:00Z"));
  }

  static ShipmentVoided voided(ShipmentLabelled it) {
    return new ShipmentVoided(it.order(), it.parcel(), it.location(), it.pool(), it.items(), it.at(), it.lots());
  }

  static SkuQuantity of(int quantity, Sku sku) {
    return new SkuQuantity(sku, quantity);
  }

  Levels inPool(Sku sku) {
    return levels(Counter.of(sku, POOL));
  }

  /** The same of many SKUs, in one reading. */
  Collection<Levels> inPool(Sku... skus) {
    return InventoryTable.counters(bench.ports())
        .read(Stream.of(skus).map(it -> Counter.of(it, POOL)).toList()).values();
  }

  Levels at(LocationId location, Sku sku) {
    return levels(Counter.of(sku, location));
  }

  private Levels levels(Counter counter) {
    return InventoryTable.counters(bench.ports()).read(List.of(counter))
        .getOrDefault(counter, Levels.NONE);
  }

  /** How the record of this kind ended, or is on its way. */
  Movement.Status status(String kind, String id) {
    return bench.items("inventory").stream().filter(it -> it.get("pk").s().equals(id) && it.get("sk").s().equals(kind))
        .map(it -> record(kind, it).status()).findFirst().orElseThrow();
  }

  /** What is always true, added up from every item of the table. The locations of the pool are given. */
  void requireExact(LocationId... locations) {
    var pools = new HashMap<String, Levels>();
    var shelves = new HashMap<String, Levels>();
    var moved = new HashMap<String, Levels>();
    for (Map<String, AttributeValue> item : bench.items("inventory")) {
      String pk = item.get("pk").s();
      String sk = item.get("sk").s();
      if (sk.equals(Counter.POOL + POOL)) {
        pools.put(pk, levels(item));
      } else if (sk.startsWith(Counter.LOCATION)
          && List.of(locations).contains(new LocationId(sk.substring(Counter.LOCATION.length())))) {
        shelves.merge(pk, levels(item), Levels::plus);
      } else if (item.containsKey("status")) {
        record(sk, item).moves().subList(0, Integer.parseInt(item.get("moved").n())).stream()
            .filter(it -> !it.counter().isLot())
            .forEach(it -> moved.merge(it.counter().sku().value(), it.change(), Levels::plus));
      }
    }
    pools.forEach((sku, pool) -> {
      Levels shelf = shelves.getOrDefault(sku, Levels.NONE);
      Levels written = moved.getOrDefault(sku, Levels.NONE);
      assertThat(pool.available() + pool.reserved() - pool.get(Level.SHORTFALL))
          .as("available + reserved - shortfall = what is there of %s", sku)
          .isEqualTo(shelf.onHand() - shelf.get(Level.SHORTFALL));
      assertThat(shelf.available() + shelf.allocated()).as("free + allocated = on hand of %s", sku)
          .isEqualTo(shelf.onHand());
      assertThat(pool.reserved()).as("reserved = reservations - shipments of %s", sku).isEqualTo(written.reserved());
      assertThat(shelf.allocated()).as("allocated = allocations - shipments of %s", sku).isEqualTo(written.allocated());
      assertThat(pool.plus(shelf).units().values()).allSatisfy(it -> assertThat(it).isNotNegative());
    });
    requireUnbrokenLedger();
    requireExactLots();
  }

  /** The lots of a location are, number by number, the location; and each is what its ledger and its allocations say. */
  private void requireExactLots() {
    var lots = new HashMap<Counter, Levels>();
    var shelves = new HashMap<Counter, Levels>();
    var kept = new HashMap<Counter, Long>();
    for (Map<String, AttributeValue> item : bench.items("inventory")) {
      String sk = item.get("sk").s();
      if (sk.equals("allocation") || sk.equals("shipment")) {
        record(sk, item).moves().subList(0, Integer.parseInt(item.get("moved").n())).stream()
            .filter(it -> it.counter().isLot())
            .forEach(it -> kept.merge(it.counter(), it.change().allocated(), Long::sum));
      } else if (sk.startsWith(Counter.LOT) && !item.get("pk").s().contains("#")) {
        lots.put(new Counter(new Sku(item.get("pk").s()), sk), levels(item));
      } else if (sk.startsWith(Counter.LOCATION) && item.containsKey("lot_tracked")) {
        shelves.put(new Counter(new Sku(item.get("pk").s()), sk), levels(item));
      }
    }
    shelves.forEach((shelf, levels) -> assertThat(lots.entrySet().stream()
        .filter(it -> it.getKey().shelf().equals(shelf)).map(Map.Entry::getValue).reduce(Levels.NONE, Levels::plus))
        .as("the lots of %s", shelf).isEqualTo(levels));
    lots.forEach((lot, levels) -> {
      assertThat(levels.units().values()).as("%s", lot).allSatisfy(it -> assertThat(it).isNotNegative());
      assertThat(levels.allocated()).as("allocated of %s", lot).isEqualTo(kept.getOrDefault(lot, 0L));
      Physical entered = movements(lot.sku(), lot.location()).stream()
          .flatMap(it -> it.lots() == null ? Stream.of() : it.lots().stream()).filter(it -> it.lot().equals(lot.lot()))
          .map(LedgerEntry.OfLot::change).reduce(new Physical(0, 0, 0, 0), Physical::plus);
      assertThat(Physical.of(levels)).as("the ledger of %s", lot).isEqualTo(entered);
    });
  }

  /** Each entry begins with what the one before it ended with, and the last ends with what the counter says. */
  private void requireUnbrokenLedger() {
    var entries = InventoryTable.entries(bench.ports());
    for (Map<String, AttributeValue> item : bench.items("inventory")) {
      if (item.get("sk").s().startsWith(Counter.LOCATION) && item.containsKey("entries")) {
        var shelf = new Counter(new Sku(item.get("pk").s()), item.get("sk").s());
        Physical before = null;
        int number = 0;
        for (LedgerEntry it : entries.upTo(shelf.sku(), shelf.location(), null, 1_000).reversed()) {
          assertThat(it.number()).isEqualTo(++number);
          if (before != null) {
            assertThat(it.before()).as("before %s", it).isEqualTo(before);
          }
          before = it.after();
        }
        assertThat(item.get("entries").n()).as("entries of %s", shelf).isEqualTo("" + number);
        assertThat(Physical.of(levels(item))).as("the end of %s", shelf).isEqualTo(before);
      }
    }
  }

  List<LedgerEntry> movements(Sku sku, LocationId location) {
    return InventoryTable.entries(bench.ports()).upTo(sku, location, null, 1_000).reversed();
  }

  private Movement<?> record(String kind, Map<String, AttributeValue> item) {
    Class<? extends Record> type = switch (kind) {
      case "reservation" -> Reservation.class;
      case "allocation" -> Allocation.class;
      case "shipment" -> ShippedUnits.class;
      case "checkout" -> CheckoutReservation.class;
      default -> throw new AssertionError(kind);
    };
    return (Movement<?>) new waybill.platform.Table<>(bench.ports(), "INVENTORY_TABLE", type, _ -> null)
        .read(item).value();
  }

  private static Levels levels(Map<String, AttributeValue> item) {
    return Stream.of(Level.values()).map(it -> Levels.of(it, number(item, it.attribute()))).reduce(Levels.NONE,
        Levels::plus);
  }

  private static long number(Map<String, AttributeValue> item, String name) {
    return item.containsKey(name) ? Long.parseLong(item.get(name).n()) : 0;
  }

  @Override
  public void close() {
    bench.close();
  }
}
