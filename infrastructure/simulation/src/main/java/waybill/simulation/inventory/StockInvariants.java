package waybill.simulation.inventory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.messages.FulfillmentId;
import waybill.messages.ParcelId;
import waybill.simulation.inventory.StockLedger.Level;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * Stock. A record and the counters that it moves are written in one transaction, and where a movement takes several, each of
 * them moves both alike: so after every write, counter by counter, what is counted is what the records have moved. From that
 * follows that a pool's available and reserved units and the shipped ones are all that ever came, and that units are neither
 * lost nor sold twice.
 *
 * <p>And record by record: an order's allocations never exceed what was once promised to it, its parcels take no more than
 * what is promised to it now, and a fulfillment's parcels no more than what its location keeps for it. What a closed location keeps of
 * work that was planned elsewhere does not count: nobody packs it, and it is released.
 */
public final class StockInvariants {
  private static final long MOST = 2_000_000_000;
  public static final String TABLE = "InventoryTable";
  private static final String PLANS = "FulfillmentTable";

  private final World world;
  private final Map<Level, Long> held = new HashMap<>();
  /** The fulfillments that were open, and whose units others have taken over, by their orders. */
  private final Map<String, Set<String>> left = new HashMap<>();

  public StockInvariants(World world) {
    this.world = world;
  }

  /** @param changes of one transaction */
  public void written(List<Change> changes) {
    var drift = new HashMap<Level, Long>();
    var touched = new HashSet<Level>();
    for (Change change : changes) {
      if (change.table().equals(TABLE)) {
        add(drift, change.before(), -1);
        add(drift, change.after(), 1);
        hold(touched, change.before(), -1);
        hold(touched, change.after(), 1);
        outlive(new Document(change.before()), new Document(change.after()));
        checkCounter(new Document(change.after()));
        checkEntered(new Document(change.before()), new Document(change.after()), changes);
      }
    }
    drift.values().removeIf(units -> units == 0);
    if (!drift.isEmpty()) {
      world.find("the counters of stock move otherwise than its records, by " + new TreeMap<>(drift));
    }
    leave(changes);
    touched.forEach(this::checkHeld);
  }

  /** What a packer did not find leaves with a report, and is released before it is planned again. */
  private void leave(List<Change> changes) {
    List<Change> plans = changes.stream().filter(it -> it.table().equals(PLANS)).toList();
    if (plans.stream().anyMatch(it -> it.key().get("sk").s().startsWith("sho_"))) {
      return;
    }
    for (Change change : plans) {
      var before = new Document(change.before());
      var after = new Document(change.after());
      if (before.text("status").equals("open") && after.text("status").equals("refused")) {
        left.computeIfAbsent(change.key().get("pk").s(), _ -> new HashSet<>()).add(change.key().get("sk").s());
      }
    }
  }

  /** What is counted less what the records have moved. */
  private static void add(Map<Level, Long> drift, Map<String, AttributeValue> attributes, int times) {
    var item = new Document(attributes);
    if (StockLedger.isCounter(item)) {
      StockLedger.settled(item).forEach((level, units) -> drift.merge(level, times * units, Long::sum));
    } else {
      StockLedger.moved(item).forEach((level, units) -> drift.merge(level, -times * units, Long::sum));
    }
  }

  private void checkCounter(Document item) {
    if (!StockLedger.isCounter(item)) {
      return;
    }
    StockLedger.counted(item).forEach((level, units) -> {
      if (units < 0) {
        world.find("a counter of stock is negative: %s is %d".formatted(level, units));
      }
      if (units > MOST) {
        world.find("a counter of stock is greater than can be read: %s is %d".formatted(level, units));
      }
    });
    boolean isLocation = item.text("sk").startsWith("location#");
    if (isLocation && item.number("on_hand") != item.number("allocated") + item.number("available")) {
      world
          .find("what lies at a location is neither allocated nor available: %s %s has %d, of them %d and %d".formatted(
              item.text("pk"), item.text("sk"), item.number("on_hand"), item.number("allocated"),
              item.number("available")));
    }
  }

