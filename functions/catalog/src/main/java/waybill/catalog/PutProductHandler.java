package waybill.catalog;

import module java.base;
import waybill.messages.Sku;
import waybill.platform.*;

/** {@code PUT /products/{sku}}: makes a product or replaces it. */
public record PutProductHandler(Table<Product> products, Catalog catalog) implements HttpFunction {
  private static final Log LOG = Log.of(PutProductHandler.class);

  public PutProductHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> products.find(CatalogTable.key(new Sku("PRIMING"))));
  }

  public PutProductHandler(Ports ports) { this(CatalogTable.products(ports), new Catalog(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Sku sku = request.pathId("sku", Sku::new);
    Product product = Requests.product(sku, request.fields());
    Map<Sku, Product> components = product.components().isEmpty()
        ? Map.of()
        : catalog.products(product.components().stream().map(Component::sku).toList());
    Stored<Product> stored = Http.orProblem(products.decide(CatalogTable.key(sku), request.ifMatch(),
        before -> KitForm.checked(product, components).then(it -> it.replacing(before))));
    LOG.info("Product put", "sku", sku, "revision", stored.revision());
    return HttpResponse.put(stored);
  }
}
