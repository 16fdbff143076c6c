package waybill.fulfillment;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.Choreography.PackFulfillment;
import waybill.messages.*;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/** {@code POST /fulfillments/{id}/packing}: records the parcels that an open fulfillment is packed into. */
public final class PackFulfillmentHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(PackFulfillmentHandler.class);
  private final Table<Fulfillment> fulfillments;
  private final Sender<PackFulfillment.Output> sender;

  public PackFulfillmentHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(LOG, () -> fulfillments
        .find(FulfillmentTable.key(FulfillmentId.of(Snapshot.NOBODYS, 1))));
  }

  public PackFulfillmentHandler(Ports ports) {
    this.fulfillments = FulfillmentTable.fulfillments(ports);
    this.sender = new Sender<>(ports);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::pack);
  }

  private HttpResponse pack(HttpRequest request) {
    request.refuseQuery();
    FulfillmentId id = request.pathId("id", FulfillmentId::new);
    String key = request.idempotencyKey();
    Fields fields = request.fields();
    Fulfillment seen = FulfillmentTable.find(fulfillments, id).orElseThrow(() -> Problem.notFound("fulfillment"))
        .value();
    List<Parcel> parcels = Packing.read(id, seen.lines(), fields);
    // A repeated request names the revision from before the first one.
    boolean again = seen.isPackedWith(key);
    OptionalInt ifMatch = again ? OptionalInt.empty() : request.ifMatch();
    Stored<Fulfillment> packed = Http.orProblem(fulfillments.decide(FulfillmentTable.key(id), ifMatch,
        it -> it.orElseThrow().pack(key, parcels)));
    Object[] about = {"order", id.order(), "fulfillment", id, "location", packed.value().locationId(), "parcels",
      parcels.size()};
    if (again) {
      LOG.info("Packing requested again", about);
    } else {
      LOG.measure(Metric.count("FulfillmentsPacked"), "Packed", about);
    }
    sender.send(Emissions.ofPacked(packed.value()));
    return HttpResponse.resource(200, packed, FulfillmentTable.resource(packed));
  }
}
