package waybill.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import waybill.inventory.Drift.Pair;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.StockPool;

/** What counters say, beside the sum of the records that move them. It is added up item by item, in any order. */
final class Tally {
  private static final Set<Level> OF_MOVEMENTS = Set.of(Level.RESERVED, Level.BACKORDERED, Level.ALLOCATED);

  private final Map<Sku, Map<Counter, Sum>> sums = new HashMap<>();
  private int size;

  /**
   * Of one counter.
   *
   * @param counted what it says
   * @param entries how many entries of the ledger it says there are
   * @param written what records promised, owe, allocated or expect; and what its ledger says of what lies there
   * @param writtenEntries how many entries there are
   * @param moving whether a record was written while others were read
   */
  record Sum(Levels counted, int entries, Levels written, int writtenEntries, boolean moving) {

    static Sum counted(Levels levels, int entries) {
      return new Sum(levels, entries, Levels.NONE, 0, false);
    }

    static Sum written(Levels levels, int entries, boolean moving) {
      return new Sum(Levels.NONE, 0, levels, entries, moving);
    }

    Sum plus(Sum other) {
      return new Sum(counted.plus(other.counted), entries + other.entries, written.plus(other.written),
          writtenEntries + other.writtenEntries, moving || other.moving);
    }

    private Sum uncounted() {
      return new Sum(Levels.NONE, 0, written, writtenEntries, moving);
    }
  }

  /** Of how many counters. */
  int size() {
    return size;
  }

  void forEach(BiConsumer<Counter, Sum> action) {
    sums.values().forEach(it -> it.forEach(action));
  }

  void add(Counter counter, Sum sum) {
    if (sums.computeIfAbsent(counter.sku(), _ -> new HashMap<>()).merge(counter, sum, Sum::plus) == sum) {
      size++;
    }
  }

  void counter(Counter counter, Levels levels, int entries) {
    add(counter, Sum.counted(levels, entries));
  }

  /** @param quietSince what was written since is moving */
  void record(Contribution it, Instant quietSince) {
    boolean moving = it.at().isAfter(quietSince);
    it.about().forEach(counter -> add(counter, Sum.written(Levels.NONE, 0, moving)));
    for (Move move : it.moved()) {
      var units = new HashMap<>(move.change().units());
      units.keySet().retainAll(OF_MOVEMENTS);
      add(move.counter(), Sum.written(new Levels(units), 0, moving));
    }
  }

  void expected(Expected it) {
    add(Counter.of(it.sku(), it.pool()), Sum.written(Levels.of(Level.INCOMING, it.quantity()), 0, false));
  }

  /** What lay there before the first entry is what the ledger begins with. */
  void entry(LedgerEntry it) {
    add(Counter.of(it.sku(), it.location()), written(it.number() == 1 ? it.after() : it.change(), 1));
    if (it.lots() != null) {
      it.lots().forEach(lot -> add(Counter.of(it.sku(), it.location(), lot.lot()), written(lot.change(), 0)));
    }
  }

  private static Sum written(Physical units, int entries) {
    return Sum.written(new Levels(Map.of(Level.ON_HAND, units.onHand(), Level.DAMAGED, units.damaged(),
        Level.QUARANTINED, units.quarantined(), Level.IN_TRANSIT, units.inTransit())), entries, false);
  }

  boolean isMoving(Sku sku) {
    return sums.getOrDefault(sku, Map.of()).values().stream().anyMatch(Sum::moving);
  }

  /** The SKUs of which something differs. @param pools what each location counts for */
  Stream<Sku> suspects(Map<LocationId, StockPool> pools) {
    return sums.entrySet().stream().filter(it -> !drifts(it.getValue(), pools).isEmpty()).map(Map.Entry::getKey);
  }

