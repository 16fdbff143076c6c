package waybill.inventory;

import waybill.messages.Choreography.CancelTransfer;
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

/**
 * {@code POST /transfers/{id}/cancellation}: nothing more of a transfer arrives; what is in transit goes back to where it came from, or is
 * written off.
 */
public record CancelTransferHandler(Transfers transfers, Sender<CancelTransfer.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(CancelTransferHandler.class);

  public CancelTransferHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> transfers.find(TransferId.of("PRIMING")));
  }

  public CancelTransferHandler(Ports ports) { this(InventoryTable.transfers(ports), new Sender<>(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    TransferId id = request.pathId("id", TransferId::new);
    request.idempotencyKey();
    Fields fields = request.fields();
    Form form = Form.read(fields);
    fields.verify();
    Stored<Transfer> stored = Http.orProblem(transfers.cancel(id, form.units(), request.subject(), form.note()));
    LOG.info("Transfer cancelled", "transfer", id, "from", stored.value().from(), "to", stored.value().location(),
        "units", form.units());
    sender.send(transfers.waitedFor(stored.value()));
    return HttpResponse.resource(200, stored, stored.timed(stored.value().toTree()));
  }

  /** @param units what becomes of those in transit; null if there are none */
  record Form(Transfer.Rest units, String note) {

    static Form read(Fields fields) {
      Transfer.Rest units = fields.has("units") ? fields.choiceOr("units", Transfer.Rest.BACK) : null;
      return new Form(units, fields.textOrNull("note", 500));
    }
  }
}
