package waybill.inventory;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.catalog.Product;
import waybill.messages.LineQuantity;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;
import waybill.messages.Sku;
import waybill.messages.StockMessages.StockFellShort;

/**
 * Allocations take the lot that expires first, of those that are good for as long as their product must be, from the day on which the customer has them if that is known; of lots that do not expire the one that
 * came first. Whatever lies there and may be sold no more leaves what is for sale at the same time. Locations whose stock is not counted by lots are
 * asked for nothing.
 */
final class FirstExpired implements LotChoice<Allocation> {
  private final Counters counters;
  private final Lots lots;
  private final Catalog catalog;
  private final Withdrawals withdrawals;
  private final Consumer<List<StockFellShort>> fellShort;
  private final InstantSource clock;
  /** The lots that may be taken of each location that was read, in their order. */
  private final Map<Counter, Takeable> takeable = new HashMap<>();

  private record Lying(Counter counter, Lot lot) {}

  private record Takeable(List<Lying> lying, int minimumLifeDays) {
    List<Lying> goodFrom(LocalDate day) {
      return day == null ? lying : lying.stream().filter(it -> it.lot.isGood(day, minimumLifeDays)).toList();
    }
  }

  /** @param fellShort hears what allocated units turn out not to be for sale */
  FirstExpired(Counters counters, Lots lots, Catalog catalog, Withdrawals withdrawals,
      Consumer<List<StockFellShort>> fellShort, InstantSource clock) {
    this.withdrawals = withdrawals;
    this.fellShort = fellShort;
    this.counters = counters;
    this.lots = lots;
    this.catalog = catalog;
    this.clock = clock;
  }

  @Override
  public void read(Collection<Allocation> movements, Map<Counter, Levels> levels) {
    takeable.clear();
    var shelves = new TreeSet<Counter>();
    movements.stream().filter(it -> it.status() == Movement.Status.TAKING).flatMap(it -> it.due().stream())
        .map(Move::counter).filter(it -> it.isLocation() && counters.isLotTracked(it)).forEach(shelves::add);
    if (shelves.isEmpty()) {
      return;
    }
    Map<Sku, Product> products = catalog.products(shelves.stream().map(Counter::sku).toList());
    for (Counter shelf : shelves) {
      Product product = products.get(shelf.sku());
      Location location = catalog.location(shelf.location()).orElseThrow();
      List<Lying> lying = lying(shelf, levels);
      LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.of(location.timeZone()));
      if (lying.stream().anyMatch(it -> !it.lot.isGood(today, product.minimumLifeDays()))) {
        // The counters would go on promising what cannot be allocated.
        withdrawals.visit(product, location).forEach(it -> fellShort.accept(Emissions.of(it)));
        levels.putAll(counters.read(List.of(shelf)));
        lying = lying(shelf, levels);
      }
      takeable.put(shelf,
          new Takeable(lying.stream().filter(it -> it.lot.isGood(today, product.minimumLifeDays())).toList(),
              product.minimumLifeDays()));
    }
  }

  /** What is free there. */
  private List<Lying> lying(Counter shelf, Map<Counter, Levels> levels) {
    Map<Counter, Levels> read = counters.lots(shelf);
    levels.putAll(read);
    List<Counter> free = read.keySet().stream().filter(it -> read.get(it).available() > 0).toList();
    Map<LotNumber, Lot> known = lots.findAll(shelf.sku(), free);
    return free.stream().map(it -> new Lying(it, known.get(it.lot())))
        .sorted(comparing(it -> it.lot.expiresOn(), nullsLast(naturalOrder()))).toList();
  }

  @Override
  public Chosen<Allocation> of(Allocation movement, Map<Counter, Levels> levels) {
    var taken = new HashMap<Counter, Integer>();
    var chosen = new ArrayList<LotQuantity>();
    var missing = new TreeMap<Sku, Integer>();
    for (LineQuantity line : movement.lines()) {
      Takeable there = takeable.get(Counter.of(line.sku(), movement.location()));
      int left = there == null ? 0 : line.quantity();
      for (Lying it : there == null ? List.<Lying>of() : there.goodFrom(movement.arrivesOn())) {
        long free = levels.getOrDefault(it.counter, Levels.NONE).available() - taken.getOrDefault(it.counter, 0);
        int units = Math.clamp(free, 0, left);
        if (units > 0) {
          chosen.add(new LotQuantity(line.lineId(), line.sku(), it.lot.number(), it.lot.expiresOn(), units));
          taken.merge(it.counter, units, Integer::sum);
          left -= units;
        }
      }
      missing.merge(line.sku(), left, Integer::sum);
    }
    return new Chosen<>(chosen.isEmpty() ? movement : movement.from(chosen), Missing.items(missing));
  }
}
