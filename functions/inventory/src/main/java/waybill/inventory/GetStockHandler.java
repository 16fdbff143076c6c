package waybill.inventory;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.catalog.Catalog;
import waybill.messages.Sku;
import waybill.platform.*;

/** {@code GET /stock/{sku}}: what there is of a SKU, by pool and by location. */
public final class GetStockHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(GetStockHandler.class);
  private final Catalog catalog;
  private final Counters counters;

  public GetStockHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(LOG, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public GetStockHandler(Ports ports) {
    this.catalog = new Catalog(ports);
    this.counters = InventoryTable.counters(ports);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::get);
  }

  private HttpResponse get(HttpRequest request) {
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
