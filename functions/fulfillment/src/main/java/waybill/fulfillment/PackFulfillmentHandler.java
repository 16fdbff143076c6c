package waybill.fulfillment;

import module java.base;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.catalog.BoxId;
import waybill.catalog.Catalog;
import waybill.messages.*;
import waybill.messages.Choreography.PackFulfillment;
import waybill.orders.Orders;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/**
 * {@code POST /fulfillments/{id}/packing}: records the parcels that an open fulfillment is packed into, or that it is put into a parcel of the
 * order that its own leaves with.
 *
 * @param stopped whether people hold it, or its order's money is in doubt
 * @param scales what is known of the boxes of a location
 * @param countDown what counts boxes of a location down that were packed into
 */
public record PackFulfillmentHandler(Table<Fulfillment> fulfillments, Predicate<FulfillmentId> stopped,
    Companions companions, ContentWeights weights, Function<LocationId, Scales> scales,
    BiFunction<LocationId, Map<BoxId, Integer>, List<TransactWriteItem>> countDown,
    Sender<PackFulfillment.Output> sender) implements HttpFunction {
  private static final Log LOG = Log.of(PackFulfillmentHandler.class);

  public PackFulfillmentHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> fulfillments
        .find(FulfillmentTable.key(FulfillmentId.of(Snapshot.NOBODYS, 1))));
  }

  public PackFulfillmentHandler(Ports ports) {
    this(FulfillmentTable.fulfillments(ports), new Orders(ports)::isStopped, Companions.of(ports), new Catalog(ports),
        BoxStock.of(ports), new Sender<>(ports));
  }

  private PackFulfillmentHandler(Table<Fulfillment> fulfillments, Predicate<FulfillmentId> stopped,
      Companions companions, Catalog catalog, BoxStock boxes, Sender<PackFulfillment.Output> sender) {
    this(fulfillments, stopped, companions, new ContentWeights(catalog::products),
        location -> Scales.at(location, catalog),
        (location, used) -> used.isEmpty()
            ? List.of()
            : boxes.countDown(location, catalog.boxes(location), used),
        sender);
  }

  /** How an open fulfillment is packed. @param withParcel the parcel of another order that holds it; null if it has its own */
  record Form(ParcelId withParcel, boolean alone) {
    static Form read(Fields fields) {
      return new Form(fields.parsedOrNull("with_parcel", ParcelId::sent, "is the id of a parcel"),
          fields.flagOr("alone", false));
    }
  }

  /** @param boxes receives how many boxes of each kind are packed into */
  private List<Parcel> parcels(Fulfillment seen, Fields fields, boolean again, Map<BoxId, Integer> boxes) {
    Form form = Form.read(fields);
    if (form.withParcel == null) {
      List<Parcel> parcels = Packing.read(seen.id(), seen.lines(), seen.firstParcel(), fields, weights,
          again ? Scales.asPacked(seen.parcels()) : scales.apply(seen.locationId()).counting(boxes));
      if (!again && !form.alone) {
        companions.keeps(seen.id()).ifPresent(it -> {
          throw Problem.of(it);
        });
      }
      return parcels;
    }
    if (fields.has("parcels")) {
      fields.refuse("parcels", "not_allowed", "is not sent beside with_parcel, which holds all of it");
    }
    fields.verify();
    return Packing.shared(seen.id(), seen.lines(), seen.firstParcel(),
        Http.orProblem(companions.parcel(seen.id(), form.withParcel, again)));
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
    // A repeated request names the revision from before the first one.
    boolean again = seen.isPackedWith(key);
    var boxes = new HashMap<BoxId, Integer>();
    List<Parcel> parcels = parcels(seen, fields, again, boxes);
    if (!again && stopped.test(id)) {
      // A hold that is placed from now on stops what is packed before it leaves.
      throw Problem.conflict("on_hold", "its order is on hold: nothing of it is packed until it is released");
    }
    OptionalInt ifMatch = again ? OptionalInt.empty() : request.ifMatch();
    Stored<Fulfillment> packed = Http.orProblem(fulfillments.decide(FulfillmentTable.key(id), ifMatch,
        it -> it.orElseThrow().pack(key, parcels), it -> countDown.apply(it.locationId(), boxes)));
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
