package waybill.fulfillment.sourcing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import waybill.fulfillment.sourcing.Bill.Source;
import waybill.fulfillment.sourcing.Bill.Terms;
import waybill.fulfillment.sourcing.Sourced.Verdict;
import waybill.fulfillment.sourcing.Sourced.Weighed;
import waybill.fulfillment.sourcing.Splitting.KitOf;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;

/**
 * From which locations an order ships: from those that keep its promise for the least money. Which those are is found exactly, by
 * trying all sets of locations that hold everything together. Of these wins, in this order:
 * <ol>
 * <li>the one with the best {@link Bill}; where no costs are known that is the one with the fewest locations,
 * <li>the one that splits the fewest lines over locations,
 * <li>the one that will have the most left of the SKU it will have least of, so that none is emptied while others are full,
 * <li>the first by the locations' ids.
 * </ol>
 *
 * <p>A set that splits a kit, or in which a part is not worth the parcel that it takes, is passed over if another is there: see {@link
 * Splitting}. If none is, the order waits if it may, and else is split all the same, kits last.
 *
 * <p>What a location keeps back is used only if the rest does not suffice. Money counts only if the cost of a parcel is known of all
 * locations that hold something of the order: one that nobody has priced is neither free nor dear.
 *
 * <p>Trying all sets is exact for {@value #MAX_EXACT} locations that hold something of it, 4,095 sets. Of more, it tries
 * those {@value #MAX_EXACT} that a greedy cover takes, and then those that hold the most of it for their cost: never worse than greedy.
 */
public final class Sourcing {
  public static final int MAX_EXACT = 12;

  private final List<LineQuantity> lines;
  private final List<SkuQuantity> demand;
  /** Where a SKU is in {@link #demand}. */
  private final Map<Sku, Integer> index = new HashMap<>();
  private final List<Source> sources;
  private final Terms terms;
  /** Whether the cost of a parcel is known of all of them. */
  private final boolean priced;
  /** Free units by location and SKU, in the order of both lists. */
  private final int[][] free;
  /** The locations of which only what they keep back would be of use. */
  private final List<LocationId> keptBack;
  private final List<Bundle> bundles;
  /** The tariff numbers of the SKUs, counted from 0, in the order of {@link #demand}. */
  private final int[] tariffs;

  /** Where an order ships from, or why it cannot. */
  public sealed interface Outcome {}

  /** The lines' units, each once. @param sourced why from there; null if there was nothing to choose */
  public record Found(List<Part> parts, Sourced sourced) implements Outcome {}

  /** All locations together hold too little. @param missing the units that lack, per SKU */
  public record Lacking(List<SkuQuantity> missing) implements Outcome {}

  /** No way to split it is worth it, and no location has all of it. @param sourced what would ship from where */
  public record Waiting(Sourced sourced) implements Outcome {}

  /** What one location ships, in the order of the order's lines. */
  public record Part(LocationId location, List<LineQuantity> lines) {}

  /** Whether a location of a set ships a SKU. */
  private interface May {
    boolean ship(int location, int sku);
  }

  /** Kits of one line. @param units of each component in one kit */
  private record Bundle(List<LineQuantity> units, int kits) {}

  private record Choice(List<Integer> set, List<Part> parts, int splitLines, long left, boolean splitsKit) {
    static final Comparator<Choice> BEST = Comparator.comparingInt(Choice::splitLines)
        .thenComparing(Comparator.comparingLong(Choice::left).reversed());
  }

