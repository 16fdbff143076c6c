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
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Http;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Page;
import waybill.platform.Snapshot;
import waybill.platform.Stored;
import waybill.platform.Table;

/** {@code GET /locations}: all locations, by id; a company has few. */
public final class ListLocationsHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ListLocationsHandler.class);
  private final Table<Location> locations;

  public ListLocationsHandler() {
    this(System.getenv(), InstantSource.system());
    Snapshot.prime(LOG, () -> locations.findAll(CatalogTable.LOCATIONS, "priming"));
  }

  public ListLocationsHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo());
  }

  public ListLocationsHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo) {
    this.locations = CatalogTable.locations(dynamo, environment, clock);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::list);
  }

  private HttpResponse list(HttpRequest request) {
    request.refuseQuery();
    List<Map<String, Object>> data = locations.findAll(CatalogTable.LOCATIONS, "").stream().map(Stored::toResource)
        .toList();
    return HttpResponse.json(200, new Page<>(data, null).toTree());
  }
}
