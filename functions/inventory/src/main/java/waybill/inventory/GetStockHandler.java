package waybill.inventory;

import module java.base;
import waybill.catalog.Catalog;
import waybill.messages.Sku;
import waybill.platform.*;

/** {@code GET /stock/{sku}}: what there is of a SKU, by pool and by location. */
public record GetStockHandler(Catalog catalog, Counters counters) implements HttpFunction {
  public GetStockHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public GetStockHandler(Ports ports) { this(new Catalog(ports), InventoryTable.openCounters(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Sku sku = request.pathId("sku", Sku::new);
    Stock stock = counters.stock(sku);
    // Only a product of the catalog ever gets a counter.
    if (stock.pools().isEmpty() && catalog.products(List.of(sku)).isEmpty()) {
      throw Problem.notFound("product");
    }
    return HttpResponse.json(200, stock);
  }
}
