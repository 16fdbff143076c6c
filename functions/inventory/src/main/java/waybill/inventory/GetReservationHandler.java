package waybill.inventory;

import waybill.messages.ChannelId;
import waybill.messages.ReservationId;
import waybill.platform.*;

/** {@code GET /reservations/{id}}: what is kept for a checkout, and until when. */
public record GetReservationHandler(Checkouts checkouts) implements HttpFunction {
  static final ReservationId NOBODYS = ReservationId.of(new ChannelId("priming"), "priming");

  public GetReservationHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> checkouts.find(NOBODYS));
  }

  public GetReservationHandler(Ports ports) { this(InventoryTable.checkouts(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Stored<CheckoutReservation> stored = checkouts.find(request.pathId("id", ReservationId::new))
        .orElseThrow(() -> Problem.notFound("reservation"));
    return HttpResponse.resource(200, stored, stored.timed(stored.value().toTree()));
  }
}
