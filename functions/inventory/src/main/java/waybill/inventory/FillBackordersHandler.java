package waybill.inventory;

import module java.base;
import waybill.catalog.Catalog;
import waybill.messages.*;
import waybill.messages.Choreography.FillBackorders;
import waybill.messages.StockMessages.BackordersDue;
import waybill.platform.*;

/** Gives units that have come to the orders that wait for them, the earliest first, and says when the others are to come. */
public record FillBackordersHandler(Backorders backorders, OversellTerms terms, Sender<FillBackorders.Output> sender)
    implements QueueFunction<BackordersDue> {
  private static final Log LOG = Log.of(FillBackordersHandler.class);

  public FillBackordersHandler() { this(Ports.ofProcess()); }

  public FillBackordersHandler(Ports ports) {
    this(InventoryTable.backorders(ports),
        new OversellTerms(new Catalog(ports), InventoryTable.inbounds(ports), ports.clock()), new Sender<>(ports));
  }

  @Override
  public void work(BackordersDue due) {
    Supply supply = due.dates() ? terms.supply(due.sku(), due.pool()) : null;
    backorders.fill(due.sku(), due.pool(), supply, news -> {
      news.forEach(it -> LOG.info("Backorder moved", "order", it.order(), "sku", due.sku(), "owed",
          it.owed().getOrDefault(due.sku(), 0), "move", it.backorder().move()));
      sender.send(news.stream().flatMap(it -> Emissions.ofFilled(it).stream()).toList());
    });
  }
}
