package waybill.catalog;

import module java.base;
import waybill.messages.Sku;
import waybill.platform.*;

/** {@code GET /products}: the products, by SKU, page by page. */
public record ListProductsHandler(Table<Product> products) implements HttpFunction {
  public ListProductsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> products.findAll(List.of(CatalogTable.key(new Sku("PRIMING")))));
  }

  public ListProductsHandler(Ports ports) { this(CatalogTable.products(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    int limit = parameters.limit();
    String cursor = parameters.cursor();
    parameters.verify();
    Page<Table.Key> page = Http.orProblem(products.keys(CatalogTable.ALL_PRODUCTS, limit, cursor));
    List<Map<String, Object>> data = products.findAll(page.data()).stream().map(Stored::toResource).toList();
    return HttpResponse.json(200, new Page<>(data, page.nextCursor()).toTree());
  }
}
