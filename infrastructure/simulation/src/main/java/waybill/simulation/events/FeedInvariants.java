package waybill.simulation.events;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import waybill.simulation.inventory.StockInvariants;
import waybill.simulation.orders.OrderInvariants;
import waybill.simulation.orders.OrderItem;
import waybill.simulation.world.Document;
import waybill.simulation.world.World;
import waybill.store.Store.Change;

/**
 * The feed, after every write: its pages follow each other without a gap and never change, so nothing appears behind a cursor; each
 * event is in it once, and not before its order is at the revision that the event names. At rest it has all that storefronts follow, and whoever
 * follows by webhook was sent each, with one body.
 */
public final class FeedInvariants {
  public static final String TABLE = "EventsTable";
  private static final String POOL = "pool#";

  private final World world;
  private final OrderInvariants orders;
  private final Set<String> events = new HashSet<>();
  private final Map<String, Map<String, Integer>> byOrder = new HashMap<>();
  /** What was announced of a product's stock, under each number. */
  private final Map<String, Map<Long, Set<String>>> announced = new HashMap<>();
  private long last;

  public FeedInvariants(World world, OrderInvariants orders) {
    this.world = world;
    this.orders = orders;
  }

  public void written(Change change) {
    if (!change.table().equals(TABLE) || !change.key().get("pk").s().equals("feed")) {
      return;
    }
    var page = new Document(change.after());
    if (!change.before().isEmpty() || page.number("number") != last + 1) {
      world.find("a page of the feed is changed, or leaves a gap: %d after %d".formatted(page.number("number"), last));
    }
    last = page.number("number");
    page.children("events").forEach(this::recorded);
  }

  private void recorded(Document event) {
    String order = event.text(event.has("sku") ? "sku" : "order");
    if (!events.add(event.text("id"))) {
      world.find("an event is in the feed twice: %s of %s".formatted(event.text("type"), order));
    }
    if (event.has("sku")) {
      crossed(event);
      return;
    }
    if (!orders.order(order).isPlaced() || event.number("revision") > revision(orders.order(order))) {
      world.find("an event is ahead of its order: %s of %s".formatted(event.text("type"), order));
    }
    byOrder.computeIfAbsent(order, _ -> new HashMap<>()).merge(event.text("type"), 1, Integer::sum);
  }

  /** What is announced of stock is never twice the same in the order of its numbers; its messages may overtake each other. */
  private void crossed(Document event) {
    String of = event.text("sku") + " " + event.text("pool");
    long number = event.number("revision");
    Map<Long, Set<String>> numbers = announced.computeIfAbsent(of, _ -> new HashMap<>());
    numbers.computeIfAbsent(number, _ -> new HashSet<>()).add(event.text("type"));
    boolean twice = Stream.of(number - 1, number + 1)
        .anyMatch(it -> numbers.get(number).size() == 1 && numbers.get(number).equals(numbers.get(it)));
    if (twice) {
      world.find("stock is announced twice as the same: %s of %s".formatted(event.text("type"), of));
    }
  }

  /** Followers of stock know what its counter says that they know: the event of its latest change was sent, and no older one came last. */
  private void agrees(Document pool) {
    String of = pool.text("pk") + " " + pool.text("sk").substring(POOL.length());
    if (pool.has("unsent")) {
      world.find("an event of stock is written and never sent: %s of %s".formatted(pool.text("unsent"), of));
    }
    var numbers = new TreeMap<>(announced.getOrDefault(of, Map.of()));
    boolean heardSoldOut = !numbers.isEmpty() && numbers.lastEntry().getValue().equals(Set.of("stock_sold_out"));
    if (heardSoldOut != pool.text("announced").equals("sold_out")) {
      world.find("followers of stock were left with old news: %s is %s".formatted(of, pool.text("announced")));
    }
  }

  /** The highest that the API may show: also of parcels that are packed and wait for their money. */
  private static long revision(OrderItem order) {
    return order.state().number("revision") + order.written().stream().mapToLong(it -> it.number("revision") - 1).sum();
  }

  /** @param others what else must be in it of an order, and how often */
  public void atRest(Function<String, Map<String, Integer>> others) {
    world.receiver().changed()
        .forEach(it -> world.find("an event is sent again with another body than before: " + it));
    events.stream().filter(it -> !world.receiver().taken().contains(it))
        .forEach(it -> world.find("an event is never delivered: " + it));
    world.store().items(StockInvariants.TABLE).stream().map(Document::new)
        .filter(it -> it.text("sk").startsWith(POOL)).forEach(this::agrees);
    world.expected().values().stream().distinct().map(orders::order).filter(OrderItem::isPlaced).forEach(order -> {
      String id = order.state().text("pk");
      int labelled = order.labelled();
      check(id, "order_placed", 1);
      check(id, "order_cancelled", order.isCancelled() ? 1 : 0);
      check(id, "parcel_shipped", labelled);
      others.apply(id).forEach((type, times) -> check(id, type, times));
      if (order.isReleased()) {
        check(id, "order_confirmed", 1);
      }
      // It may be returned after it was delivered.
      if (order.axes().get("delivery_status").equals("delivered")) {
        check(id, "order_delivered", 1);
      }
    });
  }

  private void check(String order, String type, int expected) {
    int found = byOrder.getOrDefault(order, Map.of()).getOrDefault(type, 0);
    if (found != expected) {
      world.find("the feed does not say what happened: %s has %d of %s and not %d".formatted(order, found, type,
          expected));
    }
  }
}
