package waybill.documents;

import module java.base;
import waybill.catalog.*;
import waybill.fulfillment.Fulfillments;
import waybill.messages.*;
import waybill.orders.*;
import waybill.platform.*;
import waybill.shipping.CustomsDesk;
import waybill.shipping.customs.Declaration;

/** {@code GET /parcels/{id}/customs-documents}: the commercial invoice of a parcel that crosses a customs border, for a browser to print. */
public record GetCustomsDocumentsHandler(Fulfillments fulfillments, Orders orders, Catalog catalog, CustomsDesk customs,
    InstantSource clock) implements HttpFunction {
  public GetCustomsDocumentsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> fulfillments.contents(FulfillmentId.of(Snapshot.NOBODYS, 1)));
  }

  public GetCustomsDocumentsHandler(Ports ports) {
    this(new Fulfillments(ports), new Orders(ports), new Catalog(ports), new CustomsDesk(ports), ports.clock());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    ParcelId id = request.pathId("id", ParcelId::sent);
    Fulfillments.Contents packed = Http.orProblem(fulfillments.contents(id.fulfillment()));
    Parcel parcel = packed.parcels().stream().filter(it -> it.id().equals(id)).findFirst()
        .orElseThrow(() -> Problem.notFound("parcel"));
    OrderForm form = orders.placed(packed.order()).orElseThrow(() -> Problem.notFound("order")).content().form();
    Channel channel = catalog.channel(form.channel()).orElseThrow(() -> Problem.notFound("channel"));
    Location from = catalog.location(packed.location()).orElseThrow(() -> Problem.notFound("location"));
    Optional<Declaration> declared = Http
        .orProblem(customs.declare(packed.order(), parcel, from, form.shippingAddress(), Optional.of(channel)));
    return InvoicePage.of(Invoice.of(
        declared.orElseThrow(() -> Problem.conflict("no_border", "it crosses no customs border: it needs no invoice")),
        parcel, from, form, channel, clock.instant()));
  }
}
