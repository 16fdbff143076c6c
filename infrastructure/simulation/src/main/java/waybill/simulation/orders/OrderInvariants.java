package waybill.simulation.orders;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.simulation.world.Document;
import waybill.simulation.world.Transition;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * Orders, after every write: each axis takes a legal step, what is cancelled stays so, what is packed is never cancelled, what a
 * person holds does not move, and what was once known is never forgotten.
 */
public final class OrderInvariants {
  public static final String TABLE = "OrdersTable";
  private static final OrderItem NONE = OrderItem.of(new Document(Map.of()));

  private static final Set<String> REPRICED = Set.of("total", "units_to_ship", "later", "later_by", "lapsed");

  private final World world;
  private final Map<String, OrderItem> orders = new HashMap<>();
  /** The lines of what was ordered. */
  private final Map<String, List<Document>> lines = new HashMap<>();
  private final Map<String, List<Document>> kits = new HashMap<>();
  /** Those that ask to leave as far as they are there. */
  private final Set<String> inParts = new HashSet<>();

  public OrderInvariants(World world) {
    this.world = world;
  }

  /** As it was written last; empty where it never was. */
  public OrderItem order(String id) {
    return orders.getOrDefault(id, NONE);
  }

  public void written(List<Change> changes) {
    changes.stream().filter(it -> it.table().equals(TABLE)).forEach(this::written);
    changes.stream().filter(it -> it.table().equals(TABLE)).map(OrderInvariants::id).distinct().forEach(id -> {
      if (!order(id).isAgreedOnHeldParcels()) {
        world.find("an order and its parcels do not agree on which are held: %s, %s".formatted(id, order(id)));
      }
    });
  }

  private static String id(Change change) {
    return change.key().get("pk").s();
  }

  private void written(Change change) {
    String id = id(change);
    String sk = change.key().get("sk").s();
    OrderItem before = order(id);
    OrderItem after = before;
    if (sk.equals("content")) {
      lines.put(id, new Document(change.after()).child("form").children("lines"));
      kits.put(id, new Document(change.after()).children("kits"));
      if (new Document(change.after()).child("form").text("backorders").equals("partial")) {
        inParts.add(id);
      }
    }
    if (sk.equals("state")) {
      after = new OrderItem(new Document(change.after()), before.written());
    } else if (sk.startsWith("par_")) {
      var parcels = new ArrayList<>(before.written());
      parcels.removeIf(it -> it.child("parcel").text("id").equals(sk));
      parcels.add(new Document(change.after()));
      after = new OrderItem(before.state(), List.copyOf(parcels));
    }
    orders.put(id, after);
    checkSteps(id, before, after);
    checkEnd(id, before, after);
    checkStock(id, after);
    checkHeld(id, before, after);
    checkHeldLines(id, before, after);
    checkFollowing(id, before, after);
    checkMemory(id, before, after);
  }

  private void checkSteps(String id, OrderItem before, OrderItem after) {
    Map<String, String> from = before.axes();
    after.axes().forEach((axis, to) -> {
      var step = new Transition(axis, from.get(axis), to);
      if (step.from().equals(to)) {
        return;
      }
      world.coverage().met(step);
      if (!step.isLegal()) {
        world.find("an order takes a step that it cannot take: %s, %s".formatted(id, step));
      }
    });
  }

  private void checkEnd(String id, OrderItem before, OrderItem after) {
    Document end = before.state().child("cancellation");
    if (before.isCancelled() && !end.equals(after.state().child("cancellation"))) {
      world.find("a cancellation is undone or changed: %s, %s becomes %s".formatted(id, end,
          after.state().child("cancellation")));
    }
    if (before.isDispatchClosed() && after.isCancelled()) {
      world.find("an order is cancelled of which something is packed: " + id);
    }
  }

  private void checkStock(String id, OrderItem after) {
    String stock = after.stock();
    if (after.isPlaced() && !after.isCancelled() && (stock.equals("refused") || stock.equals("released"))) {
      world.find("an order goes on whose stock is %s: %s".formatted(stock, id));
    }
  }

  private void checkHeld(String id, OrderItem before, OrderItem after) {
    if (!before.isHeld() || !after.isHeld()) {
      return;
    }
    if (after.packed() > before.packed()) {
      world.find("a held order moves: something of it is packed: " + id);
    }
    if (!before.isCancelled() && after.state().child("cancellation").text("reason").startsWith("payment_")) {
      world.find("a held order ends because of its payment: " + id);
    }
  }

