package waybill.inventory;

import java.util.Comparator;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.messages.StockPool;

/**
 * One item of numbers that stock moves in and out of: what of a SKU is promised from a pool, what of it lies at a location, or what of a lot
 * of it lies there.
 *
 * @param place the pool, the location, or the location and the lot, distinguished by their prefixes
 */
record Counter(Sku sku, String place) implements Comparable<Counter> {
  static final String POOL = "pool#";
  static final String LOCATION = "location#";
  static final String LOT = "lot#";
  private static final Comparator<Counter> ORDER = Comparator.comparing(Counter::sku).thenComparing(Counter::place);

  static Counter of(Sku sku, StockPool pool) {
    return new Counter(sku, POOL + pool);
  }

  static Counter of(Sku sku, LocationId location) {
    return new Counter(sku, LOCATION + location);
  }

  /** What of a lot lies at a location. */
  static Counter of(Sku sku, LocationId location, LotNumber lot) {
    return new Counter(sku, lots(location) + lot);
  }

  /** What the places of a location's lots begin with: neither has a {@code #}. */
  static String lots(LocationId location) {
    return LOT + location + "#";
  }

  /** Its location; of a lot, where that lies. @throws IllegalStateException if it is a pool's */
  LocationId location() {
    if (isPool()) {
      throw new IllegalStateException("a pool is no location");
    }
    return new LocationId(
        isLot() ? place.substring(LOT.length(), place.indexOf('#', LOT.length())) : place.substring(LOCATION.length()));
  }

  /** @throws IllegalStateException if it is not a lot's */
  LotNumber lot() {
    if (!isLot()) {
      throw new IllegalStateException("it is of no lot");
    }
    return new LotNumber(place.substring(place.indexOf('#', LOT.length()) + 1));
  }

  /** All that lies where this lies. */
  Counter shelf() {
    return of(sku, location());
  }

  boolean isLot() {
    return place.startsWith(LOT);
  }

  boolean isLocation() {
    return place.startsWith(LOCATION);
  }

  /** @throws IllegalStateException if it is a location's */
  StockPool pool() {
    if (!isPool()) {
      throw new IllegalStateException("a location is no pool");
    }
    return new StockPool(place.substring(POOL.length()));
  }

  boolean isPool() {
    return place.startsWith(POOL);
  }

  boolean isOf(StockPool pool) {
    return place.equals(POOL + pool);
  }

  @Override
  public int compareTo(Counter other) {
    return ORDER.compare(this, other);
  }
}
