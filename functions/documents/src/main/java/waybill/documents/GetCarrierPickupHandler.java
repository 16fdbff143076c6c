package waybill.documents;

import waybill.messages.LocationId;
import waybill.platform.HttpFunction;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Ports;
import waybill.platform.Problem;
import waybill.platform.Snapshot;
import waybill.platform.Stored;
import waybill.shipping.tablerate.TableRate;

/** {@code GET /carrier-pickups/{id}}: how a carrier's visit stands. */
public record GetCarrierPickupHandler(PickupDesk desk) implements HttpFunction {

  public GetCarrierPickupHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> desk.find(PickupId.of(TableRate.BUILT_IN, new LocationId("priming"), "priming")));
  }

  public GetCarrierPickupHandler(Ports ports) {
    this(new PickupDesk(ports, Log.of(GetCarrierPickupHandler.class)));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Stored<CarrierPickup> pickup = desk.find(request.pathId("id", PickupId::new))
        .orElseThrow(() -> Problem.notFound("pickup"));
    return HttpResponse.resource(200, pickup, desk.view(pickup));
  }
}
