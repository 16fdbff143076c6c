package waybill.inventory;

import java.util.List;
import waybill.messages.InboundId;
import waybill.messages.LocationId;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;

/**
 * A part of an inbound that has arrived. It is written together with the counters, and never changes.
 *
 * @param items one entry a SKU
 * @param complete whether nothing more of the inbound is expected
 * @param note or null
 * @param actor who received it, by their token
 */
record Receipt(ReceiptId id, InboundId inbound, LocationId location, StockPool pool, List<SkuQuantity> items,
    boolean complete, String note, String actor) {

  /** Whether the same is asked for, by whomever. */
  boolean isSameAs(Receipt other) {
    return equals(new Receipt(other.id, other.inbound, other.location, other.pool, other.items, other.complete,
        other.note, actor));
  }

  LedgerEntry.Cause cause() {
    return new LedgerEntry.Cause(LedgerEntry.Reason.RECEIVED, actor, List.of(id.value(), inbound.value()), note);
  }
}
