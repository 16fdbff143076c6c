package waybill.inventory;

import module java.base;
import waybill.catalog.*;
import waybill.messages.*;
import waybill.platform.*;

/** {@code POST /stock/{sku}/adjustments}: adds stock to a location or takes it away, with a reason; once an Idempotency-Key. */
public record AdjustStockHandler(Catalog catalog, Adjustments adjustments, Counters counters) implements HttpFunction {
  private static final Log LOG = Log.of(AdjustStockHandler.class);
  private static final int MAX_QUANTITY = 1_000_000_000;

  public AdjustStockHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public AdjustStockHandler(Ports ports) {
    this(new Catalog(ports), InventoryTable.adjustments(ports), InventoryTable.openCounters(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Sku sku = request.pathId("sku", Sku::new);
    var id = AdjustmentId.of(request.idempotencyKey());
    if (catalog.products(List.of(sku)).isEmpty()) {
      throw Problem.notFound("product");
    }
    Adjustment adjustment = read(id, sku, request);
    if (Http.orProblem(adjustments.make(adjustment))) {
      LOG.info("Stock adjusted", "adjustment", id, "sku", sku, "location", adjustment.location(), "quantity",
          adjustment.quantity(), "reason", adjustment.reason());
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("adjustment_id", id);
    answer.putAll(Records.toObject(counters.stock(sku)));
    return HttpResponse.json(201, answer);
  }

  private Adjustment read(AdjustmentId id, Sku sku, HttpRequest request) {
    Fields fields = request.fields();
    Form form = Form.read(fields);
    Optional<Location> location = Optional.ofNullable(form.location()).flatMap(catalog::location);
    if (form.location() != null && location.isEmpty()) {
      fields.refuse("location_id", "unknown_location", "there is no such location");
    }
    fields.verify();
    return new Adjustment(id, sku, form.location(), location.orElseThrow().stockPool(), form.quantity(), form.reason(),
        form.note(), request.subject());
  }

  /** What somebody asks for. @param location null if it is none */
  record Form(LocationId location, int quantity, Adjustment.Reason reason, String note) {

    static Form read(Fields fields) {
      LocationId location = fields.parsed("location_id", LocationId::new, "is the id of a location");
      int quantity = fields.integer("quantity", -MAX_QUANTITY, MAX_QUANTITY);
      if (quantity == 0) {
        fields.refuse("quantity", "out_of_range", "is not zero: units that came, or, negative, that went");
      }
      if (!fields.has("reason")) {
        fields.refuse("reason", "required", "is required");
      }
      return new Form(location, quantity, fields.choiceOr("reason", Adjustment.Reason.CORRECTION),
          fields.textOrNull("note", 500));
    }
  }
}
