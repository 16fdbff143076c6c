package waybill.inventory;

import java.time.Instant;
import waybill.messages.InboundId;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.platform.Table.Key;

/**
 * The units of a SKU that a pool expects by an inbound. It is written together with the inbound, so that one query finds all that a promise
 * stands on.
 */
record Expected(Sku sku, StockPool pool, InboundId inbound, Instant expectedAt, int quantity) {
  private static final String PARTITION = "expected#";

  static String partition(Sku sku) {
    return PARTITION + sku;
  }

  static String prefix(StockPool pool) {
    return pool + "#";
  }

  static Key key(Sku sku, StockPool pool, InboundId inbound) {
    return new Key(partition(sku), prefix(pool) + inbound);
  }

  Key key() {
    return key(sku, pool, inbound);
  }
}