  /** What differs of a SKU if its counters say this now. */
  List<Drift> drifts(Sku sku, List<Balance> balances, Map<LocationId, StockPool> pools) {
    var counters = new HashMap<Counter, Sum>();
    sums.getOrDefault(sku, Map.of()).forEach((counter, sum) -> counters.put(counter, sum.uncounted()));
    balances.forEach(it -> counters.merge(new Counter(sku, it.sk()), Sum.counted(it.levels(), it.entries()),
        Sum::plus));
    return drifts(counters, pools);
  }

  private static List<Drift> drifts(Map<Counter, Sum> counters, Map<LocationId, StockPool> pools) {
    var drifts = new ArrayList<Drift>();
    counters.forEach((counter, sum) -> {
      Comparison it = new Comparison(counter, drifts);
      if (counter.isPool()) {
        it.pool(sum, lying(counters, counter, pools));
      } else {
        it.location(sum);
        if (counter.isLocation()) {
          it.lots(sum.counted, ofLots(counters, counter));
        }
      }
    });
    return drifts;
  }

  /** What the lots of a location add up to; empty if it is not counted by lots. */
  private static Optional<Levels> ofLots(Map<Counter, Sum> counters, Counter shelf) {
    return counters.entrySet().stream().filter(it -> it.getKey().isLot() && it.getKey().shelf().equals(shelf))
        .map(it -> it.getValue().counted).reduce(Levels::plus);
  }

  /** What lies at a pool's locations and is for sale. */
  private static long lying(Map<Counter, Sum> counters, Counter pool, Map<LocationId, StockPool> pools) {
    return counters.entrySet().stream().filter(it -> it.getKey().isLocation())
        .filter(it -> pools.containsKey(it.getKey().location()) && pool.isOf(pools.get(it.getKey().location())))
        .mapToLong(it -> it.getValue().counted.onHand() - it.getValue().counted.get(Level.SHORTFALL)).sum();
  }

  private record Comparison(Counter counter, List<Drift> drifts) {

    void pool(Sum it, long lying) {
      compare(Pair.RESERVED_AND_RESERVATIONS, it.counted.reserved(), it.written.reserved());
      compare(Pair.BACKORDERED_AND_RESERVATIONS, it.counted.get(Level.BACKORDERED), it.written.get(Level.BACKORDERED));
      compare(Pair.INCOMING_AND_EXPECTED, it.counted.get(Level.INCOMING), it.written.get(Level.INCOMING));
      compare(Pair.POOL_AND_LOCATIONS,
          it.counted.available() + it.counted.reserved() - it.counted.get(Level.SHORTFALL), lying);
    }

    void location(Sum it) {
      Physical there = Physical.of(it.counted);
      compare(Pair.ALLOCATED_AND_ALLOCATIONS, it.counted.allocated(), it.written.allocated());
      compare(Pair.ON_HAND_AND_ITS_PARTS, it.counted.onHand(), it.counted.available() + it.counted.allocated());
      compare(Pair.ON_HAND_AND_LEDGER, there.onHand(), it.written.onHand());
      compare(Pair.DAMAGED_AND_LEDGER, there.damaged(), it.written.get(Level.DAMAGED));
      compare(Pair.QUARANTINED_AND_LEDGER, there.quarantined(), it.written.get(Level.QUARANTINED));
      compare(Pair.IN_TRANSIT_AND_LEDGER, there.inTransit(), it.written.get(Level.IN_TRANSIT));
      compare(Pair.ENTRIES_AND_LEDGER, it.entries, it.writtenEntries);
    }

    void lots(Levels counted, Optional<Levels> ofLots) {
      ofLots.ifPresent(lots -> {
        for (Level level : Level.values()) {
          compare(Pair.LOCATION_AND_LOTS, counted.get(level), lots.get(level));
        }
      });
    }

    private void compare(Pair pair, long counted, long written) {
      if (counted != written) {
        drifts.add(new Drift(counter.sku(), counter.place(), pair, counted, written));
      }
    }
  }
}
