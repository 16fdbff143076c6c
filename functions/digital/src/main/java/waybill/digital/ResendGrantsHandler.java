package waybill.digital;

import module java.base;
import waybill.messages.Choreography.ResendGrants;
import waybill.messages.DigitalMessages.GrantsDue;
import waybill.messages.OrderId;
import waybill.platform.*;

/**
 * Looks at the orders that wait for a link or a key: whoever imported keys may have died before saying so, and a product may say again how
 * it is delivered. What goes on waiting is looked at less and less often.
 */
public record ResendGrantsHandler(Table<Delivery> deliveries, Repeats<OrderId> repeats,
    Sender<ResendGrants.Output> sender, InstantSource clock) implements ScheduledFunction {
  private static final Log LOG = Log.of(ResendGrantsHandler.class);

  public ResendGrantsHandler() { this(Ports.ofProcess()); }

  public ResendGrantsHandler(Ports ports) {
    this(DigitalTable.deliveries(ports), new Repeats<>(), new Sender<>(ports), ports.clock());
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    Sweep.chunks(DigitalTable.waiting(deliveries, now, it -> repeats.isTime(it, now)), LOG, orders -> {
      sender.send(orders.stream().map(GrantsDue::new).toList());
      orders.forEach(it -> {
        repeats.sent(it, now);
        LOG.info("Digital delivery looked at again", "order", it);
      });
    });
  }
}
