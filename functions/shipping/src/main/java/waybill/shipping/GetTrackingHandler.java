package waybill.shipping;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.messages.OrderId;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Http;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Secrets;
import waybill.platform.Snapshot;
import waybill.platform.Stored;
import waybill.platform.Table;

/** {@code GET /tracking/{token}}: an order's parcels for who has its link, as a page or, by {@code Accept}, as JSON. */
public final class GetTrackingHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(GetTrackingHandler.class);

  private final Table<Shipment> shipments;
  private final Table<Tracking> trackings;
  private final TrackingLink link;

  public GetTrackingHandler() {
    this(System.getenv(), InstantSource.system());
    Snapshot.prime(LOG,
        () -> shipments.findAll(Snapshot.NOBODYS.value(), ShippingTable.PARCELS));
  }

  public GetTrackingHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo(), Secrets.client());
  }

  public GetTrackingHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo, SsmClient ssm) {
    this.shipments = ShippingTable.shipments(dynamo, environment, clock);
    this.trackings = ShippingTable.trackings(dynamo, environment, clock);
    this.link = new TrackingLink(environment, clock, ssm);
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
    List<Shipment> labelled = shipments.findAll(order.value(), ShippingTable.PARCELS).stream().map(Stored::value)
        .filter(it -> it.label().isPresent()).toList();
    var byNumber = new HashMap<TrackingNumber, Tracking>();
    trackings.findAll(labelled.stream().map(it -> ShippingTable.key(number(it))).toList())
        .forEach(it -> byNumber.put(it.value().trackingNumber(), it.value()));
    return labelled.stream().map(it -> TrackedParcel.of(it.parcel(), it.label().orElseThrow(),
        byNumber.getOrDefault(number(it), Tracking.of(number(it), it.parcel())))).toList();
  }

  private static TrackingNumber number(Shipment labelled) {
    return new TrackingNumber(labelled.label().orElseThrow().trackingNumber());
  }
}
