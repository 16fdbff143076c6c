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
import waybill.platform.Problem;
import waybill.platform.Snapshot;
import waybill.platform.Stored;
import waybill.platform.Table;

/** {@code GET /products/{sku}}: a product. */
public final class GetProductHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(GetProductHandler.class);
  private final Table<Product> products;

  public GetProductHandler() {
    this(System.getenv(), InstantSource.system());
    Snapshot.prime(LOG, () -> products.find(CatalogTable.key(new Sku("PRIMING"))));
  }

  public GetProductHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo());
  }

  public GetProductHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo) {
    this.products = CatalogTable.products(dynamo, environment, clock);
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
