package waybill.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;

/**
 * Stock that is to move, all of it or none, and the record of how that ended. A record that has ended never changes, whatever
 * is asked again and whatever stock has come since.
 *
 * @param <M> the record itself
 */
interface Movement<M extends Movement<M>> {

  /** {@code TAKING → TAKEN}, or {@code TAKING → RETURNING → REFUSED}; what fits one transaction ends with its first write. */
  enum Status {
    /** The first {@link #moved} moves are done; so many that one transaction does not hold all. */
    TAKING,
    /** All of it has moved. */
    TAKEN,
    /** It came out that not all of it is there; the first {@link #moved} moves are still to be undone. */
    RETURNING,
    /** Nothing of it has moved. */
    REFUSED;

    boolean hasEnded() {
      return this == TAKEN || this == REFUSED;
    }
  }

  /** Whose movement it is; one record an id. */
  String id();

  /** When it was asked for: of two that want the same, the earlier is served. */
  Instant at();

  /** What moves, each counter once, always in the same order. */
  List<Move> moves();

  Status status();

  /** How many of the moves are done. */
  int moved();

  /** The units that were missing, per SKU. */
  List<SkuQuantity> shortOf();

  /** @throws IllegalStateException where it cannot be refused */
  M with(Status status, int moved, List<SkuQuantity> shortOf);

  default M taken() {
    return with(Status.TAKEN, moves().size(), List.of());
  }

  default M refused(List<SkuQuantity> shortOf) {
    return with(Status.REFUSED, 0, shortOf);
  }

  /** The units, one entry a SKU. @throws IllegalArgumentException where one is not a positive number of units */
  static List<SkuQuantity> checked(List<SkuQuantity> items) {
    var units = new TreeMap<Sku, Integer>();
    for (SkuQuantity item : Objects.requireNonNull(items, "items")) {
      if (item.quantity() < 1) {
        throw new IllegalArgumentException("a quantity is not positive");
      }
      units.merge(Objects.requireNonNull(item.sku(), "sku"), item.quantity(), Math::addExact);
    }
    return units.entrySet().stream().map(it -> new SkuQuantity(it.getKey(), it.getValue())).toList();
  }

  /** The moves of each item, item by item. */
  static List<Move> moves(List<SkuQuantity> items, Function<SkuQuantity, Map<Counter, Levels>> changes) {
    var moves = new ArrayList<Move>();
    items.forEach(
        item -> new TreeMap<>(changes.apply(item)).forEach((counter, change) -> moves.add(new Move(counter, change))));
    return moves;
  }

  static long units(List<SkuQuantity> items) {
    return items.stream().mapToLong(SkuQuantity::quantity).sum();
  }

  /** For the log: {@code 2 TEA-200, 1 MUG-BLUE}. */
  static String text(List<SkuQuantity> items) {
    return items.stream().map(it -> it.quantity() + " " + it.sku()).collect(Collectors.joining(", "));
  }
}
