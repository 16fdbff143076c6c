package waybill.inventory;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.platform.Outcome;

/**
 * Goods that are to come to a location, and how much of them has arrived.
 *
 * @param <A> the record itself
 */
interface Arrival<A extends Arrival<A>> {

  Object id();

  /** The name under which its pool expects it. */
  String source();

  LocationId location();

  StockPool pool();

  Instant expectedAt();

  Collection<Sku> skus();

  /** The units that are still to come, per SKU. */
  Map<Sku, Integer> expected();

  /** With what has arrived. */
  Outcome<A> receiving(Receipt receipt);

  /** What moves if that arrives, beside what is expected. */
  List<Move> arriving(Receipt receipt);

  /** Why units of a product move. */
  LedgerEntry.Cause cause(Receipt receipt, Sku sku);
}
