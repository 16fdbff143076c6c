package waybill.shipping;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.OrderId;
import waybill.platform.*;

/** {@code GET /tracking/{token}}: an order's parcels for whoever has its link, as a page or, by {@code Accept}, as JSON. */
public final class GetTrackingHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(GetTrackingHandler.class);

  private final Table<ParcelLabel> labels;
  private final Table<Tracking> trackings;
  private final TrackingLink link;

  public GetTrackingHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(LOG,
        () -> labels.findAll(Snapshot.NOBODYS.value(), ShippingTable.PARCELS));
  }

  public GetTrackingHandler(Ports ports) {
    this.labels = ShippingTable.labels(ports);
    this.trackings = ShippingTable.trackings(ports);
    this.link = new TrackingLink(ports);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::get);
  }

  private HttpResponse get(HttpRequest request) {
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
