package waybill.events;

import module java.base;
import waybill.messages.EndpointId;
import waybill.platform.*;

/** {@code DELETE /webhook-endpoints/{id}}: nothing is delivered to it any more. Deleting what is gone is done too. */
public record DeleteWebhookEndpointHandler(Endpoints endpoints, EndpointSecrets secrets) implements HttpFunction {
  private static final Log LOG = Log.of(DeleteWebhookEndpointHandler.class);

  public DeleteWebhookEndpointHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> endpoints.find(new EndpointId("priming")));
  }

  public DeleteWebhookEndpointHandler(Ports ports) { this(new Endpoints(ports), new EndpointSecrets(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    EndpointId id = request.pathId("id", EndpointId::new);
    var backoff = new Backoff();
    Optional<Stored<WebhookEndpoint>> endpoint = endpoints.find(id);
    while (endpoint.isPresent() && !endpoints.remove(endpoint.get(), secrets.removal(id))) {
      if (!backoff.again()) {
        throw new Table.Contended("webhook endpoint");
      }
      endpoint = endpoints.find(id);
    }
    LOG.info("Webhook endpoint deleted", "endpoint", id);
    return HttpResponse.json(200, Records.toObject(new Deleted(id, true)));
  }

  private record Deleted(EndpointId id, boolean deleted) {}
}
