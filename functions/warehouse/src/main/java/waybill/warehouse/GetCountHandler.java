package waybill.warehouse;

import module java.base;
import waybill.platform.*;

/** {@code GET /counts/{id}}: how far a count is, and, when nobody counts any more, what differs. */
public record GetCountHandler(Table<Count> counts) implements HttpFunction {
  public GetCountHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> counts.find(WarehouseTable.key(CountId.of("PRIMING"))));
  }

  public GetCountHandler(Ports ports) { this(WarehouseTable.counts(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Stored<Count> stored = counts.find(WarehouseTable.key(request.pathId("id", CountId::new)))
        .orElseThrow(() -> Problem.notFound("count"));
    return HttpResponse.resource(200, stored, CountView.of(stored));
  }
}
