package waybill.inventory;

import waybill.platform.Http;
import waybill.platform.HttpFunction;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Ports;
import waybill.platform.Snapshot;
import waybill.platform.Stored;

/** {@code POST /assemblies/{id}/cancellation}: no more of a work order is done; what was done stays. */
public record CancelAssemblyHandler(Assemblies assemblies) implements HttpFunction {
  private static final Log LOG = Log.of(CancelAssemblyHandler.class);

  public CancelAssemblyHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> assemblies.find(AssemblyId.of("PRIMING")));
  }

  public CancelAssemblyHandler(Ports ports) { this(InventoryTable.assemblies(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    AssemblyId id = request.pathId("id", AssemblyId::new);
    request.idempotencyKey();
    Stored<Assembly> stored = Http.orProblem(assemblies.cancel(id));
    LOG.info("Work order cancelled", "assembly", id, "sku", stored.value().sku(), "completed",
        stored.value().completed(), "of", stored.value().quantity());
    return HttpResponse.resource(200, stored, stored.timed(stored.value().toTree()));
  }
}
