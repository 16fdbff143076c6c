package waybill.fulfillment;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.PackFulfillment;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/** {@code POST /fulfillments/{id}/packing}: records the parcels that an open fulfillment is packed into. */
public record PackFulfillmentHandler(Table<Fulfillment> fulfillments, Sender<PackFulfillment.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(PackFulfillmentHandler.class);

  public PackFulfillmentHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> fulfillments
        .find(FulfillmentTable.key(FulfillmentId.of(Snapshot.NOBODYS, 1))));
  }

  public PackFulfillmentHandler(Ports ports) { this(FulfillmentTable.fulfillments(ports), new Sender<>(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    FulfillmentId id = request.pathId("id", FulfillmentId::new);
    String key = request.idempotencyKey();
    Fields fields = request.fields();
    Fulfillment seen = FulfillmentTable.find(fulfillments, id).orElseThrow(() -> Problem.notFound("fulfillment"))
        .value();
    if (seen.isEmptied()) {
      // No parcels hold what is left, which is nothing.
      Http.orProblem(seen.pack(key, List.of()));
    }
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
