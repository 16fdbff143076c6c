package waybill.inventory;

import java.util.stream.LongStream;

/**
 * What lies at a location, or by how much that changes: units for sale, those that are broken, and those that somebody must look at before
 * they may be sold; and what is in transit to it.
 */
record Physical(long onHand, long damaged, long quarantined, long inTransit) {

  /** What lies there. */
  Physical(long onHand, long damaged, long quarantined) {
    this(onHand, damaged, quarantined, 0);
  }

  /** What a location's counter says. */
  static Physical of(Levels levels) {
    return new Physical(levels.there(), levels.get(Level.DAMAGED), levels.get(Level.QUARANTINED),
        levels.get(Level.IN_TRANSIT));
  }

  Physical plus(Physical other) {
    return new Physical(onHand + other.onHand, damaged + other.damaged, quarantined + other.quarantined,
        inTransit + other.inTransit);
  }

  Physical minus(Physical other) {
    return plus(new Physical(-other.onHand, -other.damaged, -other.quarantined, -other.inTransit));
  }

  /** By how many units a number is negative; 0 if none is. */
  long lacking() {
    return -LongStream.of(onHand, damaged, quarantined, inTransit, 0).min().orElse(0);
  }
}
