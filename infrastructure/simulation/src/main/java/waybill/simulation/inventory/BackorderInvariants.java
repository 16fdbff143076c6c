package waybill.simulation.inventory;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.simulation.faults.Invocation;
import waybill.simulation.orders.OrderInvariants;
import waybill.simulation.orders.OrderItem;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * Orders that wait for units, after every write: no more of a SKU is promised without being there than its product allows; units that come go
 * to whoever was placed first; who comes later gets none of what the queue is about to get; what was said at first stands, and each other day
 * is counted. After a quiet day, who waits has a place, its order knows what it waits for, and nothing that it waits for is there.
 */
public final class BackorderInvariants {
  private static final String WAITING = "waiting#";

  private final World world;
  /** The most that the terms of a product ever allowed. */
  private final Map<String, Long> limits = new HashMap<>();
  /** The places of a queue, the first first. */
  private final Map<String, TreeMap<String, Place>> queues = new HashMap<>();
  private final Map<String, Document> reservations = new HashMap<>();

  /** @param since when it was written */
  private record Place(String order, Instant since) {}

  public BackorderInvariants(World world) {
    this.world = world;
  }

  /** Whether an order waits for what it promises. */
  public static boolean isWaiting(Document reservation) {
    return isTaken(reservation) && !StockLedger.owed(reservation).isEmpty();
  }

  private static boolean isTaken(Document reservation) {
    return reservation.text("status").equals("taken");
  }

  /** @param changes of one transaction */
  public void written(List<Change> changes) {
    List<Change> promises = changes.stream().filter(it -> sk(it).equals("reservation")).toList();
    promises.forEach(it -> reservations.put(it.key().get("pk").s(), new Document(it.after())));
    for (Change change : changes) {
      String pk = change.key().get("pk").s();
      if (change.table().equals("CatalogTable") && pk.startsWith("product#")) {
        limits.merge(pk.substring("product#".length()), new Document(change.after()).child("oversell").number("limit"),
            Math::max);
      } else if (change.table().equals(StockInvariants.TABLE) && pk.startsWith(WAITING)) {
        queue(pk.substring(WAITING.length()), change);
      } else if (StockLedger.isCounter(new Document(change.after())) && sk(change).startsWith("pool#")) {
        checkPool(new Document(change.before()), new Document(change.after()),
            changes.stream().filter(it -> sk(it).equals("reservation") || sk(it).equals("checkout")).toList());
      }
    }
    Set<String> lent = promises.stream().flatMap(it -> lent(new Document(it.before()), new Document(it.after())))
        .collect(Collectors.toSet());
    promises.forEach(it -> checkPromise(new Document(it.before()), new Document(it.after()), lent));
  }

  /** The SKUs of which an order has lent units to another, as it waits for others anyway. */
  private static Stream<String> lent(Document before, Document after) {
    Map<String, Long> owed = StockLedger.owed(before);
    return isWaiting(before) && isWaiting(after) && after.number("change") == before.number("change")
        ? StockLedger.owed(after).entrySet().stream()
            .filter(it -> it.getValue() > owed.getOrDefault(it.getKey(), 0L)).map(Map.Entry::getKey)
        : Stream.of();
  }

  /** Who lends waits as a whole, and is there as early as before. */
  private void checkLent(Document before, Document after, String sku) {
    boolean kept = day(after).isPresent() && day(before).isPresent() && !day(after).get().isAfter(day(before).get());
    if (after.flag("in_parts") || !kept) {
      world.find("an order gives up units that it needs: %s of %s, which is there on %s and not %s".formatted(sku,
          after.text("pk"), day(after), day(before)));
    }
    world.coverage().met("units are lent to an order whose promise would be broken");
  }

  private static String sk(Change change) {
    return change.key().get("sk").s();
  }

  private void queue(String sku, Change change) {
    var places = queues.computeIfAbsent(sku, _ -> new TreeMap<>());
    String sk = sk(change);
    if (change.after().isEmpty()) {
      places.remove(sk);
    } else {
      places.put(sk, new Place(new Document(change.after()).text("order"), world.timeline().instant()));
    }
  }

