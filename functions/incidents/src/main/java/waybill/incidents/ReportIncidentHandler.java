package waybill.incidents;

import module java.base;
import waybill.incidents.Incident.Done;
import waybill.incidents.Incident.Report;
import waybill.messages.*;
import waybill.messages.Choreography.ReportIncident;
import waybill.platform.*;

/**
 * {@code POST /incidents}: a person reports what no scan says: a parcel came broken, never came though its carrier says so, or was not taken.
 * As long as an incident of the same kind goes on, that one is the answer; as long as a worse one does, the report is refused.
 */
public record ReportIncidentHandler(Cases cases, IncidentEvents events, InstantSource clock) implements HttpFunction {
  private static final Log LOG = Log.of(ReportIncidentHandler.class);

  public ReportIncidentHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> cases.incidents().find(
        IncidentsTable.key(IncidentId.of(ParcelId.of(FulfillmentId.of(Snapshot.NOBODYS, 1), 1), 1))));
  }

  public ReportIncidentHandler(Ports ports) {
    this(new Cases(ports), new IncidentEvents(new Cases(ports), new Sender<ReportIncident.Output>(ports)::send),
        ports.clock());
  }

  /** What people can report. */
  private enum Reported {
    DAMAGED, LOST, REFUSED
  }

  /** What a request asks for. */
  record Form(ParcelId parcel, IncidentKind kind, String note) {

    static Form read(Fields fields) {
      if (!fields.has("kind")) {
        fields.refuse("kind", "required", "is required");
      }
      return new Form(fields.parsed("parcel_id", ParcelId::sent, "is a parcel's id"),
          IncidentKind.valueOf(fields.choiceOr("kind", Reported.DAMAGED).name()), fields.textOrNull("note", 1_000));
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    String key = request.idempotencyKey();
    Fields fields = request.fields();
    Form form = Form.read(fields);
    fields.verify();
    if (cases.watches().find(IncidentsTable.key(form.parcel)).isEmpty()) {
      throw Problem.invalid("/parcel_id", "unknown", "no such parcel has left");
    }
    var done = new Done(IdText.digest(request.path(), form.parcel.value(), key), IdText.digest(Json.write(form)));
    Optional<Incident> before = before(form, done);
    before.ifPresent(this::sendAgain);
    IncidentId id = before.map(Incident::id)
        .orElseGet(() -> report(form, new Report(request.subject(), form.note), done));
    Stored<Incident> incident = cases.incidents().find(IncidentsTable.key(id)).orElseThrow();
    return HttpResponse.resource(201, incident, IncidentView.of(incident)).with("location", "/incidents/" + id);
  }

  private IncidentId report(Form form, Report report, Done done) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Case next = Http.orProblem(cases.decide(form.parcel, null, it -> it.reported(form.kind, report, done, now)));
    IncidentId id = next.undecided(form.kind).orElseThrow().id();
    events.send(next, now);
    LOG.info("Incident reported", "order", form.parcel.order(), "parcel", form.parcel, "incident", id, "kind",
        form.kind);
    return id;
  }

  /** The first request may have ended after it wrote the incident, and before it sent the event. */
  private void sendAgain(Incident before) {
    if (!before.unpublished().isEmpty()) {
      Case known = cases.decide(before.id().parcel(), before.id(), it -> Outcome.of(it)).orElseThrow();
      events.send(known, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
  }

  /** What a repeated request has opened, whatever has become of it since. */
  private Optional<Incident> before(Form form, Done done) {
    return cases.incidents().findAll(form.parcel.order().value(), IncidentsTable.INCIDENTS).stream()
        .map(Stored::value).filter(it -> it.id().parcel().equals(form.parcel)).flatMap(it -> it.done().stream()
            .filter(known -> known.key().equals(done.key())).map(known -> {
              if (!known.content().equals(done.content())) {
                throw Problem.of(Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
                    "this Idempotency-Key was used with another request"));
              }
              return it;
            }))
        .findFirst();
  }
}