  /** What is held for itself stays, whatever leaves beside it. */
  private void checkHeldLines(String id, OrderItem before, OrderItem after) {
    Map<String, Long> packed = after.packedLines();
    after.heldLines().forEach((line, held) -> {
      long leaves = packed.getOrDefault(line, 0L);
      long ordered = after.changedTo(line).orElseGet(() -> ordered(id, line));
      if (leaves > before.packedLines().getOrDefault(line, 0L) && leaves + held > ordered) {
        world.find(
            "units leave that are held for themselves: %s, %s of %s: %d of %d, and %d are held".formatted(id, line,
                after.state().text("id"), leaves, ordered, held));
      }
    });
  }

  /** What is not there does not leave, and of an order that waits as a whole nothing does. */
  private void checkFollowing(String id, OrderItem before, OrderItem after) {
    if (after.stock().equals("partially_reserved") && !inParts.contains(id)) {
      world.find("an order leaves in parts that is to leave as a whole: " + id);
    }
    if (after.stock().equals("backordered") && after.packed() > before.packed()) {
      world.find("an order leaves of which nothing may leave yet: " + id);
    }
    Map<String, Long> packed = after.packedLines();
    after.followingLines().forEach((line, follows) -> {
      long leaves = packed.getOrDefault(line, 0L);
      long ordered = after.changedTo(line).orElseGet(() -> ordered(id, line));
      if (leaves > before.packedLines().getOrDefault(line, 0L) && leaves + Math.min(follows, ordered) > ordered) {
        world.find("units leave that are not there: %s of %s: %d of %d, and %d are to follow".formatted(line, id,
            leaves, ordered, follows));
      }
    });
  }

  /** Of a component: what its kits are packed out of. */
  private long ordered(String order, String line) {
    String[] places = line.split("_");
    int place = Integer.parseInt(places[1]) - 1;
    if (place >= lines.getOrDefault(order, List.of()).size()) {
      return Long.MAX_VALUE;
    }
    long quantity = lines.get(order).get(place).number("quantity");
    return places.length == 2
        ? quantity
        : quantity * kits.get(order).stream().filter(it -> it.text("line").equals("line_" + places[1]))
            .flatMap(it -> it.children("components").stream()).filter(it -> it.text("id").equals(line))
            .mapToLong(it -> it.number("quantity")).sum();
  }

  private boolean isLabelVoid(String id, String parcel) {
    return Document.of(world.store(), "ShippingTable", id, parcel).child("stage").text("type")
        .equalsIgnoreCase("voided");
  }

  private void checkMemory(String id, OrderItem before, OrderItem after) {
    if (before.isPlaced() && !before.terms().equals(after.terms()) && !isRepriced(before, after)) {
      world.find("an order's terms change: " + id);
    }
    Map<String, Document> payments = byId(after.payments(), "payment");
    for (Document known : before.payments()) {
      Document now = payments.get(known.child("payment").text("id"));
      boolean forgotten = now == null || OrderItem.captured(now) < OrderItem.captured(known)
          || known.has("refund") && !known.child("refund").text("reason").equals(now.child("refund").text("reason"));
      if (forgotten) {
        world.find("an order forgets money: %s, %s becomes %s".formatted(id, known, now));
      }
    }
    Map<String, Document> parcels = byId(after.parcels(), "parcel");
    for (Document known : before.parcels()) {
      Document now = parcels.get(known.child("parcel").text("id"));
      boolean isVoid = after.isVoid(known.child("parcel").text("id"))
          && (!known.has("tracking_number") || isLabelVoid(id, known.child("parcel").text("id")));
      boolean forgotten = !isVoid && (now == null || !known.child("parcel").equals(now.child("parcel"))
          || known.has("tracking_number") && !known.text("tracking_number").equals(now.text("tracking_number")));
      if (forgotten) {
        world.find("an order forgets a parcel: %s, %s becomes %s".formatted(id, known, now));
      }
    }
  }

  /** Whether no more has changed than a change of its lines changes, or a person who accepts that less or more was paid. */
  private static boolean isRepriced(OrderItem before, OrderItem after) {
    boolean allowed = after.state().has("changed") || released(after) > released(before);
    return allowed && before.terms().without(REPRICED).equals(after.terms().without(REPRICED));
  }

  private static long released(OrderItem order) {
    return order.holds().stream().filter(it -> it.has("release")).count();
  }

  private static Map<String, Document> byId(List<Document> all, String name) {
    var byId = new HashMap<String, Document>();
    all.forEach(it -> byId.put(it.child(name).text("id"), it));
    return byId;
  }
}
