package waybill.inventory;

import waybill.platform.HttpFunction;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Ports;
import waybill.platform.Problem;
import waybill.platform.Snapshot;
import waybill.platform.Stored;

/** {@code GET /transfers/{id}}: what goes from one location to another, and how much of it has arrived. */
public record GetTransferHandler(Transfers transfers) implements HttpFunction {
  public GetTransferHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> transfers.find(TransferId.of("PRIMING")));
  }

  public GetTransferHandler(Ports ports) { this(InventoryTable.transfers(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Stored<Transfer> stored = transfers.find(request.pathId("id", TransferId::new))
        .orElseThrow(() -> Problem.notFound("transfer"));
    return HttpResponse.resource(200, stored, stored.timed(stored.value().toTree()));
  }
}
