package waybill.inventory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.catalog.Product;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.Violation;

/** The adjustments' records. One that cannot be made leaves no record, so that its request may be tried again. */
final class Adjustments {
  private static final String INSUFFICIENT = "insufficient_stock";

  private final Table<Adjustment> records;
  private final Counters counters;
  private final LedgerEntries entries;
  private final Lots lots;
  private final Transactions transactions;

  Adjustments(Table<Adjustment> records, Counters counters, LedgerEntries entries, Lots lots,
      Transactions transactions) {
    this.records = records;
    this.counters = counters;
    this.entries = entries;
    this.lots = lots;
    this.transactions = transactions;
  }

  static Key key(Adjustment adjustment) {
    return key(adjustment.id());
  }

  static Key key(AdjustmentId id) {
    return new Key(id.value(), "adjustment");
  }

  /** @param now whether it was made just now; else it had been made before */
  record Made(Adjustment adjustment, boolean now) {}

  /**
   * Makes an adjustment once; refused if there is not so much, if it is not of a lot that it may be of, or if its key was used for another.
   *
   * @param today the day at its location
   * @throws Table.Contended if others were faster, again and again
   */
  Outcome<Made> make(Adjustment asked, Product product, LocalDate today) {
    return make(asked, product, today, _ -> List.of());
  }

  /** Takes as many units off the books as they have, at most so many: what they never had they need not lose. Once, as any. */
  Outcome<Made> takeOff(Adjustment asked, Product product, LocalDate today) {
    Optional<Adjustment> known = records.find(key(asked)).map(Stored::value);
    if (known.isPresent()) {
      return Outcome.of(new Made(known.get(), false));
    }
    Outcome<Made> all = make(asked, product, today);
    return all instanceof Outcome.Declined<Made>(Refused why) && why.code().equals(INSUFFICIENT)
        ? make(asked.of(-Math.toIntExact((Long) why.about().get("available"))), product, today)
        : all;
  }

  /**
   * The same, with what is written in its transaction.
   *
   * @param beside written on a condition of its own; if that is not met, nothing is made
   */
  Outcome<Made> make(Adjustment asked, Product product, LocalDate today,
      Function<Adjustment, List<TransactWriteItem>> beside) {
    var backoff = new Backoff();
    do {
      Optional<Adjustment> known = records.find(key(asked)).map(Stored::value);
      if (known.isPresent()) {
        return known.get().isSameAs(asked)
            ? Outcome.of(new Made(known.get(), false))
            : reused(known.get()).outcome();
      }
      Optional<Lot> lot = lots.find(asked.sku(), asked.lot());
      List<Violation> wrong = asked.named().check("/", product, lot, asked.reason().opensLots(),
          asked.reason().bringsGood() ? today : null);
      if (!wrong.isEmpty()) {
        return Refused.invalid(wrong).outcome();
      }
      Map<Counter, Levels> levels = counters
          .readWhole(new TreeSet<>(List.of(asked.shelf(), asked.inPool(), asked.counter())));
      Levels shelf = levels.getOrDefault(asked.shelf(), Levels.NONE);
      Levels pool = levels.getOrDefault(asked.inPool(), Levels.NONE);
      Levels own = levels.getOrDefault(asked.counter(), Levels.NONE);
      int units = asked.counted() == null ? asked.quantity() : difference(asked, own);
      Physical change = asked.reason().change(units);
      Outcome<StockChange> decided = moves(asked.reason(), own, shelf, pool, change);
      if (decided instanceof Outcome.Declined<StockChange>(Refused refused)) {
        return refused.outcome();
      }
      StockChange moves = decided.orElseThrow();
      Adjustment made = asked.made(units, moves);
      List<TransactWriteItem> actions = actions(made, moves, asked.named().opened(asked.sku(), lot));
      actions.addAll(beside.apply(made));
      if (transactions.write(actions)) {
        return Outcome.of(new Made(made, true));
      }
    } while (backoff.again());
    throw new Table.Contended("stock");
  }

