package waybill.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.platform.Stored;
import waybill.platform.Table;

/**
 * What one record adds to counters, for the reconciliation.
 *
 * @param moved what it has moved
 * @param about the counters that it may ever move: also if it moves none now
 * @param at when it was last written
 */
record Contribution(List<Move> moved, List<Counter> about, Instant at) {

  /** How records of a kind are read. */
  interface Reader extends Function<Map<String, AttributeValue>, Contribution> {}

  /** An order takes over what a checkout holds without moving a counter: only the records say so. */
  static <M extends Record & Movement<M>> Reader ofMovements(Table<M> records) {
    return item -> {
      Stored<M> stored = records.read(item);
      List<Move> moves = stored.value().moves();
      return new Contribution(moves.subList(0, stored.value().moved()), moves.stream().map(Move::counter).toList(),
          stored.updatedAt());
    };
  }
}