  /** @param newcomers orders and checkouts that may be promised units with this */
  private void checkPool(Document before, Document after, List<Change> newcomers) {
    String sku = after.text("pk");
    long backordered = after.number("backordered");
    if (backordered > before.number("backordered") && backordered > limits.getOrDefault(sku, 0L)) {
      world.find("more is promised without being there than may be: %d of %s, not %d".formatted(backordered, sku,
          limits.getOrDefault(sku, 0L)));
    }
    String pool = after.text("sk").replace("pool#", "");
    long wanted = newcomers.stream()
        .mapToLong(it -> taken(new Document(it.before()), new Document(it.after()), sku, pool)).sum();
    long taken = Math.min(wanted, before.number("available") - after.number("available"));
    long free = Math.max(0, before.number("available") - before.number("backordered"));
    if (before.number("backordered") > 0 && taken > free) {
      world.find("a newcomer gets units for which others wait: %d of %s, of which %d are available and %d owed"
          .formatted(taken, sku, before.number("available"), before.number("backordered")));
    }
  }

  /** The units that are new to an order or a checkout, apart from those that it waited for. */
  private static long taken(Document before, Document after, String sku, String pool) {
    if (after.text("sk").equals("checkout")) {
      return after.text("pool").equals(pool) ? Math.max(0, held(after, sku) - held(before, sku)) : 0;
    }
    boolean wants = isTaken(after) && after.text("pool").equals(pool)
        && (!before.exists() || before.text("status").equals("refused")
            || after.number("change") > before.number("change"));
    long had = isTaken(before) ? StockLedger.kept(before).getOrDefault(sku, 0L) : 0;
    return wants ? Math.max(0, StockLedger.kept(after).getOrDefault(sku, 0L) - had) : 0;
  }

  private static long held(Document checkout, String sku) {
    return checkout.exists()
        ? StockLedger.moved(checkout)
            .getOrDefault(new StockLedger.Level(sku, "pool#" + checkout.text("pool"), "reserved"), 0L)
        : 0;
  }

  /** @param lent of which SKUs an order gives units to another with this */
  private void checkPromise(Document before, Document after, Set<String> lent) {
    if (!before.child("backorder").exists()) {
      return;
    }
    Map<String, Document> now = promises(after);
    promises(before).forEach((sku, was) -> {
      Document is = now.getOrDefault(sku, new Document(Map.of()));
      long less = was.number("units") - is.number("units");
      boolean lends = less < 0 && lent(before, after).anyMatch(sku::equals);
      if (lends) {
        checkLent(before, after, sku);
      }
      if (!was.text("originally").equals(is.text("originally")) || less < 0 && !lends) {
        world.find("a promise says otherwise than at first: %s of %s".formatted(is.attributes(), after.text("pk")));
      }
      boolean filled = less > 0 && isTaken(before) && isTaken(after)
          && after.number("change") == before.number("change");
      if (filled && !lent.contains(sku)) {
        checkTurn(sku, after.text("pk"));
      }
    });
    checkMove(before, after);
  }

  /** Each day other than the one before is counted, unless a change of the lines brought it, and no other write is. */
  private void checkMove(Document before, Document after) {
    boolean moved = isWaiting(before) && isWaiting(after) && !day(before).equals(day(after))
        && after.number("change") == before.number("change");
    long counted = after.child("backorder").number("move") - before.child("backorder").number("move");
    if (moved && counted != 1 || counted < 0 || counted > 1) {
      world.find("the day moves, and is not counted as one move: %s, %d from %s to %s".formatted(after.text("pk"),
          counted, day(before), day(after)));
    }
  }

  /** The day on which all of it is there. */
  private static Optional<Instant> day(Document reservation) {
    List<Document> open = promises(reservation).values().stream().filter(it -> it.number("units") > 0).toList();
    return open.stream().anyMatch(it -> it.text("now").isEmpty())
        ? Optional.empty()
        : open.stream().map(it -> Instant.parse(it.text("now"))).max(Instant::compareTo);
  }

  private static Map<String, Document> promises(Document reservation) {
    return reservation.child("backorder").children("promises").stream()
        .collect(Collectors.toMap(it -> it.text("sku"), it -> it));
  }

  /** Whoever had a place before the units were given away, and a better one, waits for none of them any more. */
  private void checkTurn(String sku, String order) {
    var places = queues.getOrDefault(sku, new TreeMap<>());
    Optional<String> own = places.entrySet().stream().filter(it -> it.getValue().order.equals(order))
        .map(Map.Entry::getKey).findFirst();
    if (own.isEmpty()) {
      world.find("units go to an order that has no place in their queue: %s of %s".formatted(sku, order));
      return;
    }
    Instant begun = Invocation.runs() ? Invocation.current().begun() : world.timeline().instant();
    places.headMap(own.get()).forEach((place, it) -> {
      Document first = reservations.getOrDefault(it.order, new Document(Map.of()));
      if (it.since.isBefore(begun) && isTaken(first) && StockLedger.owed(first).containsKey(sku)) {
        world.find("units go to an order while another was there first: %s to %s, and not to %s".formatted(sku, order,
            it.order));
      }
    });
  }

