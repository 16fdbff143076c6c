package waybill.fulfillment;

import module java.base;
import waybill.messages.Choreography.RepackFulfillment;
import waybill.messages.FulfillmentId;
import waybill.orders.Orders;
import waybill.platform.*;

/**
 * {@code POST /fulfillments/{id}/repacking}: what was packed is taken out of its parcels and packed again, until it has left. Its
 * order decides that a moment later; until then no label is bought for what is packed.
 *
 * @param leaving why its parcels leave as they are; empty if they need not
 */
public record RepackFulfillmentHandler(Table<Fulfillment> fulfillments,
    Function<FulfillmentId, Optional<Refused>> leaving, Sender<RepackFulfillment.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(RepackFulfillmentHandler.class);

  public RepackFulfillmentHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> fulfillments
        .find(FulfillmentTable.key(FulfillmentId.of(Snapshot.NOBODYS, 1))));
  }

  public RepackFulfillmentHandler(Ports ports) {
    this(FulfillmentTable.fulfillments(ports), new Orders(ports)::leaving, new Sender<>(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    FulfillmentId id = request.pathId("id", FulfillmentId::new);
    String key = request.idempotencyKey();
    Fulfillment seen = FulfillmentTable.find(fulfillments, id).orElseThrow(() -> Problem.notFound("fulfillment"))
        .value();
    // A repeated request names the revision from before the first one.
    boolean again = seen.isRepackedWith(key);
    OptionalInt ifMatch = again ? OptionalInt.empty() : request.ifMatch();
    if (!again) {
      Http.orProblem(seen.repack(key));
      leaving.apply(id).ifPresent(it -> {
        throw Problem.of(it);
      });
    }
    Stored<Fulfillment> asked = Http.orProblem(fulfillments.decide(FulfillmentTable.key(id), ifMatch,
        it -> it.orElseThrow().repack(key)));
    LOG.info(again ? "Repacking requested again" : "Repacking requested", "order", id.order(), "fulfillment", id,
        "location", asked.value().locationId());
    sender.send(Emissions.ofRepacking(asked.value()));
    return HttpResponse.resource(200, asked, FulfillmentTable.resource(asked));
  }
}
