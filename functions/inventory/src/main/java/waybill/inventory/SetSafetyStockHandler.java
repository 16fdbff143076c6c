package waybill.inventory;

import module java.base;
import waybill.catalog.Catalog;
import waybill.messages.*;
import waybill.messages.Choreography.SetSafetyStock;
import waybill.messages.StockMessages.StockCrossed;
import waybill.platform.*;

/** {@code PUT /stock/{sku}/pools/{pool}}: sets how many of a SKU's units a pool keeps and promises to nobody, and how many are few. */
public record SetSafetyStockHandler(Catalog catalog, Counters counters, Sender<SetSafetyStock.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(SetSafetyStockHandler.class);
  private static final int MAX_SAFETY_STOCK = 1_000_000_000;

  public SetSafetyStockHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public SetSafetyStockHandler(Ports ports) {
    this(new Catalog(ports), InventoryTable.openCounters(ports), new Sender<>(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Sku sku = request.pathId("sku", Sku::new);
    StockPool pool = request.pathId("pool", StockPool::new);
    Fields fields = request.fields();
    Form form = Form.read(fields);
    fields.verify();
    Http.orProblem(Counted.product(catalog, sku));
    if (catalog.locations().stream().noneMatch(it -> it.stockPool().equals(pool))) {
      throw Problem.notFound("stock pool");
    }
    counters.keep(Counter.of(sku, pool), form.safetyStock(), form.lowStock());
    sender.send(counters.waitedFor(List.of(sku), pool).stream().map(it -> new StockCrossed(it, pool)).toList());
    LOG.info("Safety stock set", "sku", sku, "pool", pool, "units", form.safetyStock(), "low_stock", form.lowStock());
    return HttpResponse.json(200, counters.stock(sku));
  }

  /** @param lowStock so many free units are few, or fewer; 0 if no number is */
  record Form(int safetyStock, int lowStock) {

    static Form read(Fields fields) {
      return new Form(fields.integer("safety_stock", 0, MAX_SAFETY_STOCK),
          fields.integerOr("low_stock", 0, MAX_SAFETY_STOCK, 0));
    }
  }
}
