package waybill.catalog;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.LocationId;
import waybill.platform.*;

/** {@code PUT /locations/{id}}: makes a location or replaces it. */
public final class PutLocationHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(PutLocationHandler.class);
  private final Table<Location> locations;

  public PutLocationHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(LOG, () -> locations.find(CatalogTable.key(new LocationId("priming"))));
  }

  public PutLocationHandler(Ports ports) {
    this.locations = CatalogTable.locations(ports);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::put);
  }

  private HttpResponse put(HttpRequest request) {
    request.refuseQuery();
    LocationId id = request.pathId("id", LocationId::new);
    Location location = Requests.location(id, request.fields());
    Stored<Location> stored = Http
        .orProblem(locations.decide(CatalogTable.key(id), request.ifMatch(), location::replacing));
    LOG.info("Location put", "location", id, "revision", stored.revision());
    return HttpResponse.put(stored);
  }
}
