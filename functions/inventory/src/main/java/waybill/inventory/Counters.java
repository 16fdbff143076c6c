package waybill.inventory;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import waybill.catalog.Location;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.platform.Attributes;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * The counters' items. They are read as numbers and written as changes, each on the condition that no number leaves its limits. What may
 * be promised is what a pool has available, less what of it lies at closed locations, what is kept as safety stock, and what is short
 * elsewhere. That is read with each decision and kept in the condition of its write, and not counted: a location is closed and opened
 * by one write of the catalog, however much it holds.
 */
final class Counters {
  private final Table<Balance> table;
  private final DynamoDbClient dynamo;
  private final String name;
  private final InstantSource clock;
  private final Supplier<List<Location>> locations;
  private final LedgerEntries entries;
  private final Lots lots;
  private final boolean queues;
  private final Map<Counter, Held> held = new HashMap<>();

  /**
   * A counter as it was last read.
   *
   * @param notFree available units that are given to nobody: they lie at closed locations, are kept, or are short already
   * @param entries how many movements the ledger has of it
   * @param enteredAt when the last of them was
   * @param announced what storefronts know of it; null if it is not there
   * @param lotTracked whether what lies there is counted by lots
   */
  private record Held(Levels whole, long notFree, int entries, Instant enteredAt, Announced announced,
      boolean lotTracked) {
    static final Held NOTHING = new Held(Levels.NONE, 0, 0, Instant.EPOCH, null, false);

    Held notFree(long units) {
      return new Held(whole, units, entries, enteredAt, announced, lotTracked);
    }

    long free() {
      return Math.max(0, whole.available() - notFree);
    }

    boolean isNews() {
      return announced != null && (announced.unsent() != null || announced.now(free()) != announced.standing());
    }
  }

  Counters(Ports ports, String variable) {
    this(ports, variable, List::of, false);
  }

  /**
   * @param locations of which those that are closed keep their free units from being promised
   * @param queues whether what a pool has free is first for those who wait for it
   */
  Counters(Ports ports, String variable, Supplier<List<Location>> locations, boolean queues) {
    this.table = new Table<>(ports, variable, Balance.class, it -> new Key(it.pk(), it.sk()));
    this.dynamo = ports.dynamo();
    this.name = ports.environment().get(variable);
    this.clock = ports.clock();
    this.entries = new LedgerEntries(ports, variable);
    this.lots = new Lots(ports, variable);
    this.locations = locations;
    this.queues = queues;
  }

  /** Those of the counters that there are, read consistently; of their available units, those that may be given to somebody. */
  Map<Counter, Levels> read(Collection<Counter> counters) {
    Map<Counter, Levels> levels = readAll(counters);
    Map<Counter, Long> closed = closed(counters.stream().filter(Counter::isPool).toList());
    levels.replaceAll((counter, it) -> {
      Levels free = it.settled()
          .holdingBack(closed.getOrDefault(counter, 0L) + it.get(Level.SAFETY_STOCK)
              + (queues ? it.get(Level.BACKORDERED) : 0));
      held.computeIfPresent(counter, (_, read) -> read.notFree(it.available() - free.available()));
      return free;
    });
    return levels;
  }

  /** Where there is, or was, something of a SKU. */
  List<LocationId> locations(Sku sku) {
    return table.findAll(sku.value(), Counter.LOCATION).stream()
        .map(it -> new Counter(sku, it.value().sk()).location()).toList();
  }

  /** Whether what lies at a location, whose counter was read, is counted by lots. */
  boolean isLotTracked(Counter shelf) {
    return held.getOrDefault(shelf, Held.NOTHING).lotTracked;
  }

  /** How many movements the ledger has of a location, whose counter was read. */
  int entries(Counter shelf) {
    return held.getOrDefault(shelf, Held.NOTHING).entries;
  }

  /** The lots that lie at a location, or did, the first that came first; read consistently, and of each what may be given to somebody. */
  Map<Counter, Levels> lots(Counter shelf) {
    var lots = new LinkedHashMap<Counter, Levels>();
    table.findAll(shelf.sku().value(), Counter.lots(shelf.location())).stream()
        .sorted(Comparator.comparing(Stored::createdAt)).forEach(it -> lots.put(hold(it.value()), it.value().levels()));
    lots.replaceAll((counter, it) -> {
      Levels free = it.settled();
      held.computeIfPresent(counter, (_, read) -> read.notFree(it.available() - free.available()));
      return free;
    });
    return lots;
  }

