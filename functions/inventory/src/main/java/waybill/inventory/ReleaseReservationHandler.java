package waybill.inventory;

import waybill.messages.Choreography.ReleaseReservation;
import waybill.messages.ReservationId;
import waybill.platform.*;

/** {@code DELETE /reservations/{id}}: gives up what is kept for a checkout. Releasing what has ended without an order is done too. */
public record ReleaseReservationHandler(Checkouts checkouts, Sender<ReleaseReservation.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(ReleaseReservationHandler.class);

  public ReleaseReservationHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> checkouts.find(GetReservationHandler.NOBODYS));
  }

  public ReleaseReservationHandler(Ports ports) {
    this(InventoryTable.checkouts(ports), new Sender<>(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    ReservationId id = request.pathId("id", ReservationId::new);
    Stored<CheckoutReservation> stored = Http.orProblem(checkouts.release(id));
    sender.send(checkouts.waitedFor(stored.value()));
    LOG.info("Reservation released", "reservation", id, "status", stored.value().status());
    return HttpResponse.resource(200, stored, stored.timed(stored.value().toTree()));
  }
}
