package waybill.inventory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
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
  private final Map<Counter, Held> held = new HashMap<>();

  /**
   * What of a counter was given to nobody when it was last read.
   *
   * @param available units of it that are not free: they lie at closed locations, are kept, or are short already
   * @param shortfall if it is greater by now, less is free
   */
  private record Held(long available, long shortfall) {}

  Counters(Ports ports, String variable) {
    this(ports, variable, List::of);
  }

  /** @param locations of which those that are closed keep their free units from being promised */
  Counters(Ports ports, String variable, Supplier<List<Location>> locations) {
    this.table = new Table<>(ports, variable, Balance.class, it -> new Key(it.pk(), it.sk()));
    this.dynamo = ports.dynamo();
    this.name = ports.environment().get(variable);
    this.clock = ports.clock();
    this.locations = locations;
  }

  /** Those of the counters that there are, read consistently; of their available units, those that may be given to somebody. */
  Map<Counter, Levels> read(Collection<Counter> counters) {
    Map<Counter, Levels> levels = readAll(counters);
    Map<Counter, Long> closed = closed(counters.stream().filter(Counter::isPool).toList());
    levels.replaceAll((counter, it) -> {
      Levels free = it.settled()
          .holdingBack(closed.getOrDefault(counter, 0L) + it.get(Level.SAFETY_STOCK));
      held.put(counter, new Held(it.available() - free.available(), it.get(Level.SHORTFALL)));
      return free;
    });
    return levels;
  }

  /** Those of the counters that there are, as they are stored, read consistently. */
  Map<Counter, Levels> readWhole(Collection<Counter> counters) {
    counters.forEach(held::remove);
    return readAll(counters);
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
    change.units().forEach((level, units) -> {
      String name = level.attribute();
      names.put("#" + name, name);
      values.put(":" + name, Attributes.of(units));
      values.put(":" + name + "_limit", Attributes.of(units < 0 ? -units : Levels.MOST - units));
      additions.add("#%1$s :%1$s".formatted(name));
      conditions.add((units < 0 ? "#%1$s >= :%1$s_limit" : "(attribute_not_exists(#%1$s) or #%1$s <= :%1$s_limit)")
          .formatted(name));
    });
    Held back = held.get(counter);
    if (change.available() < 0 && back != null) {
      values.put(":available_limit", Attributes.of(back.available() - change.available()));
      if (change.get(Level.SHORTFALL) == 0) {
        names.put("#shortfall", "shortfall");
        values.put(":shortfall_read", Attributes.of(back.shortfall()));
        conditions.add("(attribute_not_exists(#shortfall) or #shortfall <= :shortfall_read)");
      }
    }
    return TransactWriteItem.builder().update(Update.builder().tableName(name).key(attributes(counter))
        .conditionExpression(String.join(" and ", conditions))
        .updateExpression(
            "set updated_at = :now, created_at = if_not_exists(created_at, :now) add " + String.join(", ", additions))
        .expressionAttributeNames(names).expressionAttributeValues(values).build()).build();
  }

  /** Sets how many of a pool's units are not to be promised. */
  void keep(Counter pool, int safetyStock) {
    dynamo.updateItem(request -> request.tableName(name).key(attributes(pool))
        .updateExpression("set safety_stock = :kept, updated_at = :now, created_at = if_not_exists(created_at, :now) "
            + "add revision :one")
        .expressionAttributeValues(Map.of(":kept", Attributes.of(safetyStock), ":one", Attributes.of(1), ":now",
            Attributes.of(clock.instant().toEpochMilli()))));
  }

  private static Map<String, AttributeValue> attributes(Counter counter) {
    return Map.of("pk", Attributes.of(counter.sku().value()), "sk", Attributes.of(counter.place()));
  }

  private static Key key(Counter counter) {
    return new Key(counter.sku().value(), counter.place());
  }
}
