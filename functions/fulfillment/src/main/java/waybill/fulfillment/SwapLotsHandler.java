package waybill.fulfillment;

import module java.base;
import waybill.fulfillment.LotSwaps.Asked;
import waybill.messages.*;
import waybill.messages.Choreography.SwapLots;
import waybill.platform.*;

/**
 * {@code POST /fulfillments/{id}/lot-swaps}: a packer found another lot in the bin than the one that was allocated. The answer says that it is pending; a moment
 * later the fulfillment shows the lot that it comes from now.
 */
public record SwapLotsHandler(LotSwaps swaps, Sender<SwapLots.Output> sender) implements HttpFunction {
  private static final Log LOG = Log.of(SwapLotsHandler.class);

  public SwapLotsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> swaps.primed(Snapshot.NOBODYS));
  }

  public SwapLotsHandler(Ports ports) { this(new LotSwaps(ports), new Sender<>(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    FulfillmentId id = request.pathId("id", FulfillmentId::new);
    String key = request.idempotencyKey();
    Asked asked = Http.orProblem(
        swaps.ask(id, key, LotSwapForm.read(request.fields()), request.subject(), request.ifMatch()));
    LotSwap swap = asked.swap();
    LOG.info(asked.repeated() ? "Swap of lots asked for again" : "Swap of lots asked for", "order", id.order(),
        "fulfillment", id, "location", swap.locationId(), "swap", swap.id(), "from", swap.from(), "to", swap.to(),
        "others", swap.holders().size() - 1);
    sender.send(Emissions.of(swap));
    return HttpResponse.resource(200, asked.fulfillment(), FulfillmentTable.resource(asked.fulfillment()));
  }
}
