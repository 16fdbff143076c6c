package waybill.search;

import module java.base;
import waybill.messages.OrderMessages.IndexDue;
import waybill.orders.OrderContent;
import waybill.orders.Orders;
import waybill.platform.*;

/** Writes what an order is found by, as far as it is not written yet: however often an order asks for it, its entries are the same. */
public record IndexOrderHandler(Orders orders, SearchIndex index) implements QueueFunction<IndexDue> {
  private static final Log LOG = Log.of(IndexOrderHandler.class);

  public IndexOrderHandler() { this(Ports.ofProcess()); }

  public IndexOrderHandler(Ports ports) { this(new Orders(ports), new SearchIndex(ports)); }

  @Override
  public void work(IndexDue due) {
    OrderContent order = orders.contents(List.of(due.order())).get(due.order());
    if (order == null) {
      throw new IllegalStateException("there is no order " + due.order());
    }
    int added = index.add(order, orders.tags(List.of(order)).get(order.id()));
    LOG.info("Order indexed", "order", due.order(), "added", added);
  }
}