  /** Those of the counters that there are, as they are stored, read consistently. */
  Map<Counter, Levels> readWhole(Collection<Counter> counters) {
    return readAll(counters);
  }

  /** Those SKUs for which orders wait, or of which storefronts know something else. */
  List<Sku> waitedFor(List<Sku> skus, StockPool pool) {
    Map<Counter, Levels> levels = readWhole(skus.stream().map(it -> Counter.of(it, pool)).toList());
    levels.forEach((counter, it) -> held.computeIfPresent(counter,
        (_, read) -> read.notFree(it.available() - it.settled()
            .holdingBack(it.get(Level.SAFETY_STOCK) + it.get(Level.BACKORDERED)).available())));
    return skus.stream().filter(it -> {
      var counter = Counter.of(it, pool);
      return levels.getOrDefault(counter, Levels.NONE).get(Level.BACKORDERED) > 0
          || held.getOrDefault(counter, Held.NOTHING).isNews();
    }).toList();
  }

  /** What was read before is not known any more. */
  void forget() {
    held.clear();
  }

  /** Those SKUs of which storefronts know something else than what was read and written since. What was not is read. */
  List<Sku> crossed(List<Sku> skus, StockPool pool) {
    read(skus.stream().map(it -> Counter.of(it, pool)).filter(it -> !held.containsKey(it)).toList());
    return skus.stream().filter(it -> held.getOrDefault(Counter.of(it, pool), Held.NOTHING).isNews()).toList();
  }

  /** What storefronts know of a pool's counter, and what has become of that; empty if that is the same, and was sent. */
  Optional<News> news(Counter pool) {
    read(List.of(pool));
    Held read = held.getOrDefault(pool, Held.NOTHING);
    return read.isNews()
        ? Optional.of(new News(read.announced, read.announced.now(read.free())))
        : Optional.empty();
  }

  record News(Announced before, Standing now) {}

  /**
   * Writes what storefronts know next, with the event that is to be sent of it; or that the event was sent.
   *
   * @return false if somebody else was faster
   */
  boolean announce(Announced before, Announced next) {
    try {
      dynamo.updateItem(CounterUpdate.announcing(name, before, next, clock.instant()));
      return true;
    } catch (ConditionalCheckFailedException | TransactionConflictException e) {
      return false;
    }
  }

  /** What of pools is free at closed locations. */
  private Map<Counter, Long> closed(List<Counter> pools) {
    if (pools.isEmpty()) {
      return Map.of();
    }
    var wanted = new HashMap<Counter, Counter>();
    List<Location> closed = locations.get().stream().filter(it -> !it.active()).toList();
    pools.forEach(pool -> closed.stream().filter(it -> pool.isOf(it.stockPool()))
        .forEach(it -> wanted.put(Counter.of(pool.sku(), it.id()), pool)));
    var free = new HashMap<Counter, Long>();
    readAll(wanted.keySet())
        .forEach((shelf, levels) -> free.merge(wanted.get(shelf), levels.settled().available(), Long::sum));
    return free;
  }

  private Map<Counter, Levels> readAll(Collection<Counter> counters) {
    var levels = new HashMap<Counter, Levels>();
    counters.forEach(held::remove);
    for (Stored<Balance> stored : table.findAll(counters.stream().map(Counters::key).toList())) {
      levels.put(hold(stored.value()), stored.value().levels());
    }
    return levels;
  }

  private Counter hold(Balance balance) {
    var counter = new Counter(new Sku(balance.pk()), balance.sk());
    held.put(counter, new Held(balance.levels(), 0, balance.entries(), Instant.ofEpochMilli(balance.enteredAt()),
        counter.isPool() ? balance.announced(counter) : null, balance.lotTracked()));
    return counter;
  }

  /** All that is counted of a SKU, read consistently in one query. */
  Stock stock(Sku sku) {
    List<Balance> balances = table.findAll(sku.value(), "").stream().map(Stored::value).toList();
    return Stock.of(sku, balances, locations.get(),
        balances.stream().anyMatch(Balance::lotTracked) ? lots.findAll(sku) : Map.of());
  }

