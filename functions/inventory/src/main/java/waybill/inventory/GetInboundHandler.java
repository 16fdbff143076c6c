package waybill.inventory;

import waybill.messages.InboundId;
import waybill.platform.*;

/** {@code GET /inbounds/{id}}: what is expected, and how much of it has arrived. */
public record GetInboundHandler(Inbounds inbounds) implements HttpFunction {
  public GetInboundHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> inbounds.find(new InboundId("PRIMING")));
  }

  public GetInboundHandler(Ports ports) { this(InventoryTable.inbounds(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Stored<Inbound> stored = inbounds.find(request.pathId("id", InboundId::new))
        .orElseThrow(() -> Problem.notFound("inbound"));
    return HttpResponse.resource(200, stored, stored.timed(stored.value().toTree()));
  }
}
