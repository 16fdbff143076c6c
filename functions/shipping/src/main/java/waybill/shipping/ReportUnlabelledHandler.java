package waybill.shipping;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.platform.*;

/**
 * Every hour: reports tracking numbers that carriers scan and that no label has borne for a day. Each is reported once, or
 * twice where the function dies in between.
 */
public final class ReportUnlabelledHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ReportUnlabelledHandler.class);
  private static final int PAGE = 50;
  /** What is left waits for the next hour. */
  private static final int MAX_PAGES = 10;

  private final Table<Tracking> trackings;
  private final InstantSource clock;

  public ReportUnlabelledHandler() { this(Ports.ofProcess()); }

  public ReportUnlabelledHandler(Ports ports) {
    this.trackings = ShippingTable.trackings(ports);
    this.clock = ports.clock();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) {
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
