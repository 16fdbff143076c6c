package waybill.orders;

import module java.base;
import waybill.messages.Choreography.ResendDueOrders;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderDue;
import waybill.platform.*;

/**
 * Every minute: hands the orders that are due to their arbiter. What a caller wrote and did not live to send is sent again, and
 * an order whose time to pay is over comes to its end. It changes nothing itself: {@code AdvanceOrder} moves the mark.
 */
public record ResendDueOrdersHandler(Orders orders, Sender<ResendDueOrders.Output> sender,
    InstantSource clock) implements ScheduledFunction {
  private static final Log LOG = Log.of(ResendDueOrdersHandler.class);

  public ResendDueOrdersHandler() { this(Ports.ofProcess()); }

  public ResendDueOrdersHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports), ports.clock()); }

  @Override
  public void run() {
    Instant now = clock.instant();
    Sweep.chunks(orders.due(now), LOG, ids -> resend(ids, now));
  }

  private void resend(List<OrderId> ids, Instant now) {
    sender.send(ids.stream().map(it -> new OrderDue(it, now)).toList());
    ids.forEach(it -> LOG.info("Order due", "order", it));
  }
}
