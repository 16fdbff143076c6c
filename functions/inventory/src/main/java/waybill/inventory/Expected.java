package waybill.inventory;

import java.time.Instant;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.platform.Table.Key;

/**
 * The units of a SKU that a pool expects by an inbound or a transfer. It is written together with that, so that one query finds all that a
 * promise stands on.
 *
 * @param inbound the inbound's id; the transfer's, behind a prefix that no inbound's id has
 */
record Expected(Sku sku, StockPool pool, String inbound, Instant expectedAt, int quantity) {
  static final String PARTITION = "expected#";

  static String partition(Sku sku) {
    return PARTITION + sku;
  }

  static String prefix(StockPool pool) {
    return pool + "#";
  }

  static Key key(Sku sku, StockPool pool, String inbound) {
    return new Key(partition(sku), prefix(pool) + inbound);
  }

  Key key() {
    return key(sku, pool, inbound);
  }
}
