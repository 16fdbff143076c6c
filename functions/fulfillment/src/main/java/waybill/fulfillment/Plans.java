package waybill.fulfillment;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.catalog.Catalog;
import waybill.catalog.Destination;
import waybill.fulfillment.Fulfillment.Status;
import waybill.fulfillment.Shortages.Unfound;
import waybill.fulfillment.sourcing.Sourced;
import waybill.fulfillment.sourcing.Sourcing.Part;
import waybill.fulfillment.Supply.Split;
import waybill.fulfillment.Supply.Wanted;
import waybill.messages.FulfillmentId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.FulfillmentMessages.RepackingDecided;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.messages.OrderMessages.LinesChanged;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.messages.Sku;
import waybill.messages.StockMessages.AllocationRefused;
import waybill.messages.StockMessages.StockAllocated;
import waybill.messages.StockMessages.StockCorrected;
import waybill.messages.StockPool;
import waybill.orders.Orders;
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
  /** A transaction has at most 100 actions; two are what they replace and why. */
  private static final int MAX_PARTS = 98;

  private final DynamoDbClient dynamo;
  private final Table<Fulfillment> fulfillments;
  private final Table<ShortageReport> reports;
  private final Shortages shortages;
  private final Catalog catalog;
  private final Supply supply;
  private final Orders orders;
  private final InstantSource clock;

  /** An order takes more locations than a transaction plans. */
  static final class TooManyParts extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyParts(OrderId order) {
      super("%s takes more than %d fulfillments".formatted(order, MAX_PARTS));
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
      return new Plan(added, Stream.concat(known.stream(), added.stream()).filter(it -> isUnanswered(it)
          || it.change() == change && change > 0 && (it.status() == Status.OPEN || it.isEmptied())).toList());
    }

    static Plan of(List<Stored<Fulfillment>> known, List<Fulfillment> added) {
      return new Plan(added,
          Stream.concat(known.stream().map(Stored::value), added.stream()).filter(Plan::isUnanswered).toList());
    }

    /** The same after some of those have changed. @param changed among what is known or added */
    static Plan of(List<Stored<Fulfillment>> known, List<Fulfillment> changed, List<Fulfillment> added) {
      Map<FulfillmentId, Fulfillment> now = changed.stream().collect(Collectors.toMap(Fulfillment::id, it -> it));
      return new Plan(added, Stream.concat(known.stream().map(it -> now.getOrDefault(it.value().id(), it.value())),
          added.stream()).filter(it -> now.containsKey(it.id()) || isUnanswered(it)).toList());
    }

    private static boolean isUnanswered(Fulfillment it) {
      return it.status() == Status.PLANNED || !it.isPart() && (it.status() == Status.SHORT || it.isReplaced());
    }
  }

  Plans(Ports ports, Supply.Stock stock) {
    this.dynamo = ports.dynamo();
    this.fulfillments = FulfillmentTable.fulfillments(ports);
    this.reports = Shortages.reports(ports);
    this.shortages = new Shortages(ports);
    this.catalog = new Catalog(ports);
    this.clock = ports.clock();
    this.supply = new Supply(new Candidates(catalog, new Backlog(fulfillments), clock), stock);
    this.orders = new Orders(ports);
  }

  /** Plans what of an order is in no plan yet, and takes out what is no longer wanted. What no active location has is short. */
  Plan plan(OrderReleased released) {
    return compare(
        new Comparing(released.lines(), released.change(), Set.copyOf(released.approved()), released.waiting()),
        released.order(), released.pool(), true);
  }

  /** Takes out of an order's plan what is no longer wanted; whether the rest may be planned, the order says on its own. */
  Plan reduce(LinesChanged changed) {
    return compare(new Comparing(changed.lines(), changed.change(), Set.copyOf(changed.approved()), List.of()),
        changed.order(), changed.pool(), false);
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
          : added(order, next, wanted(order, pool, missing, before.stream().map(it -> left.getOrDefault(it.id(), it))
              .toList()), lines.change());
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

  /**
   * Refuses a fulfillment that waits for its stock, and plans its lines again. What a later change of the lines has shrunk is asked for
   * anew, and waits for the answer to that.
   */
  Plan planAgain(AllocationRefused refused) {
    return replace(refused.fulfillment(), Status.PLANNED, refused.change());
  }

  /** Looks again for units that no location had. */
  Plan planShort(FulfillmentId id) {
    return replace(id, Status.SHORT, Integer.MAX_VALUE);
  }

  /**
   * Plans what waits for a packer elsewhere, unless its location is open again; what no location has is short. It is left without units, so
   * that its location releases them and its order counts on it no more.
   */
  Plan planFromClosed(FulfillmentId id) {
    var backoff = new Backoff();
    do {
      List<Stored<Fulfillment>> known = FulfillmentTable.findAll(fulfillments, id.order());
      Stored<Fulfillment> it = find(known, id);
      boolean waits = it.value().status() == Status.OPEN
          && catalog.location(it.value().locationId()).filter(one -> !one.active()).isPresent();
      if (isCancelled(known)) {
        return Plan.CANCELLED;
      }
      if (!waits) {
        // Whoever planned it elsewhere may have died before saying so.
        return Plan.of(known, it.value().isEmptied() ? List.of(it.value()) : List.of(), List.of());
      }
      Fulfillment next = it.value().without(it.value().lines());
      List<Fulfillment> added = added(id.order(), known.size() + 1, wanted(it.value(), known,
          shortages.unfound(id.order())), it.value().change());
      if (write(List.of(fulfillments.replacement(it, next)), added)) {
        return Plan.of(known, List.of(next), added);
      }
    } while (backoff.again());
    throw new Table.Contended("the plan of " + id.order());
  }

  /** @param change the latest that the news of it knows */
  private Plan replace(FulfillmentId id, Status expected, int change) {
    var backoff = new Backoff();
    do {
      List<Stored<Fulfillment>> known = FulfillmentTable.findAll(fulfillments, id.order());
      Stored<Fulfillment> it = find(known, id);
      boolean waits = it.value().status() == expected && (expected != Status.SHORT || it.value().openedAt() != null);
      if (!waits || it.value().change() > change || isCancelled(known)) {
        return Plan.of(known);
      }
      List<Fulfillment> found = added(id.order(), known.size() + 1, wanted(it.value(), known,
          shortages.unfound(id.order())), it.value().change());
      boolean stays = rest(found).equals(it.value().lines());
      Fulfillment next = expected == Status.SHORT
          ? stays ? it.value() : it.value().keeping(rest(found), whyShort(found))
          : it.value().refuse();
      List<Fulfillment> added = expected == Status.SHORT ? planned(found) : found;
      if (next.equals(it.value())) {
        return Plan.of(known);
      }
      if (write(List.of(fulfillments.replacement(it, next)), added)) {
        return Plan.of(known, List.of(next), added);
      }
    } while (backoff.again());
    throw new Table.Contended("the plan of " + id.order());
  }

  /** Plans units elsewhere that a packer did not find, once stock is corrected. */
  Plan planMissing(StockCorrected corrected) {
    OrderId order = corrected.order();
    var backoff = new Backoff();
    do {
      List<Stored<Fulfillment>> known = FulfillmentTable.findAll(fulfillments, order);
      Fulfillment from = find(known, corrected.fulfillment()).value();
      Stored<ShortageReport> report = shortages.find(order, corrected.shortage())
          .orElseThrow(() -> new NeverPlanned(corrected.fulfillment()));
      ShortageReport planned = report.value().planned(corrected.doubtful(), clock.instant());
      Stored<Fulfillment> waiting = find(known, planned.waitsAs());
      if (report.value().isPlanned() || isCancelled(known)) {
        if (report.value().isPlanned() || reports.replace(report, planned)) {
          return isCancelled(known) ? Plan.CANCELLED : Plan.of(known, List.of(from), List.of());
        }
        continue;
      }
      var changes = new ArrayList<TransactWriteItem>(List.of(reports.replacement(report, planned)));
      var changed = new ArrayList<Fulfillment>(List.of(from));
      List<Fulfillment> added = List.of();
      if (waiting.value().status() == Status.SHORT) {
        Fulfillment it = waiting.value().waiting(pool(from), clock.instant());
        List<Fulfillment> found = added(order, known.size() + 1, wanted(it, known, shortages.unfound(planned)),
            it.change());
        added = planned(found);
        Fulfillment next = it.keeping(rest(found), whyShort(found));
        changed.add(next);
        changes.add(fulfillments.replacement(waiting, next));
      }
      if (write(changes, added)) {
        return Plan.of(known, changed, added);
      }
    } while (backoff.again());
    throw new Table.Contended("the plan of " + order);
  }

  /**
   * What a fulfillment wants that others are to replace. Of units that are short, only as many are planned as are promised again; what is
   * not promised is read after the plan: a shortage that comes between the two makes it more, never less.
   */
  private Wanted wanted(Fulfillment it, List<Stored<Fulfillment>> known, Unfound unfound) {
    if (it.status() != Status.SHORT) {
      return new Wanted(pool(it), it.lines(), Map.of(), unfound, waitingSince(known.stream().map(Stored::value)));
    }
    return new Wanted(it.pool(), it.lines(), unpromised(it.orderId(), known.stream().map(Stored::value)
        .filter(one -> !one.id().equals(it.id())).toList()), unfound, it.openedAt());
  }

  /**
   * What an order wants that is in no plan. Its first plan is of units that are all promised; later ones may be of units that a packer
   * did not find, and that were held for themselves since, so that no fulfillment lacks them any more.
   */
  private Wanted wanted(OrderId order, StockPool pool, List<LineQuantity> lines, List<Fulfillment> known) {
    return known.isEmpty()
        ? Wanted.of(pool, lines)
        : new Wanted(pool, lines, unpromised(order, known), shortages.unfound(order), waitingSince(known.stream()));
  }

  /** Since when units of an order have waited for a way to be shipped: what is planned again does not wait from the beginning. Null if none have. */
  private static Instant waitingSince(Stream<Fulfillment> known) {
    return known.filter(it -> it.locationId() == null).map(Fulfillment::openedAt).filter(Objects::nonNull)
        .min(Comparator.naturalOrder()).orElse(null);
  }

  /** The units of an order that are not promised and that none of these is short of. */
  private Map<Sku, Integer> unpromised(OrderId order, List<Fulfillment> others) {
    Map<Sku, Integer> unpromised = new HashMap<>(supply.missing(order));
    others.stream().filter(one -> one.status() == Status.SHORT && one.openedAt() != null)
        .flatMap(one -> one.lines().stream()).forEach(line -> unpromised.computeIfPresent(line.sku(),
            (_, units) -> Math.max(0, units - line.quantity())));
    return unpromised;
  }

  private static List<Fulfillment> planned(List<Fulfillment> found) {
    return found.stream().filter(one -> one.status() != Status.SHORT).toList();
  }

  /** What no location has. */
  private static List<LineQuantity> rest(List<Fulfillment> found) {
    return found.stream().filter(one -> one.status() == Status.SHORT).flatMap(one -> one.lines().stream()).toList();
  }

  /** Why none of it ships; null if some does, or if there is nothing to say. */
  private static Sourced whyShort(List<Fulfillment> found) {
    return found.stream().filter(one -> one.status() == Status.SHORT).map(Fulfillment::sourced).filter(Objects::nonNull)
        .findFirst().orElse(null);
  }

  private static Stored<Fulfillment> find(List<Stored<Fulfillment>> known, FulfillmentId id) {
    return known.stream().filter(one -> one.value().id().equals(id)).findFirst()
        .filter(one -> !one.value().isTombstone()).orElseThrow(() -> new NeverPlanned(id));
  }

  /** The pool that its units are sold from: a location's never changes. */
  private StockPool pool(Fulfillment it) {
    return it.pool() != null ? it.pool() : catalog.location(it.locationId()).orElseThrow().stockPool();
  }

  /** Its stock is allocated: it is listed for packers, unless its order is cancelled. */
  Fulfillment open(StockAllocated allocated) {
    return change(allocated.fulfillment(), it -> it.open(clock.instant(), allocated.lots()));
  }

  /** Its order has approved its dispatch: it need not be sent again. */
  Fulfillment dispatch(ParcelId parcel) {
    return change(parcel.fulfillment(), it -> it.dispatch(parcel, clock.instant()));
  }

  /** Its order has decided whether it is packed again. */
  Fulfillment repack(RepackingDecided decided) {
    return change(decided.fulfillment(),
        it -> it.repackingDecided(decided.first(), decided.granted()));
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

  private boolean write(List<TransactWriteItem> changes, List<Fulfillment> added) {
    var writes = new ArrayList<>(changes);
    added.forEach(one -> writes.add(fulfillments.insertion(one)));
    return Table.writeAll(dynamo, writes);
  }

  /** The fulfillments of what is wanted; one more of what no location has. */
  private List<Fulfillment> added(OrderId order, int first, Wanted wanted, int change) {
    Split split = supply.find(wanted, () -> journey(order));
    var added = new ArrayList<Fulfillment>();
    for (Part part : split.parts()) {
      added.add(Fulfillment.planned(FulfillmentId.of(order, first + added.size()), part.location(), part.lines(),
          change, split.sourced()).arriving(split.arrivesOn()));
    }
    if (!split.rest().isEmpty()) {
      added.add(Fulfillment.lacking(FulfillmentId.of(order, first + added.size()), split.rest(), wanted.pool(), change,
          clock.instant(), split.parts().isEmpty() ? split.sourced() : null));
    }
    if (added.size() > MAX_PARTS) {
      throw new TooManyParts(order);
    }
    return added;
  }

  /** Empty if the order ships nothing. */
  private Optional<Journey> journey(OrderId order) {
    return orders.shipping(order).filter(it -> it.address() != null)
        .map(it -> new Journey(Destination.of(it.address()), it.method(),
            it.chosen() == null ? null : it.chosen().latestAt(), () -> orders.sale(order), () -> orders.kits(order)));
  }
}
