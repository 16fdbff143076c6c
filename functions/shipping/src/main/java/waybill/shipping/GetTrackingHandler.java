package waybill.shipping;

import module java.base;
import waybill.messages.OrderId;
import waybill.orders.*;
import waybill.platform.*;
import waybill.shipping.carrier.Carrier.Label;

/** {@code GET /tracking/{token}}: where an order's parcels are, for whoever has its link, as a page or, by {@code Accept}, as JSON. */
public record GetTrackingHandler(Table<ParcelLabel> labels, Table<Tracking> trackings,
    Function<OrderId, Optional<OrderSummary>> orders, TrackingLink link) implements HttpFunction {

  public GetTrackingHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this,
        () -> labels.findAll(Snapshot.NOBODYS.value(), ShippingTable.PARCELS));
  }

  public GetTrackingHandler(Ports ports) { this(ports, new Orders(ports)::summary); }

  /** @param orders how far an order has come */
  GetTrackingHandler(Ports ports, Function<OrderId, Optional<OrderSummary>> orders) {
    this(ShippingTable.labels(ports), ShippingTable.trackings(ports), orders, new TrackingLink(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    TrackingAnswer answer = TrackingAnswer.to(request);
    Optional<OrderId> order = link.order(request.pathParameter("token"));
    return order.map(it -> answer.found(tracked(it))).orElseGet(answer::notFound);
  }

  private TrackedOrder tracked(OrderId id) {
    Optional<OrderSummary> order = orders.apply(id);
    List<ParcelLabel> labelled = labels.findAll(id.value(), ShippingTable.PARCELS).stream().map(Stored::value)
        .filter(it -> it.label().isPresent()).toList();
    var byNumber = new HashMap<TrackingNumber, Tracking>();
    trackings.findAll(labelled.stream().map(it -> ShippingTable.key(number(it))).toList())
        .forEach(it -> byNumber.put(it.value().trackingNumber(), it.value()));
    return new TrackedOrder(order.map(OrderSummary::status).orElse(OrderStatus.OPEN),
        labelled.stream().map(it -> parcel(it, byNumber.get(number(it)), order)).toList());
  }

  private static TrackedParcel parcel(ParcelLabel labelled, Tracking tracking, Optional<OrderSummary> order) {
    Label label = labelled.label().orElseThrow();
    return tracking != null && tracking.isOf(labelled.parcel())
        ? TrackedParcel.of(labelled.parcel(), label, tracking)
        : TrackedParcel.of(labelled.parcel(), label,
            order.flatMap(it -> it.parcel(labelled.parcel())).map(OrderSummary.Package::scan).orElse(null));
  }

  private static TrackingNumber number(ParcelLabel labelled) {
    return new TrackingNumber(labelled.label().orElseThrow().trackingNumber());
  }
}
