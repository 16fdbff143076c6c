package waybill.fulfillment;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.PackFulfillment;
import waybill.orders.Orders;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/**
 * {@code POST /fulfillments/{id}/packing}: records the parcels that an open fulfillment is packed into.
 *
 * @param stopped whether people hold it, or its order's money is in doubt
 */
public record PackFulfillmentHandler(Table<Fulfillment> fulfillments, Predicate<FulfillmentId> stopped,
    Sender<PackFulfillment.Output> sender) implements HttpFunction {
  private static final Log LOG = Log.of(PackFulfillmentHandler.class);

  public PackFulfillmentHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> fulfillments
        .find(FulfillmentTable.key(FulfillmentId.of(Snapshot.NOBODYS, 1))));
  }

  public PackFulfillmentHandler(Ports ports) {
    this(FulfillmentTable.fulfillments(ports), new Orders(ports)::isStopped, new Sender<>(ports));
  }

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
    List<Parcel> parcels = Packing.read(id, seen.lines(), seen.firstParcel(), fields);
    // A repeated request names the revision from before the first one.
    boolean again = seen.isPackedWith(key);
    if (!again && stopped.test(id)) {
      // A hold that is placed from now on stops what is packed before it leaves.
      throw Problem.conflict("on_hold", "its order is on hold: nothing of it is packed until it is released");
    }
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
