package waybill.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;

/**
 * How a batch of movements becomes few transactions. Each record is an item of its own, and each counter is touched once a
 * transaction, however many records move it: a one-line order in a transaction of N costs 2 + 2/N write units. One transaction
 * an order would cost 4, and a hot counter takes no more than some hundred transactions a second.
 */
final class Coalescing {
  /** What DynamoDB takes in a transaction, in actions: a record is one, a counter is one, and so is an entry of the ledger. */
  static final int MAX_ACTIONS = 100;
  /** Leaves room for the counters of a mixed batch; beyond it the gain of one more is a thousandth. */
  static final int MAX_RECORDS = 90;
  /** DynamoDB takes 4 MB a transaction; counters and what the estimate misses fit in the rest. */
  static final int MAX_BYTES = 3_000_000;

  private Coalescing() {}

  /** Whether it needs more than one transaction, and so is moved in steps. */
  static boolean isLarge(Movement<?> movement) {
    return movement.due().stream().mapToInt(Move::actions).sum() + movement.beside() > MAX_ACTIONS - 1;
  }

  /**
   * Those that share a counter, directly or through others, belong together; those that share none are never joined, which would
   * gain nothing and only join their conflicts. Within a group the earliest comes first, by id if the times are equal.
   */
  static <M extends Movement<M>> List<List<M>> groups(Collection<M> movements) {
    List<M> sorted = movements.stream().sorted(Comparator.comparing(M::at).thenComparing(M::id)).toList();
    var connected = new Connected(sorted.size());
    var firstOf = new HashMap<Counter, Integer>();
    for (int i = 0; i < sorted.size(); i++) {
      for (Move move : sorted.get(i).due()) {
        Integer first = firstOf.putIfAbsent(move.counter(), i);
        if (first != null) {
          connected.join(i, first);
        }
      }
    }
    var groups = new LinkedHashMap<Integer, List<M>>();
    for (int i = 0; i < sorted.size(); i++) {
      groups.computeIfAbsent(connected.root(i), _ -> new ArrayList<>()).add(sorted.get(i));
    }
    return List.copyOf(groups.values());
  }

  /** Union-find with path halving (Tarjan and van Leeuwen, 1984). */
  private static final class Connected {
    private final int[] parent;

    Connected(int size) {
      parent = IntStream.range(0, size).toArray();
    }

    int root(int index) {
      int at = index;
      while (parent[at] != at) {
        parent[at] = parent[parent[at]];
        at = parent[at];
      }
      return at;
    }

    void join(int one, int other) {
      parent[root(one)] = root(other);
    }
  }

  /**
   * One after the other gets all that it wants, or nothing. A later one may get what was too little for an earlier one. What is
   * given back was taken before, so it is not asked whether it fits: the counters' conditions have the last word on both.
   *
   * @param group in the order in which they are served
   * @param levels what the counters stand at; one that is not there stands at nothing
   * @param owing what may be owed of one that is short
   * @param choice which lots one takes
   */
  static <M extends Movement<M>> Decision<M> decide(List<M> group, Map<Counter, Levels> levels, Owing<M> owing,
      LotChoice<M> choice) {
    var left = new HashMap<>(levels);
    var granted = new ArrayList<M>();
    var refused = new LinkedHashMap<M, List<SkuQuantity>>();
    for (M each : group) {
      boolean wants = each.status() == Movement.Status.TAKING;
      LotChoice.Chosen<M> chosen = wants ? choice.of(each, left) : new LotChoice.Chosen<>(each, List.of());
      M movement = chosen.movement();
      List<SkuQuantity> shortOf = wants ? more(chosen.shortOf(), shortOf(movement.due(), left)) : List.of();
      Optional<M> taken = shortOf.isEmpty() ? Optional.of(movement) : owing.without(movement, shortOf, left);
      if (taken.isPresent()) {
        taken.get().due().forEach(it -> left.merge(it.counter(), it.change(), Levels::plus));
        granted.add(taken.get());
      } else {
        refused.put(each, shortOf);
      }
    }
    return new Decision<>(granted, refused);
  }

  /** If nothing may be owed. */
  static <M extends Movement<M>> Decision<M> decide(List<M> group, Map<Counter, Levels> levels) {
    return decide(group, levels, Owing.none(), LotChoice.none());
  }

  /** Of two accounts of what is missing, the greater of each SKU. */
  private static List<SkuQuantity> more(List<SkuQuantity> one, List<SkuQuantity> other) {
    if (one.isEmpty()) {
      return other;
    }
    var units = new TreeMap<Sku, Integer>();
    Stream.concat(one.stream(), other.stream()).forEach(it -> units.merge(it.sku(), it.quantity(), Math::max));
    return Missing.items(units);
  }

  /** The units that are missing for the moves, per SKU; empty if nothing is. */
  static List<SkuQuantity> shortOf(List<Move> moves, Map<Counter, Levels> levels) {
    var missing = new TreeMap<Sku, Integer>();
    for (Move move : moves) {
      long excess = levels.getOrDefault(move.counter(), Levels.NONE).excess(move.change());
      if (excess > 0) {
        missing.merge(move.counter().sku(), Math.toIntExact(excess), Math::max);
      }
    }
    return missing.entrySet().stream().map(it -> new SkuQuantity(it.getKey(), it.getValue())).toList();
  }

  /**
   * Cuts what was granted into transactions, in its order. One that needs several is alone.
   *
   * @param bytes about how large a record is
   */
  static <M extends Movement<M>> List<List<M>> pack(List<M> granted, ToIntFunction<M> bytes) {
    var transactions = new ArrayList<List<M>>();
    Map<Counter, Integer> counters = new HashMap<>();
    long size = 0;
    int beside = 0;
    for (M movement : granted) {
      var more = new HashMap<>(counters);
      movement.due().forEach(it -> more.merge(it.counter(), it.actions(), Math::max));
      size += bytes.applyAsInt(movement);
      int records = transactions.isEmpty() ? 0 : transactions.getLast().size();
      beside += movement.beside();
      int actions = more.values().stream().mapToInt(it -> it).sum() + beside;
      if (records == 0 || records == MAX_RECORDS || records + 1 + actions > MAX_ACTIONS || size > MAX_BYTES) {
        transactions.add(new ArrayList<>());
        more.clear();
        movement.due().forEach(it -> more.put(it.counter(), it.actions()));
        size = bytes.applyAsInt(movement);
        beside = movement.beside();
      }
      transactions.getLast().add(movement);
      counters = more;
    }
    return transactions;
  }
}
