package waybill.catalog;

import module java.base;
import waybill.platform.*;

/** {@code PUT /boxes/{id}}: makes a kind of box or replaces it. */
public record PutBoxHandler(Table<ShippingBox> boxes) implements HttpFunction {
  private static final Log LOG = Log.of(PutBoxHandler.class);

  public PutBoxHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> boxes.find(CatalogTable.key(new BoxId("priming"))));
  }

  public PutBoxHandler(Ports ports) { this(CatalogTable.boxes(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    BoxId id = request.pathId("id", BoxId::new);
    ShippingBox box = BoxForm.read(id, request.fields());
    Stored<ShippingBox> stored = Http
        .orProblem(boxes.decide(CatalogTable.key(id), request.ifMatch(), _ -> Outcome.of(box)));
    LOG.info("Box put", "box", id, "revision", stored.revision());
    return HttpResponse.put(stored);
  }
}
