package waybill.inventory;

import java.time.Instant;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.platform.Table.Key;
import waybill.platform.TimeKey;

/**
 * An order's place in the queue for a SKU: before those that were placed later. What it waits for is in its reservation; once that is nothing,
 * the place is given up.
 */
record Waiting(Sku sku, StockPool pool, Instant placedAt, OrderId order) {

  static Waiting of(Reservation reservation, Sku sku) {
    return new Waiting(sku, reservation.pool(), reservation.placedAt(), reservation.order());
  }

  static String partition(Sku sku) {
    return "waiting#" + sku;
  }

  static String first(StockPool pool) {
    return pool + "#";
  }

  static String last(StockPool pool) {
    return pool + "#~";
  }

  Key key() {
    return new Key(partition(sku), first(pool) + TimeKey.of(placedAt) + "#" + order);
  }
}
