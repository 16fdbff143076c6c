package waybill.inventory;

import java.util.Optional;
import waybill.messages.EventMessages.StockMoved;
import waybill.messages.EventType;

/**
 * What storefronts know of a pool's counter. It stands in the counter's own item, which every sale reads anyway: whether a sale has crossed a
 * threshold costs it no call and no write.
 *
 * @param lowStock so many free units are few; 0 if no number is
 * @param number how often it has changed
 * @param unsent the event of the latest change, as long as it may not have been sent; null if it was sent, or if the change is no event
 */
record Announced(Counter counter, int lowStock, Standing standing, int number, EventType unsent) {

  Standing now(long free) {
    return Standing.of(free, lowStock);
  }

  /** @param next what it becomes; the event of the change before must have been sent */
  Announced becoming(Standing next) {
    return new Announced(counter, lowStock, next, number + 1, standing.news(next).orElse(null));
  }

  Announced sent() {
    return new Announced(counter, lowStock, standing, number, null);
  }

  /** The event that may not have been sent. */
  Optional<StockMoved> event() {
    return Optional.ofNullable(unsent).map(it -> new StockMoved(counter.sku(), counter.pool(), it, number));
  }
}
