package waybill.inventory;

import module java.base;
import waybill.catalog.Catalog;
import waybill.messages.*;
import waybill.messages.Choreography.FillBackorders;
import waybill.messages.StockMessages.*;
import waybill.platform.*;

/**
 * Gives units that have come to the orders that wait for them, the earliest first, and says when the others are to come. Then it says to
 * storefronts what that leaves, if they know something else.
 */
public record FillBackordersHandler(Backorders backorders, OversellTerms terms, Storefronts storefronts,
    Sender<FillBackorders.Output> sender) implements QueueFunction<FillBackorders.Input> {
  private static final Log LOG = Log.of(FillBackordersHandler.class);

  public FillBackordersHandler() { this(Ports.ofProcess()); }

  public FillBackordersHandler(Ports ports) {
    this(InventoryTable.backorders(ports),
        new OversellTerms(new Catalog(ports), InventoryTable.inbounds(ports), ports.clock()),
        new Storefronts(InventoryTable.queuedCounters(ports)), new Sender<>(ports));
  }

  @Override
  public void work(FillBackorders.Input message) {
    switch (message) {
      case BackordersDue due -> work(due.sku(), due.pool(), due.dates());
      case StockCrossed it -> work(it.sku(), it.pool(), false);
    }
  }

  private void work(Sku sku, StockPool pool, boolean dates) {
    Supply supply = dates ? terms.supply(sku, pool) : null;
    backorders.fill(sku, pool, supply, terms.now(), news -> {
      news.forEach(it -> LOG.info("Backorder moved", "order", it.order(), "sku", sku, "owed",
          it.owed().getOrDefault(sku, 0), "move", it.backorder().move()));
      sender.send(news.stream().flatMap(it -> Emissions.ofFilled(it).stream()).toList());
    });
    storefronts.announce(Counter.of(sku, pool), news -> {
      sender.send(news);
      news.forEach(it -> LOG.info("Stock announced", "sku", it.sku(), "pool", it.pool(), "type", it.event().text(),
          "number", it.number()));
    });
  }
}
