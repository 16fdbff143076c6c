package waybill.orders;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.Message.*;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/** The arbiter: everything that moves an order goes through here, and the order decides its own life. */
public final class AdvanceOrderHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(AdvanceOrderHandler.class);
  private final Orders orders;
  private final Sender sender;
  private final InstantSource clock;

  public AdvanceOrderHandler() { this(Ports.ofProcess()); }

  public AdvanceOrderHandler(Ports ports) {
    this.orders = new Orders(ports);
    this.sender = new Sender(ports);
    this.clock = ports.clock();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch.each(in, out, OrderNews.class, LOG, this::advance);
  }

  private void advance(OrderNews news) {
    Stored<OrderState> stored = orders
        .change(news.order(), current -> Advancing.advance(current, news, clock.instant()));
    OrderState state = stored.value();
    sender.send(Advancing.emissions(state, news, () -> orders.content(news.order()).orElseThrow()));
    if (!state.placed() && news instanceof OrderDue) {
      LOG.report("NewsWithoutOrder", "News waited a day for their order", "order", news.order());
    }
    Object[] about = {"order", news.order(), "status", state.status(), "payment", state.payment(), "stock",
      state.stock(), "fulfillment", state.fulfillment(), "delivery", state.delivery()};
    if (news instanceof OrderDue && state.due() != null) {
      // It was looked at, and what it waits for is still not there.
      Duration age = Duration.between(stored.createdAt(), clock.instant());
      LOG.measure(Metric.seconds("WaitingOrderAge", age), "OrderDue", about);
    } else {
      LOG.info(news.getClass().getSimpleName(), about);
    }
    state.holds().forEach(it -> LOG.warn("Order on hold", "order", news.order(), "hold", it.reason()));
  }
}
