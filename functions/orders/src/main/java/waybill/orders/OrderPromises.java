package waybill.orders;

import java.time.Instant;
import java.util.List;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.messages.StockMessages.StockBackordered;
import waybill.messages.StockPromise;

/**
 * When the units of an order come that were not there, as it was last reported: an item of its own. Who gets what comes is the affair of
 * whoever reports it.
 *
 * @param version of the report; 0 if there was none
 * @param move how often the day has moved on which all of it is there
 * @param at when it was promised, or moved last; null if nothing was reported
 */
record OrderPromises(OrderId order, int version, List<StockPromise> promises, int move, Instant at) {

  static OrderPromises none(OrderId order) {
    return new OrderPromises(order, 0, List.of(), 0, null);
  }

  /** The newest report stands. */
  OrderPromises join(StockBackordered news) {
    return news.version() <= version
        ? this
        : new OrderPromises(order, news.version(), news.promises(), news.move(), news.at());
  }

  /** What is waited for of a SKU; null if nothing is. */
  StockPromise open(Sku sku) {
    return promises.stream().filter(it -> it.sku().equals(sku) && it.units() > 0).findFirst().orElse(null);
  }
}
