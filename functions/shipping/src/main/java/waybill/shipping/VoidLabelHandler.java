package waybill.shipping;

import module java.base;
import waybill.messages.FulfillmentId;
import waybill.messages.ParcelId;
import waybill.platform.*;

/**
 * {@code POST /parcels/{id}/void}: the parcel's label is not used, and its money is asked for. {@code FollowVoids} calls the carrier, so that
 * this answers at once. Whoever asks again is answered how it stands.
 */
public record VoidLabelHandler(Table<ParcelLabel> labels, Table<LabelVoid> voids, Table<Tracking> trackings,
    InstantSource clock) implements HttpFunction {
  private static final Log LOG = Log.of(VoidLabelHandler.class);

  public VoidLabelHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this,
        () -> labels.find(ShippingTable.key(Snapshot.NOBODYS, ParcelId.of(FulfillmentId.of(Snapshot.NOBODYS, 1), 1))));
  }

  public VoidLabelHandler(Ports ports) {
    this(ShippingTable.labels(ports), ShippingTable.voids(ports), ShippingTable.trackings(ports), ports.clock());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    ParcelId id = request.pathId("id", ParcelId::sent);
    request.idempotencyKey();
    if (voids.find(ShippingTable.voidKey(id)).isEmpty()) {
      begin(id);
    }
    return HttpResponse.json(200, LabelCosts.find(labels, voids, trackings, id).orElseThrow().toResource());
  }

  private void begin(ParcelId id) {
    ParcelLabel label = labels.find(ShippingTable.key(id.order(), id)).map(Stored::value)
        .orElseThrow(() -> Problem.notFound("labelled parcel"));
    Tracking tracking = label.label().flatMap(it -> TrackingNumber.parse(it.trackingNumber()))
        .flatMap(it -> trackings.find(ShippingTable.key(it))).map(Stored::value).orElse(null);
    LabelVoid begun = Http.orProblem(LabelVoid.of(label, tracking, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    if (voids.insert(begun)) {
      LOG.info("Label void requested", "order", id.order(), "parcel", id, "account", begun.draft().account());
    }
  }
}
