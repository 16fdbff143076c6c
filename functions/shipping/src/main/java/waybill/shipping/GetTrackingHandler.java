package waybill.shipping;

import module java.base;
import waybill.messages.OrderId;
import waybill.platform.*;

/** {@code GET /tracking/{token}}: an order's parcels for whoever has its link, as a page or, by {@code Accept}, as JSON. */
public record GetTrackingHandler(Table<ParcelLabel> labels, Table<Tracking> trackings, TrackingLink link)
    implements
      HttpFunction {
  public GetTrackingHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this,
        () -> labels.findAll(Snapshot.NOBODYS.value(), ShippingTable.PARCELS));
  }

  public GetTrackingHandler(Ports ports) {
    this(ShippingTable.labels(ports), ShippingTable.trackings(ports), new TrackingLink(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    TrackingAnswer answer = TrackingAnswer.to(request);
    Optional<OrderId> order = link.order(request.pathParameter("token"));
    return order.map(it -> answer.found(parcels(it))).orElseGet(answer::notFound);
  }

  private List<TrackedParcel> parcels(OrderId order) {
    List<ParcelLabel> labelled = labels.findAll(order.value(), ShippingTable.PARCELS).stream().map(Stored::value)
        .filter(it -> it.label().isPresent()).toList();
    var byNumber = new HashMap<TrackingNumber, Tracking>();
    trackings.findAll(labelled.stream().map(it -> ShippingTable.key(number(it))).toList())
        .forEach(it -> byNumber.put(it.value().trackingNumber(), it.value()));
    return labelled.stream().map(it -> TrackedParcel.of(it.parcel(), it.label().orElseThrow(),
        Optional.ofNullable(byNumber.get(number(it))).filter(known -> known.isOf(it.parcel())))).toList();
  }

  private static TrackingNumber number(ParcelLabel labelled) {
    return new TrackingNumber(labelled.label().orElseThrow().trackingNumber());
  }
}
