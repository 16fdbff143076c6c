package waybill.inventory;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One counter's part in a movement. */
record Move(Counter counter, Levels change) {

  /** Many moves as one change a counter, in the order of the counters. */
  static Map<Counter, Levels> sum(List<Move> moves) {
    var changes = new TreeMap<Counter, Levels>();
    moves.forEach(it -> changes.merge(it.counter, it.change, Levels::plus));
    return changes;
  }

  /** What changes of the lots of a location. */
  static Map<Counter, Levels> ofLots(Map<Counter, Levels> changes, Counter shelf) {
    var lots = new TreeMap<>(changes);
    lots.keySet().removeIf(it -> !it.isLot() || !it.shelf().equals(shelf));
    return lots;
  }

  /** Whether the ledger has an entry of it. */
  boolean isEntered() {
    return counter.isLocation() && change.isPhysical();
  }

  /** How much of a transaction it takes: its counter, and its entry. */
  int actions() {
    return isEntered() ? 2 : 1;
  }

  Move back() {
    return new Move(counter, change.negated());
  }
}
