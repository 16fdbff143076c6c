package waybill.catalog;

import module java.base;
import waybill.platform.*;

/** {@code GET /locations}: all locations, by id; a company has few. */
public record ListLocationsHandler(Table<Location> locations) implements HttpFunction {
  public ListLocationsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> locations.findAll(CatalogTable.LOCATIONS, "priming"));
  }

  public ListLocationsHandler(Ports ports) { this(CatalogTable.locations(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    List<Map<String, Object>> data = locations.findAll(CatalogTable.LOCATIONS, "").stream().map(Stored::toResource)
        .toList();
    return HttpResponse.json(200, new Page<>(data, null).toTree());
  }
}
