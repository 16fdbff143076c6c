package waybill.warehouse;

import module java.base;
import waybill.catalog.Catalog;
import waybill.messages.LocationId;
import waybill.platform.*;

/** {@code PUT /bins/{location_id}/{bin}}: makes a bin of a location or replaces it. */
public record PutBinHandler(Table<Bin> bins, Catalog catalog) implements HttpFunction {
  private static final Log LOG = Log.of(PutBinHandler.class);

  public PutBinHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> bins.find(WarehouseTable.key(new LocationId("priming"), new BinId("PRIMING"))));
  }

  public PutBinHandler(Ports ports) { this(WarehouseTable.bins(ports), new Catalog(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    LocationId location = request.pathId("location_id", LocationId::new);
    BinId id = request.pathId("bin", BinId::new);
    Fields fields = request.fields();
    Bin bin = BinForm.read(location, id, fields);
    fields.verify();
    if (catalog.location(location).isEmpty()) {
      throw Problem.notFound("location");
    }
    if (bin.pickFace() != null && catalog.products(List.of(bin.pickFace().sku())).isEmpty()) {
      throw Problem.invalid("/pick_face/sku", "unknown_product", "there is no such product");
    }
    Stored<Bin> stored = Http
        .orProblem(bins.decide(WarehouseTable.key(location, id), request.ifMatch(), _ -> Outcome.of(bin)));
    LOG.info("Bin put", "location", location, "bin", id, "purpose", bin.purpose(), "revision", stored.revision());
    return HttpResponse.put(stored);
  }
}
