package waybill.inventory;

import java.util.Map;

/**
 * What a physical change means for the counters of its location and pool. What is free gives first. Beyond it, units leave that are
 * allocated or promised: these stay allocated and promised, as a shortfall, until they are taken from somebody or covered by other units.
 *
 * @param shelf how the location's counter changes
 * @param pool how the pool's counter changes
 * @param found units that had been counted as gone, and were shipped
 * @param newShortfall how many allocated units more are not there
 */
record StockChange(Levels shelf, Levels pool, long found, long newShortfall) {

  /** @param change must leave nothing negative */
  static StockChange of(Levels shelf, Levels pool, Physical change) {
    long before = shelf.get(Level.SHORTFALL);
    long found = Math.max(0, before - shelf.onHand());
    Levels shelfMoves = free(shelf, change.onHand() + found);
    Levels moved = shelfMoves.plus(Levels.of(Level.ON_HAND, shelfMoves.available()))
        .plus(new Levels(Map.of(Level.DAMAGED, change.damaged(), Level.QUARANTINED, change.quarantined())));
    return new StockChange(moved, free(pool, change.onHand() + found), found,
        Math.max(0, shelf.plus(moved).get(Level.SHORTFALL) - shelf.settled().get(Level.SHORTFALL)));
  }

  /** How what is free, or short, changes with so many units. */
  private static Levels free(Levels counter, long units) {
    long free = counter.available() - counter.get(Level.SHORTFALL) + units;
    return new Levels(Map.of(Level.AVAILABLE, Math.max(0, free) - counter.available(), Level.SHORTFALL,
        Math.max(0, -free) - counter.get(Level.SHORTFALL)));
  }
}
