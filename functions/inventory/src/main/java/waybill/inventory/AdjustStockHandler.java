package waybill.inventory;

import java.time.LocalDate;
import java.time.ZoneId;
import module java.base;
import waybill.catalog.*;
import waybill.catalog.Product;
import waybill.inventory.Adjustments.Made;
import waybill.messages.*;
import waybill.messages.Choreography.AdjustStock;
import waybill.messages.StockPool;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/** {@code POST /stock/{sku}/adjustments}: adds stock to a location or takes it away, with a reason; once an Idempotency-Key. */
public record AdjustStockHandler(Catalog catalog, Adjustments adjustments, Withdrawals withdrawals, Counters counters,
    Sender<AdjustStock.Output> sender, InstantSource clock) implements HttpFunction {
  private static final Log LOG = Log.of(AdjustStockHandler.class);
  private static final int MAX_QUANTITY = 1_000_000_000;
  private static final int MAX_NOTE = 500;
  private static final int MAX_REFERENCE = 100;

  public AdjustStockHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public AdjustStockHandler(Ports ports) {
    this(new Catalog(ports), InventoryTable.adjustments(ports), InventoryTable.withdrawals(ports),
        InventoryTable.openCounters(ports),
        new Sender<>(ports), ports.clock());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Sku sku = request.pathId("sku", Sku::new);
    var id = AdjustmentId.of(request.idempotencyKey());
    Product product = Http.orProblem(Counted.product(catalog, sku));
    Fields fields = request.fields();
    Form form = Form.read(fields, clock.instant());
    Optional<Location> location = Optional.ofNullable(form.location()).flatMap(catalog::location);
    if (form.location() != null && location.isEmpty()) {
      fields.refuse("location_id", "unknown_location", "there is no such location");
    }
    fields.verify();
    Adjustment adjustment = form.adjustment(id, sku, location.orElseThrow().stockPool(), request.subject());
    Made made = Http.orProblem(adjustments.make(adjustment, product, today(location.get())));
    if (made.now()) {
      log(made.adjustment());
    }
    sender.send(Emissions.of(made.adjustment(), counters));
    if (adjustment.reason() == Adjustment.Reason.RECALLED && product.lotTracked()) {
      // Wherever else the lot lies, it is recalled too.
      withdrawals.visit(product).forEach(it -> {
        log(it);
        sender.send(Emissions.of(it));
      });
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("adjustment_id", id);
    answer.putAll(Records.toObject(counters.stock(sku)));
    return HttpResponse.json(201, answer);
  }

  private LocalDate today(Location location) {
    return LocalDate.ofInstant(clock.instant(), ZoneId.of(location.timeZone()));
  }

  private static void log(Adjustment it) {
    if (it.lot() == null) {
      LOG.info("Stock adjusted", "adjustment", it.id(), "sku", it.sku(), "location", it.location(), "quantity",
          it.quantity(), "reason", it.reason());
    } else {
      LOG.info("Lot adjusted", "adjustment", it.id(), "sku", it.sku(), "location", it.location(), "lot", it.lot(),
          "quantity", it.quantity(), "reason", it.reason());
    }
    if (it.shortfall() > 0) {
      LOG.measure(Metric.count("StockFellShort"), "Stock fell short", "adjustment", it.id(), "sku", it.sku(),
          "location", it.location(), "units", it.shortfall());
    }
  }

  /**
   * What somebody asks for: a change, or a count.
   *
   * @param location null if it is none
   * @param counted null if it is no count
   * @param countedAt null if it is no count, or if it was counted just now
   * @param lot what it says of the lot that it is about
   */
  record Form(LocationId location, int quantity, Adjustment.Reason reason, Integer counted, Instant countedAt,
      String note, Lot.Named lot, String reference) {

    Adjustment adjustment(AdjustmentId id, Sku sku, StockPool pool, String actor) {
      return new Adjustment(id, sku, location, pool, quantity, counted, countedAt, reason, note, actor, 0, 0,
          lot.number(), lot.expiresOn(), reference);
    }

    static Form read(Fields fields, Instant now) {
      LocationId location = fields.parsed("location_id", LocationId::new, "is the id of a location");
      return fields.isNamed("counted") ? count(location, fields, now) : change(location, fields);
    }

    private static Form count(LocationId location, Fields fields, Instant now) {
      int counted = fields.integer("counted", 0, MAX_QUANTITY);
      Instant at = fields.timeOrNull("counted_at");
      if (at != null && at.isAfter(now)) {
        fields.refuse("counted_at", "in_the_future", "is not in the future");
      }
      return new Form(location, 0, Adjustment.Reason.COUNTED, counted, at, fields.textOrNull("note", MAX_NOTE),
          Lot.Named.read(fields), fields.textOrNull("reference", MAX_REFERENCE));
    }

    private static Form change(LocationId location, Fields fields) {
      int quantity = fields.integer("quantity", -MAX_QUANTITY, MAX_QUANTITY);
      if (quantity == 0) {
        fields.refuse("quantity", "out_of_range", "is not zero: units that came, or, negative, that went");
      }
      if (!fields.has("reason")) {
        fields.refuse("reason", "required", "is required");
      }
      var reason = fields.choiceOr("reason", Adjustment.Reason.CORRECTION);
      if (reason == Adjustment.Reason.COUNTED) {
        fields.refuse("reason", "wrong_reason", "is counted only of what is counted: send counted, and no quantity");
      } else if (quantity != 0 && !reason.allows(quantity)) {
        fields.refuse("quantity", "wrong_sign", reason.rule());
      }
      return new Form(location, quantity, reason, null, null, fields.textOrNull("note", MAX_NOTE),
          Lot.Named.read(fields), fields.textOrNull("reference", MAX_REFERENCE));
    }
  }
}
