package waybill.catalog;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.platform.*;

/** {@code GET /locations}: all locations, by id; a company has few. */
public final class ListLocationsHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ListLocationsHandler.class);
  private final Table<Location> locations;

  public ListLocationsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(LOG, () -> locations.findAll(CatalogTable.LOCATIONS, "priming"));
  }

  public ListLocationsHandler(Ports ports) {
    this.locations = CatalogTable.locations(ports);
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
