package waybill.catalog;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.Sku;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Http;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Snapshot;
import waybill.platform.Stored;
import waybill.platform.Table;

/** {@code PUT /products/{sku}}: makes a product or replaces it. */
public final class PutProductHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(PutProductHandler.class);
  private final Table<Product> products;

  public PutProductHandler() {
    this(System.getenv(), InstantSource.system());
    Snapshot.prime(LOG, () -> products.find(CatalogTable.key(new Sku("PRIMING"))));
  }

  public PutProductHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo());
  }

  public PutProductHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo) {
    this.products = CatalogTable.products(dynamo, environment, clock);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::put);
  }

  private HttpResponse put(HttpRequest request) {
    request.refuseQuery();
    Sku sku = request.pathId("sku", Sku::new);
    Product product = Requests.product(sku, request.fields());
    Stored<Product> stored = products.change(CatalogTable.key(sku), request.ifMatch(), _ -> product);
    LOG.info("Product put", "sku", sku, "revision", stored.revision());
    return HttpResponse.put(stored);
  }
}
