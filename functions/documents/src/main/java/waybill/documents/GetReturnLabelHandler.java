package waybill.documents;

import module java.base;
import waybill.messages.*;
import waybill.orders.Orders;
import waybill.platform.*;
import waybill.shipping.carrier.LabelFormat;

/** {@code GET /tracking/{token}/return-labels/{id}}: the label of what comes back, for whoever has the link of its order. */
public record GetReturnLabelHandler(LabelPapers papers, Orders orders) implements HttpFunction {
  private static final Log LOG = Log.of(GetReturnLabelHandler.class);

  public GetReturnLabelHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> papers.file(ParcelId.of(ReturnId.of(Snapshot.NOBODYS, 1), 1), null));
  }

  public GetReturnLabelHandler(Ports ports) { this(new LabelPapers(ports), new Orders(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    ParcelId parcel = request.pathId("id", ParcelId::new);
    OrderId order = orders.tracked(request.pathParameter("token")).map(it -> it.content().id())
        .filter(it -> parcel.comesBack() && parcel.order().equals(it)).orElseThrow(() -> Problem.notFound("label"));
    LabelPapers.File label = Http.orProblem(papers.file(parcel, LabelFormat.PDF));
    LOG.info("Return label printed", "order", order, "parcel", parcel);
    return HttpResponse.file(200, label.format().mediaType(), label.bytes()).with("cache-control", "no-store")
        .with("referrer-policy", "no-referrer").with("x-robots-tag", "noindex, nofollow")
        .with("x-content-type-options", "nosniff")
        .with("content-disposition", "inline; filename=\"%s.%s\"".formatted(parcel, label.format().text()));
  }
}
