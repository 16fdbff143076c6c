package waybill.inventory;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import waybill.messages.ShortageReason;

/**
 * The numbers of a counter in units, or by how much they change. A pool counts what is available and what is reserved. A
 * location counts what is on hand, and of it what is allocated and what is still available: all three, because a condition of
 * DynamoDB can compare a number but not subtract two. Beside what is on hand it counts what is damaged, what is quarantined, and what
 * is in transit to it.
 *
 * @param units only what is not zero
 */
record Levels(Map<Level, Long> units) {
  /** No number grows beyond this, so that each fits an int. */
  static final long MOST = 2_000_000_000;
  static final Levels NONE = new Levels(Map.of());

  Levels {
    var kept = new EnumMap<Level, Long>(Level.class);
    units.forEach((level, it) -> {
      if (it != 0) {
        kept.put(level, it);
      }
    });
    units = Collections.unmodifiableMap(kept);
  }

  /** Of units that are for sale. */
  Levels(long available, long reserved, long onHand, long allocated) {
    this(Map.of(Level.AVAILABLE, available, Level.RESERVED, reserved, Level.ON_HAND, onHand, Level.ALLOCATED,
        allocated));
  }

  static Levels of(Level level, long units) {
    return new Levels(Map.of(level, units));
  }

  /** A pool promises units to an order. */
  static Levels reserved(int units) {
    return new Levels(-units, units, 0, 0);
  }

  /** A pool promises units to an order that are not there. */
  static Levels backordered(int units) {
    return of(Level.BACKORDERED, units);
  }

  /** Units that an order waited for are there. */
  static Levels filled(int units) {
    return reserved(units).plus(backordered(-units));
  }

  /** A location keeps units for a fulfillment. */
  static Levels allocated(int units) {
    return new Levels(-units, 0, 0, units);
  }

  /** Units leave the pool that had promised them. */
  static Levels shippedFromPool(int units) {
    return of(Level.RESERVED, -units);
  }

  /** Units leave the location that had allocated them. */
  static Levels shippedFromLocation(int units) {
    return new Levels(0, 0, -units, -units);
  }

  /** Units come to a pool without a promise, or leave it. */
  static Levels adjustedInPool(int units) {
    return of(Level.AVAILABLE, units);
  }

  /** Units come to a location, or leave it. */
  static Levels adjustedAtLocation(int units) {
    return new Levels(units, 0, units, 0);
  }

  /** Units of a location turn out not to be for sale. @param allocated how many of them a fulfillment had */
  static Levels missing(int units, int allocated, ShortageReason reason) {
    var gone = new Levels(allocated - units, 0, -units, -allocated);
    return switch (reason) {
      case DAMAGED -> gone.plus(of(Level.DAMAGED, units));
      case MISMATCH -> gone.plus(of(Level.QUARANTINED, units));
      case NOT_IN_STOCK -> gone;
    };
  }

  /** Units leave a pool because they are missing. @param reserved how many of them an order was promised */
  static Levels missingInPool(int units, int reserved) {
    return new Levels(reserved - units, -reserved, 0, 0);
  }

  long get(Level level) {
    return units.getOrDefault(level, 0L);
  }

  long available() {
    return get(Level.AVAILABLE);
  }

  long reserved() {
    return get(Level.RESERVED);
  }

  long onHand() {
    return get(Level.ON_HAND);
  }

  long allocated() {
    return get(Level.ALLOCATED);
  }

  /** Without available units that are not to be given to anybody. */
  Levels holdingBack(long kept) {
    return kept == 0 ? this : plus(of(Level.AVAILABLE, -Math.min(kept, available())));
  }

  /**
   * What is true of a counter. Free units cover what is short. A shortfall is never greater than what was promised or allocated: if more
   * was shipped than was counted, it was there.
   */
  Levels settled() {
    long shortfall = get(Level.SHORTFALL);
    if (shortfall == 0) {
      return this;
    }
    long covered = Math.min(shortfall, available());
    long left = Math.min(shortfall - covered, reserved() + allocated());
    return plus(new Levels(Map.of(Level.AVAILABLE, -covered, Level.ON_HAND, -Math.min(covered, onHand()),
        Level.SHORTFALL, left - shortfall)));
  }

  /** What really lies at a location and is for sale. */
  long there() {
    Levels settled = settled();
    return settled.onHand() - settled.get(Level.SHORTFALL);
  }

  Levels plus(Levels other) {
    var sum = new EnumMap<Level, Long>(Level.class);
    sum.putAll(units);
    other.units.forEach((level, it) -> sum.merge(level, it, Long::sum));
    return new Levels(sum);
  }

  Levels negated() {
    var negated = new EnumMap<Level, Long>(Level.class);
    units.forEach((level, it) -> negated.put(level, -it));
    return new Levels(negated);
  }

  /** By how many units a change is too much: a number would be negative, or too great. 0 if it fits. */
  long excess(Levels change) {
    long worst = 0;
    for (Map.Entry<Level, Long> each : change.units.entrySet()) {
      long after = get(each.getKey()) + each.getValue();
      // What is covered of a shortfall is settled before: only the counter itself knows whether so much was short.
      long below = each.getKey() == Level.SHORTFALL ? 0 : -after;
      worst = Math.max(worst, Math.max(below, after - MOST));
    }
    return worst;
  }

  /** Whether it is of what lies at a location or is in transit to it, and not only of whom that is for. */
  boolean isPhysical() {
    return onHand() != get(Level.SHORTFALL) || units.containsKey(Level.DAMAGED)
        || units.containsKey(Level.QUARANTINED) || units.containsKey(Level.IN_TRANSIT);
  }

  boolean isNothing() {
    return units.isEmpty();
  }
}
