package waybill.fulfillment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;

/**
 * From which locations an order ships: from as few as possible. Which locations those are is found exactly, by trying all
 * sets of one, two, three … until some hold everything together. Of these wins, in this order:
 * <ol>
 * <li>the one that splits the fewest lines over locations,
 * <li>the one that will have the most left of the SKU it will have least of, so that none is emptied while others are full,
 * <li>the first by the locations' ids.
 * </ol>
 *
 * <p>Trying all sets is exact for {@value #MAX_EXACT} locations that hold something of it, 4,095 sets. Of more, it tries
 * those {@value #MAX_EXACT} that a greedy cover takes, and then those that hold the most of it: never worse than greedy.
 */
final class Sourcing {
  static final int MAX_EXACT = 12;

  private final List<LineQuantity> lines;
  private final List<SkuQuantity> demand;
  /** Where a SKU is in {@link #demand}. */
  private final Map<Sku, Integer> index = new HashMap<>();
  private final List<LocationId> locations;
  /** Free units by location and SKU, in the order of both lists. */
  private final int[][] free;

  /** Where an order ships from, or why it cannot. */
  sealed interface Outcome {}

  /** The lines' units, each once. */
  record Found(List<Part> parts) implements Outcome {}

  /** All locations together hold too little. @param missing the units that lack, per SKU */
  record Lacking(List<SkuQuantity> missing) implements Outcome {}

  /** What one location ships, in the order of the order's lines. */
  record Part(LocationId location, List<LineQuantity> lines) {}

  private record Choice(List<Part> parts, int splitLines, long left) {
    static final Comparator<Choice> BEST = Comparator.comparingInt(Choice::splitLines)
        .thenComparing(Comparator.comparingLong(Choice::left).reversed());
  }

  private Sourcing(List<LineQuantity> lines, Map<Sku, Map<LocationId, Integer>> free,
      Collection<LocationId> locations) {
    this.lines = lines;
    this.demand = LineQuantity.bySku(lines);
    demand.forEach(it -> index.put(it.sku(), index.size()));
    this.locations = locations.stream().distinct().sorted()
        .filter(at -> demand.stream().anyMatch(it -> free(free, it.sku(), at) > 0)).toList();
    this.free = this.locations.stream().map(at -> demand.stream().mapToInt(it -> free(free, it.sku(), at)).toArray())
        .toArray(int[][]::new);
  }

  private static int free(Map<Sku, Map<LocationId, Integer>> free, Sku sku, LocationId location) {
    return Math.max(0, free.getOrDefault(sku, Map.of()).getOrDefault(location, 0));
  }

  /**
   * @param lines what to ship; each line once, quantities of at least 1
   * @param free the free units, by SKU and location
   * @param locations those that may ship
   */
  static Outcome plan(List<LineQuantity> lines, Map<Sku, Map<LocationId, Integer>> free,
      Collection<LocationId> locations) {
    return new Sourcing(lines, free, locations).plan();
  }

  private Outcome plan() {
    List<Integer> all = IntStream.range(0, locations.size()).boxed().toList();
    List<SkuQuantity> missing = missing(all);
    if (!missing.isEmpty()) {
      return new Lacking(missing);
    }
    if (lines.isEmpty()) {
      return new Found(List.of());
    }
    List<Integer> candidates = all.size() <= MAX_EXACT ? all : shortlist(all);
    for (int size = 1; size <= candidates.size() && candidates.size() <= MAX_EXACT; size++) {
      Optional<Choice> best = subsets(candidates, size).stream().filter(set -> missing(set).isEmpty()).map(this::fill)
          .min(Choice.BEST);
      if (best.isPresent()) {
        return new Found(best.get().parts());
      }
    }
    return new Found(fill(candidates).parts());
  }

  private List<SkuQuantity> missing(List<Integer> set) {
    var missing = new ArrayList<SkuQuantity>();
    for (int sku = 0; sku < demand.size(); sku++) {
      long left = left(set, sku);
      if (left < 0) {
        missing.add(new SkuQuantity(demand.get(sku).sku(), (int) -left));
      }
    }
    return missing;
  }

