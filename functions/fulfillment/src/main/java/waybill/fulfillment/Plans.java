package waybill.fulfillment;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.fulfillment.Fulfillment.Status;
import waybill.fulfillment.Sourcing.Found;
import waybill.fulfillment.Sourcing.Lacking;
import waybill.fulfillment.Sourcing.Part;
import waybill.messages.FulfillmentId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.LinesChanged;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.messages.Sku;
import waybill.messages.StockMessages.AllocationRefused;
import waybill.messages.StockPool;
import waybill.platform.Backoff;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/**
 * The plans of orders: which of their parts ship from where. An order's fulfillments are numbered, and each plan inserts
 * the next numbers at once: of two plans one fails, reads again and finds what the other wrote. The numbers of a cancelled order
 * end with a tombstone, so a plan fails there too, reads again and plans nothing.
 */
final class Plans {
  /** A transaction has at most 100 actions; one is the refusal. */
  private static final int MAX_PARTS = 99;

  private final DynamoDbClient dynamo;
  private final Table<Fulfillment> fulfillments;
  private final Catalog catalog;
  private final BiFunction<Collection<Sku>, Collection<LocationId>, Map<Sku, Map<LocationId, Integer>>> freeStock;
  private final InstantSource clock;

  /** The locations of a pool cannot ship this; the text says what they lack, for the person who redrives the message. */
  static final class NotSourced extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotSourced(OrderId order, StockPool pool, String why) {
      super("%s cannot be sourced from the active locations of pool %s: %s".formatted(order, pool, why));
    }
  }

  /** A message about a fulfillment that was never planned: a person must find out why. */
  static final class NeverPlanned extends RuntimeException {
    private static final long serialVersionUID = 1;

    NeverPlanned(FulfillmentId id) {
      super("%s was never planned".formatted(id));
    }
  }

  /**
   * The fulfillments of an order.
   *
   * @param added those that this call planned
   * @param pending those that wait for their stock, the added ones included, and those that a change has just left less of
   */
  record Plan(List<Fulfillment> added, List<Fulfillment> pending) {
    static final Plan CANCELLED = new Plan(List.of(), List.of());

    /** What was planned before; no fulfillment of a cancelled order waits for stock. */
    static Plan of(List<Stored<Fulfillment>> known) {
      return isCancelled(known) ? CANCELLED : of(known, List.of());
    }

    /** What was planned before, after a change of the lines. @param left what it has left less of, or nothing */
    static Plan of(List<Fulfillment> known, List<Fulfillment> added, int change) {
      return new Plan(added, Stream.concat(known.stream(), added.stream()).filter(it -> it.status() == Status.PLANNED
          || it.change() == change && change > 0 && (it.status() == Status.OPEN || it.isEmptied())).toList());
    }

    static Plan of(List<Stored<Fulfillment>> known, List<Fulfillment> added) {
      return new Plan(added, Stream.concat(known.stream().map(Stored::value), added.stream())
          .filter(it -> it.status() == Status.PLANNED).toList());
    }
  }

  /** @param freeStock the free units of SKUs at locations, read fresh */
  Plans(Ports ports,
      BiFunction<Collection<Sku>, Collection<LocationId>, Map<Sku, Map<LocationId, Integer>>> freeStock) {
    this.dynamo = ports.dynamo();
    this.fulfillments = FulfillmentTable.fulfillments(ports);
    this.catalog = new Catalog(ports);
    this.freeStock = freeStock;
    this.clock = ports.clock();
  }

  /** Plans what of an order is in no plan yet, and takes out what is no longer wanted. @throws NotSourced if stock lacks */
  Plan plan(OrderReleased released) {
    return compare(new Comparing(released.lines(), released.change(), Set.copyOf(released.approved())),
        released.order(), released.pool(), true);
  }

  /** Takes out of an order's plan what is no longer wanted; whether the rest may be planned, the order says on its own. */
  Plan reduce(LinesChanged changed) {
    return compare(new Comparing(changed.lines(), changed.change(), Set.copyOf(changed.approved())), changed.order(),
        changed.pool(), false);
  }

  private Plan compare(Comparing lines, OrderId order, StockPool pool, boolean released) {
    var backoff = new Backoff();
    do {
      List<Stored<Fulfillment>> known = FulfillmentTable.findAll(fulfillments, order);
      if (!known.isEmpty() && isCancelled(known)) {
        return Plan.CANCELLED;
      }
      List<Fulfillment> before = known.stream().map(Stored::value).toList();
      if (lines.isOvertakenBy(before)) {
        return Plan.of(before, List.of(), lines.change());
      }
      Map<FulfillmentId, Fulfillment> left = lines.left(before);
      List<LineQuantity> missing = released ? lines.missing(before, left) : List.of();
      int next = known.size() + 1;
      List<Fulfillment> added = missing.isEmpty()
          ? List.of()
          : source(order, next, catalog.locations(), pool, missing, lines.change());
      if (added.isEmpty() && !lines.isNewTo(before)
          || write(known, left, added.isEmpty() ? lines.mark(order, next) : added)) {
        return Plan.of(before.stream().map(it -> left.getOrDefault(it.id(), it)).toList(), added, lines.change());
      }
    } while (backoff.again());
    throw new Table.Contended("the plan of " + order);
  }

  private boolean write(List<Stored<Fulfillment>> known, Map<FulfillmentId, Fulfillment> left,
      List<Fulfillment> added) {
    if (left.isEmpty()) {
      return insert(added);
    }
    var writes = new ArrayList<TransactWriteItem>();
    known.stream().filter(it -> left.containsKey(it.value().id()))
        .forEach(it -> writes.add(fulfillments.replacement(it, left.get(it.value().id()))));
    added.forEach(it -> writes.add(fulfillments.insertion(it)));
    return Table.writeAll(dynamo, writes);
  }

  /** Refuses a fulfillment that waits for its stock, and plans its lines again. @throws NotSourced if stock lacks */
  Plan planAgain(AllocationRefused refused) {
    var backoff = new Backoff();
    do {
      List<Stored<Fulfillment>> known = FulfillmentTable.findAll(fulfillments, refused.order());
      Stored<Fulfillment> it = known.stream().filter(one -> one.value().id().equals(refused.fulfillment())).findFirst()
          .filter(one -> one.value().isPart()).orElseThrow(() -> new NeverPlanned(refused.fulfillment()));
      if (it.value().status() != Status.PLANNED || isCancelled(known)) {
        return Plan.of(known);
      }
      List<Stored<Fulfillment>> others = known.stream().filter(one -> one != it).toList();
      List<Location> locations = catalog.locations();
      // The order's pool is that of the location it was planned for: a location's pool never changes.
      StockPool pool = locations.stream().filter(one -> one.id().equals(it.value().locationId())).findFirst()
          .orElseThrow().stockPool();
      int next = known.getLast().value().id().number() + 1;
      List<Fulfillment> added = source(refused.order(), next, locations, pool, it.value().lines(),
          it.value().change());
      var writes = new ArrayList<TransactWriteItem>(List.of(fulfillments.replacement(it, it.value().refuse())));
      added.forEach(one -> writes.add(fulfillments.insertion(one)));
      if (Table.writeAll(dynamo, writes)) {
        return Plan.of(others, added);
      }
    } while (backoff.again());
    throw new Table.Contended("the plan of " + refused.order());
  }

  /** Its stock is allocated: it is listed for packers, unless its order is cancelled. */
  Fulfillment open(FulfillmentId id) {
    return change(id, it -> it.open(clock.instant()));
  }

  /** Its order has approved its dispatch: it need not be sent again. */
  Fulfillment dispatch(FulfillmentId id) {
    return change(id, it -> it.dispatch(clock.instant()));
  }

  private Fulfillment change(FulfillmentId id, UnaryOperator<Fulfillment> rule) {
    return fulfillments.change(FulfillmentTable.key(id),
        known -> known.filter(Fulfillment::isPart).map(rule).orElseThrow(() -> new NeverPlanned(id))).value();
  }

  /** A tombstone ends the numbers: nothing is planned after it. */
  private static boolean isCancelled(List<Stored<Fulfillment>> known) {
    return known.getLast().value().isTombstone();
  }

  /** A single one needs no transaction, which would cost twice as much. */
  private boolean insert(List<Fulfillment> added) {
    return added.size() == 1
        ? fulfillments.insert(added.getFirst())
        : Table.writeAll(dynamo, added.stream().map(fulfillments::insertion).toList());
  }

  private List<Fulfillment> source(OrderId order, int number, List<Location> locations, StockPool pool,
      List<LineQuantity> lines, int change) {
    List<LocationId> active = locations.stream().filter(it -> it.active() && it.stockPool().equals(pool))
        .map(Location::id).toList();
    Set<Sku> skus = lines.stream().map(LineQuantity::sku).collect(Collectors.toSet());
    return switch (Sourcing.plan(lines, freeStock.apply(skus, active), active)) {
      case Lacking it -> throw new NotSourced(order, pool,
          it.missing().stream().map(one -> "%d of %s".formatted(one.quantity(), one.sku()))
              .collect(Collectors.joining(", ", "they lack ", "")));
      case Found it when it.parts().size() > MAX_PARTS ->
        throw new NotSourced(order, pool, "it takes more than %d of them".formatted(MAX_PARTS));
      case Found it -> numbered(order, number, it.parts(), change);
    };
  }

  private static List<Fulfillment> numbered(OrderId order, int first, List<Part> parts, int change) {
    var numbered = new ArrayList<Fulfillment>();
    for (Part part : parts) {
      numbered
          .add(Fulfillment.planned(FulfillmentId.of(order, first + numbered.size()), part.location(), part.lines(),
              change));
    }
    return numbered;
  }
}
