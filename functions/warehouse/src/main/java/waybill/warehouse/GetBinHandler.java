package waybill.warehouse;

import module java.base;
import waybill.messages.LocationId;
import waybill.platform.*;

/** {@code GET /bins/{location_id}/{bin}}: a bin, and what lies in it. */
public record GetBinHandler(BinStock stock, Table<Tote> totes) implements HttpFunction {
  public GetBinHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> stock.bin(new LocationId("priming"), new BinId("PRIMING")));
  }

  public GetBinHandler(Ports ports) { this(new BinStock(ports), WarehouseTable.totes(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    LocationId location = request.pathId("location_id", LocationId::new);
    BinId id = request.pathId("bin", BinId::new);
    request.requireLocation(location);
    Stored<Bin> bin = stock.bin(location, id).orElseThrow(() -> Problem.notFound("bin"));
    Map<String, Object> tree = bin.toResource();
    tree.put("contents", stock.contents(location, id).stream().map(it -> content(it.value())).toList());
    if (bin.value().pickFace() != null) {
      tree.put("replenishment", stock.replenishment(location, id).map(Records::toTree).orElse(null));
    }
    if (bin.value().purpose() == Bin.Purpose.TOTE) {
      tree.put("fulfillment_id",
          totes.find(Tote.key(location, id)).map(it -> it.value().fulfillment().value()).orElse(null));
    }
    return HttpResponse.resource(200, bin, tree);
  }

  private static Map<String, Object> content(BinContent content) {
    Map<String, Object> tree = new LinkedHashMap<>(Records.toObject(content));
    tree.remove("location_id");
    tree.remove("bin");
    return tree;
  }
}
