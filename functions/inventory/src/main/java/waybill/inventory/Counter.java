package waybill.inventory;

import java.util.Comparator;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.StockPool;

/**
 * One item of numbers that stock moves in and out of: what of a SKU is promised from a pool, or what of it lies at a location.
 *
 * @param place the pool or the location, distinguished by its prefix
 */
record Counter(Sku sku, String place) implements Comparable<Counter> {
  static final String POOL = "pool#";
  static final String LOCATION = "location#";
  private static final Comparator<Counter> ORDER = Comparator.comparing(Counter::sku).thenComparing(Counter::place);

  static Counter of(Sku sku, StockPool pool) {
    return new Counter(sku, POOL + pool);
  }

  static Counter of(Sku sku, LocationId location) {
    return new Counter(sku, LOCATION + location);
  }

  /** @throws IllegalStateException if it is a pool's */
  LocationId location() {
    if (isPool()) {
      throw new IllegalStateException("a pool is no location");
    }
    return new LocationId(place.substring(LOCATION.length()));
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
