package waybill.documents;

import module java.base;
import waybill.messages.*;
import waybill.platform.*;
import waybill.platform.Log.Metric;
import waybill.shipping.carrier.LabelFormat;

/** {@code GET /parcels/{id}/label}: the label for a printer, however often it is printed; who asks for it is logged. */
public record GetLabelHandler(LabelPapers papers) implements HttpFunction {
  private static final Log LOG = Log.of(GetLabelHandler.class);

  public GetLabelHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> papers.file(ParcelId.of(FulfillmentId.of(Snapshot.NOBODYS, 1), 1), null));
  }

  public GetLabelHandler(Ports ports) { this(new LabelPapers(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    ParcelId parcel = request.pathId("id", ParcelId::new);
    Parameters parameters = request.parameters();
    LabelFormat wanted = parameters.parsed("format",
        it -> LabelFormat.of(it).orElseThrow(IllegalArgumentException::new),
        "unknown_value", "is pdf, zpl or png");
    parameters.verify();
    LabelPapers.File label = Http.orProblem(papers.file(parcel, wanted));
    LOG.measure(Metric.count("LabelsPrinted"), "Label printed", "order", parcel.order(), "parcel", parcel, "format",
        label.format().text(), "by", request.subject());
    return HttpResponse.file(200, label.format().mediaType(), label.bytes()).with("cache-control", "no-store")
        .with("content-disposition", "inline; filename=\"%s.%s\"".formatted(parcel, label.format().text()));
  }
}
