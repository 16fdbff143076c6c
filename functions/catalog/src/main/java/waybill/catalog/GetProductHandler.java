package waybill.catalog;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.Sku;
import waybill.platform.*;

/** {@code GET /products/{sku}}: a product. */
public final class GetProductHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(GetProductHandler.class);
  private final Table<Product> products;

  public GetProductHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(LOG, () -> products.find(CatalogTable.key(new Sku("PRIMING"))));
  }

  public GetProductHandler(Ports ports) {
    this.products = CatalogTable.products(ports);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::get);
  }

  private HttpResponse get(HttpRequest request) {
    request.refuseQuery();
    Sku sku = request.pathId("sku", Sku::new);
    Stored<Product> stored = products.find(CatalogTable.key(sku)).orElseThrow(() -> Problem.notFound("product"));
    return HttpResponse.resource(200, stored);
  }
}
