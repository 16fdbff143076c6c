package waybill.inventory;

import waybill.platform.HttpFunction;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Ports;
import waybill.platform.Problem;
import waybill.platform.Snapshot;
import waybill.platform.Stored;

/** {@code GET /assemblies/{id}}: a work order, and how much of it is done. */
public record GetAssemblyHandler(Assemblies assemblies) implements HttpFunction {
  public GetAssemblyHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> assemblies.find(AssemblyId.of("PRIMING")));
  }

  public GetAssemblyHandler(Ports ports) { this(InventoryTable.assemblies(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Stored<Assembly> stored = assemblies.find(request.pathId("id", AssemblyId::new))
        .orElseThrow(() -> Problem.notFound("assembly"));
    return HttpResponse.resource(200, stored, stored.timed(stored.value().toTree()));
  }
}
