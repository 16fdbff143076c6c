package waybill.shipping;

import module java.base;
import waybill.platform.*;

/**
 * Every hour: reports tracking numbers that carriers scan and that no label has borne for a day. Each is reported once, or
 * twice where the function dies in between.
 */
public record ReportUnlabelledHandler(Table<Tracking> trackings, InstantSource clock) implements ScheduledFunction {
  private static final Log LOG = Log.of(ReportUnlabelledHandler.class);
  private static final int PAGE = 50;
  /** What is left waits for the next hour. */
  private static final int MAX_PAGES = 10;

  public ReportUnlabelledHandler() { this(Ports.ofProcess()); }

  public ReportUnlabelledHandler(Ports ports) { this(ShippingTable.trackings(ports), ports.clock()); }

  @Override
  public void run() {
    Instant now = clock.instant();
    String cursor = null;
    for (int pages = 0; pages < MAX_PAGES; pages++) {
      Page<Table.Key> page = ShippingTable.unlabelled(trackings, PAGE, cursor);
      List<Tracking> found = trackings.findAll(page.data()).stream().map(Stored::value).toList();
      found.stream().filter(it -> it.overdue(now)).forEach(it -> report(it, now));
      cursor = page.nextCursor();
      // The longest waiting come first: where one still has time, so have all after it.
      if (cursor == null || found.stream().anyMatch(it -> it.unreported() && !it.overdue(now))) {
        return;
      }
    }
  }

  private void report(Tracking stub, Instant now) {
    LOG.report("ScansWithoutLabel", "Scans without a label", "tracking_number", stub.trackingNumber(), "since",
        stub.unlabelled().since());
    trackings.change(ShippingTable.key(stub.trackingNumber()), current -> current.orElse(stub).reported(now));
  }
}
