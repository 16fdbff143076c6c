package waybill.incidents;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.ResolveIncident;
import waybill.orders.Orders;
import waybill.platform.*;

/**
 * {@code POST /incidents/{id}/resolution}: a person decides how an incident goes on: to wait until a day, to send again, to refund the customer, or to claim
 * from the carrier. A refund is asked of the order, whose answer comes a moment later.
 */
public record ResolveIncidentHandler(Cases cases, Orders orders, Decided decided, IncidentEvents events,
    InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(ResolveIncidentHandler.class);

  public ResolveIncidentHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> cases.incidents().find(
        IncidentsTable.key(IncidentId.of(ParcelId.of(FulfillmentId.of(Snapshot.NOBODYS, 1), 1), 1))));
  }

  public ResolveIncidentHandler(Ports ports) {
    this(new Cases(ports), new Orders(ports), new Sender<>(ports), ports.clock());
  }

  private ResolveIncidentHandler(Cases cases, Orders orders, Sender<ResolveIncident.Output> sender,
      InstantSource clock) {
    this(cases, orders, new Decided(cases, sender::send, sender::send, sender::send),
        new IncidentEvents(cases, sender::send), clock);
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    IncidentId id = request.pathId("id", IncidentId::new);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String key = request.idempotencyKey();
    Fields fields = request.fields();
    ResolutionForm form = ResolutionForm.read(fields);
    fields.verify();
    Resolution decision = Http.orProblem(form.decision(request.subject()));
    return Decision.of(id, request.path(), key, decision).answer(cases, orders, now, LOG,
        made -> events.send(decided.send(made, now), now));
  }
}
