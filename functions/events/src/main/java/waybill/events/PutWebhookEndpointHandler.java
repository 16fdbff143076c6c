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
  private static final Duration TO_RESOLVE = Duration.ofSeconds(3);
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
    Put put = Http.orProblem(put(endpoint, request.ifMatch()));
    Stored<WebhookEndpoint> stored = put.stored;
    LOG.info("Webhook endpoint put", "endpoint", id, "active", stored.value().active());
    if (stored.value().active()) {
      endpoints.change(stored.value().life(), Progress::resumed);
      sender.send(List.of(new DeliveryDue(id)));
    }
    return HttpResponse.resource(stored.revision() == 1 ? 201 : 200, stored, EndpointForms.tree(stored, put.secret));
  }

  /** What a request has put. @param secret if it was made; else null */
  private record Put(Stored<WebhookEndpoint> stored, String secret) {}

  /** Makes it or replaces it, whatever others do with it at once. */
  private Outcome<Put> put(WebhookEndpoint endpoint, OptionalInt ifMatch) {
    var backoff = new Backoff();
    do {
      Optional<Stored<WebhookEndpoint>> before = endpoints.find(endpoint.id());
      if (before.filter(it -> endpoints.progress(it.value().life()).isPresent()).isPresent()) {
        Outcome<Stored<WebhookEndpoint>> replaced = endpoints.put(endpoint, ifMatch);
        if (!replaced.equals(Endpoints.GONE.outcome())) {
          return replaced.map(it -> new Put(it, null));
        }
      } else {
        int revision = before.map(Stored::revision).orElse(0);
        if (ifMatch.orElse(revision) != revision) {
          return Refused.of(Refused.Kind.OUTDATED, "revision_mismatch", "it is at revision %d".formatted(revision))
              .outcome();
        }
        Optional<Put> made = make(endpoint, before);
        if (made.isPresent()) {
          return Outcome.of(made.get());
        }
      }
    } while (backoff.again());
    throw new Table.Contended("webhook endpoint");
  }

  private Optional<Put> make(WebhookEndpoint endpoint, Optional<Stored<WebhookEndpoint>> before) {
    if (before.isEmpty() && endpoints.all().size() >= Endpoints.MOST) {
      throw Problem.invalid("", "too_many", "there are at most %d webhook endpoints".formatted(Endpoints.MOST));
    }
    String secret = EndpointForms.newSecret();
    return endpoints.make(endpoint.of(Chance.here().newName()), before, feed.end(),
        secrets.begun(endpoint.id(), secret)).map(it -> new Put(it, secret));
  }

  /** A name that is not known yet may be later; what it resolves to is looked at before each delivery. */
  private boolean isReachable(String url) {
    try {
      return outbound.resolve(URI.create(url).getHost(), Deadline.atMost(TO_RESOLVE)).stream()
          .allMatch(it -> EndpointUrl.isAllowed(it, loopback));
    } catch (IOException e) {
      return true;
    }
  }
}
