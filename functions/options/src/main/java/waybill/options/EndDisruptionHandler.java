package waybill.options;

import module java.base;
import waybill.messages.Choreography.EndDisruption;
import waybill.messages.DisruptionId;
import waybill.messages.IncidentMessages.DisruptionDue;
import waybill.platform.*;

/**
 * {@code POST /disruptions/{id}/end}: it ends earlier or later than was reported, or is cancelled, as if it had never been. Parcels get their new days; no customer
 * is mailed that theirs comes earlier than they were told.
 */
public record EndDisruptionHandler(Disruptions disruptions, Sender<EndDisruption.Output> sender, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(EndDisruptionHandler.class);

  public EndDisruptionHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> disruptions.find(DisruptionId.of("PRIMING")));
  }

  public EndDisruptionHandler(Ports ports) { this(new Disruptions(ports), new Sender<>(ports), ports.clock()); }

  /** How it ends. */
  enum How {
    END, CANCEL
  }

  /** @param endsAt null if it is cancelled */
  record Form(How kind, Instant endsAt) {

    static Form read(Fields fields) {
      if (!fields.has("kind")) {
        fields.refuse("kind", "required", "is required");
      }
      return new Form(fields.choiceOr("kind", How.END), fields.timeOrNull("ends_at"));
    }

    /** What each field on its own cannot say. */
    void check(Fields fields) {
      if (kind == How.END && endsAt == null && fields.sound()) {
        fields.refuse("ends_at", "required", "is required for this kind");
      } else if (kind == How.CANCEL && endsAt != null) {
        fields.refuse("ends_at", "not_allowed", "is nothing that this kind has");
      }
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    DisruptionId id = request.pathId("id", DisruptionId::new);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    request.idempotencyKey();
    Fields fields = request.fields();
    Form form = Form.read(fields);
    form.check(fields);
    fields.verify();
    Stored<Disruption> stored = Http.orProblem(disruptions.change(id, it -> changed(it, form, now)));
    sender.send(List.of(DisruptionDue.of(id)));
    LOG.info("Disruption ended", "disruption", id, "kind", form.kind, "ends", stored.value().endsAt());
    return HttpResponse.resource(200, stored, DisruptionView.of(stored, now));
  }

  private static Outcome<Disruption> changed(Disruption it, Form form, Instant now) {
    if (form.kind == How.CANCEL) {
      return Outcome.of(it.cancelled(now));
    }
    if (it.isCancelled()) {
      return Refused.conflict("disruption_cancelled", "it was cancelled").outcome();
    }
    boolean fits = form.endsAt.isAfter(it.startsAt())
        && !form.endsAt.isAfter(it.startsAt().plus(DisruptionForm.LONGEST));
    return fits
        ? Outcome.of(it.endingAt(form.endsAt))
        : Refused.invalid("/ends_at", "out_of_range",
            "is after its start, and at most %d days later".formatted(DisruptionForm.LONGEST.toDays())).outcome();
  }
}
