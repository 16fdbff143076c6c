package waybill.fulfillment;

import module java.base;
import waybill.messages.FulfillmentId;
import waybill.platform.*;

/** {@code GET /fulfillments/{id}}: a fulfillment. */
public record GetFulfillmentHandler(Table<Fulfillment> fulfillments, Companions companions) implements HttpFunction {
  public GetFulfillmentHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> fulfillments
        .find(FulfillmentTable.key(FulfillmentId.of(Snapshot.NOBODYS, 1))));
  }

  public GetFulfillmentHandler(Ports ports) { this(FulfillmentTable.fulfillments(ports), Companions.of(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    FulfillmentId id = request.pathId("id", FulfillmentId::new);
    Stored<Fulfillment> stored = FulfillmentTable.find(fulfillments, id)
        .orElseThrow(() -> Problem.notFound("fulfillment"));
    return HttpResponse.resource(200, stored, companions.shown(List.of(stored)).getFirst());
  }
}