  /** What lies at a location changes with an entry of the ledger that says so, and begins with what the one before ended with. */
  private void checkEntered(Document before, Document after, List<Change> changes) {
    if (!after.text("sk").startsWith("location#")) {
      return;
    }
    List<Long> was = physical(before);
    List<Long> is = physical(after);
    String partition = after.text("pk") + after.text("sk").replace("location", "");
    List<Document> entries = changes.stream().filter(it -> it.table().equals(TABLE))
        .map(it -> new Document(it.after())).filter(it -> it.text("pk").equals(partition)).toList();
    if (entries.isEmpty() && !was.equals(is)) {
      world.find("stock moves without an entry of the ledger: %s from %s to %s".formatted(partition, was, is));
    }
    entries.forEach(it -> {
      List<Long> told = List.of(physical(it.child("before")), physical(it.child("after"))).stream()
          .flatMap(List::stream).toList();
      List<Long> seen = List.of(was, is).stream().flatMap(List::stream).toList();
      if (!told.equals(seen) || it.number("number") != before.number("entries") + 1
          || it.number("number") != after.number("entries")) {
        world.find("an entry of the ledger says otherwise than what has moved: %s number %d: %s, not %s"
            .formatted(partition, it.number("number"), told, seen));
      }
    });
  }

  /** On hand, damaged, quarantined and in transit, of a counter or of one side of an entry. */
  private static List<Long> physical(Document it) {
    long onHand = Math.max(0, it.number("on_hand") - it.number("shortfall"));
    return List.of(onHand, it.number("damaged"), it.number("quarantined"), it.number("in_transit"));
  }

  /** What a record keeps for its order and its fulfillment. */
  private void hold(Set<Level> touched, Map<String, AttributeValue> attributes, int times) {
    var item = new Document(attributes);
    String status = item.text("status");
    boolean taken = status.equals("taken");
    switch (item.text("sk")) {
      case "reservation" -> {
        keep(touched, item, item.text("pk"), "granted", status.equals("refused") ? 0 : times);
        keep(touched, item, item.text("pk"), "promised", taken ? times : 0);
      }
      case "allocation" -> {
        keep(touched, item, item.text("order"), "allocated", taken ? times : 0);
        keep(touched, item, item.text("pk"), "allocated", taken ? times : 0);
      }
      case "shipment" -> {
        FulfillmentId fulfillment = new ParcelId(item.text("pk")).fulfillment();
        keep(touched, item, fulfillment.order().value(), "shipped", taken ? times : 0);
        keep(touched, item, fulfillment.value(), "shipped", taken ? times : 0);
      }
      default -> {
        // A counter keeps for nobody, an adjustment neither.
      }
    }
  }

  /** What a change of the order's lines takes out of a promise is allocated for a moment longer. */
  private void outlive(Document before, Document after) {
    boolean changes = after.text("sk").equals("reservation") && before.text("status").equals("taken")
        && after.number("change") > before.number("change");
    if (changes) {
      Map<String, Long> left = StockLedger.kept(after);
      StockLedger.kept(before).forEach((sku, units) -> held.merge(new Level(sku, after.text("pk"), "granted"),
          Math.max(0, units - left.getOrDefault(sku, 0L)), Long::sum));
    }
  }

  private void keep(Set<Level> touched, Document item, String owner, String name, int times) {
    Map<String, Long> kept = switch (item.text("sk")) {
      case "reservation" -> StockLedger.kept(item);
      case "allocation" -> StockLedger.units(item.children("lines"));
      default -> StockLedger.units(item.children("items"));
    };
    kept.forEach((sku, units) -> {
      var level = new Level(sku, owner, name);
      held.merge(level, times * units, Long::sum);
      touched.add(level);
    });
  }

