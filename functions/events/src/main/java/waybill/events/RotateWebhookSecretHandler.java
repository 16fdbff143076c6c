package waybill.events;

import module java.base;
import waybill.messages.EndpointId;
import waybill.platform.*;

/**
 * {@code POST /webhook-endpoints/{id}/secret}: deliveries are signed with a new secret, and for a day with the one before too. The
 * answer shows the new one, once; a caller may also send its own.
 */
public record RotateWebhookSecretHandler(Endpoints endpoints, EndpointSecrets secrets, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(RotateWebhookSecretHandler.class);

  public RotateWebhookSecretHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> endpoints.find(new EndpointId("priming")));
  }

  public RotateWebhookSecretHandler(Ports ports) {
    this(new Endpoints(ports), new EndpointSecrets(ports), ports.clock());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    EndpointId id = request.pathId("id", EndpointId::new);
    String next = EndpointForms.secret(request.fields());
    endpoints.find(id).orElseThrow(() -> Problem.notFound("webhook endpoint"));
    WebhookSecret rotated = secrets.rotate(id, next, clock.instant())
        .orElseThrow(() -> Problem.notFound("webhook endpoint"));
    LOG.info("Webhook secret rotated", "endpoint", id);
    var tree = new LinkedHashMap<String, Object>();
    tree.put("secret", rotated.current());
    tree.put("previous_signs_until", Records.toTree(rotated.previousUntil()));
    return HttpResponse.json(200, tree);
  }
}
