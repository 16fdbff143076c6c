package waybill.simulation.inventory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import waybill.simulation.world.Document;

/**
 * What the inventory's records say that stock stands at, apart from its counters. A record that has several transactions to
 * go has done the first so many of its moves, one a SKU and place in the order of the SKUs.
 */
final class StockLedger {

  private StockLedger() {}

  /** A number of units. @param place the pool or location; or the order or fulfillment that they are for */
  record Level(String sku, String place, String name) implements Comparable<Level> {
    private static final Comparator<Level> ORDER = Comparator.comparing(Level::sku).thenComparing(Level::place)
        .thenComparing(Level::name);

    @Override
    public int compareTo(Level other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return "%s %s %s".formatted(sku, place, name);
    }
  }

  /** The numbers of a counter as it holds them. */
  static Map<Level, Long> counted(Document item) {
    var levels = new HashMap<Level, Long>();
    for (String level : List.of("available", "reserved", "on_hand", "allocated", "damaged", "quarantined",
        "shortfall", "backordered", "incoming", "in_transit")) {
      add(levels, item.text("pk"), item.text("sk"), level, item.number(level));
    }
    return levels;
  }

  /**
   * The same as records move them: units that are short are not there, and nobody has them; what is coming is told by the inbounds, and by the
   * entries for each that a promise stands on.
   */
  static Map<Level, Long> settled(Document item) {
    Map<Level, Long> levels = counted(item);
    long shortfall = item.number("shortfall");
    levels.remove(new Level(item.text("pk"), item.text("sk"), "shortfall"));
    add(levels, item.text("pk"), item.text("sk"), "expected", item.number("incoming"));
    boolean isLocation = item.text("sk").startsWith("location#");
    add(levels, item.text("pk"), item.text("sk"), "available", item.number("available") - shortfall);
    add(levels, item.text("pk"), item.text("sk"), "on_hand", isLocation ? item.number("on_hand") - shortfall : 0);
    return levels;
  }

  static boolean isCounter(Document item) {
    // What waits or is expected has a partition of its own, and the pool in front of its key.
    return !item.text("pk").contains("#")
        && (item.text("sk").startsWith("pool#") || item.text("sk").startsWith("location#"));
  }

  /** What a record has moved. */
  static Map<Level, Long> moved(Document item) {
    List<Map<Level, Long>> moves = moves(item);
    int done = switch (item.text("status")) {
      case "taken", "" -> moves.size();
      case "refused", "released" -> 0;
      default -> Math.toIntExact(item.number("moved"));
    };
    var sum = new HashMap<Level, Long>();
    moves.subList(0, done).forEach(move -> move.forEach((level, units) -> sum.merge(level, units, Long::sum)));
    return sum;
  }

  private static List<Map<Level, Long>> moves(Document item) {
    var moves = new ArrayList<Map<Level, Long>>();
    String pool = "pool#" + item.text("pool");
    String location = "location#" + item.text("location");
    if (item.text("pk").startsWith("expected#")) {
      return List.of(move(item.text("sku"), pool, Map.of("expected", item.number("quantity"))));
    }
    switch (item.text("sk")) {
      case "inbound" -> open(item).forEach((sku, units) -> moves.add(move(sku, pool, Map.of("incoming", units))));
      case "assembly" -> moves.addAll(assembled(item, pool, location));
      case "transfer" -> moves.addAll(transferred(item));
      case "checkout" -> units(item.children("items"))
          .forEach((sku, units) -> moves.add(move(sku, pool, Map.of("available", -units, "reserved", units))));
      case "receipt" -> item.children("items").forEach(it -> {
        long damaged = it.number("damaged");
        long good = it.number("quantity") - damaged;
        moves.add(move(it.text("sku"), location, Map.of("available", good, "on_hand", good, "damaged", damaged)));
        moves.add(move(it.text("sku"), pool, Map.of("available", good)));
      });
      case "reservation" -> {
        Map<String, Long> owed = owed(item);
        promised(item).forEach((sku, units) -> {
          long waits = owed.getOrDefault(sku, 0L);
          moves.add(move(sku, pool,
              Map.of("available", waits - units, "reserved", units - waits, "backordered", waits)));
        });
      }
      case "allocation" -> units(item.children("lines"))
          .forEach((sku, units) -> moves.add(move(sku, location, Map.of("available", -units, "allocated", units))));
      case "shipment" -> units(item.children("items")).forEach((sku, units) -> {
        // Of a lot that was counted as gone, units that leave are found.
        long found = item.children("found").stream().filter(it -> it.text("sku").equals(sku))
            .mapToLong(it -> it.number("units")).sum();
        moves.add(move(sku, location,
            Map.of("on_hand", found - units, "allocated", -units, "available", found)));
        moves.add(move(sku, pool, Map.of("reserved", -units, "available", found)));
      });
      // What it takes from an allocation and a promise is taken off their records.
      case "shortage" -> units(item.children("corrected")).forEach((sku, units) -> {
        var gone = new HashMap<>(Map.of("available", -units, "on_hand", -units));
        switch (item.text("reason")) {
          case "damaged" -> gone.put("damaged", units);
          case "mismatch" -> gone.put("quarantined", units);
          default -> {
            // It is lost.
          }
        }
        moves.add(move(sku, location, gone));
        moves.add(move(sku, pool, Map.of("available", -units)));
      });
      case "adjustment" -> {
        long units = item.number("quantity");
        long onHand = item.number("found") + switch (item.text("reason")) {
          case "scrapped", "rejected", "returned_damaged", "returned_quarantined" -> 0;
          default -> units;
        };
        long damaged = switch (item.text("reason")) {
          case "damaged", "repaired", "rejected" -> -units;
          case "scrapped", "returned_damaged" -> units;
          default -> 0;
        };
        long quarantined = switch (item.text("reason")) {
          case "quarantined", "released", "expired", "recalled" -> -units;
          case "rejected", "returned_quarantined" -> units;
          default -> 0;
        };
        moves.add(move(item.text("sku"), location, Map.of("available", onHand, "on_hand", onHand, "damaged", damaged,
            "quarantined", quarantined)));
        moves.add(move(item.text("sku"), pool, Map.of("available", onHand)));
      }
      default -> {
        // A counter moves nothing.
      }
    }
    return moves;
  }

