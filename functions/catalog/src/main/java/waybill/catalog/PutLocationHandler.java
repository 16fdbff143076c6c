package waybill.catalog;

import module java.base;
import waybill.messages.LocationId;
import waybill.platform.*;

/** {@code PUT /locations/{id}}: makes a location or replaces it. */
public record PutLocationHandler(Table<Location> locations) implements HttpFunction {
  private static final Log LOG = Log.of(PutLocationHandler.class);

  public PutLocationHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> locations.find(CatalogTable.key(new LocationId("priming"))));
  }

  public PutLocationHandler(Ports ports) { this(CatalogTable.locations(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    LocationId id = request.pathId("id", LocationId::new);
    Location location = Requests.location(id, request.fields());
    Stored<Location> stored = Http
        .orProblem(locations.decide(CatalogTable.key(id), request.ifMatch(), location::replacing));
    LOG.info("Location put", "location", id, "revision", stored.revision());
    return HttpResponse.put(stored);
  }
}
