package waybill.inventory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import waybill.catalog.Catalog;
import waybill.catalog.Product;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.platform.Ports;
import waybill.platform.Table;

/** Reads what locations have to give. It is what was so a moment ago: only an allocation keeps it. */
public final class StockReader {
  private final Counters counters;
  private final Table<Reservation> reservations;
  private final Ports ports;

  public StockReader(Ports ports) {
    this.ports = ports;
    this.counters = InventoryTable.counters(ports);
    this.reservations = InventoryTable.reservationRecords(ports);
  }

  /**
   * The units on hand that are not allocated, read consistently.
   *
   * @return an entry for each of the SKUs; in it, one for each of the locations that ever held it
   */
  public Map<Sku, Map<LocationId, Integer>> free(Collection<Sku> skus, Collection<LocationId> locations) {
    return free(skus, locations, Optional::empty);
  }

  /**
   * The same without units of lots that are not good for as long as their product must be, from the day on which the customer has them.
   *
   * @param arrivesOn asked only if a location counts its stock by lots; empty if nobody knows the day
   */
  public Map<Sku, Map<LocationId, Integer>> free(Collection<Sku> skus, Collection<LocationId> locations,
      Supplier<Optional<LocalDate>> arrivesOn) {
    var wanted = new ArrayList<Counter>();
    skus.forEach(sku -> new LinkedHashSet<>(locations).forEach(location -> wanted.add(Counter.of(sku, location))));
    Map<Counter, Levels> levels = counters.read(wanted);
    var free = new TreeMap<Sku, Map<LocationId, Integer>>();
    skus.forEach(sku -> free.put(sku, new TreeMap<>()));
    for (Sku sku : free.keySet()) {
      for (LocationId location : locations) {
        Levels there = levels.get(Counter.of(sku, location));
        if (there != null) {
          free.get(sku).put(location,
              Math.toIntExact(there.available() - tooOld(Counter.of(sku, location), there, arrivesOn)));
        }
      }
    }
    return free;
  }

  /** Free units of lots that are not good for long enough when they arrive. */
  private long tooOld(Counter shelf, Levels there, Supplier<Optional<LocalDate>> arrivesOn) {
    if (there.available() <= 0 || !counters.isLotTracked(shelf)) {
      return 0;
    }
    Optional<LocalDate> day = arrivesOn.get();
    if (day.isEmpty()) {
      return 0;
    }
    Product product = new Catalog(ports).products(List.of(shelf.sku())).get(shelf.sku());
    Map<Counter, Levels> lying = counters.lots(shelf);
    lying.values().removeIf(it -> it.available() <= 0);
    Map<LotNumber, Lot> known = InventoryTable.lots(ports).findAll(shelf.sku(), lying.keySet());
    long old = lying.entrySet().stream()
        .filter(it -> !known.get(it.getKey().lot()).isGood(day.get(), product.minimumLifeDays()))
        .mapToLong(it -> it.getValue().available()).sum();
    return Math.min(old, there.available());
  }

  /** The allocated units of a location that are not there, read consistently. @param lot of which lot; null if it is not counted by lots */
  public long shortfall(Sku sku, LocationId location, LotNumber lot) {
    var shelf = lot == null ? Counter.of(sku, location) : Counter.of(sku, location, lot);
    return counters.read(List.of(shelf)).getOrDefault(shelf, Levels.NONE).get(Level.SHORTFALL);
  }

  /** All units that lie at a location, also those that are not for sale, read consistently. @param lot of which lot; null if it is not counted by lots */
  public long lying(Sku sku, LocationId location, LotNumber lot) {
    var shelf = lot == null ? Counter.of(sku, location) : Counter.of(sku, location, lot);
    Levels there = counters.readWhole(List.of(shelf)).getOrDefault(shelf, Levels.NONE);
    return there.there() + there.get(Level.DAMAGED) + there.get(Level.QUARANTINED);
  }

  /** The units that lie at a location and are not for sale, read consistently: damaged, or held until somebody releases them. @param lot of which lot; null if it is not counted by lots */
  public long kept(Sku sku, LocationId location, LotNumber lot) {
    var shelf = lot == null ? Counter.of(sku, location) : Counter.of(sku, location, lot);
    Levels there = counters.readWhole(List.of(shelf)).getOrDefault(shelf, Levels.NONE);
    return there.get(Level.DAMAGED) + there.get(Level.QUARANTINED);
  }

  /** The units of a location that are allocated and there, read consistently. @param lot of which lot; null if it is not counted by lots */
  public long allocated(Sku sku, LocationId location, LotNumber lot) {
    var shelf = lot == null ? Counter.of(sku, location) : Counter.of(sku, location, lot);
    Levels there = counters.readWhole(List.of(shelf)).getOrDefault(shelf, Levels.NONE);
    return there.get(Level.ALLOCATED) - there.get(Level.SHORTFALL);
  }

  /** The units of an order that were not found and are not promised again, per SKU, read consistently. */
  public Map<Sku, Integer> missing(OrderId order) {
    return reservations.find(InventoryTable.reservation(order.value())).map(it -> Missing.units(it.value().missing()))
        .orElse(Map.of());
  }
}