  private Sourcing(List<LineQuantity> lines, Map<Sku, Map<LocationId, Integer>> free, List<Source> sources,
      Terms terms) {
    this.lines = lines;
    this.demand = LineQuantity.bySku(lines);
    this.terms = terms;
    demand.forEach(it -> index.put(it.sku(), index.size()));
    List<Source> holding = sources.stream().distinct().sorted(Comparator.comparing(Source::location))
        .filter(at -> demand.stream().anyMatch(it -> free(free, it.sku(), at.location()) > 0)).toList();
    boolean[] scarce = scarce(holding, free);
    this.sources = holding.stream().filter(at -> IntStream.range(0, demand.size())
        .anyMatch(it -> usable(free, at, it, scarce[it]) > 0)).toList();
    this.keptBack = holding.stream().filter(it -> !this.sources.contains(it)).map(Source::location).toList();
    this.bundles = terms.splitting().kits().stream().flatMap(it -> bundle(it).stream()).toList();
    List<String> numbers = demand.stream().map(this::tariff).distinct().toList();
    this.tariffs = demand.stream().mapToInt(it -> numbers.indexOf(tariff(it))).toArray();
    this.priced = this.sources.stream().allMatch(it -> it.parcelCost() != null);
    this.free = this.sources.stream().map(at -> IntStream.range(0, demand.size())
        .map(it -> usable(free, at, it, scarce[it])).toArray()).toArray(int[][]::new);
  }

  private String tariff(SkuQuantity it) {
    return terms.tariffs().getOrDefault(it.sku(), "");
  }

  /** Empty if the lines are not so many whole kits, of several components. */
  private Optional<Bundle> bundle(KitOf kit) {
    List<LineQuantity> of = lines.stream().filter(it -> kit.units().containsKey(it.lineId())).toList();
    int kits = of.isEmpty() ? 0 : of.getFirst().quantity() / kit.units().get(of.getFirst().lineId());
    boolean whole = of.size() > 1 && of.size() == kit.units().size()
        && of.stream().allMatch(it -> it.quantity() == kits * kit.units().get(it.lineId()));
    return whole
        ? Optional.of(new Bundle(of.stream()
            .map(it -> new LineQuantity(it.lineId(), it.sku(), kit.units().get(it.lineId()))).toList(), kits))
        : Optional.empty();
  }

  /** Of which SKUs there is not enough without what the locations keep back. */
  private boolean[] scarce(List<Source> holding, Map<Sku, Map<LocationId, Integer>> free) {
    var scarce = new boolean[demand.size()];
    for (int sku = 0; sku < scarce.length; sku++) {
      int at = sku;
      scarce[sku] = holding.stream().mapToLong(it -> usable(free, it, at, false)).sum() < demand.get(sku).quantity();
    }
    return scarce;
  }

  private int usable(Map<Sku, Map<LocationId, Integer>> free, Source at, int sku, boolean isScarce) {
    return Math.max(0, free(free, demand.get(sku).sku(), at.location()) - (isScarce ? 0 : at.keepBack()));
  }

  private static int free(Map<Sku, Map<LocationId, Integer>> free, Sku sku, LocationId location) {
    return Math.max(0, free.getOrDefault(sku, Map.of()).getOrDefault(location, 0));
  }

  /**
   * From as few locations as possible.
   *
   * @param lines what to ship; each line once, quantities of at least 1
   * @param free the free units, by SKU and location
   * @param locations those that may ship
   */
  static Outcome plan(List<LineQuantity> lines, Map<Sku, Map<LocationId, Integer>> free,
      Collection<LocationId> locations) {
    return plan(lines, free, locations.stream().map(Source::plain).toList(), Terms.NONE);
  }

  /**
   * For as little money as possible.
   *
   * @param lines what to ship; each line once, quantities of at least 1
   * @param free the free units, by SKU and location
   * @param sources those that may ship
   */
  public static Outcome plan(List<LineQuantity> lines, Map<Sku, Map<LocationId, Integer>> free, List<Source> sources,
      Terms terms) {
    return new Sourcing(lines, free, sources, terms).plan();
  }

  private Outcome plan() {
    List<Integer> all = IntStream.range(0, sources.size()).boxed().toList();
    List<SkuQuantity> missing = missing(all);
    if (!missing.isEmpty()) {
      return new Lacking(missing);
    }
    if (lines.isEmpty()) {
      return new Found(List.of(), null);
    }
    List<Integer> candidates = all.size() <= MAX_EXACT ? all : shortlist(all);
    if (candidates.size() > MAX_EXACT) {
      return new Found(fill(candidates, (_, _) -> true).parts(), null);
    }
    return new Sets(candidates).choose();
  }

