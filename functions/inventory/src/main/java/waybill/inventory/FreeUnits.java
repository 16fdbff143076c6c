package waybill.inventory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import waybill.catalog.Location;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.messages.StockPool;

/**
 * What may leave a location though nobody ordered it: neither what fulfillments were allocated, nor what its pool has promised to orders, nor what
 * orders wait for, nor the pool's safety stock. What was read is held by the counters, so that their next write fails if it is no longer so.
 */
final class FreeUnits {
  private final Counters counters;
  private final Supplier<List<Location>> locations;

  /** @param counters as far as they may be promised to orders that come now */
  FreeUnits(Counters counters, Supplier<List<Location>> locations) {
    this.counters = counters;
    this.locations = locations;
  }

  /** Units of a SKU. @param lot of which lot; null if the SKU is not tracked by lots */
  record Wanted(Sku sku, LotNumber lot, int quantity) {}

  /** @param place in the list that was asked for. @param free how many units of it are free */
  record Lacking(int place, Wanted wanted, long free) {}

  /** Those of which fewer are free at a location; what the first take is not free for the next. */
  List<Lacking> lacking(List<Wanted> items, LocationId location, StockPool pool) {
    var atLocation = new ArrayList<Counter>();
    items.forEach(it -> {
      atLocation.add(Counter.of(it.sku(), location));
      if (it.lot() != null) {
        atLocation.add(Counter.of(it.sku(), location, it.lot()));
      }
    });
    List<Counter> pools = items.stream().map(it -> Counter.of(it.sku(), pool)).distinct().toList();
    var levels = new HashMap<>(counters.read(atLocation.stream().distinct().toList()));
    levels.putAll(isOpen(location) ? counters.read(pools) : settled(counters.readWhole(pools)));
    var taken = new HashMap<Sku, Long>();
    var lacking = new ArrayList<Lacking>();
    for (int i = 0; i < items.size(); i++) {
      Wanted it = items.get(i);
      long free = Math.min(free(levels, Counter.of(it.sku(), location)), free(levels, Counter.of(it.sku(), pool)))
          - taken.getOrDefault(it.sku(), 0L);
      if (it.lot() != null) {
        free = Math.min(free, free(levels, Counter.of(it.sku(), location, it.lot())));
      }
      if (it.quantity() > free) {
        lacking.add(new Lacking(i, it, Math.max(0, free)));
      }
      taken.merge(it.sku(), (long) it.quantity(), Long::sum);
    }
    return lacking;
  }

  /** Units of a closed location are promised to nobody, whatever the pool has promised. */
  private boolean isOpen(LocationId location) {
    return locations.get().stream().anyMatch(it -> it.id().equals(location) && it.active());
  }

  private static Map<Counter, Levels> settled(Map<Counter, Levels> levels) {
    levels.replaceAll((_, it) -> it.settled());
    return levels;
  }

  private static long free(Map<Counter, Levels> levels, Counter counter) {
    return levels.getOrDefault(counter, Levels.NONE).available();
  }
}
