package waybill.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.platform.Backoff;
import waybill.platform.Problem;
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
   * @return whether it was made just now; else it had been made before
   * @throws Problem 409 where there is not so much, 422 where its key was used for another
   * @throws Table.Contended if others were faster, again and again
   */
  boolean make(Adjustment asked) {
    var backoff = new Backoff();
    do {
      Optional<Adjustment> known = records.find(key(asked)).map(Stored::value);
      if (known.isPresent()) {
        requireSame(known.get(), asked);
        return false;
      }
      requireFits(asked, counters.read(asked.moves().stream().map(Move::counter).toList()));
      if (transactions.write(actions(asked))) {
        return true;
      }
    } while (backoff.again());
    throw new Table.Contended("stock");
  }

  private List<TransactWriteItem> actions(Adjustment asked) {
    var actions = new ArrayList<>(List.of(records.insertion(asked)));
    asked.moves().forEach(it -> actions.add(counters.change(it.counter(), it.change())));
    return actions;
  }

  private static void requireSame(Adjustment known, Adjustment asked) {
    if (!known.isSameAs(asked)) {
      throw Problem.of(422, "idempotency_key_reused",
          "this Idempotency-Key was sent with another adjustment; a new adjustment needs a new key",
          Map.of("adjustment_id", known.id()));
    }
  }

  private static void requireFits(Adjustment asked, Map<Counter, Levels> levels) {
    long excess = 0;
    for (Move move : asked.moves()) {
      excess = Math.max(excess, levels.getOrDefault(move.counter(), Levels.NONE).excess(move.change()));
    }
    if (excess == 0) {
      return;
    }
    if (asked.quantity() > 0) {
      throw Problem.conflict("stock_limit",
          "a counter holds at most %d units; this would be %d more".formatted(Levels.MOST, excess));
    }
    long available = -asked.quantity() - excess;
    throw Problem.of(409, "insufficient_stock",
        "%d units are neither promised nor allocated; no more can be taken away".formatted(available),
        Map.of("available", available));
  }
}
