package waybill.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;

/**
 * Stock that is to move, all of it or none, and the record of how that ended. A record that has ended never changes, whatever
 * is requested again and whatever stock has arrived since; except one that is taken, which may be released, once.
 *
 * <p>A request to take it is a record that is {@code TAKING}; a request to release it, one that is {@code RELEASED}. If there is none
 * yet, the latter is written as it is: a tombstone, which a later request to take finds and leaves alone.
 *
 * @param <M> the record itself
 */
interface Movement<M extends Movement<M>> {

  /**
   * {@code TAKING → TAKEN}, or {@code TAKING → RETURNING → REFUSED}; from {@code TAKING} and {@code TAKEN} also
   * {@code → RELEASING → RELEASED}. What fits one transaction is never seen on its way.
   */
  enum Status {
    /** The first {@link #moved} moves are done; so many that one transaction does not hold all. */
    TAKING,
    /** All of it has moved. */
    TAKEN,
    /** Not all of it turned out to be there; the first {@link #moved} moves are still to be undone. */
    RETURNING,
    /** Nothing of it has moved. */
    REFUSED,
    /** It is wanted no more; the first {@link #moved} moves are still to be undone. */
    RELEASING,
    /** It is wanted no more: nothing of it has moved, or all that had is undone, and nothing ever will. */
    RELEASED;

    boolean hasEnded() {
      return this == TAKEN || this == REFUSED || this == RELEASED;
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

  /** Why units really move; null if they only change their owner. */
  default LedgerEntry.Cause cause() {
    return null;
  }

  /** Whether missing units are an answer, and not a fault. */
  default boolean isRefusable() {
    return true;
  }

  /** Which change of what is wanted this is: of two, the higher counts. 0 as it was first asked for. */
  default int change() {
    return 0;
  }

  /** The latest change that was asked for and is answered: it is made, or it is refused and what was taken before stands. */
  default int answered() {
    return change();
  }

  /** Whether this, which is taken, is to become another size, because a later change asks for that. */
  default boolean resizesTo(M asked) {
    return status() == Status.TAKEN && asked.status() == Status.TAKING && asked.change() > answered();
  }

  /** This, which is taken, with the size that is asked for; if more than so many SKUs differ, a step towards it that takes less. */
  default M toward(M asked, int mostSkus) {
    throw new IllegalStateException("%s never changes its size".formatted(id()));
  }

  /** This, which is taken, after a change was refused: it stays what it is. */
  default M unchanged(int refusedChange, List<SkuQuantity> missing) {
    throw new IllegalStateException("%s lacks %s though it only gets smaller".formatted(id(), text(missing)));
  }

  /** @throws IllegalStateException if it cannot be refused */
  M with(Status status, int moved, List<SkuQuantity> shortOf);

  /** The moves that bring it to its end. */
  default List<Move> due() {
    return switch (status()) {
      case TAKING -> moves().subList(moved(), moves().size());
      case RETURNING, RELEASING -> moves().subList(0, moved()).stream().map(Move::back).toList();
      case TAKEN, REFUSED, RELEASED -> List.of();
    };
  }

  /** How many further items are written with it, beside its record and its counters. */
  default int beside() {
    return 0;
  }

  /** What it is once all that is due has moved. */
  default M ended() {
    return switch (status()) {
      case TAKING, TAKEN -> with(Status.TAKEN, moves().size(), List.of());
      case RETURNING, REFUSED -> refused(shortOf());
      case RELEASING, RELEASED -> with(Status.RELEASED, 0, shortOf());
    };
  }

  /**
   * Which way a record goes on when it is asked for: only a release turns one round, and only one that has or takes units. A
   * refused one holds nothing that could be released and keeps its reason, until a later change asks for something else.
   */
  static <M extends Movement<M>> M turned(M known, M asked) {
    boolean holds = known.status() == Status.TAKING || known.status() == Status.TAKEN;
    if (known.status() == Status.REFUSED && asked.status() == Status.TAKING && asked.change() > known.change()) {
      return asked;
    }
    return asked.status() == Status.RELEASED && holds
        ? known.with(Status.RELEASING, known.moved(), known.shortOf())
        : known;
  }

  default M refused(List<SkuQuantity> shortOf) {
    return with(Status.REFUSED, 0, shortOf);
  }

  /** The units, one entry a SKU. @throws IllegalArgumentException if one is not a positive number of units */
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

  /**
   * What is taken with what is asked for instead; if too many SKUs differ, with those of them that are less.
   *
   * @param mostSkus of how many at once
   */
  static Map<Sku, Integer> toward(List<SkuQuantity> taken, List<SkuQuantity> asked, int mostSkus) {
    var now = new TreeMap<Sku, Integer>();
    taken.forEach(it -> now.put(it.sku(), it.quantity()));
    var wanted = new TreeMap<Sku, Integer>();
    asked.forEach(it -> wanted.put(it.sku(), it.quantity()));
    Stream.concat(now.keySet().stream(), wanted.keySet().stream()).distinct()
        .filter(sku -> !Objects.equals(now.get(sku), wanted.get(sku)))
        .sorted(Comparator.comparing(sku -> wanted.getOrDefault(sku, 0) > now.getOrDefault(sku, 0)))
        .limit(mostSkus).toList().forEach(sku -> now.put(sku, wanted.getOrDefault(sku, 0)));
    now.values().removeIf(it -> it == 0);
    return now;
  }

  static long units(List<SkuQuantity> items) {
    return items.stream().mapToLong(SkuQuantity::quantity).sum();
  }

  /** For the log: {@code 2 TEA-200, 1 MUG-BLUE}. */
  static String text(List<SkuQuantity> items) {
    return items.stream().map(it -> it.quantity() + " " + it.sku()).collect(Collectors.joining(", "));
  }
}
