package waybill.shipping;

import module java.base;
import waybill.catalog.*;
import waybill.digital.DigitalGoods;
import waybill.messages.*;
import waybill.orders.*;
import waybill.orders.Orders.Placed;
import waybill.platform.*;
import waybill.shipping.TrackedOrder.Item;
import waybill.shipping.carrier.Carrier.Label;

/** {@code GET /tracking/{token}}: how an order and its parcels stand, for whoever has its link, as a page or, by {@code Accept}, as JSON. */
public record GetTrackingHandler(Table<ParcelLabel> labels, Table<Tracking> trackings, OrderReading reading,
    DigitalGoods digital) implements HttpFunction {

  public GetTrackingHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this,
        () -> labels.findAll(Snapshot.NOBODYS.value(), ShippingTable.PARCELS));
  }

  public GetTrackingHandler(Ports ports) { this(ports, reading(ports)); }

  GetTrackingHandler(Ports ports, OrderReading reading) {
    this(ShippingTable.labels(ports), ShippingTable.trackings(ports), reading, new DigitalGoods(ports));
  }

  static OrderReading reading(Ports ports) {
    var catalog = new Catalog(ports);
    return new OrderReading(new Orders(ports)::tracked, it -> catalog.channel(it.content().form().channel()),
        catalog::products);
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    TrackingAnswer answer = TrackingAnswer.to(request);
    return reading.orders().apply(request.pathParameter("token"))
        .flatMap(it -> reading.channel().apply(it).map(channel -> tracked(it, channel)))
        .map(answer::found).orElseGet(answer::notFound);
  }

  private TrackedOrder tracked(Placed placed, Channel channel) {
    Map<LineId, String> names = reading.names(placed.content());
    List<ParcelLabel> labelled = labels.findAll(placed.content().id().value(), ShippingTable.PARCELS).stream()
        .map(Stored::value).filter(it -> it.label().isPresent()).toList();
    var byNumber = new HashMap<TrackingNumber, Tracking>();
    trackings.findAll(labelled.stream().map(it -> ShippingTable.key(number(it))).toList())
        .forEach(it -> byNumber.put(it.value().trackingNumber(), it.value()));
    return reading.tracked(placed, channel, names,
        labelled.stream().map(it -> parcel(it, byNumber.get(number(it)), placed.summary(), names)).toList(),
        placed.content().grantedLines().isEmpty() ? List.of() : digital.of(placed.content().id()));
  }

  private static TrackedParcel parcel(ParcelLabel labelled, Tracking tracking, OrderSummary order,
      Map<LineId, String> names) {
    Label label = labelled.label().orElseThrow();
    Optional<OrderSummary.Package> known = order.parcel(labelled.parcel());
    List<Item> items = OrderReading.items(known.map(OrderSummary.Package::lines).orElse(List.of()), names);
    return tracking != null && tracking.isOf(labelled.parcel())
        ? TrackedParcel.of(labelled.parcel(), label, items, tracking)
        : TrackedParcel.of(labelled.parcel(), label, items, known.map(OrderSummary.Package::scan).orElse(null));
  }

  private static TrackingNumber number(ParcelLabel labelled) {
    return new TrackingNumber(labelled.label().orElseThrow().trackingNumber());
  }
}
