package waybill.inventory;

import java.util.List;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.StockPool;

/**
 * Stock that somebody added or took away, and why.
 *
 * @param pool the pool that the location's stock counts for
 * @param quantity units that came, or, negative, that went
 * @param note or null
 * @param actor who did it, by their token
 */
record Adjustment(AdjustmentId id, Sku sku, LocationId location, StockPool pool, int quantity, Reason reason,
    String note, String actor) {

  enum Reason {
    RECEIVED, CORRECTION, DAMAGED, LOST, FOUND, RETURNED
  }

  List<Move> moves() {
    return List.of(new Move(Counter.of(sku, location), Levels.adjustedAtLocation(quantity)),
        new Move(Counter.of(sku, pool), Levels.adjustedInPool(quantity)));
  }

  /** Whether the same is asked for, by whomever: a key belongs to the request, not to who sends it. */
  boolean isSameAs(Adjustment other) {
    return equals(new Adjustment(other.id, other.sku, other.location, other.pool, other.quantity, other.reason,
        other.note, actor));
  }
}
