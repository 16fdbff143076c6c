package waybill.options;

import module java.base;
import waybill.catalog.Catalog;
import waybill.messages.Choreography.ReportDisruption;
import waybill.messages.DisruptionId;
import waybill.messages.IncidentMessages.DisruptionDue;
import waybill.platform.*;

/** {@code POST /disruptions}: something delays many parcels: what is promised to new orders moves at once, and those on their way are looked at, once an Idempotency-Key. */
public record ReportDisruptionHandler(Disruptions disruptions, Catalog catalog, Sender<ReportDisruption.Output> sender,
    InstantSource clock) implements HttpFunction {
  private static final Log LOG = Log.of(ReportDisruptionHandler.class);

  public ReportDisruptionHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> disruptions.find(DisruptionId.of("PRIMING")));
  }

  public ReportDisruptionHandler(Ports ports) {
    this(new Disruptions(ports), new Catalog(ports), new Sender<>(ports), ports.clock());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String key = request.idempotencyKey();
    Fields fields = request.fields();
    DisruptionForm form = DisruptionForm.read(fields);
    // Repeated later, it is the same, even if it has ended since.
    if (disruptions.find(DisruptionId.of(key)).isEmpty()) {
      form.check(fields, now);
    }
    if (form.location() != null && catalog.location(form.location()).isEmpty()) {
      fields.refuse("location_id", "unknown_location", "there is no such location");
    }
    fields.verify();
    Stored<Disruption> stored = Http.orProblem(disruptions.report(form.of(key, request.subject(), now)));
    DisruptionId id = stored.value().id();
    sender.send(List.of(DisruptionDue.of(id)));
    LOG.info("Disruption reported", "disruption", id, "reason", stored.value().reason(), "carrier",
        stored.value().area().carrier(), "country", stored.value().area().country(), "location",
        stored.value().area().location());
    return HttpResponse.resource(201, stored, DisruptionView.of(stored, now)).with("location", "/disruptions/" + id);
  }
}
