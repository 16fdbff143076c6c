package waybill.warehouse;

import module java.base;
import waybill.messages.LocationId;
import waybill.platform.*;

/** {@code GET /bins/{location_id}/{bin}}: a bin. */
public record GetBinHandler(Table<Bin> bins) implements HttpFunction {
  public GetBinHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> bins.find(WarehouseTable.key(new LocationId("priming"), new BinId("PRIMING"))));
  }

  public GetBinHandler(Ports ports) { this(WarehouseTable.bins(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    LocationId location = request.pathId("location_id", LocationId::new);
    BinId id = request.pathId("bin", BinId::new);
    return HttpResponse.resource(200,
        bins.find(WarehouseTable.key(location, id)).orElseThrow(() -> Problem.notFound("bin")));
  }
}
