package waybill.inventory;

import module java.base;
import waybill.catalog.Catalog;
import waybill.messages.*;
import waybill.platform.*;

/** {@code GET /stock/{sku}}: what there is of a SKU, by pool and by location; with {@code at}, what lay at each location at that time. */
public record GetStockHandler(Catalog catalog, Counters counters, LedgerEntries entries, InstantSource clock)
    implements
    HttpFunction {

  public GetStockHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public GetStockHandler(Ports ports) {
    this(new Catalog(ports), InventoryTable.openCounters(ports), InventoryTable.entries(ports), ports.clock());
  }

  /** What lay at the locations. */
  record AsOf(Sku sku, Instant at, List<There> locations) {}

  record There(LocationId locationId, long onHand, long damaged, long quarantined, long inTransit) {}

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    Instant at = parameters.time("at");
    if (at != null && at.isAfter(clock.instant())) {
      parameters.refuse("at", "in_the_future", "is not in the future");
    }
    parameters.verify();
    Sku sku = request.pathId("sku", Sku::new);
    Stock stock = counters.stock(sku);
    // Only a product of the catalog ever gets a counter.
    if (stock.pools().isEmpty() && catalog.products(List.of(sku)).isEmpty()) {
      throw Problem.notFound("product");
    }
    return HttpResponse.json(200, at == null ? stock : asOf(stock, at));
  }

  private AsOf asOf(Stock stock, Instant at) {
    var there = new ArrayList<There>();
    for (Stock.AtLocation it : stock.locations()) {
      entries.lastAt(stock.sku(), it.locationId(), at).map(LedgerEntry::after).ifPresent(
          lay -> there.add(new There(it.locationId(), lay.onHand(), lay.damaged(), lay.quarantined(),
              lay.inTransit())));
    }
    return new AsOf(stock.sku(), at, there);
  }
}
