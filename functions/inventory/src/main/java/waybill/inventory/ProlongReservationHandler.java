package waybill.inventory;

import waybill.messages.IdText;
import waybill.messages.ReservationId;
import waybill.platform.*;

/** {@code POST /reservations/{id}/prolongation}: keeps what a checkout has for so many minutes from now; once an Idempotency-Key. */
public record ProlongReservationHandler(Checkouts checkouts) implements HttpFunction {
  private static final Log LOG = Log.of(ProlongReservationHandler.class);

  public ProlongReservationHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> checkouts.find(GetReservationHandler.NOBODYS));
  }

  public ProlongReservationHandler(Ports ports) { this(InventoryTable.checkouts(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    ReservationId id = request.pathId("id", ReservationId::new);
    String key = IdText.digest(request.idempotencyKey());
    Fields fields = request.fields();
    Form form = Form.read(fields);
    fields.verify();
    Stored<CheckoutReservation> stored = Http.orProblem(checkouts.prolong(id, key, form.minutes()));
    LOG.info("Reservation prolonged", "reservation", id, "expires_at", stored.value().expiresAt());
    return HttpResponse.resource(200, stored, stored.timed(stored.value().toTree()));
  }

  record Form(int minutes) {

    static Form read(Fields fields) {
      return new Form(fields.integer("minutes", 1, MakeReservationHandler.MAX_MINUTES));
    }
  }
}
