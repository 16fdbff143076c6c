package waybill.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/** The adjustments' records. One that cannot be made leaves no record, so that its request may be tried again. */
final class Adjustments {
  private final Table<Adjustment> records;
  private final Counters counters;
  private final Transactions transactions;

  Adjustments(Table<Adjustment> records, Counters counters, Transactions transactions) {
    this.records = records;
    this.counters = counters;
    this.transactions = transactions;
  }

  static Key key(Adjustment adjustment) {
    return new Key(adjustment.id().value(), "adjustment");
  }

  /**
   * Makes an adjustment once; refused if there is not so much, or if its key was used for another.
   *
   * @return whether it was made just now; else it had been made before
   * @throws Table.Contended if others were faster, again and again
   */
  Outcome<Boolean> make(Adjustment asked) {
    var backoff = new Backoff();
    do {
      Optional<Adjustment> known = records.find(key(asked)).map(Stored::value);
      if (known.isPresent()) {
        return known.get().isSameAs(asked) ? Outcome.of(false) : reused(known.get()).outcome();
      }
      Optional<Refused> refused = excess(asked, counters.read(asked.moves().stream().map(Move::counter).toList()));
      if (refused.isPresent()) {
        return refused.get().outcome();
      }
      if (transactions.write(actions(asked))) {
        return Outcome.of(true);
      }
    } while (backoff.again());
    throw new Table.Contended("stock");
  }

  private List<TransactWriteItem> actions(Adjustment asked) {
    var actions = new ArrayList<>(List.of(records.insertion(asked)));
    asked.moves().forEach(it -> actions.add(counters.change(it.counter(), it.change())));
    return actions;
  }

  private static Refused reused(Adjustment known) {
    return Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
        "this Idempotency-Key was sent with another adjustment; a new adjustment needs a new key")
        .about("adjustment_id", known.id());
  }

  /** Why the counters cannot take it; empty if they can. */
  private static Optional<Refused> excess(Adjustment asked, Map<Counter, Levels> levels) {
    long excess = 0;
    for (Move move : asked.moves()) {
      excess = Math.max(excess, levels.getOrDefault(move.counter(), Levels.NONE).excess(move.change()));
    }
    if (excess == 0) {
      return Optional.empty();
    }
    if (asked.quantity() > 0) {
      return Optional.of(Refused.conflict("stock_limit",
          "a counter holds at most %d units; this would be %d more".formatted(Levels.MOST, excess)));
    }
    long available = -asked.quantity() - excess;
    return Optional.of(Refused.conflict("insufficient_stock",
        "%d units are neither promised nor allocated; no more can be taken away".formatted(available))
        .about("available", available));
  }
}
