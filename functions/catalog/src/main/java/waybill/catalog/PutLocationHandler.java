package waybill.catalog;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.LocationId;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Http;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Snapshot;
import waybill.platform.Stored;
import waybill.platform.Table;

/** {@code PUT /locations/{id}}: makes a location or replaces it. */
public final class PutLocationHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(PutLocationHandler.class);
  private final Table<Location> locations;

  public PutLocationHandler() {
    this(System.getenv(), InstantSource.system());
    Snapshot.prime(LOG, () -> locations.find(CatalogTable.key(new LocationId("priming"))));
  }

  public PutLocationHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo());
  }

  public PutLocationHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo) {
    this.locations = CatalogTable.locations(dynamo, environment, clock);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::put);
  }

  private HttpResponse put(HttpRequest request) {
    request.refuseQuery();
    LocationId id = request.pathId("id", LocationId::new);
    Location location = Requests.location(id, request.fields());
    Stored<Location> stored = locations.change(CatalogTable.key(id), request.ifMatch(),
        current -> location.replacing(current));
    LOG.info("Location put", "location", id, "revision", stored.revision());
    return HttpResponse.put(stored);
  }
}
