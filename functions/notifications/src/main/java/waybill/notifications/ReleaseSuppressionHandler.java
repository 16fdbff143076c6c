package waybill.notifications;

import module java.base;
import waybill.notifications.AddressStanding.Release;
import waybill.platform.*;

/** {@code POST /mail-suppressions/{id}/release}: a person knows that an address takes mails again. What was not sent meanwhile stays unsent. */
public record ReleaseSuppressionHandler(Standings standings, InstantSource clock) implements HttpFunction {
  private static final Log LOG = Log.of(ReleaseSuppressionHandler.class);
  private static final int MAX_NOTE = 1_000;

  public ReleaseSuppressionHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> standings.find(new SuppressionId("sup_" + "0".repeat(32))));
  }

  public ReleaseSuppressionHandler(Ports ports) { this(new Standings(ports), ports.clock()); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    SuppressionId id = request.pathId("id", SuppressionId::new);
    String key = request.idempotencyKey();
    String note = note(request.fields());
    AddressStanding seen = standings.find(id).orElseThrow(() -> Problem.notFound("suppression")).value();
    // A repeated request carries the revision from before it was done the first time.
    boolean repeated = seen.release() != null && seen.release().key().equals(key);
    Stored<AddressStanding> released = Http.orProblem(standings.release(id,
        repeated ? OptionalInt.empty() : request.ifMatch(), new Release(note, clock.instant(), key)));
    LOG.info(repeated ? "Address released again, unchanged" : "Address released", "suppression", id);
    return HttpResponse.resource(200, released, MailView.timed(released));
  }

  static String note(Fields fields) {
    String note = fields.text("note", MAX_NOTE);
    fields.verify();
    return note;
  }
}
