package waybill.documents;

import module java.base;
import waybill.catalog.*;
import waybill.fulfillment.Fulfillments;
import waybill.messages.*;
import waybill.orders.*;
import waybill.platform.*;

/** {@code GET /fulfillments/{id}/slip}: the packing slip of each of its parcels, for a browser to print. */
public record GetSlipHandler(Fulfillments fulfillments, Orders orders, Catalog catalog, Ssccs ssccs)
    implements HttpFunction {
  public GetSlipHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> fulfillments.contents(FulfillmentId.of(Snapshot.NOBODYS, 1)));
  }

  public GetSlipHandler(Ports ports) {
    this(new Fulfillments(ports), new Orders(ports), new Catalog(ports), new Ssccs(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    FulfillmentId id = request.pathId("id", FulfillmentId::new);
    Fulfillments.Contents packed = Http.orProblem(fulfillments.contents(id));
    Orders.Placed order = orders.placed(packed.order()).orElseThrow(() -> Problem.notFound("order"));
    Channel channel = catalog.channel(order.content().form().channel())
        .orElseThrow(() -> Problem.notFound("channel"));
    List<Sku> unnamed = order.content().unnamed();
    Map<LineId, String> names = order.content().names(unnamed.isEmpty() ? Map.of() : catalog.products(unnamed));
    return SlipPage.of(Slip.of(packed, order, channel, names,
        packed.parcels().isEmpty() ? Map.of() : ssccs.of(packed.order())));
  }
}
