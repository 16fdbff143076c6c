package waybill.documents;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import waybill.platform.Deadline;
import waybill.platform.Log;
import waybill.platform.Ports;
import waybill.platform.ScheduledFunction;
import waybill.platform.Sweep;
import waybill.platform.Table;

/**
 * Every five minutes: continues what somebody left of a carrier's visit, ends what nobody books in time, and looks after the window whether the parcels were
 * scanned. A visit of which nobody knows whether it was booked, and a driver who has not come, are reported.
 */
public record FollowCarrierPickupsHandler(Table<CarrierPickup> pickups, PickupDesk desk, InstantSource clock)
    implements ScheduledFunction {
  private static final Log LOG = Log.of(FollowCarrierPickupsHandler.class);
  /** A look, a booking and a look after its refusal. What there is no time for is due at the next run. */
  private static final Duration EACH = Duration.ofSeconds(40);

  public FollowCarrierPickupsHandler() { this(Ports.ofProcess()); }

  public FollowCarrierPickupsHandler(Ports ports) {
    this(DocumentsTable.pickups(ports), new PickupDesk(ports, LOG), ports.clock());
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    Sweep.each(pickups, DocumentsTable.pickupsDueBy(pickups, now), LOG, it -> {
      if (it.value().dueAt().filter(due -> !now.isBefore(due)).isPresent() && Deadline.allows(EACH)) {
        desk.follow(it.value());
      }
    });
  }
}
