package waybill.fulfillment;

import module java.base;
import waybill.fulfillment.Shortages.Reported;
import waybill.messages.*;
import waybill.messages.Choreography.ReportShortage;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/**
 * {@code POST /fulfillments/{id}/shortages}: a packer reports units that are not there. The fulfillment goes on without them; stock is
 * corrected and the units are planned elsewhere a moment later.
 */
public record ReportShortageHandler(Shortages shortages, Sender<ReportShortage.Output> sender) implements HttpFunction {
  private static final Log LOG = Log.of(ReportShortageHandler.class);

  public ReportShortageHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this,
        () -> shortages.unfound(Snapshot.NOBODYS));
  }

  public ReportShortageHandler(Ports ports) { this(new Shortages(ports), new Sender<>(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    FulfillmentId id = request.pathId("id", FulfillmentId::new);
    String key = request.idempotencyKey();
    Reported reported = Http.orProblem(
        shortages.report(id, key, ShortageForm.read(request.fields()), request.subject(), request.ifMatch()));
    ShortageReport report = reported.report();
    LOG.info(reported.repeated() ? "Shortage reported again" : "Shortage reported", "order", id.order(), "fulfillment",
        id, "location", report.locationId(), "shortage", report.id(), "reason", report.reason());
    if (!reported.repeated() && report.reason() == ShortageReason.MISMATCH) {
      LOG.measure(
          Metric.count("UnitsWrongAtPack", report.lines().stream().mapToInt(LineQuantity::quantity).sum()),
          "Wrong units caught at packing", "order", id.order(), "fulfillment", id, "location", report.locationId());
    }
    sender.send(Emissions.of(report));
    return HttpResponse.resource(200, reported.fulfillment(), FulfillmentTable.resource(reported.fulfillment()));
  }
}
