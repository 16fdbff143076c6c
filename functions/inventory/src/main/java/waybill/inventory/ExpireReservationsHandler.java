package waybill.inventory;

import waybill.messages.Choreography.ExpireReservations;
import waybill.platform.*;

/** Frees what is kept for checkouts whose time is over, and forgets those that ended a day ago. */
public record ExpireReservationsHandler(Checkouts checkouts, Sender<ExpireReservations.Output> sender)
    implements ScheduledFunction {
  private static final Log LOG = Log.of(ExpireReservationsHandler.class);

  public ExpireReservationsHandler() { this(Ports.ofProcess()); }

  public ExpireReservationsHandler(Ports ports) {
    this(InventoryTable.checkouts(ports), new Sender<>(ports));
  }

  @Override
  public void run() {
    Sweep.each(checkouts.times(), checkouts.due(), LOG, time -> checkouts.visit(time, (ended, now) -> {
      sender.send(checkouts.waitedFor(ended));
      if (now) {
        LOG.info("Reservation expired", "reservation", ended.id(), "channel", ended.channel(), "units",
            Movement.units(ended.items()));
      }
    }));
  }
}
