package waybill.inventory;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.catalog.Catalog;
import waybill.messages.Sku;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Http;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Problem;
import waybill.platform.Snapshot;

/** {@code GET /stock/{sku}}: what there is of a SKU, by pool and by location. */
public final class GetStockHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(GetStockHandler.class);
  private final Catalog catalog;
  private final Counters counters;

  public GetStockHandler() {
    this(System.getenv(), InstantSource.system());
    Snapshot.prime(LOG, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public GetStockHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo());
  }

  public GetStockHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo) {
    this.catalog = new Catalog(dynamo, environment, clock);
    this.counters = InventoryTable.counters(dynamo, environment, clock);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::get);
  }

  private HttpResponse get(HttpRequest request) {
    request.refuseQuery();
    Sku sku = request.pathId("sku", Sku::new);
    Stock stock = counters.stock(sku);
    // Only a product of the catalog ever gets a counter.
    if (stock.pools().isEmpty() && catalog.products(List.of(sku)).isEmpty()) {
      throw Problem.notFound("product");
    }
    return HttpResponse.json(200, stock);
  }
}
