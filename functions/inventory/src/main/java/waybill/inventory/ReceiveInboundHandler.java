package waybill.inventory;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Product;
import waybill.messages.*;
import waybill.messages.Choreography.ReceiveInbound;
import waybill.platform.*;

/** {@code POST /inbounds/{id}/receipts}: counts what has arrived of an inbound, once an Idempotency-Key. */
public record ReceiveInboundHandler(Inbounds inbounds, Catalog catalog, ArrivingLots lots,
    Sender<ReceiveInbound.Output> sender, InstantSource clock) implements HttpFunction {
  private static final Log LOG = Log.of(ReceiveInboundHandler.class);

  public ReceiveInboundHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> inbounds.find(new InboundId("PRIMING")));
  }

  public ReceiveInboundHandler(Ports ports) {
    this(InventoryTable.inbounds(ports), new Catalog(ports), InventoryTable.arrivingLots(ports, true),
        new Sender<>(ports), ports.clock());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    InboundId id = request.pathId("id", InboundId::new);
    var receipt = ReceiptId.of(id, request.idempotencyKey());
    Fields fields = request.fields();
    Form form = Form.read(fields, clock.instant().atOffset(ZoneOffset.UTC).getYear());
    fields.verify();
    Inbound expected = inbounds.find(id).orElseThrow(() -> Problem.notFound("inbound")).value();
    Map<Sku, Product> products = catalog.products(expected.skus());
    List<Arrived> items = ReceiptLine.unpacked(form.lines(), products.values(), fields);
    fields.verify();
    Arrivals.Received<Inbound> received = Http
        .orProblem(inbounds.receive(id, it -> new Receipt(receipt, id.value(), it.location(),
            it.pool(), items, form.complete(), form.note(), request.subject(), held(it, items, products)), lots));
    if (received.now()) {
      LOG.info("Inbound received", "inbound", id, "receipt", receipt, "location", received.receipt().location(),
          "units", Arrived.units(items), "damaged", Arrived.damaged(items), "rejected", Arrived.rejected(items), "held",
          received.receipt().held(), "status",
          received.arrival().value().status());
    }
    sender.send(inbounds.waitedFor(received.arrival().value()));
    var tree = new LinkedHashMap<String, Object>();
    tree.put("receipt_id", receipt.value());
    tree.putAll(received.arrival().timed(received.arrival().value().toTree()));
    return HttpResponse.resource(201, received.arrival(), tree);
  }

  /** The products of a receipt of which somebody must look at every unit. */
  private static List<Sku> held(Inbound inbound, List<Arrived> items, Map<Sku, Product> products) {
    return items.stream().map(Arrived::sku).distinct()
        .filter(it -> inbound.qualityHold() || products.containsKey(it) && products.get(it).qualityHold()).toList();
  }

  /** What has arrived. */
  record Form(List<ReceiptLine> lines, boolean complete, String note) {

    static Form read(Fields fields, int year) {
      boolean complete = fields.flagOr("complete", false);
      List<ReceiptLine> lines = fields.listOrEmpty("lines", Receipt.MAX_LINES, it -> ReceiptLine.read(it, year));
      ReceiptLine.refuseRepeated(fields, lines);
      if (lines.isEmpty() && !complete) {
        fields.refuse("lines", "required", "says what has arrived, unless nothing more is expected");
      }
      return new Form(lines, complete, fields.textOrNull("note", 500));
    }
  }
}
