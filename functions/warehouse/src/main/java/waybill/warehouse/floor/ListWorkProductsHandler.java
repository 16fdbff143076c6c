package waybill.warehouse.floor;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Product;
import waybill.messages.Sku;
import waybill.platform.*;

/** {@code GET /work/products}: what a person or their scanner must know of products: those that are named, or all, page by page. */
public record ListWorkProductsHandler(Catalog catalog) implements HttpFunction {
  private static final int MOST = 100;

  public ListWorkProductsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public ListWorkProductsHandler(Ports ports) { this(new Catalog(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters query = request.parameters();
    List<Sku> skus = query.list("sku", MOST, Sku::new, "invalid", "is a SKU");
    int limit = query.limit();
    String cursor = query.cursor();
    query.verify();
    Page<Product> page = skus.isEmpty()
        ? Http.orProblem(catalog.products(limit, cursor))
        : new Page<>(List.copyOf(catalog.products(skus).values()), null);
    return HttpResponse.json(200, page.map(ListWorkProductsHandler::tree).toTree());
  }

  private static Map<String, Object> tree(Product product) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("sku", product.sku().value());
    tree.put("name", product.name());
    tree.put("gtin", product.gtin());
    tree.put("packs", product.packs().stream().map(Records::toTree).toList());
    tree.put("lot_tracked", product.lotTracked());
    return tree;
  }
}
