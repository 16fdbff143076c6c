package waybill.shipping;

import module java.base;
import waybill.messages.FulfillmentId;
import waybill.messages.ParcelId;
import waybill.platform.*;

/** {@code GET /parcels/{id}/costs}: what a parcel's label was quoted and bought for, what its carrier billed, and what came back of it. */
public record GetParcelCostsHandler(Table<ParcelLabel> labels, Table<LabelVoid> voids, Table<Tracking> trackings)
    implements HttpFunction {

  public GetParcelCostsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this,
        () -> labels.find(ShippingTable.key(Snapshot.NOBODYS, ParcelId.of(FulfillmentId.of(Snapshot.NOBODYS, 1), 1))));
  }

  public GetParcelCostsHandler(Ports ports) {
    this(ShippingTable.labels(ports), ShippingTable.voids(ports), ShippingTable.trackings(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    ParcelId id = request.pathId("id", ParcelId::new);
    return HttpResponse.json(200,
        LabelCosts.find(labels, voids, trackings, id).orElseThrow(() -> Problem.notFound("labelled parcel"))
            .toResource());
  }
}
