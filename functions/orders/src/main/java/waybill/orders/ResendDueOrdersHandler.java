package waybill.orders;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.Message.OrderDue;
import waybill.messages.OrderId;
import waybill.platform.*;

/**
 * Every minute: hands the orders that are due to their arbiter. What a caller wrote and did not live to send is sent again, and
 * an order whose time to pay is over comes to its end. It changes nothing itself: {@code AdvanceOrder} moves the mark.
 */
public final class ResendDueOrdersHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ResendDueOrdersHandler.class);
  private static final int CHUNK = 100;
  private final Orders orders;
  private final Sender sender;
  private final InstantSource clock;

  public ResendDueOrdersHandler() { this(Ports.ofProcess()); }

  public ResendDueOrdersHandler(Ports ports) {
    this.orders = new Orders(ports);
    this.sender = new Sender(ports);
    this.clock = ports.clock();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) {
    Instant now = clock.instant();
    orders.due(now).gather(Gatherers.windowFixed(CHUNK)).forEach(ids -> resend(ids, now));
  }

  private void resend(List<OrderId> ids, Instant now) {
    sender.send(ids.stream().map(it -> new OrderDue(it, now)).toList());
    ids.forEach(it -> LOG.info("Order due", "order", it));
  }
}