  /** The change as a part of a transaction. A counter that is not there is created if the change only adds. */
  TransactWriteItem change(Counter counter, Levels change) {
    return new CounterUpdate(name, counter, clock.instant()).moving(change, limitOf(counter, change)).build();
  }

  /**
   * Whoever takes available units must find as many more as were not free when it was decided, and no greater shortfall. Whoever owes units
   * must find that no others have come first, also if there was no counter at all.
   */
  private CounterUpdate.Limit limitOf(Counter counter, Levels change) {
    // One that is not there yet has promised nothing: whoever is first to promise beyond it must still find that.
    Held read = queues ? held.getOrDefault(counter, Held.NOTHING) : held.get(counter);
    boolean takes = change.available() < 0 || queues && change.get(Level.BACKORDERED) > 0;
    return takes && read != null
        ? new CounterUpdate.Limit(read.notFree, read.whole.get(Level.SHORTFALL),
            queues && counter.isPool() ? read.whole.get(Level.BACKORDERED) : CounterUpdate.Limit.ANY)
        : null;
  }

  /**
   * A physical change of a location as two parts of a transaction: its counter, and the entry of the ledger. The counter must have been read,
   * and no other movement may have been entered since: only so does the entry say what lay there before and after.
   *
   * @param lots what changes of the location's lots, which must have been read too; none if it is not counted by lots
   */
  List<TransactWriteItem> enter(Counter shelf, Levels change, LedgerEntry.Cause cause, Map<Counter, Levels> lots) {
    Held read = held.getOrDefault(shelf, Held.NOTHING);
    LedgerEntry entry = entry(shelf, read, change, cause, lots);
    var update = new CounterUpdate(name, shelf, clock.instant()).moving(change, limitOf(shelf, change))
        .entering(entry.number(), entry.at());
    if (!lots.isEmpty()) {
      update.lotTracked();
    }
    return List.of(update.build(), entries.insertion(entry));
  }

  private LedgerEntry entry(Counter shelf, Held read, Levels change, LedgerEntry.Cause cause,
      Map<Counter, Levels> lots) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new LedgerEntry(shelf.sku(), shelf.location(), read.entries + 1,
        now.isBefore(read.enteredAt) ? read.enteredAt : now, cause.reason(), Physical.of(read.whole),
        Physical.of(read.whole.plus(change)), cause.actor(), cause.references(), cause.note(), ofLots(lots));
  }

  private List<LedgerEntry.OfLot> ofLots(Map<Counter, Levels> lots) {
    List<LedgerEntry.OfLot> changed = lots.entrySet().stream().map(it -> {
      Levels before = held.getOrDefault(it.getKey(), Held.NOTHING).whole;
      return new LedgerEntry.OfLot(it.getKey().lot(), Physical.of(before), Physical.of(before.plus(it.getValue())));
    }).filter(it -> !it.before().equals(it.after())).toList();
    return changed.isEmpty() ? null : changed;
  }

  /** A change was written, with its entry if it is physical: what is written next follows it. */
  void written(Counter counter, Levels change) {
    held.computeIfPresent(counter, (_, read) -> new Held(read.whole.plus(change), read.notFree,
        read.entries + (counter.isLocation() && change.isPhysical() ? 1 : 0), read.enteredAt, read.announced,
        read.lotTracked));
  }

  /**
   * Sets how many of a pool's units are not to be promised.
   *
   * @param lowStock so many free units are few
   */
  void keep(Counter pool, int safetyStock, int lowStock) {
    dynamo.updateItem(request -> request.tableName(name).key(CounterUpdate.key(pool))
        .updateExpression(
            "set safety_stock = :kept, low_stock = :low, updated_at = :now, created_at = if_not_exists(created_at, :now) "
                + "add revision :one")
        .expressionAttributeValues(Map.of(":kept", Attributes.of(safetyStock), ":low", Attributes.of(lowStock), ":one",
            Attributes.of(1), ":now",
            Attributes.of(clock.instant().toEpochMilli()))));
  }

  private static Key key(Counter counter) {
    return new Key(counter.sku().value(), counter.place());
  }
}
