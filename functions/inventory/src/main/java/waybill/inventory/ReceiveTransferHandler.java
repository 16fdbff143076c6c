package waybill.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import waybill.messages.Choreography.ReceiveTransfer;
import waybill.platform.Fields;
import waybill.platform.Http;
import waybill.platform.HttpFunction;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Ports;
import waybill.platform.Sender;
import waybill.platform.Snapshot;

/** {@code POST /transfers/{id}/receipts}: counts what has arrived of a transfer, once an Idempotency-Key. */
public record ReceiveTransferHandler(Transfers transfers, ArrivingLots lots, Sender<ReceiveTransfer.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(ReceiveTransferHandler.class);

  public ReceiveTransferHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> transfers.find(TransferId.of("PRIMING")));
  }

  public ReceiveTransferHandler(Ports ports) {
    this(InventoryTable.transfers(ports), InventoryTable.arrivingLots(ports, false), new Sender<>(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    TransferId id = request.pathId("id", TransferId::new);
    var receipt = ReceiptId.of(id, request.idempotencyKey());
    Fields fields = request.fields();
    Form form = Form.read(fields);
    fields.verify();
    Arrivals.Received<Transfer> received = Http.orProblem(transfers.receive(id, it -> new Receipt(receipt, id.value(),
        it.location(), it.pool(), form.items(), false, form.note(), request.subject(), List.of()), lots));
    if (received.now()) {
      LOG.info("Transfer received", "transfer", id, "receipt", receipt, "location", received.receipt().location(),
          "units", Arrived.units(form.items()), "damaged", Arrived.damaged(form.items()), "status",
          received.arrival().value().status());
    }
    sender.send(transfers.waitedFor(received.arrival().value()));
    var tree = new LinkedHashMap<String, Object>();
    tree.put("receipt_id", receipt.value());
    tree.putAll(received.arrival().timed(received.arrival().value().toTree()));
    return HttpResponse.resource(201, received.arrival(), tree);
  }

  /** What has arrived. */
  record Form(List<Arrived> items, String note) {

    static Form read(Fields fields) {
      List<Arrived> lines = fields.list("lines", 1, Receipt.MAX_LINES, Arrived::read);
      PutInboundHandler.refuseRepeated(fields, lines.stream().map(Arrived::sku).toList());
      return new Form(lines, fields.textOrNull("note", 500));
    }
  }
}
