package waybill.inventory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import waybill.messages.ShortageReason;

/**
 * The numbers of a counter in units, or by how much they change. A pool counts what is available and what is reserved. A
 * location counts what is on hand, and of it what is allocated and what is still available: all three, because a condition of
 * DynamoDB can compare a number but not subtract two. Beside what is on hand it counts what is damaged and what is quarantined.
 */
record Levels(long available, long reserved, long onHand, long allocated, long damaged, long quarantined) {
  /** No number grows beyond this, so that each fits an int. */
  static final long MOST = 2_000_000_000;
  static final Levels NONE = new Levels(0, 0, 0, 0);

  /** Of units that are for sale. */
  Levels(long available, long reserved, long onHand, long allocated) {
    this(available, reserved, onHand, allocated, 0, 0);
  }

  /** A pool promises units to an order. */
  static Levels reserved(int units) {
    return new Levels(-units, units, 0, 0);
  }

  /** A location keeps units for a fulfillment. */
  static Levels allocated(int units) {
    return new Levels(-units, 0, 0, units);
  }

  /** Units leave the pool that had promised them. */
  static Levels shippedFromPool(int units) {
    return new Levels(0, -units, 0, 0);
  }

  /** Units leave the location that had allocated them. */
  static Levels shippedFromLocation(int units) {
    return new Levels(0, 0, -units, -units);
  }

  /** Units come to a pool without a promise, or leave it. */
  static Levels adjustedInPool(int units) {
    return new Levels(units, 0, 0, 0);
  }

  /** Units come to a location, or leave it. */
  static Levels adjustedAtLocation(int units) {
    return new Levels(units, 0, units, 0);
  }

  /** Units of a location turn out not to be for sale. @param allocated how many of them a fulfillment had */
  static Levels missing(int units, int allocated, ShortageReason reason) {
    return new Levels(allocated - units, 0, -units, -allocated, reason == ShortageReason.DAMAGED ? units : 0,
        reason == ShortageReason.MISMATCH ? units : 0);
  }

  /** Units leave a pool because they are missing. @param reserved how many of them an order was promised */
  static Levels missingInPool(int units, int reserved) {
    return new Levels(reserved - units, -reserved, 0, 0);
  }

  /** Without available units that lie at closed locations. */
  Levels holdingBack(long units) {
    return units == 0
        ? this
        : new Levels(Math.max(0, available - units), reserved, onHand, allocated, damaged, quarantined);
  }

  Levels plus(Levels other) {
    return new Levels(available + other.available, reserved + other.reserved, onHand + other.onHand,
        allocated + other.allocated, damaged + other.damaged, quarantined + other.quarantined);
  }

  Levels negated() {
    return new Levels(-available, -reserved, -onHand, -allocated, -damaged, -quarantined);
  }

  /** By how many units a change is too much: a number would be negative, or too great. 0 if it fits. */
  long excess(Levels change) {
    LongUnaryOperator beyond = level -> Math.max(-level, level - MOST);
    Levels after = plus(change);
    long worst = 0;
    for (Map.Entry<String, Long> entry : change.changes().entrySet()) {
      worst = Math.max(worst, beyond.applyAsLong(after.all().get(entry.getKey())));
    }
    return worst;
  }

  /** Only what is not zero, by the names in the table. */
  Map<String, Long> changes() {
    Map<String, Long> changes = all();
    changes.values().removeIf(it -> it == 0);
    return changes;
  }

  private Map<String, Long> all() {
    var all = new LinkedHashMap<String, Long>();
    all.put("available", available);
    all.put("reserved", reserved);
    all.put("on_hand", onHand);
    all.put("allocated", allocated);
    all.put("damaged", damaged);
    all.put("quarantined", quarantined);
    return all;
  }
}