  /** Where no message waits, and the schedules had a day. */
  public void afterADay() {
    world.store().items(StockInvariants.TABLE).stream().map(Document::new)
        .filter(it -> StockLedger.isCounter(it) && it.text("sk").startsWith("pool#"))
        .forEach(it -> checkFree(it.text("pk"), it));
    for (Map.Entry<String, Document> each : reservations.entrySet()) {
      String order = each.getKey();
      Document reservation = each.getValue();
      boolean cancelled = Document.of(world.store(), OrderInvariants.TABLE, order, "state").has("cancellation");
      if (!isWaiting(reservation) || cancelled) {
        continue;
      }
      StockLedger.owed(reservation).keySet().forEach(sku -> checkWaits(order, sku));
      Document known = Document.of(world.store(), OrderInvariants.TABLE, order, "promises");
      Document owed = reservation.child("backorder");
      boolean agrees = known.number("version") == owed.number("version") && known.number("move") == owed.number("move")
          && known.children("promises").equals(owed.children("promises"));
      if (!agrees) {
        world.find("an order knows another promise than it was given: %s, %s and not %s".formatted(order,
            known.attributes(), owed.attributes()));
      }
      checkParts(order, reservation);
    }
  }

  /** Of an order that asks for it, what is there leaves: as much as is not owed, but for kits, which leave whole. */
  private void checkParts(String id, Document reservation) {
    Document content = Document.of(world.store(), OrderInvariants.TABLE, id, "content");
    OrderItem order = OrderItem.of(Document.of(world.store(), OrderInvariants.TABLE, id, "state"));
    if (!content.child("form").text("backorders").equals("partial")) {
      return;
    }
    long owed = StockLedger.owed(reservation).values().stream().mapToLong(it -> it).sum();
    long follows = order.followingLines().values().stream().mapToLong(it -> it).sum();
    boolean withoutKits = content.children("kits").isEmpty() && !order.state().has("changed");
    if (order.stock().equals("backordered")) {
      if (withoutKits && owed < order.unitsToShip()) {
        world.find("an order waits for its last unit, and wants what is there at once: " + id);
      }
      return;
    }
    if (follows < Math.min(owed, order.unitsToShip()) || withoutKits && follows != owed) {
      world.find("an order knows that %d units follow, and %d are owed: %s".formatted(follows, owed, id));
    }
    boolean goesOn = order.isReleased() && !order.isInDoubt()
        && order.holds().stream().allMatch(it -> it.has("release"));
    long planned = order.fulfillments().stream().mapToLong(it -> OrderItem.units(it.children("lines"))).sum();
    if (goesOn && withoutKits && planned + follows < order.unitsToShip()) {
      world.find("what is there of an order is not planned: %d of %d units, and %d follow: %s".formatted(planned,
          order.unitsToShip(), follows, id));
    }
  }

  /** What is free goes to whoever waits for it, if nobody is closed out of it. */
  private void checkFree(String sku, Document pool) {
    long free = pool.number("available") - pool.number("shortfall") - pool.number("safety_stock") - closed(sku);
    if (pool.number("backordered") > 0 && free > 0) {
      world.find("units are there, and orders wait for them: %d of %s".formatted(free, sku));
    }
  }

  /** What is free at closed locations. */
  private long closed(String sku) {
    return world.store().items("CatalogTable").stream().map(Document::new)
        .filter(it -> it.text("pk").equals("locations") && !it.flag("active"))
        .map(it -> Document.of(world.store(), StockInvariants.TABLE, sku, "location#" + it.text("sk")))
        .mapToLong(it -> Math.max(0, it.number("available") - it.number("shortfall"))).sum();
  }

  private void checkWaits(String order, String sku) {
    boolean queued = queues.getOrDefault(sku, new TreeMap<>()).values().stream().anyMatch(it -> it.order.equals(order));
    if (!queued) {
      world.find("an order waits without a place: %s for %s".formatted(order, sku));
    }
  }

  public void atRest() {
    queues.forEach((sku, places) -> places.values()
        .forEach(it -> world.find("a place in a queue is never given up: %s for %s".formatted(it.order, sku))));
  }
}
