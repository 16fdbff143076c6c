package waybill.catalog;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.Sku;
import waybill.platform.*;

/** {@code PUT /products/{sku}}: makes a product or replaces it. */
public final class PutProductHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(PutProductHandler.class);
  private final Table<Product> products;

  public PutProductHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(LOG, () -> products.find(CatalogTable.key(new Sku("PRIMING"))));
  }

  public PutProductHandler(Ports ports) {
    this.products = CatalogTable.products(ports);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::put);
  }

  private HttpResponse put(HttpRequest request) {
    request.refuseQuery();
    Sku sku = request.pathId("sku", Sku::new);
    Product product = Requests.product(sku, request.fields());
    Stored<Product> stored = Http
        .orProblem(products.decide(CatalogTable.key(sku), request.ifMatch(), _ -> Outcome.of(product)));
    LOG.info("Product put", "sku", sku, "revision", stored.revision());
    return HttpResponse.put(stored);
  }
}