  /** What is made, or taken apart, and what that is made of. */
  private static List<Map<Level, Long>> assembled(Document assembly, String pool, String location) {
    var moves = new ArrayList<Map<Level, Long>>();
    long made = assembly.number("completed") * (assembly.text("type").equals("assemble") ? 1 : -1);
    moves.add(move(assembly.text("sku"), location, Map.of("available", made, "on_hand", made)));
    moves.add(move(assembly.text("sku"), pool, Map.of("available", made)));
    units(assembly.children("components")).forEach((sku, units) -> {
      moves.add(move(sku, location, Map.of("available", -units * made, "on_hand", -units * made)));
      moves.add(move(sku, pool, Map.of("available", -units * made)));
    });
    return moves;
  }

  /** What has left the one location, and what of it is still on its way to the other: what arrived there is in receipts. */
  private static List<Map<Level, Long>> transferred(Document transfer) {
    var moves = new ArrayList<Map<Level, Long>>();
    for (Document line : transfer.children("lines")) {
      long arrived = line.number("received");
      long ended = line.number("returned") + line.number("written_off");
      boolean left = transfer.text("stage").equals("dispatched") || arrived + ended > 0;
      long gone = left ? line.number("quantity") - line.number("returned") : 0;
      long open = left ? Math.max(0, line.number("quantity") - arrived - ended) : 0;
      String sku = line.text("sku");
      moves.add(move(sku, "location#" + transfer.text("from"), Map.of("available", -gone, "on_hand", -gone)));
      moves.add(move(sku, "pool#" + transfer.text("from_pool"), Map.of("available", -gone)));
      moves.add(move(sku, "location#" + transfer.text("location"), Map.of("in_transit", open)));
      moves.add(move(sku, "pool#" + transfer.text("pool"), Map.of("incoming", open)));
    }
    return moves;
  }

  private static Map<Level, Long> move(String sku, String place, Map<String, Long> changes) {
    var move = new HashMap<Level, Long>();
    changes.forEach((level, units) -> add(move, sku, place, level, units));
    return move;
  }

  private static void add(Map<Level, Long> levels, String sku, String place, String name, long units) {
    var level = new Level(sku, place, name);
    if (units == 0) {
      levels.remove(level);
    } else {
      levels.put(level, units);
    }
  }

  /** What a reservation promises: what is missing of it and not promised again is not. */
  static Map<String, Long> promised(Document reservation) {
    Map<String, Long> promised = units(reservation.children("items"));
    units(reservation.children("missing")).forEach((sku, units) -> promised.merge(sku, -units, Long::sum));
    promised.values().removeIf(it -> it == 0);
    return promised;
  }

  /** What is still to come by an inbound. */
  private static Map<String, Long> open(Document inbound) {
    var open = new TreeMap<String, Long>();
    if (!inbound.flag("complete")) {
      inbound.children("lines").forEach(it -> open.merge(it.text("sku"),
          Math.max(0, it.number("quantity") - it.number("received")), Long::sum));
    }
    return open;
  }

  /** What of that is not there yet. */
  static Map<String, Long> owed(Document reservation) {
    var owed = new TreeMap<String, Long>();
    reservation.child("backorder").children("promises").stream().filter(it -> it.number("units") != 0)
        .forEach(it -> owed.put(it.text("sku"), it.number("units")));
    return owed;
  }

  /** What it promises that is there. */
  static Map<String, Long> kept(Document reservation) {
    Map<String, Long> kept = promised(reservation);
    owed(reservation).forEach((sku, units) -> kept.merge(sku, -units, Long::sum));
    kept.values().removeIf(it -> it == 0);
    return kept;
  }

  /** Units per SKU, in the order of the SKUs. */
  static Map<String, Long> units(List<Document> entries) {
    var units = new TreeMap<String, Long>();
    entries.forEach(it -> units.merge(it.text("sku"), it.number("quantity"), Long::sum));
    return units;
  }
}
