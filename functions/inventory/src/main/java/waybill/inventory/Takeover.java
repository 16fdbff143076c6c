package waybill.inventory;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.SkuQuantity;
import waybill.platform.Backoff;
import waybill.platform.Log;
import waybill.platform.Stored;
import waybill.platform.Table;

/**
 * Turns a checkout's reservation into that of the order that names it, in one transaction of both: the units are never free in between. If they
 * are the very units of the order, no counter is touched; else only what differs is taken or given back. A reservation that has ended, or
 * that another order has, changes nothing for an order that names it: its stock is reserved as any order's is.
 */
final class Takeover {
  private static final Log LOG = Log.of(Takeover.class);

  private final Table<CheckoutReservation> checkouts;
  private final Table<Reservation> reservations;
  private final Counters counters;
  private final Transactions transactions;
  private final Ledger<CheckoutReservation> ledger;
  private final Function<List<Reservation>, Owing<Reservation>> owing;
  private final Function<Reservation, List<TransactWriteItem>> beside;
  private final InstantSource clock;

  /**
   * @param counters of which what is waited for is held back
   * @param ledger of the checkouts' records and the same counters
   * @param beside what is written together with an order's reservation
   */
  Takeover(Table<CheckoutReservation> checkouts, Table<Reservation> reservations, Counters counters,
      Transactions transactions, Ledger<CheckoutReservation> ledger,
      Function<List<Reservation>, Owing<Reservation>> owing,
      Function<Reservation, List<TransactWriteItem>> beside, InstantSource clock) {
    this.checkouts = checkouts;
    this.reservations = reservations;
    this.counters = counters;
    this.transactions = transactions;
    this.ledger = ledger;
    this.owing = owing;
    this.beside = beside;
    this.clock = clock;
  }

  /**
   * What the order is promised afterwards, and the counters that move with it.
   *
   * @param changes those that really change
   */
  private record Turned(Reservation reservation, Map<Counter, Levels> changes) {}

  /**
   * Does nothing if the order names no reservation, or if its stock is decided already.
   *
   * @throws Table.Contended if others were faster, again and again
   */
  void turn(OrderPlaced placed) {
    if (placed.reservation() == null) {
      return;
    }
    var backoff = new Backoff();
    do {
      if (reservations.find(InventoryTable.reservation(placed.order().value())).isPresent()) {
        return;
      }
      Optional<Stored<CheckoutReservation>> named = checkouts.find(Checkouts.key(placed.reservation().value()));
      named.filter(it -> placed.order().equals(it.value().order())).ifPresent(this::free);
      if (named.isEmpty() || !named.get().value().isHeld() || !named.get().value().pool().equals(placed.pool())) {
        LOG.info("Reservation not there for the order", "order", placed.order(), "reservation", placed.reservation(),
            "status", named.map(it -> it.value().status()).orElse(null), "pool", placed.pool());
        return;
      }
      if (turn(placed, named.get())) {
        return;
      }
    } while (backoff.again());
    throw new Table.Contended("reservation");
  }

  private boolean turn(OrderPlaced placed, Stored<CheckoutReservation> held) {
    CheckoutReservation ordered = held.value().ordered(placed.order(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    Turned turned = turned(Reservation.of(placed), ordered.due());
    List<TransactWriteItem> places = beside.apply(turned.reservation);
    boolean fits = turned.changes.size() + places.size() + 2 <= Coalescing.MAX_ACTIONS;
    var writes = new ArrayList<TransactWriteItem>();
    if (fits) {
      writes.add(checkouts.replacement(held, ordered.ended()));
      writes.add(reservations.insertion(turned.reservation));
      writes.addAll(places);
      turned.changes.forEach((counter, change) -> writes.add(counters.change(counter, change)));
    } else {
      // An order that differs in a hundred products is reserved in steps, as any of its size, after the checkout's units are free.
      writes.add(checkouts.replacement(held, ordered));
    }
    if (!transactions.write(writes)) {
      return false;
    }
    LOG.info("Reservation turned into the order's", "order", placed.order(), "reservation", placed.reservation(),
        "status", fits ? turned.reservation.status() : null, "counters", fits ? turned.changes.size() : null);
    if (!fits) {
      free(checkouts.find(Checkouts.key(held.value().id())).orElseThrow());
    }
    return true;
  }

  /** Gives back what is not given back yet. */
  private void free(Stored<CheckoutReservation> ended) {
    ledger.inSteps(ended, ended.value());
  }

  private Turned turned(Reservation asked, List<Move> back) {
    Map<Counter, Levels> changes = changes(asked, back);
    List<Move> takes = changes.entrySet().stream().filter(it -> it.getValue().available() < 0)
        .map(it -> new Move(it.getKey(), it.getValue())).toList();
    Map<Counter, Levels> levels = takes.isEmpty()
        ? Map.of()
        : counters.read(takes.stream().map(Move::counter).toList());
    List<SkuQuantity> shortOf = Coalescing.shortOf(takes, levels);
    if (shortOf.isEmpty()) {
      return new Turned(asked.ended(), changes);
    }
    return owing.apply(List.of(asked)).without(asked, shortOf, levels)
        .map(it -> new Turned(it.ended(), changes(it, back)))
        .orElseGet(() -> new Turned(asked.refused(shortOf), changes(asked.refused(shortOf), back)));
  }

  private static Map<Counter, Levels> changes(Reservation reservation, List<Move> back) {
    List<Move> taken = reservation.status() == Movement.Status.REFUSED ? List.of() : reservation.moves();
    Map<Counter, Levels> changes = Move.sum(Stream.concat(taken.stream(), back.stream()).toList());
    changes.values().removeIf(Levels::isNothing);
    return changes;
  }
}
