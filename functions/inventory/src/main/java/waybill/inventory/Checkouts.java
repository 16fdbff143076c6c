package waybill.inventory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.ReservationId;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.BackordersDue;
import waybill.messages.StockMessages.StockCrossed;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.Violation;

/**
 * The checkouts' reservations. Each is written in one transaction with the counters that it moves, on the condition that it still is what was
 * read: whichever of an order, a prolongation, a release and the sweep is first decides, and the others find that. One that is too large for a
 * transaction is taken and given back in steps ({@link Step}), as an order's is; the sweep ends what was left half way.
 */
final class Checkouts {
  /** As many as an order may have lines. */
  static final int MAX_SKUS = 500;
  /** How long one that has ended can still be read; then it is forgotten, as most checkouts never become orders. */
  private static final Duration KEPT = Duration.ofHours(24);
  /** Of each partition: a run ends in well under a minute, and what is left over is due at the next. */
  private static final int MOST_AT_ONCE = 250;

  private final Table<CheckoutReservation> records;
  private final Table<Expiring> times;
  private final Counters counters;
  private final Transactions transactions;
  private final Ledger<CheckoutReservation> ledger;
  private final InstantSource clock;

  /** @param ledger of the same records and counters */
  Checkouts(Table<CheckoutReservation> records, Table<Expiring> times, Counters counters, Transactions transactions,
      Ledger<CheckoutReservation> ledger, InstantSource clock) {
    this.records = records;
    this.times = times;
    this.counters = counters;
    this.transactions = transactions;
    this.ledger = ledger;
    this.clock = clock;
  }

  static Key key(String id) {
    return new Key(id, InventoryTable.CHECKOUT);
  }

  /** @param now whether it was made just now; else it had been made before */
  record Made(Stored<CheckoutReservation> reservation, boolean now) {}

  /** One that was made. */
  Optional<Stored<CheckoutReservation>> find(ReservationId id) {
    return known(id.value()).filter(it -> it.value().isMade());
  }

  private Optional<Stored<CheckoutReservation>> known(String id) {
    return records.find(key(id));
  }

  Table<Expiring> times() {
    return times;
  }

  /**
   * Keeps all of the units or none, once; refused if they are not all there, or if the id was used for others. What is refused leaves nothing
   * that its request finds, so that it may be tried again.
   *
   * @param places which item asked for a SKU, which a refusal points at
   * @param returned hears of one that is refused after others may have missed what it had taken
   * @throws Table.Contended if others were faster, again and again
   */
  Outcome<Made> make(CheckoutReservation asked, Map<Sku, Integer> places, Consumer<CheckoutReservation> returned) {
    var backoff = new Backoff();
    boolean tried = false;
    counters.forget();
    do {
      Optional<Stored<CheckoutReservation>> known = known(asked.id());
      if (known.isPresent() && known.get().value().status() != Movement.Status.REFUSED) {
        return known.get().value().isSameAs(asked)
            ? made(known.get(), tried, places, returned)
            : reused().outcome();
      }
      List<Move> moves = asked.moves();
      List<SkuQuantity> shortOf = Coalescing.shortOf(moves,
          counters.read(moves.stream().map(Move::counter).toList()));
      if (!shortOf.isEmpty()) {
        return insufficient(asked, shortOf, places).outcome();
      }
      tried = true;
      boolean large = Coalescing.isLarge(asked);
      if (transactions.write(making(asked, known, large))) {
        if (!large) {
          moves.forEach(it -> counters.written(it.counter(), it.change()));
        }
        return made(known(asked.id()).orElseThrow(), true, places, returned);
      }
    } while (backoff.again());
    throw new Table.Contended("stock");
  }

  /** The record and its time; and the counters, unless they are moved in steps from then on. @param refused what was refused before */
  private List<TransactWriteItem> making(CheckoutReservation asked, Optional<Stored<CheckoutReservation>> refused,
      boolean large) {
    var writes = new ArrayList<TransactWriteItem>();
    CheckoutReservation record = large ? asked : asked.ended();
    writes.add(refused.map(it -> records.replacement(it, record)).orElseGet(() -> records.insertion(record)));
    // The time of what was refused is there, and finds a later one in the record; but not an earlier one.
    if (refused.isEmpty() || asked.freeableAt().isBefore(refused.get().value().freeableAt())) {
      writes.add(times.insertion(new Expiring(new ReservationId(asked.id()), asked.freeableAt())));
    }
    if (!large) {
      asked.moves().forEach(it -> writes.add(counters.change(it.counter(), it.change())));
    }
    return writes;
  }

  private Outcome<Made> made(Stored<CheckoutReservation> known, boolean now, Map<Sku, Integer> places,
      Consumer<CheckoutReservation> returned) {
    Stored<CheckoutReservation> end = toItsEnd(known);
    if (end.value().status() == Movement.Status.REFUSED) {
      returned.accept(end.value());
      return insufficient(end.value(), end.value().shortOf(), places).outcome();
    }
    return Outcome.of(new Made(end, now || !known.value().status().hasEnded()));
  }

  /** Goes on with what is taken or given back in steps. */
  private Stored<CheckoutReservation> toItsEnd(Stored<CheckoutReservation> known) {
    if (known.value().status().hasEnded()) {
      return known;
    }
    ledger.inSteps(known, known.value());
    return known(known.value().id()).orElseThrow();
  }