  /** All sets of the locations that may ship, as bits of which the first location is the highest. */
  private final class Sets {
    private final List<Integer> candidates;
    private final Optional<Duties> duties;
    /** Null of a set that does not hold everything. */
    private final Bill[] bills;
    /** How many whole kits each location has, by bundle and candidate. */
    private final int[][] kits;
    /** At least what all parts together may cost; their shares of a line's price are rounded. */
    private final long margins = terms.splitting().margin() == null
        ? 0
        : terms.splitting().margin().applyAsLong(lines) + (long) MAX_EXACT * lines.size();

    Sets(List<Integer> candidates) {
      this.candidates = candidates;
      this.kits = bundles.stream()
          .map(it -> candidates.stream().mapToInt(at -> Sourcing.this.kits(it, free[at])).toArray())
          .toArray(int[][]::new);
      this.duties = priced && sources.stream().anyMatch(it -> it.duty() > 0)
          ? Optional.of(new Duties(candidates.reversed().stream().mapToLong(it -> sources.get(it).duty()).toArray(),
              IntStream.rangeClosed(0, IntStream.of(tariffs).max().orElse(0))
                  .mapToObj(number -> covers(sku -> tariffs[sku] == number)).toList()))
          : Optional.empty();
      boolean[] covers = covers(_ -> true);
      this.bills = new Bill[covers.length];
      for (int set = 1; set < bills.length; set++) {
        if (covers[set]) {
          Bill bill = Bill.of(members(set).stream().map(sources::get).toList(), terms, priced);
          bills[set] = duties.isPresent() ? bill.plus(duties.get().of(set)) : bill;
        }
      }
    }

    Outcome choose() {
      List<Choice> equal = terms.splitting().equals(Splitting.ANY) ? List.of() : passing();
      if (equal.isEmpty()) {
        equal = best();
      }
      Choice chosen = equal.stream().min(Choice.BEST).orElseThrow();
      Sourced sourced = sourced(equal, chosen);
      return terms.splitting().waits() && !passes(chosen)
          ? new Waiting(sourced.waiting())
          : new Found(chosen.parts(), sourced);
    }

    /** The choices with the best bill; from the highest set down, those of one size are in the order of their locations' ids. */
    private List<Choice> best() {
      Bill best = Arrays.stream(bills).filter(Objects::nonNull).min(Comparator.naturalOrder()).orElseThrow();
      return descending().filter(set -> best.equals(bills[set])).mapToObj(this::filled).toList();
    }

    private IntStream descending() {
      return IntStream.iterate(bills.length - 1, set -> set > 0, set -> set - 1);
    }

    /** The choices that pass with the best bill of all that do; if none does and the order may not wait, those that split no kit. */
    private List<Choice> passing() {
      List<Choice> passing = first(set -> mayBeWhole(set) && mayBeWorthIt(set), Sourcing.this::passes);
      return passing.isEmpty() && !terms.splitting().waits() && !bundles.isEmpty()
          ? first(this::mayBeWhole, Sourcing::isWhole)
          : passing;
    }

    /** The choices that pass of the sets with the best bill of which one does. @param may what only sets fulfill of which one may pass */
    private List<Choice> first(IntPredicate may, Predicate<Choice> passes) {
      List<Integer> sets = descending().filter(set -> bills[set] != null && may.test(set)).boxed()
          .sorted(Comparator.comparing(set -> bills[set])).toList();
      var passing = new ArrayList<Choice>();
      Bill best = null;
      for (int set : sets) {
        if (best != null && !bills[set].equals(best)) {
          break;
        }
        Choice choice = filled(set);
        if (passes.test(choice)) {
          best = bills[set];
          passing.add(choice);
        }
      }
      return passing;
    }

