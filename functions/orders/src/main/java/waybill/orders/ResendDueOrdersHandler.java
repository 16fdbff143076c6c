package waybill.orders;

import module java.base;
import waybill.messages.Choreography.ResendDueOrders;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderDue;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/**
 * Every minute: hands the orders that are due to their arbiter. What a caller wrote and did not live to send is sent again, and
 * an order whose time to pay is over comes to its end. It changes nothing itself: {@code AdvanceOrder} moves the mark. If that is
 * down, an order is handed to it less and less often.
 */
public record ResendDueOrdersHandler(Orders orders, Repeats<OrderId> repeats, Sender<ResendDueOrders.Output> sender,
    InstantSource clock) implements ScheduledFunction {
  private static final Log LOG = Log.of(ResendDueOrdersHandler.class);

  public ResendDueOrdersHandler() { this(Ports.ofProcess()); }

  public ResendDueOrdersHandler(Ports ports) {
    this(new Orders(ports), new Repeats<>(), new Sender<>(ports), ports.clock());
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    measureHeld(now);
    Sweep.chunks(orders.due(now, it -> repeats.isTime(it, now)), LOG, ids -> resend(ids, now));
  }

  /** Nothing else looks at an order that waits for a person who does not know of it. */
  private void measureHeld(Instant now) {
    for (Hold.Reason reason : Hold.Reason.values()) {
      if (reason.asksForAPerson()) {
        orders.longestHeld(reason).ifPresent(it -> measureHeld(it, reason, now));
      }
    }
  }

  private static void measureHeld(OrderState order, Hold.Reason reason, Instant now) {
    // The index may be late: the hold may be over.
    order.holds().stream().filter(it -> it.reason() == reason).findFirst()
        .ifPresent(it -> LOG.measure(Metric.seconds("HeldOrderAge", Duration.between(it.createdAt(), now)),
            "Longest on hold", "order", order.id(), "hold", reason.text()));
  }

  private void resend(List<OrderId> ids, Instant now) {
    sender.send(ids.stream().map(it -> new OrderDue(it, now)).toList());
    ids.forEach(it -> {
      repeats.sent(it, now);
      LOG.info("Order due", "order", it);
    });
  }
}