  private static Refused reused() {
    return Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
        "this Idempotency-Key was sent with another reservation; a new reservation needs a new key");
  }

  private static Refused insufficient(CheckoutReservation asked, List<SkuQuantity> shortOf,
      Map<Sku, Integer> places) {
    Map<Sku, Integer> wanted = Missing.units(asked.items());
    List<Violation> violations = shortOf.stream()
        .map(it -> new Violation("/items/%d/quantity".formatted(places.get(it.sku())), "insufficient_stock",
            "%d units of %s can be promised now".formatted(wanted.get(it.sku()) - it.quantity(), it.sku())))
        .sorted(Comparator.comparing(Violation::pointer)).toList();
    return new Refused(Refused.Kind.CONFLICT, "insufficient_stock",
        "not all units can be promised, so none is reserved", violations, Map.of());
  }

  /** Kept longer. @throws Table.Contended if others were faster, again and again */
  Outcome<Stored<CheckoutReservation>> prolong(ReservationId id, String key, int minutes) {
    return change(id, it -> it.prolonged(key, minutes, now()));
  }

  /** Given up. @throws Table.Contended if others were faster, again and again */
  Outcome<Stored<CheckoutReservation>> release(ReservationId id) {
    return change(id, it -> it.released(now()));
  }

  private Outcome<Stored<CheckoutReservation>> change(ReservationId id,
      Function<CheckoutReservation, Outcome<CheckoutReservation>> rule) {
    var backoff = new Backoff();
    do {
      Optional<Stored<CheckoutReservation>> known = find(id);
      if (known.isEmpty()) {
        return Refused.absent("reservation").outcome();
      }
      Outcome<CheckoutReservation> decided = rule.apply(known.get().value());
      if (decided instanceof Outcome.Declined<CheckoutReservation>(Refused refused)) {
        return refused.outcome();
      }
      CheckoutReservation next = decided.orElseThrow();
      if (next.equals(known.get().value())) {
        return Outcome.of(toItsEnd(known.get()));
      }
      if (write(known.get(), next)) {
        return Outcome.of(toItsEnd(find(id).orElseThrow()));
      }
    } while (backoff.again());
    throw new Table.Contended("reservation");
  }

  /** The record, and with it the units that go back, if that is one transaction; else these follow. */
  private boolean write(Stored<CheckoutReservation> known, CheckoutReservation next) {
    if (Coalescing.isLarge(next)) {
      return transactions.write(List.of(records.replacement(known, next)));
    }
    var writes = new ArrayList<>(List.of(records.replacement(known, next.ended())));
    next.due().forEach(it -> writes.add(counters.change(it.counter(), it.change())));
    return transactions.write(writes);
  }

  /** What storefronts do not know yet of the stock that is left. */
  List<StockCrossed> crossed(CheckoutReservation made) {
    return counters.crossed(made.items().stream().map(SkuQuantity::sku).toList(), made.pool()).stream()
        .map(it -> new StockCrossed(it, made.pool())).toList();
  }

  /** What is free now and is waited for. */
  List<BackordersDue> waitedFor(CheckoutReservation ended) {
    return counters.waitedFor(ended.items().stream().map(SkuQuantity::sku).toList(), ended.pool()).stream()
        .map(it -> new BackordersDue(it, ended.pool(), true)).toList();
  }

  /** When which reservations are to be looked at, as far as that is due. */
  Stream<Key> due() {
    return Expiring.partitions().stream()
        .flatMap(it -> times.between(it, Expiring.first(), Expiring.last(now()), true, MOST_AT_ONCE).stream())
        .map(it -> it.value().key());
  }

  /**
   * Ends a reservation whose time is over, and forgets one that ended long ago. Whoever dies meanwhile has left the time where it was, so the
   * next run does what is left, also for a reservation that was released by somebody who died before saying so.
   *
   * @param news hears of one that has ended, before its time is given up; and whether it ended just now
   * @throws Table.Contended if others were faster, again and again
   */
  void visit(Stored<Expiring> time, BiConsumer<CheckoutReservation, Boolean> news) {
    var backoff = new Backoff();
    do {
      Optional<Stored<CheckoutReservation>> known = known(time.value().reservation().value());
      if (known.isEmpty()) {
        times.remove(time);
        return;
      }
      CheckoutReservation next = known.get().value().expired(now());
      boolean ends = !next.equals(known.get().value());
      if (!ends || write(known.get(), next)) {
        settle(time, ends ? known(next.id()).orElseThrow() : known.get(), ends, news);
        return;
      }
    } while (backoff.again());
    throw new Table.Contended("reservation");
  }

  private void settle(Stored<Expiring> time, Stored<CheckoutReservation> known, boolean ends,
      BiConsumer<CheckoutReservation, Boolean> news) {
    if (known.value().isHeld() || known.value().status() == Movement.Status.TAKING) {
      move(time, known.value().freeableAt());
      return;
    }
    Stored<CheckoutReservation> end = toItsEnd(known);
    CheckoutReservation it = end.value();
    news.accept(it, ends);
    Instant forgotten = it.isMade() ? it.endedAt().plus(KEPT) : now();
    if (forgotten.isAfter(now())) {
      move(time, forgotten);
    } else if (records.remove(end)) {
      times.remove(time);
    }
  }

  private void move(Stored<Expiring> time, Instant to) {
    var next = new Expiring(time.value().reservation(), to);
    if (!next.key().equals(time.value().key())) {
      times.insert(next);
      times.remove(time);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
