package waybill.inventory;

import java.util.Map;
import waybill.messages.EventType;

/**
 * A counter as its item holds it; what a place does not count stands at 0.
 *
 * @param lotTracked of a location: whether what lies there is counted by lots
 * @param entries how many movements the ledger has of it
 * @param enteredAt when the last of them was, in milliseconds
 * @param lowStock of a pool: so many free units are few; 0 if no number is
 * @param announced of a pool: what storefronts know; null if nothing was ever announced, and then they know of stock
 * @param announcements how often that has changed
 * @param unsent of a pool: the event of the latest change, as long as it may not have been sent; else null
 */
record Balance(String pk, String sk, int available, int reserved, int backordered, int incoming, int safetyStock,
    int shortfall, int onHand, int allocated, int damaged, int quarantined, int inTransit, boolean lotTracked,
    int entries,
    long enteredAt, int lowStock, Standing announced, int announcements, EventType unsent) {

  Announced announced(Counter counter) {
    return new Announced(counter, lowStock, announced == null ? Standing.IN_STOCK : announced, announcements, unsent);
  }

  Levels levels() {
    return new Levels(Map.of(Level.AVAILABLE, (long) available, Level.RESERVED, (long) reserved, Level.BACKORDERED,
        (long) backordered, Level.INCOMING, (long) incoming, Level.SAFETY_STOCK, (long) safetyStock, Level.SHORTFALL,
        (long) shortfall, Level.ON_HAND, (long) onHand, Level.ALLOCATED, (long) allocated, Level.DAMAGED,
        (long) damaged, Level.QUARANTINED, (long) quarantined)).plus(Levels.of(Level.IN_TRANSIT, inTransit));
  }
}
