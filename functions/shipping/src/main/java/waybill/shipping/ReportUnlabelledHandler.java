package waybill.shipping;

import module java.base;
import waybill.platform.*;

/**
 * Every hour: reports tracking numbers that carriers scan and that no label has borne for a day. Each is reported once, or
 * twice if the function crashes in between.
 */
public record ReportUnlabelledHandler(Table<Tracking> trackings, InstantSource clock) implements ScheduledFunction {
  private static final Log LOG = Log.of(ReportUnlabelledHandler.class);

  public ReportUnlabelledHandler() { this(Ports.ofProcess()); }

  public ReportUnlabelledHandler(Ports ports) { this(ShippingTable.trackings(ports), ports.clock()); }

  @Override
  public void run() {
    Instant now = clock.instant();
    Sweep.each(trackings, ShippingTable.unlabelledSince(trackings, now.minus(Tracking.LATEST_LABEL)), LOG, it -> {
      if (it.value().overdue(now)) {
        report(it.value(), now);
      }
    });
  }

  private void report(Tracking stub, Instant now) {
    LOG.report("ScansWithoutLabel", "Scans without a label", "tracking_number", stub.trackingNumber(), "since",
        stub.unlabelled().since());
    trackings.change(ShippingTable.key(stub.trackingNumber()), current -> current.orElse(stub).reported(now));
  }
}
