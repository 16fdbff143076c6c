package waybill.inventory;

import java.time.Instant;
import java.util.List;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;

/**
 * A physical movement of a SKU at a location, written in the transaction that moved the counter. Each begins with what the one before it
 * ended with, so that a gap shows.
 *
 * @param number 1 for the location's first movement of the SKU, and one more with each
 * @param at when it was written; never before the one before it
 * @param reason why
 * @param before what lay there
 * @param after what lies there since
 * @param actor who did it, by their token; null if it follows from a label that was bought
 * @param references the adjustment, the shortage, the receipt, the transfer, the work order or the parcels that it
 *     belongs to
 * @param note null if there is none
 * @param lots what of this was which lot; null if the product is not tracked by lots
 */
record LedgerEntry(Sku sku, LocationId location, int number, Instant at, Reason reason, Physical before,
    Physical after, String actor, List<String> references, String note, List<OfLot> lots) {

  LedgerEntry {
    lots = lots == null || lots.isEmpty() ? null : lots;
  }

  /** What of a lot lay there. */
  record OfLot(LotNumber lot, Physical before, Physical after) {
    Physical change() {
      return after.minus(before);
    }
  }

  enum Reason {
    RECEIVED, QUALITY_HOLD, RETURNED, RETURNED_DAMAGED, RETURNED_QUARANTINED, FOUND, LOST, CORRECTION, COUNTED, DAMAGED, REPAIRED, SCRAPPED, QUARANTINED, EXPIRED, RECALLED, RELEASED, REJECTED, NOT_IN_STOCK, MISMATCH, SHIPPED, LABEL_VOIDED, TRANSFER_SENT, TRANSFER_RECEIVED, TRANSFER_RETURNED, TRANSFER_WRITTEN_OFF, ASSEMBLED, DISASSEMBLED
  }

  /** Why something moves. */
  record Cause(Reason reason, String actor, List<String> references, String note) {}

  Physical change() {
    return after.minus(before);
  }
}
