package waybill.events;

import java.time.Instant;
import module java.base;
import waybill.messages.Choreography.RedeliverEvents;
import waybill.messages.EndpointId;
import waybill.messages.EventMessages.DeliveryDue;
import waybill.messages.IdText;
import waybill.platform.*;

/**
 * {@code POST /webhook-endpoints/{id}/redeliveries}: sends again what was recorded from one time to another, each event with the
 * body and id that it had. Receivers pass over what they know, and order by revision.
 */
public record RedeliverEventsHandler(Feed feed, Endpoints endpoints, Sender<RedeliverEvents.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(RedeliverEventsHandler.class);

  public RedeliverEventsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> endpoints.find(new EndpointId("priming")));
  }

  public RedeliverEventsHandler(Ports ports) { this(new Feed(ports), new Endpoints(ports), new Sender<>(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    EndpointId id = request.pathId("id", EndpointId::new);
    String key = request.idempotencyKey();
    EndpointForms.Range range = EndpointForms.range(request.fields());
    Generation life = endpoints.find(id).orElseThrow(() -> Problem.notFound("webhook endpoint")).value().life();
    Redelivery asked = Http
        .orProblem(endpoints.redeliver(new Redelivery(id, life.name(), IdText.digest(key), range.from(),
            range.to(), feed.since(range.from()), false)))
        .value();
    sender.send(List.of(new DeliveryDue(id)));
    LOG.info("Events asked for again", "endpoint", id, "from", range.from(), "to", range.to());
    return HttpResponse.json(202, Records.toObject(new Asked(asked.from(), asked.to(), asked.done())));
  }

  private record Asked(Instant from, Instant to, boolean done) {}
}
