package waybill.events;

import module java.base;
import waybill.messages.EndpointId;
import waybill.platform.*;

/** {@code GET /webhook-endpoints/{id}}: a webhook endpoint, without its secret. */
public record GetWebhookEndpointHandler(Endpoints endpoints) implements HttpFunction {
  public GetWebhookEndpointHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> endpoints.find(new EndpointId("priming")));
  }

  public GetWebhookEndpointHandler(Ports ports) { this(new Endpoints(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Stored<WebhookEndpoint> stored = endpoints.find(request.pathId("id", EndpointId::new))
        .orElseThrow(() -> Problem.notFound("webhook endpoint"));
    return HttpResponse.resource(200, stored, EndpointForms.tree(stored, null));
  }
}
