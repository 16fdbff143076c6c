package waybill.fulfillment;

import module java.base;
import waybill.catalog.*;
import waybill.fulfillment.Fulfillment.Status;
import waybill.fulfillment.cartons.CartonChoice.Objective;
import waybill.fulfillment.cartons.Proposal.Packed;
import waybill.messages.*;
import waybill.platform.*;

/** {@code GET /fulfillments/{id}/cartons}: which boxes a fulfillment is best packed into, and where each unit lies. */
public record GetCartonsHandler(Table<Fulfillment> fulfillments, Catalog catalog, BoxStock stock)
    implements HttpFunction {
  private static final Log LOG = Log.of(GetCartonsHandler.class);
  private static final Set<Status> PACKABLE = EnumSet.of(Status.OPEN, Status.PACKED, Status.REPACKING,
      Status.DISPATCHED);

  public GetCartonsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> fulfillments
        .find(FulfillmentTable.key(FulfillmentId.of(Snapshot.NOBODYS, 1))));
  }

  public GetCartonsHandler(Ports ports) {
    this(FulfillmentTable.fulfillments(ports), new Catalog(ports), BoxStock.of(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    Objective objective = parameters.parsed("objective", GetCartonsHandler::objective, "invalid",
        "is one of least_cost, fewest_boxes");
    parameters.verify();
    FulfillmentId id = request.pathId("id", FulfillmentId::new);
    Fulfillment found = FulfillmentTable.find(fulfillments, id).orElseThrow(() -> Problem.notFound("fulfillment"))
        .value();
    if (!PACKABLE.contains(found.status())) {
      throw Problem.conflict("not_packable",
          "nobody packs it: its stock is not allocated, or it is short or cancelled");
    }
    Objective aim = objective == null ? Objective.LEAST_COST : objective;
    ParcelPrice price = catalog.location(found.locationId()).map(Location::parcelPrice).orElse(null);
    Map<Sku, Product> products = catalog.products(found.lines().stream().map(LineQuantity::sku).toList());
    List<ShippingBox> boxes = catalog.boxes(found.locationId());
    Packed packed = Http.orProblem(
        Cartons.propose(found.lines(), products, boxes, stock.left(found.locationId(), boxes), price, aim));
    LOG.info("Boxes proposed", "order", id.order(), "fulfillment", id, "boxes", packed.boxes().size());
    return HttpResponse.json(200, Cartons.tree(found.lines(), aim, packed));
  }

  private static Objective objective(String text) {
    return Arrays.stream(Objective.values()).filter(it -> it.name().toLowerCase(Locale.ROOT).equals(text)).findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }
}
