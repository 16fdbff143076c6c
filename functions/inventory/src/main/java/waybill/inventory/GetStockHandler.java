package waybill.inventory;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Component;
import waybill.catalog.Product;
import waybill.messages.*;
import waybill.platform.*;

/** {@code GET /stock/{sku}}: what there is of a SKU, by pool and by location, of a kit by its scarcest component; with {@code at}, what lay at each location at that time. */
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
    if (stock.pools().isEmpty()) {
      // Only a product of the catalog ever gets a counter, and never a kit.
      Product product = catalog.products(List.of(sku)).get(sku);
      if (product == null) {
        throw Problem.notFound("product");
      }
      if (product.isKit()) {
        if (at != null) {
          parameters.refuse("at", "kit", Counted.NO_STOCK.detail());
        }
        parameters.verify();
        return kit(product);
      }
    }
    return HttpResponse.json(200, at == null ? stock : asOf(stock, at));
  }

  private HttpResponse kit(Product kit) {
    Map<Sku, Stock> stock = kit.components().stream().map(Component::sku)
        .collect(Collectors.toMap(it -> it, counters::stock));
    return HttpResponse.json(200, KitStock.of(kit.sku(), kit.components(), stock));
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