  private void checkHeld(Level level) {
    boolean order = level.place().startsWith("ord_");
    if (order) {
      checkCovered(level, "allocated", "granted");
      checkCovered(level, "shipped", "promised");
    } else {
      checkCovered(level, "shipped", "allocated");
    }
  }

  private void checkCovered(Level level, String part, String whole) {
    long most = held.getOrDefault(new Level(level.sku(), level.place(), whole), 0L);
    long units = held.getOrDefault(new Level(level.sku(), level.place(), part), 0L);
    long leaving = part.equals("allocated") ? leaving(level) : 0;
    if (units - leaving > most) {
      world.find("more is %s than is %s: %d, not %d of %s for %s".formatted(part, whole, units, most, level.sku(),
          level.place()));
    }
  }

  /** What is still allocated of what others have taken over. */
  private long leaving(Level level) {
    return left.getOrDefault(level.place(), Set.of()).stream()
        .mapToLong(it -> held.getOrDefault(new Level(level.sku(), it, "allocated"), 0L)).sum();
  }

  /** The entries of each location follow each other without a gap, and the last says what its counter says. */
  private void checkLedger() {
    var entries = new TreeMap<String, TreeMap<Long, Document>>();
    var counters = new TreeMap<String, Document>();
    for (Map<String, AttributeValue> attributes : world.store().items(TABLE)) {
      var item = new Document(attributes);
      if (item.has("number") && item.has("after")) {
        entries.computeIfAbsent(item.text("pk"), _ -> new TreeMap<>()).put(item.number("number"), item);
      } else if (StockLedger.isCounter(item) && item.text("sk").startsWith("location#")) {
        counters.put(item.text("pk") + item.text("sk").replace("location", ""), item);
      }
    }
    counters.forEach((place, counter) -> {
      List<Long> stands = List.of(0L, 0L, 0L, 0L);
      long number = 0;
      for (Document entry : entries.getOrDefault(place, new TreeMap<>()).values()) {
        if (entry.number("number") != ++number || !physical(entry.child("before")).equals(stands)) {
          world.find("the ledger has a gap: %s number %d begins with %s, and before was %s".formatted(place,
              entry.number("number"), physical(entry.child("before")), stands));
        }
        stands = physical(entry.child("after"));
      }
      if (!stands.equals(physical(counter)) || number != counter.number("entries")) {
        world.find("the ledger ends otherwise than its counter stands: %s %s, not %s".formatted(place, stands,
            physical(counter)));
      }
    });
  }

  /** All of it once more, from nothing, and nothing on its way. */
  public void atRest() {
    checkLedger();
    left.values().stream().flatMap(Set::stream).flatMap(it -> held.entrySet().stream()
        .filter(level -> level.getKey().place().equals(it) && level.getValue() != 0))
        .forEach(it -> world.find("what others have taken over is never released: " + it));
    var drift = new HashMap<Level, Long>();
    for (Map<String, AttributeValue> item : world.store().items(TABLE)) {
      add(drift, item, 1);
      String status = new Document(item).text("status");
      if (Set.of("taking", "returning", "releasing").contains(status)) {
        world.find(
            "a movement of stock never ends: %s %s is %s".formatted(item.get("pk").s(), item.get("sk").s(), status));
      }
    }
    drift.values().removeIf(units -> units == 0);
    if (!drift.isEmpty()) {
      world.find("the counters of stock do not add up with its records, by " + new TreeMap<>(drift));
    }
  }

  /** Units that are promised to an order, or kept for it at a location, and have not left. */
  public long held(String order) {
    return held.entrySet().stream().filter(it -> it.getKey().place().equals(order))
        .mapToLong(it -> switch (it.getKey().name()) {
          case "promised", "allocated" -> it.getValue();
          case "shipped" -> -2 * it.getValue();
          default -> 0;
        }).sum();
  }
}