    /** Whether its locations have enough whole kits, if nothing else takes their components. */
    private boolean mayBeWhole(int set) {
      for (int bundle = 0; bundle < kits.length; bundle++) {
        long whole = 0;
        for (int i = 0; i < candidates.size(); i++) {
          whole += contains(set, i) ? kits[bundle][i] : 0;
        }
        if (whole < bundles.get(bundle).kits()) {
          return false;
        }
      }
      return true;
    }

    /** Whether all margins together pay for all parcels but the dearest. */
    private boolean mayBeWorthIt(int set) {
      int parcels = Integer.bitCount(set);
      if (terms.splitting().margin() == null || parcels < 2 || !priced) {
        return true;
      }
      long all = 0;
      long dearest = 0;
      for (int i = 0; i < candidates.size(); i++) {
        long cost = contains(set, i) ? sources.get(candidates.get(i)).parcelCost() : 0;
        all += cost;
        dearest = Math.max(dearest, cost);
      }
      return all - dearest + terms.extraParcelCost() * (parcels - 1) <= margins * (parcels - 1) / parcels;
    }

    /** Goods of one tariff number come from those of the set that pay least for it. */
    private Choice filled(int set) {
      return fill(members(set), (at, sku) -> duties.isEmpty()
          || contains(duties.get().ship(tariffs[sku], set), candidates.indexOf(at)));
    }

    /** Which sets hold all of these SKUs. */
    private boolean[] covers(IntPredicate skus) {
      int sets = 1 << candidates.size();
      var covers = new boolean[sets];
      Arrays.fill(covers, true);
      var units = new long[sets];
      for (int sku = 0; sku < demand.size(); sku++) {
        for (int set = 1; set < sets && skus.test(sku); set++) {
          int lowest = Integer.numberOfTrailingZeros(set);
          units[set] = units[set & set - 1] + free[candidates.get(candidates.size() - 1 - lowest)][sku];
          covers[set] &= units[set] >= demand.get(sku).quantity();
        }
      }
      return covers;
    }

    private List<Integer> members(int set) {
      return IntStream.range(0, candidates.size()).filter(it -> contains(set, it)).mapToObj(candidates::get).toList();
    }

    private boolean contains(int set, int candidate) {
      return (set >> candidates.size() - 1 - candidate & 1) == 1;
    }

    /** Null if a single location holds something of it, and so nothing was chosen. */
    private Sourced sourced(List<Choice> equal, Choice chosen) {
      if (candidates.size() + keptBack.size() < 2) {
        return null;
      }
      Bill bill = bills[chosen.set().stream().mapToInt(it -> 1 << candidates.size() - 1 - candidates.indexOf(it))
          .sum()];
      var weighed = new ArrayList<Weighed>();
      keptBack.forEach(it -> weighed.add(new Weighed(it, Verdict.KEPT_BACK, null, null)));
      for (int i = 0; i < candidates.size(); i++) {
        int at = candidates.get(i);
        Source source = sources.get(at);
        Weighed it = chosen.set().contains(at)
            ? new Weighed(source.location(), Verdict.CHOSEN, priced ? cost(source, chosen) : null, source.arrives())
            : refused(i, source, equal, chosen, bill);
        weighed.add(new Weighed(it.location(), it.verdict(), it.amount(), it.arrives(), source.start()));
      }
      weighed.sort(Comparator.comparing(Weighed::location));
      long cost = chosen.parts().stream().mapToLong(Sourcing.this::cost).sum()
          + terms.extraParcelCost() * (chosen.parts().size() - 1);
      return new Sourced(priced ? cost : null, priced ? terms.currency() : null, terms.promised(),
          List.copyOf(weighed));
    }

    private Weighed refused(int candidate, Source source, List<Choice> equal, Choice chosen, Bill bill) {
      Optional<Choice> asGood = equal.stream().filter(it -> it.set().contains(candidates.get(candidate)))
          .min(Choice.BEST);
      Bill with = IntStream.range(1, bills.length).filter(set -> bills[set] != null && contains(set, candidate))
          .mapToObj(set -> bills[set]).min(Comparator.naturalOrder()).orElseThrow();
      return asGood.map(it -> compared(source, it, chosen)).orElseGet(() -> with.compareTo(bill) <= 0
          ? passedOver(candidate, source, with)
          : compared(source, with, bill));
    }

