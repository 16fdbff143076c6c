package waybill.catalog;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.Sku;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Http;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Page;
import waybill.platform.Parameters;
import waybill.platform.Snapshot;
import waybill.platform.Stored;
import waybill.platform.Table;

/** {@code GET /products}: the products, by SKU, page by page. */
public final class ListProductsHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ListProductsHandler.class);
  private final Table<Product> products;

  public ListProductsHandler() {
    this(System.getenv(), InstantSource.system());
    Snapshot.prime(LOG, () -> products.findAll(List.of(CatalogTable.key(new Sku("PRIMING")))));
  }

  public ListProductsHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo());
  }

  public ListProductsHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo) {
    this.products = CatalogTable.products(dynamo, environment, clock);
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
    Page<Table.Key> page = products.keys(CatalogTable.ALL_PRODUCTS, limit, cursor);
    List<Map<String, Object>> data = products.findAll(page.data()).stream().map(Stored::toResource).toList();
    return HttpResponse.json(200, new Page<>(data, page.nextCursor()).toTree());
  }
}
