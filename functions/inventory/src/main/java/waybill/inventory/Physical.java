package waybill.inventory;

import java.util.stream.LongStream;

/**
 * What lies at a location, or by how much that changes: units for sale, those that are broken, and those that somebody must look at before
 * they may be sold.
 */
record Physical(long onHand, long damaged, long quarantined) {

  /** What a location's counter says. */
  static Physical of(Levels levels) {
    return new Physical(levels.there(), levels.get(Level.DAMAGED), levels.get(Level.QUARANTINED));
  }

  Physical plus(Physical other) {
    return new Physical(onHand + other.onHand, damaged + other.damaged, quarantined + other.quarantined);
  }

  Physical minus(Physical other) {
    return plus(new Physical(-other.onHand, -other.damaged, -other.quarantined));
  }

  /** By how many units a number is negative; 0 if none is. */
  long lacking() {
    return -LongStream.of(onHand, damaged, quarantined, 0).min().orElse(0);
  }
}
