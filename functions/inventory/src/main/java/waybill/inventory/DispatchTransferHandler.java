package waybill.inventory;

import java.time.Instant;
import waybill.messages.Choreography.DispatchTransfer;
import waybill.platform.Fields;
import waybill.platform.Http;
import waybill.platform.HttpFunction;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Ports;
import waybill.platform.Sender;
import waybill.platform.Snapshot;
import waybill.platform.Stored;

/** {@code POST /transfers/{id}/dispatch}: a draft's units leave one location and are in transit to the other. */
public record DispatchTransferHandler(Transfers transfers, Sender<DispatchTransfer.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(DispatchTransferHandler.class);

  public DispatchTransferHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> transfers.find(TransferId.of("PRIMING")));
  }

  public DispatchTransferHandler(Ports ports) {
    this(InventoryTable.dispatchedTransfers(ports), new Sender<>(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    TransferId id = request.pathId("id", TransferId::new);
    request.idempotencyKey();
    Fields fields = request.fields();
    Form form = Form.read(fields);
    fields.verify();
    Stored<Transfer> stored = Http.orProblem(transfers.dispatch(id, form.expectedAt(), request.subject()));
    LOG.info("Transfer dispatched", "transfer", id, "from", stored.value().from(), "to", stored.value().location(),
        "status", stored.value().status());
    sender.send(transfers.waitedFor(stored.value()));
    return HttpResponse.resource(200, stored, stored.timed(stored.value().toTree()));
  }

  /** @param expectedAt when it is expected now; null if that has not changed */
  record Form(Instant expectedAt) {

    static Form read(Fields fields) {
      return new Form(fields.timeOrNull("expected_at"));
    }
  }
}
