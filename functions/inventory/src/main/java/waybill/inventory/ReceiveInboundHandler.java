package waybill.inventory;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.ReceiveInbound;
import waybill.platform.*;

/** {@code POST /inbounds/{id}/receipts}: counts what has arrived of an inbound, once an Idempotency-Key. */
public record ReceiveInboundHandler(Inbounds inbounds, ArrivingLots lots, Sender<ReceiveInbound.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(ReceiveInboundHandler.class);

  public ReceiveInboundHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> inbounds.find(new InboundId("PRIMING")));
  }

  public ReceiveInboundHandler(Ports ports) {
    this(InventoryTable.inbounds(ports), InventoryTable.arrivingLots(ports, true), new Sender<>(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    InboundId id = request.pathId("id", InboundId::new);
    var receipt = ReceiptId.of(id, request.idempotencyKey());
    Fields fields = request.fields();
    Form form = Form.read(fields);
    fields.verify();
    Arrivals.Received<Inbound> received = Http
        .orProblem(inbounds.receive(id, it -> new Receipt(receipt, id.value(), it.location(),
            it.pool(), form.items(), form.complete(), form.note(), request.subject()), lots));
    if (received.now()) {
      LOG.info("Inbound received", "inbound", id, "receipt", receipt, "location", received.receipt().location(),
          "units", Arrived.units(form.items()), "damaged", Arrived.damaged(form.items()), "status",
          received.arrival().value().status());
    }
    sender.send(inbounds.waitedFor(received.arrival().value()));
    var tree = new LinkedHashMap<String, Object>();
    tree.put("receipt_id", receipt.value());
    tree.putAll(received.arrival().timed(received.arrival().value().toTree()));
    return HttpResponse.resource(201, received.arrival(), tree);
  }

  /** What has arrived. */
  record Form(List<Arrived> items, boolean complete, String note) {

    static Form read(Fields fields) {
      boolean complete = fields.flagOr("complete", false);
      List<Arrived> lines = fields.listOrEmpty("lines", Receipt.MAX_LINES, Arrived::read);
      PutInboundHandler.refuseRepeated(fields, lines.stream().map(Arrived::sku).toList());
      if (lines.isEmpty() && !complete) {
        fields.refuse("lines", "required", "says what has arrived, unless nothing more is expected");
      }
      return new Form(lines, complete, fields.textOrNull("note", 500));
    }
  }
}
