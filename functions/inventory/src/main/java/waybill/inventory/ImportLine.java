package waybill.inventory;

import java.time.Instant;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.StockPool;

/**
 * One line of an import: units that came or went, or what was counted.
 *
 * @param line its number in the file
 * @param quantity 0 if it is a count
 * @param counted null if it is no count
 * @param countedAt null if it is no count, or if the file does not say when
 * @param note or null
 * @param lot what it says of the lot that it is about
 * @param reference what the merchant calls it, or null
 */
record ImportLine(int line, Sku sku, LocationId location, int quantity, Integer counted, Instant countedAt,
    Adjustment.Reason reason, String note, Lot.Named lot, String reference) {

  ImportLine {
    // What says nothing is not stored.
    lot = lot == null ? new Lot.Named(null, null) : lot;
  }

  /** What it is about: a location, or a lot there. */
  Counter counter() {
    return lot.number() == null ? shelf() : Counter.of(sku, location, lot.number());
  }

  Counter shelf() {
    return Counter.of(sku, location);
  }

  /**
   * What it asks for.
   *
   * @param at when the file was accepted: what was counted was counted by then
   */
  Adjustment adjustment(AdjustmentId id, StockPool pool, String actor, Instant at) {
    Instant then = counted == null ? null : countedAt == null ? at : countedAt;
    return new Adjustment(id, sku, location, pool, quantity, counted, then, reason, note, actor, 0, 0, lot.number(),
        lot.expiresOn(), reference);
  }
}
