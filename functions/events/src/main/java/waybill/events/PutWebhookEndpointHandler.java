package waybill.events;

import module java.base;
import waybill.messages.Choreography.PutWebhookEndpoint;
import waybill.messages.EndpointId;
import waybill.messages.EventMessages.DeliveryDue;
import waybill.platform.*;

/**
 * {@code PUT /webhook-endpoints/{id}}: makes a webhook endpoint or replaces it. The answer that makes it shows its secret, once. It is
 * sent what happens from then on; one that is switched on again is sent all that happened meanwhile.
 */
public record PutWebhookEndpointHandler(Feed feed, Endpoints endpoints, EndpointSecrets secrets, Outbound outbound,
    boolean loopback, Sender<PutWebhookEndpoint.Output> sender) implements HttpFunction {
  private static final Log LOG = Log.of(PutWebhookEndpointHandler.class);

  public PutWebhookEndpointHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> endpoints.find(new EndpointId("priming")));
  }

  public PutWebhookEndpointHandler(Ports ports) {
    this(new Feed(ports), new Endpoints(ports), new EndpointSecrets(ports), Courier.outbound(ports),
        Courier.loopback(ports), new Sender<>(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    EndpointId id = request.pathId("id", EndpointId::new);
    Fields fields = request.fields();
    WebhookEndpoint endpoint = EndpointForms.endpoint(id, fields, loopback);
    if (endpoint.url() != null && !isReachable(endpoint.url())) {
      fields.refuse("url", "private_address", "its host's address is not on the public Internet");
    }
    fields.verify();
    List<WebhookEndpoint> all = endpoints.all();
    boolean isNew = all.stream().noneMatch(it -> it.id().equals(id));
    if (isNew && all.size() >= Endpoints.MOST) {
      throw Problem.invalid("", "too_many", "there are at most %d webhook endpoints".formatted(Endpoints.MOST));
    }
    String secret = null;
    if (isNew && request.ifMatch().orElse(0) == 0) {
      // Before the endpoint is there: one without a secret, or without a place to begin at, could not be delivered to.
      endpoints.begin(id, feed.end());
      String made = EndpointForms.newSecret();
      secret = secrets.begin(id, made) ? made : null;
    }
    Stored<WebhookEndpoint> stored = Http.orProblem(endpoints.put(endpoint, request.ifMatch()));
    LOG.info("Webhook endpoint put", "endpoint", id, "active", stored.value().active());
    if (stored.value().active()) {
      endpoints.change(id, Progress::resumed);
      sender.send(List.of(new DeliveryDue(id)));
    }
    return HttpResponse.resource(stored.revision() == 1 ? 201 : 200, stored, EndpointForms.tree(stored, secret));
  }

  /** A name that is not known yet may be later; what it resolves to is looked at before each delivery. */
  private boolean isReachable(String url) {
    try {
      return outbound.resolve(URI.create(url).getHost()).stream().allMatch(it -> EndpointUrl.isAllowed(it, loopback));
    } catch (IOException e) {
      return true;
    }
  }
}