  /**
   * What a change moves; refused if there is not so much, or a counter cannot hold it.
   *
   * @param own what lies there of what is moved: all of it, or the lot
   */
  static Outcome<StockChange> moves(Adjustment.Reason reason, Levels own, Levels shelf, Levels pool, Physical change) {
    Optional<Refused> refused = lacking(reason, Physical.of(own), change);
    if (refused.isPresent()) {
      return refused.get().outcome();
    }
    StockChange moves = StockChange.of(own, pool, change);
    long excess = Math.max(shelf.excess(moves.shelf()), pool.excess(moves.pool()));
    return excess > 0
        ? Refused.conflict("stock_limit",
            "a counter holds at most %d units; this would be %d more".formatted(Levels.MOST, excess)).outcome()
        : Outcome.of(moves);
  }

  /** By how much what was counted differs from what the books said at that time: what has moved since is in the books. */
  private int difference(Adjustment count, Levels own) {
    if (count.lot() != null && count.countedAt() != null) {
      return Math.toIntExact(count.counted() - own.there() + movedSince(count));
    }
    long expected = count.countedAt() == null
        ? own.there()
        : entries.lastAt(count.sku(), count.location(), count.countedAt()).map(LedgerEntry::after)
            .or(() -> entries.first(count.sku(), count.location()).map(LedgerEntry::before)).map(Physical::onHand)
            .orElseGet(own::there);
    return Math.toIntExact(count.counted() - expected);
  }

  /** By how much a lot has become more since it was counted. */
  private long movedSince(Adjustment count) {
    return entries.since(count.sku(), count.location(), count.countedAt())
        .flatMap(it -> it.lots() == null ? Stream.of() : it.lots().stream()).filter(it -> it.lot().equals(count.lot()))
        .mapToLong(it -> it.change().onHand()).sum();
  }

  private List<TransactWriteItem> actions(Adjustment made, StockChange moves, Optional<Lot> opened) {
    var actions = new ArrayList<>(List.of(records.insertion(made)));
    opened.ifPresent(it -> actions.addAll(lots.opening(it)));
    if (made.reason() == Adjustment.Reason.RECALLED && made.lot() != null) {
      actions.addAll(lots.recalling(made.sku(), made.lot()));
    }
    if (made.lot() == null) {
      actions.addAll(counters.enter(made.shelf(), moves.shelf(), made.cause(), Map.of()));
    } else {
      actions.addAll(
          counters.enter(made.shelf(), moves.shelf(), made.cause(), Map.of(made.counter(), moves.shelf())));
      if (!moves.shelf().isNothing()) {
        actions.add(counters.change(made.counter(), moves.shelf()));
      }
    }
    if (!moves.pool().isNothing()) {
      actions.add(counters.change(made.inPool(), moves.pool()));
    }
    return actions;
  }

  private static Refused reused(Adjustment known) {
    return Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
        "this Idempotency-Key was sent with another adjustment; a new adjustment needs a new key")
        .about("adjustment_id", known.id());
  }

  /** Why what lies there cannot give so much; empty if it can. */
  private static Optional<Refused> lacking(Adjustment.Reason reason, Physical there, Physical change) {
    if (there.plus(change).lacking() == 0) {
      return Optional.empty();
    }
    record State(String name, long units, long change) {}
    State state = Stream
        .of(new State("on hand", there.onHand(), change.onHand()),
            new State("damaged", there.damaged(), change.damaged()),
            new State("quarantined", there.quarantined(), change.quarantined()))
        .filter(it -> it.units + it.change < 0).findFirst().orElseThrow();
    return Optional.of(Refused.conflict(INSUFFICIENT, "%d units are %s there: not so many can be %s"
        .formatted(state.units, state.name, reason.text())).about("available", state.units));
  }
}
