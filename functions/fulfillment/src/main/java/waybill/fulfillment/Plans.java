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
   * @param pending those that wait for their stock, the added ones included
   */
  record Plan(List<Fulfillment> added, List<Fulfillment> pending) {
    static final Plan CANCELLED = new Plan(List.of(), List.of());

    /** What was planned before; no fulfillment of a cancelled order waits for stock. */
    static Plan of(List<Stored<Fulfillment>> known) {
      return isCancelled(known) ? CANCELLED : of(known, List.of());
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

  /** Plans an order that has no plan yet. @throws NotSourced if stock lacks */
  Plan plan(OrderReleased released) {
    var backoff = new Backoff();
    do {
      List<Stored<Fulfillment>> known = FulfillmentTable.findAll(fulfillments, released.order());
      if (!known.isEmpty()) {
        return Plan.of(known);
      }
      List<Fulfillment> added = source(released.order(), 1, catalog.locations(), released.pool(), released.lines());
      if (added.isEmpty() || insert(added)) {
        return Plan.of(known, added);
      }
    } while (backoff.again());
    throw new Table.Contended("the plan of " + released.order());
  }

  /** Refuses a fulfillment that waits for its stock, and plans its lines again. @throws NotSourced if stock lacks */
  Plan planAgain(AllocationRefused refused) {
    var backoff = new Backoff();
    do {
      List<Stored<Fulfillment>> known = FulfillmentTable.findAll(fulfillments, refused.order());
      Stored<Fulfillment> it = known.stream().filter(one -> one.value().id().equals(refused.fulfillment())).findFirst()
          .filter(one -> !one.value().isTombstone()).orElseThrow(() -> new NeverPlanned(refused.fulfillment()));
      if (it.value().status() != Status.PLANNED || isCancelled(known)) {
        return Plan.of(known);
      }
      List<Stored<Fulfillment>> others = known.stream().filter(one -> one != it).toList();
      List<Location> locations = catalog.locations();
      // The order's pool is that of the location it was planned for: a location's pool never changes.
      StockPool pool = locations.stream().filter(one -> one.id().equals(it.value().locationId())).findFirst()
          .orElseThrow().stockPool();
      int next = known.getLast().value().id().number() + 1;
      List<Fulfillment> added = source(refused.order(), next, locations, pool, it.value().lines());
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
        known -> known.filter(it -> !it.isTombstone()).map(rule).orElseThrow(() -> new NeverPlanned(id))).value();
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
      List<LineQuantity> lines) {
    List<LocationId> active = locations.stream().filter(it -> it.active() && it.stockPool().equals(pool))
        .map(Location::id).toList();
    Set<Sku> skus = lines.stream().map(LineQuantity::sku).collect(Collectors.toSet());
    return switch (Sourcing.plan(lines, freeStock.apply(skus, active), active)) {
      case Lacking it -> throw new NotSourced(order, pool,
          it.missing().stream().map(one -> "%d of %s".formatted(one.quantity(), one.sku()))
              .collect(Collectors.joining(", ", "they lack ", "")));
      case Found it when it.parts().size() > MAX_PARTS ->
        throw new NotSourced(order, pool, "it takes more than %d of them".formatted(MAX_PARTS));
      case Found it -> numbered(order, number, it.parts());
    };
  }

  private static List<Fulfillment> numbered(OrderId order, int first, List<Part> parts) {
    var numbered = new ArrayList<Fulfillment>();
    for (Part part : parts) {
      numbered
          .add(Fulfillment.planned(FulfillmentId.of(order, first + numbered.size()), part.location(), part.lines()));
    }
    return numbered;
  }
}
