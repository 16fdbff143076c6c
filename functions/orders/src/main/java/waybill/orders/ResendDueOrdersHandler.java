package waybill.orders;

import module java.base;
import waybill.messages.Choreography.ResendDueOrders;
import waybill.messages.OrderMessages.OrderDue;
import waybill.orders.Orders.Due;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/**
 * Every minute: hands the orders that are due to their arbiter. What a caller wrote and did not live to send is sent again, and
 * an order whose time to pay is over comes to its end. It changes nothing itself: {@code AdvanceOrder} moves the mark. While a mark
 * stays, because that is down, its order is sent less and less often; one whose mark has moved is sent at once.
 */
public record ResendDueOrdersHandler(Orders orders, Repeats<Due> repeats, Sender<ResendDueOrders.Output> sender,
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
    Sweep.chunks(orders.due(now, it -> repeats.isTime(it, now)), LOG, chunk -> resend(chunk, now));
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

  private void resend(List<Due> due, Instant now) {
    sender.send(due.stream().map(it -> new OrderDue(it.id(), now)).toList());
    due.forEach(it -> {
      repeats.sent(it, now);
      LOG.info("Order due", "order", it.id());
    });
  }
}
