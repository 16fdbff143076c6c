package waybill.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.platform.Refused;

/**
 * A part of an inbound, or of a transfer, that has arrived. It is written together with the counters, and never changes.
 *
 * @param inbound what it is a part of; also a transfer, by its id
 * @param items a SKU may be in several
 * @param complete whether nothing more of it is expected
 * @param note or null
 * @param actor who received it, by their token
 * @param held the products whose good units were quarantined for somebody to look at
 */
record Receipt(ReceiptId id, String inbound, LocationId location, StockPool pool, List<Arrived> items,
    boolean complete, String note, String actor, List<Sku> held) {
  /** What fits one transaction, with what is expected of each, its two counters and its entry of the ledger. */
  static final int MAX_LINES = 24;

  /** Whether what arrived of a product waits for somebody to look at it. */
  boolean isHeld(Sku sku) {
    return held.contains(sku);
  }

  /** Whether the same is asked for, by anybody; what is held is no part of what was asked. */
  boolean isSameAs(Receipt other) {
    return equals(new Receipt(other.id, other.inbound, other.location, other.pool, other.items, other.complete,
        other.note, actor, held));
  }

  /** Why the whole of it is refused if it names another product than these; empty if it does not. */
  Optional<Refused> unexpected(Collection<Sku> skus, String name) {
    return IntStream.range(0, items.size()).filter(it -> !skus.contains(items.get(it).sku())).mapToObj(
        it -> Refused.invalid("/lines/%d/sku".formatted(it), "not_expected", "is no product of this " + name))
        .findFirst();
  }

  LedgerEntry.Cause cause(LedgerEntry.Reason reason) {
    return new LedgerEntry.Cause(reason, actor, List.of(id.value(), inbound), note);
  }
}
