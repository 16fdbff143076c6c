package waybill.catalog;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.Sku;
import waybill.platform.*;

/** {@code GET /products}: the products, by SKU, page by page. */
public final class ListProductsHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ListProductsHandler.class);
  private final Table<Product> products;

  public ListProductsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(LOG, () -> products.findAll(List.of(CatalogTable.key(new Sku("PRIMING")))));
  }

  public ListProductsHandler(Ports ports) {
    this.products = CatalogTable.products(ports);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::list);
  }

  private HttpResponse list(HttpRequest request) {
    Parameters parameters = request.parameters();
    int limit = parameters.limit();
    String cursor = parameters.cursor();
    parameters.verify();
    Page<Table.Key> page = Http.orProblem(products.keys(CatalogTable.ALL_PRODUCTS, limit, cursor));
    List<Map<String, Object>> data = products.findAll(page.data()).stream().map(Stored::toResource).toList();
    return HttpResponse.json(200, new Page<>(data, page.nextCursor()).toTree());
  }
}
