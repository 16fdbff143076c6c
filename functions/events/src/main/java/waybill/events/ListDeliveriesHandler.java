package waybill.events;

import module java.base;
import waybill.messages.EndpointId;
import waybill.platform.*;

/** {@code GET /webhook-endpoints/{id}/deliveries}: each try to deliver an event, the newest first. */
public record ListDeliveriesHandler(Endpoints endpoints) implements HttpFunction {
  public ListDeliveriesHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> endpoints.find(new EndpointId("priming")));
  }

  public ListDeliveriesHandler(Ports ports) { this(new Endpoints(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    EndpointId id = request.pathId("id", EndpointId::new);
    Parameters parameters = request.parameters();
    int limit = parameters.limit();
    String cursor = parameters.cursor();
    parameters.verify();
    endpoints.find(id).orElseThrow(() -> Problem.notFound("webhook endpoint"));
    return HttpResponse.json(200, Http.orProblem(endpoints.log(id, limit, cursor)).map(Delivery::toTree).toTree());
  }
}