    /** The way with it is no worse, and is not taken. */
    private Weighed passedOver(int candidate, Source source, Bill with) {
      boolean splitsKit = IntStream.range(1, bills.length)
          .filter(set -> with.equals(bills[set]) && contains(set, candidate)).allMatch(set -> filled(set).splitsKit());
      return new Weighed(source.location(), splitsKit ? Verdict.SPLITS_KIT : Verdict.NOT_WORTH_A_PARCEL, null,
          source.arrives());
    }
  }

  private boolean passes(Choice it) {
    return isWhole(it) && isWorthIt(it);
  }

  /** Whether it splits no kit, and none of its locations is one too many. */
  private static boolean isWhole(Choice it) {
    return !it.splitsKit() && it.parts().size() == it.set().size();
  }

  /** Whether each parcel beyond the one that is worth most pays for itself. */
  private boolean isWorthIt(Choice it) {
    ToLongFunction<List<LineQuantity>> margin = terms.splitting().margin();
    if (margin == null || it.parts().size() < 2 || !priced) {
      return true;
    }
    return it.parts().stream()
        .sorted(Comparator.<Part>comparingLong(part -> margin.applyAsLong(part.lines())).reversed()).skip(1)
        .allMatch(part -> margin.applyAsLong(part.lines()) >= terms.extraParcelCost() + cost(part));
  }

  private long cost(Source source, Choice chosen) {
    return chosen.parts().stream().filter(it -> it.location().equals(source.location())).mapToLong(this::cost).sum();
  }

  /** Of its parcel, and of what customs ask for that. */
  private long cost(Part part) {
    Source source = sources.stream().filter(it -> it.location().equals(part.location())).findFirst().orElseThrow();
    return priced
        ? source.parcelCost()
            + source.duty() * part.lines().stream().mapToInt(it -> tariffs[index.get(it.sku())]).distinct().count()
        : 0;
  }

  private static Weighed compared(Source source, Bill with, Bill chosen) {
    if (with.full() != chosen.full()) {
      return new Weighed(source.location(), Verdict.FULL, null, source.arrives());
    }
    if (with.daysLate() != chosen.daysLate()) {
      return new Weighed(source.location(), Verdict.LATE, (long) with.daysLate() - chosen.daysLate(), source.arrives());
    }
    return with.cost() == chosen.cost()
        ? new Weighed(source.location(), Verdict.MORE_PARCELS, (long) with.parcels() - chosen.parcels(),
            source.arrives())
        : new Weighed(source.location(), Verdict.COSTS_MORE, with.cost() - chosen.cost(), source.arrives());
  }

