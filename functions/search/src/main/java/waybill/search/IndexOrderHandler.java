package waybill.search;

import module java.base;
import waybill.messages.OrderMessages.IndexDue;
import waybill.orders.Orders;
import waybill.platform.*;

/** Writes what an order is found by, as far as it is not written yet: however often an order asks for it, its entries are the same. */
public record IndexOrderHandler(Orders orders, SearchIndex index) implements QueueFunction<IndexDue> {
  private static final Log LOG = Log.of(IndexOrderHandler.class);

  public IndexOrderHandler() { this(Ports.ofProcess()); }

  public IndexOrderHandler(Ports ports) { this(new Orders(ports), new SearchIndex(ports)); }

  @Override
  public void work(IndexDue due) {
    Orders.Findable order = orders.findable(due.order())
        .orElseThrow(() -> new IllegalStateException("there is no order " + due.order()));
    int added = index.add(order.content(), order.tags());
    LOG.info("Order indexed", "order", due.order(), "added", added);
  }
}
