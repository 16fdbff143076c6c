package waybill.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import waybill.messages.ExpiryDate;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.messages.StockPool;

/**
 * Stock that somebody moved by hand, and why; or counted, and what differed.
 *
 * @param pool the pool that the location's stock counts for
 * @param quantity by how many units it changes what its reason is about; of a count, by how many what was counted differed
 * @param counted what lies there and is for sale; null if it is no count
 * @param countedAt when it was counted; null if it is no count, or if that was when it was sent
 * @param note or null
 * @param actor who did it, by their token
 * @param found units that had been counted as gone before, and were shipped since: they are there again
 * @param shortfall how many allocated units turned out not to be there
 * @param lot which lot it is about; null if the product is not tracked by lots
 * @param expiresOn what was said of the lot's day, or null
 * @param reference what the merchant calls it, or null
 */
record Adjustment(AdjustmentId id, Sku sku, LocationId location, StockPool pool, int quantity, Integer counted,
    Instant countedAt, Reason reason, String note, String actor, int found, int shortfall, LotNumber lot,
    ExpiryDate expiresOn, String reference) {

  /** Why, and so what it changes and with which sign. */
  enum Reason {
    /** Came from a supplier. */
    RECEIVED(Sign.POSITIVE),
    /** Came back from a customer, good for sale. */
    RETURNED(Sign.POSITIVE),
    /** Came back from a customer, and is damaged. */
    RETURNED_DAMAGED(Sign.POSITIVE),
    /** Came back from a customer, and somebody must look at it. */
    RETURNED_QUARANTINED(Sign.POSITIVE),
    /** Turned up. */
    FOUND(Sign.POSITIVE),
    /** Is gone. */
    LOST(Sign.NEGATIVE),
    /** Was entered wrongly before. */
    CORRECTION(Sign.ANY),
    /** Was counted. */
    COUNTED(Sign.ANY),
    /** Broke: it lies there still. */
    DAMAGED(Sign.NEGATIVE),
    /** Was damaged, and is good for sale again. */
    REPAIRED(Sign.POSITIVE),
    /** Was damaged, and is thrown away. */
    SCRAPPED(Sign.NEGATIVE),
    /** Somebody must look at it. */
    QUARANTINED(Sign.NEGATIVE),
    /** Has expired, or will too soon. */
    EXPIRED(Sign.NEGATIVE),
    /** Its maker has called it back. */
    RECALLED(Sign.NEGATIVE),
    /** Was quarantined, and is good for sale. */
    RELEASED(Sign.POSITIVE),
    /** Was quarantined, and is damaged. */
    REJECTED(Sign.NEGATIVE);

    /** Whether a lot may begin with it. */
    boolean opensLots() {
      return this == RECEIVED;
    }

    /** Whether it brings units for sale, which must be good. What is counted is there, whatever it is. */
    boolean bringsGood() {
      return switch (this) {
        case RECEIVED, RETURNED, FOUND, REPAIRED, RELEASED -> true;
        case RETURNED_DAMAGED, RETURNED_QUARANTINED, LOST, CORRECTION, COUNTED, DAMAGED, SCRAPPED, QUARANTINED, EXPIRED,
            RECALLED, REJECTED ->
          false;
      };
    }

    private enum Sign {
      POSITIVE, NEGATIVE, ANY
    }

    private final Sign sign;

    Reason(Sign sign) {
      this.sign = sign;
    }

    boolean allows(int quantity) {
      return switch (sign) {
        case POSITIVE -> quantity > 0;
        case NEGATIVE -> quantity < 0;
        case ANY -> true;
      };
    }

    /** What is wrong with a quantity that it does not allow. */
    String rule() {
      return "is %s if the reason is %s".formatted(sign.name().toLowerCase(Locale.ROOT), text());
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    Physical change(int quantity) {
      return switch (this) {
        case RECEIVED, RETURNED, FOUND, LOST, CORRECTION, COUNTED -> new Physical(quantity, 0, 0);
        case RETURNED_DAMAGED -> new Physical(0, quantity, 0);
        case RETURNED_QUARANTINED -> new Physical(0, 0, quantity);
        case DAMAGED, REPAIRED -> new Physical(quantity, -quantity, 0);
        case SCRAPPED -> new Physical(0, quantity, 0);
        case QUARANTINED, EXPIRED, RECALLED, RELEASED -> new Physical(quantity, 0, -quantity);
        case REJECTED -> new Physical(0, -quantity, quantity);
      };
    }
  }

  Counter shelf() {
    return Counter.of(sku, location);
  }

  /** What it is about: a location, or a lot there. */
  Counter counter() {
    return lot == null ? shelf() : Counter.of(sku, location, lot);
  }

  Lot.Named named() {
    return new Lot.Named(lot, expiresOn);
  }

  Counter inPool() {
    return Counter.of(sku, pool);
  }

  Physical change() {
    return reason.change(quantity);
  }

  /** The same of another number of units. */
  Adjustment of(int units) {
    return new Adjustment(id, sku, location, pool, units, counted, countedAt, reason, note, actor, found, shortfall,
        lot,
        expiresOn, reference);
  }

  /** As it is written. */
  Adjustment made(int units, StockChange change) {
    return new Adjustment(id, sku, location, pool, units, counted, countedAt, reason, note, actor,
        Math.toIntExact(change.found()), Math.toIntExact(change.newShortfall()), lot, expiresOn, reference);
  }

  LedgerEntry.Cause cause() {
    return new LedgerEntry.Cause(LedgerEntry.Reason.valueOf(reason.name()), actor,
        reference == null ? List.of(id.value()) : List.of(id.value(), reference), note);
  }

  /** Whether the same is asked for, by whomever: a key belongs to the request, not to who sends it. */
  boolean isSameAs(Adjustment other) {
    int units = counted == null ? quantity : 0;
    return request(units, actor).equals(other.request(other.counted == null ? other.quantity : 0, actor));
  }

  private Adjustment request(int units, String by) {
    return new Adjustment(id, sku, location, pool, units, counted, countedAt, reason, note, by, 0, 0, lot,
        expiresOn, reference);
  }
}
