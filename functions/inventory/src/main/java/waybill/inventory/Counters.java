package waybill.inventory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import waybill.catalog.Location;
import waybill.messages.Sku;
import waybill.platform.Attributes;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * The counters' items. They are read as numbers and written as changes, each on the condition that no number leaves its limits. What may
 * be promised is what a pool has available, less what of it lies at closed locations. That is read with each decision and kept in the
 * condition of its write, and not counted: a location is closed and opened by one write of the catalog, however much it holds.
 */
final class Counters {
  private final Table<Balance> table;
  private final String name;
  private final InstantSource clock;
  private final Supplier<List<Location>> locations;
  /** What of pools' available units lay at closed locations when they were last read: it is not promised. */
  private final Map<Counter, Long> heldBack = new HashMap<>();

  Counters(Ports ports, String variable) {
    this(ports, variable, List::of);
  }

  /** @param locations of which those that are closed keep their free units from being promised */
  Counters(Ports ports, String variable, Supplier<List<Location>> locations) {
    this.table = new Table<>(ports, variable, Balance.class, it -> new Key(it.pk(), it.sk()));
    this.name = ports.environment().get(variable);
    this.clock = ports.clock();
    this.locations = locations;
  }

  /** Those of the counters that there are, read consistently; of a pool's available units, those that may be promised. */
  Map<Counter, Levels> read(Collection<Counter> counters) {
    List<Counter> pools = counters.stream().filter(Counter::isPool).toList();
    Map<Counter, Levels> levels = readAll(counters);
    if (!pools.isEmpty()) {
      holdBack(pools);
      levels.replaceAll((counter, it) -> it.holdingBack(heldBack.getOrDefault(counter, 0L)));
    }
    return levels;
  }

  private void holdBack(List<Counter> pools) {
    pools.forEach(heldBack::remove);
    List<Location> closed = locations.get().stream().filter(it -> !it.active()).toList();
    var wanted = new HashMap<Counter, Counter>();
    pools.forEach(pool -> closed.stream().filter(it -> pool.isOf(it.stockPool()))
        .forEach(it -> wanted.put(Counter.of(pool.sku(), it.id()), pool)));
    readAll(wanted.keySet())
        .forEach((shelf, levels) -> heldBack.merge(wanted.get(shelf), levels.available(), Long::sum));
  }

  private Map<Counter, Levels> readAll(Collection<Counter> counters) {
    var levels = new HashMap<Counter, Levels>();
    for (Stored<Balance> stored : table.findAll(counters.stream().map(Counters::key).toList())) {
      Balance balance = stored.value();
      levels.put(new Counter(new Sku(balance.pk()), balance.sk()), balance.levels());
    }
    return levels;
  }

  /** All that is counted of a SKU, read consistently in one query. */
  Stock stock(Sku sku) {
    return Stock.of(sku, table.findAll(sku.value(), "").stream().map(Stored::value).toList(), locations.get());
  }

  /** The change as a part of a transaction. A counter that is not there is created if the change only adds. */
  TransactWriteItem change(Counter counter, Levels change) {
    var conditions = new ArrayList<String>();
    var additions = new ArrayList<>(List.of("revision :one"));
    var names = new HashMap<String, String>();
    var values = new HashMap<String, AttributeValue>(
        Map.of(":one", Attributes.of(1), ":now", Attributes.of(clock.instant().toEpochMilli())));
    change.changes().forEach((level, units) -> {
      names.put("#" + level, level);
      values.put(":" + level, Attributes.of(units));
      long kept = level.equals("available") ? heldBack.getOrDefault(counter, 0L) : 0;
      values.put(":" + level + "_limit", Attributes.of(units < 0 ? kept - units : Levels.MOST - units));
      additions.add("#%1$s :%1$s".formatted(level));
      conditions.add((units < 0 ? "#%1$s >= :%1$s_limit" : "(attribute_not_exists(#%1$s) or #%1$s <= :%1$s_limit)")
          .formatted(level));
    });
    var key = Map.of("pk", Attributes.of(counter.sku().value()), "sk", Attributes.of(counter.place()));
    return TransactWriteItem.builder().update(Update.builder().tableName(name).key(key)
        .conditionExpression(String.join(" and ", conditions))
        .updateExpression(
            "set updated_at = :now, created_at = if_not_exists(created_at, :now) add " + String.join(", ", additions))
        .expressionAttributeNames(names).expressionAttributeValues(values).build()).build();
  }

  private static Key key(Counter counter) {
    return new Key(counter.sku().value(), counter.place());
  }
}
