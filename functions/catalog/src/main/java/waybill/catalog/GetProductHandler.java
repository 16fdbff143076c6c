package waybill.catalog;

import module java.base;
import waybill.messages.Sku;
import waybill.platform.*;

/** {@code GET /products/{sku}}: a product. */
public record GetProductHandler(Table<Product> products) implements HttpFunction {
  public GetProductHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> products.find(CatalogTable.key(new Sku("PRIMING"))));
  }

  public GetProductHandler(Ports ports) { this(CatalogTable.products(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Sku sku = request.pathId("sku", Sku::new);
    Stored<Product> stored = products.find(CatalogTable.key(sku)).orElseThrow(() -> Problem.notFound("product"));
    return HttpResponse.resource(200, stored);
  }
}