  private long left(List<Integer> set, int sku) {
    return set.stream().mapToLong(at -> free[at][sku]).sum() - demand.get(sku).quantity();
  }

  /** What a greedy cover takes, and up to {@link #MAX_EXACT} those that hold the most, in the order of their ids. */
  private List<Integer> shortlist(List<Integer> all) {
    var chosen = new ArrayList<Integer>();
    int[] open = demand.stream().mapToInt(SkuQuantity::quantity).toArray();
    var rest = new ArrayList<>(all);
    while (IntStream.of(open).anyMatch(it -> it > 0)) {
      Integer next = rest.stream().max(Comparator.comparingLong(at -> useful(at, open))).orElseThrow();
      rest.remove(next);
      chosen.add(next);
      for (int sku = 0; sku < open.length; sku++) {
        open[sku] -= Math.min(open[sku], free[next][sku]);
      }
    }
    int[] whole = demand.stream().mapToInt(SkuQuantity::quantity).toArray();
    rest.sort(Comparator.<Integer>comparingLong(at -> useful(at, whole)).reversed());
    chosen.addAll(rest.subList(0, Math.max(0, MAX_EXACT - chosen.size())));
    return chosen.stream().sorted().toList();
  }

  private long useful(int location, int[] wanted) {
    return IntStream.range(0, wanted.length).mapToLong(sku -> Math.min(wanted[sku], free[location][sku])).sum();
  }

  /** All sets of so many, in lexicographic order. */
  private static List<List<Integer>> subsets(List<Integer> of, int size) {
    if (size == 0) {
      return List.of(List.of());
    }
    var subsets = new ArrayList<List<Integer>>();
    for (int first = 0; first + size <= of.size(); first++) {
      for (List<Integer> others : subsets(of.subList(first + 1, of.size()), size - 1)) {
        var subset = new ArrayList<Integer>(size);
        subset.add(of.get(first));
        subset.addAll(others);
        subsets.add(subset);
      }
    }
    return subsets;
  }

  /** Gives each line to the first location that holds all of it, long lines first; what fits nowhere whole is split. */
  private Choice fill(List<Integer> set) {
    var taken = new LinkedHashMap<Integer, Map<LineId, Integer>>();
    int[][] left = new int[locations.size()][];
    set.forEach(at -> {
      taken.put(at, new LinkedHashMap<>());
      left[at] = free[at].clone();
    });
    var split = new ArrayList<LineQuantity>();
    for (LineQuantity line : lines.stream().sorted(Comparator.comparingInt(LineQuantity::quantity).reversed())
        .toList()) {
      int sku = index.get(line.sku());
      set.stream().filter(at -> left[at][sku] >= line.quantity()).findFirst()
          .ifPresentOrElse(at -> take(line, line.quantity(), left[at], sku, taken.get(at)), () -> split.add(line));
    }
    for (LineQuantity line : split) {
      int sku = index.get(line.sku());
      int open = line.quantity();
      for (int at : set) {
        open -= take(line, Math.min(open, left[at][sku]), left[at], sku, taken.get(at));
      }
    }
    long least = IntStream.range(0, demand.size()).mapToLong(sku -> left(set, sku)).min().orElse(0);
    return new Choice(parts(taken), split.size(), least);
  }

  private static int take(LineQuantity line, int quantity, int[] left, int sku, Map<LineId, Integer> taken) {
    if (quantity > 0) {
      left[sku] -= quantity;
      taken.put(line.lineId(), quantity);
    }
    return quantity;
  }

  private List<Part> parts(Map<Integer, Map<LineId, Integer>> taken) {
    return taken
        .entrySet().stream().filter(it -> !it.getValue().isEmpty()).map(it -> new Part(locations.get(it.getKey()),
            lines.stream().filter(line -> it.getValue().containsKey(line.lineId()))
                .map(line -> new LineQuantity(line.lineId(), line.sku(), it.getValue().get(line.lineId()))).toList()))
        .toList();
  }
}