  private static Weighed compared(Source source, Choice with, Choice chosen) {
    if (with.splitLines() != chosen.splitLines()) {
      return new Weighed(source.location(), Verdict.SPLITS_LINES, (long) with.splitLines() - chosen.splitLines(),
          source.arrives());
    }
    return with.left() == chosen.left()
        ? new Weighed(source.location(), Verdict.AS_GOOD, null, source.arrives())
        : new Weighed(source.location(), Verdict.LEAVES_LESS, chosen.left() - with.left(), source.arrives());
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
      Integer next = rest.stream().max(Comparator.comparingDouble(at -> worth(at, open))).orElseThrow();
      rest.remove(next);
      chosen.add(next);
      for (int sku = 0; sku < open.length; sku++) {
        open[sku] -= Math.min(open[sku], free[next][sku]);
      }
    }
    int[] whole = demand.stream().mapToInt(SkuQuantity::quantity).toArray();
    rest.sort(Comparator.<Integer>comparingDouble(at -> worth(at, whole)).reversed());
    chosen.addAll(rest.subList(0, Math.max(0, MAX_EXACT - chosen.size())));
    return chosen.stream().sorted().toList();
  }

  /** How many wanted units it holds for what a parcel from there costs. */
  private double worth(int location, int[] wanted) {
    long units = IntStream.range(0, wanted.length).mapToLong(sku -> Math.min(wanted[sku], free[location][sku])).sum();
    return (double) units / (priced ? Math.max(1, sources.get(location).parcelCost()) : 1);
  }

  /** Gives each line to the first location that holds all of it, long lines first; what fits nowhere whole is split. */
  private Choice fill(List<Integer> set, May may) {
    var taken = new LinkedHashMap<Integer, Map<LineId, Integer>>();
    int[][] left = new int[sources.size()][];
    set.forEach(at -> {
      taken.put(at, new LinkedHashMap<>());
      left[at] = free[at].clone();
    });
    var loose = new ArrayList<>(lines);
    boolean splitsKit = false;
    for (Bundle bundle : bundles) {
      List<LineId> of = bundle.units().stream().map(LineQuantity::lineId).toList();
      loose.removeIf(it -> of.contains(it.lineId()));
      int rest = fill(bundle, set, left, taken);
      if (rest > 0) {
        splitsKit = true;
        bundle.units().forEach(it -> loose.add(new LineQuantity(it.lineId(), it.sku(), rest * it.quantity())));
      }
    }
    var split = new ArrayList<LineQuantity>();
    for (LineQuantity line : loose.stream().sorted(Comparator.comparingInt(LineQuantity::quantity).reversed())
        .toList()) {
      int sku = index.get(line.sku());
      set.stream().filter(at -> left[at][sku] >= line.quantity() && may.ship(at, sku)).findFirst()
          .ifPresentOrElse(at -> take(line, line.quantity(), left[at], sku, taken.get(at)), () -> split.add(line));
    }
    for (LineQuantity line : split) {
      int sku = index.get(line.sku());
      int open = line.quantity();
      for (int at : set) {
        open -= may.ship(at, sku) ? take(line, Math.min(open, left[at][sku]), left[at], sku, taken.get(at)) : 0;
      }
      // Kits may have taken what was meant for it.
      for (int at : set) {
        open -= take(line, Math.min(open, left[at][sku]), left[at], sku, taken.get(at));
      }
    }
    long least = IntStream.range(0, demand.size()).mapToLong(sku -> left(set, sku)).min().orElse(0);
    return new Choice(set, parts(taken), split.size(), least, splitsKit);
  }

  /** All kits at the first location that has enough for them, else as many as there are at each. @return how many no location has whole */
  private int fill(Bundle bundle, List<Integer> set, int[][] left, Map<Integer, Map<LineId, Integer>> taken) {
    int open = bundle.kits();
    int all = open;
    List<Integer> first = set.stream().filter(at -> kits(bundle, left[at]) >= all).limit(1).toList();
    for (int at : first.isEmpty() ? set : first) {
      int kits = Math.min(open, kits(bundle, left[at]));
      bundle.units()
          .forEach(it -> take(it, kits * it.quantity(), left[at], index.get(it.sku()), taken.get(at)));
      open -= kits;
    }
    return open;
  }

  private int kits(Bundle bundle, int[] left) {
    Map<Integer, Integer> units = new HashMap<>();
    bundle.units().forEach(it -> units.merge(index.get(it.sku()), it.quantity(), Integer::sum));
    return units.entrySet().stream().mapToInt(it -> left[it.getKey()] / it.getValue()).min().orElse(0);
  }

  private static int take(LineQuantity line, int quantity, int[] left, int sku, Map<LineId, Integer> taken) {
    if (quantity > 0) {
      left[sku] -= quantity;
      taken.merge(line.lineId(), quantity, Integer::sum);
    }
    return quantity;
  }

  private List<Part> parts(Map<Integer, Map<LineId, Integer>> taken) {
    return taken
        .entrySet().stream().filter(it -> !it.getValue().isEmpty())
        .map(it -> new Part(sources.get(it.getKey()).location(),
            lines.stream().filter(line -> it.getValue().containsKey(line.lineId()))
                .map(line -> new LineQuantity(line.lineId(), line.sku(), it.getValue().get(line.lineId()))).toList()))
        .toList();
  }
}
