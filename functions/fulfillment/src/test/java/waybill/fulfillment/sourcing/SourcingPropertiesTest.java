package waybill.fulfillment.sourcing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import waybill.fulfillment.sourcing.Bill.Source;
import waybill.fulfillment.sourcing.Bill.Terms;
import waybill.fulfillment.sourcing.Sourcing.Found;
import waybill.fulfillment.sourcing.Sourcing.Lacking;
import waybill.fulfillment.sourcing.Sourcing.Part;
import waybill.fulfillment.sourcing.Sourcing.Waiting;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Sku;

class SourcingPropertiesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 12, 3);

  /** An order and what is free, by SKU and location. */
  record Case(List<LineQuantity> lines, Map<Sku, Map<LocationId, Integer>> free) {
    Set<LocationId> locations() {
      var locations = new TreeSet<LocationId>();
      free.values().forEach(it -> locations.addAll(it.keySet()));
      return locations;
    }

    int free(Sku sku, LocationId location) {
      return free.getOrDefault(sku, Map.of()).getOrDefault(location, 0);
    }
  }

  @Property(tries = 1_000)
  void itShipsFromAsFewLocationsAsCanBe(@ForAll("small") Case it) {
    int fewest = fewest(units(it.lines()), 0, new HashMap<>(), new HashSet<>(), it);
    switch (Sourcing.plan(it.lines(), it.free(), it.locations())) {
      case Found found -> assertThat(found.parts()).hasSize(fewest);
      case Waiting waiting -> throw new AssertionError(waiting);
      case Lacking lacking ->
        assertThat(fewest).as("no assignment exists, and it says " + lacking).isEqualTo(Integer.MAX_VALUE);
    }
  }

  @Property(tries = 1_000)
  void noOtherWayToSendTheUnitsHasABetterBill(@ForAll("small") Case it, @ForAll("sources") List<Source> sources) {
    List<Source> known = sources.stream().filter(one -> it.locations().contains(one.location())).toList();
    var terms = new Terms(DAY, 120, "EUR");
    Bill best = bestBill(units(it.lines()), 0, new HashMap<>(), new HashSet<>(), it, known, terms);
    switch (Sourcing.plan(it.lines(), it.free(), known, terms)) {
      case Found found -> assertThat(Bill.of(of(known, found.parts().stream().map(Part::location).toList()), terms,
          true)).isEqualTo(best);
      case Waiting waiting -> throw new AssertionError(waiting);
      case Lacking lacking -> assertThat(best).as("no assignment exists, and it says " + lacking).isNull();
    }
  }

  @Property(tries = 500)
  void noOtherWayToSendTheUnitsCostsLessWithDuties(@ForAll("small") Case it, @ForAll("sources") List<Source> sources,
      @ForAll @IntRange(max = 400) int first, @ForAll @IntRange(max = 400) int second) {
    List<Source> known = sources.stream().filter(one -> it.locations().contains(one.location()))
        .map(one -> new Source(one.location(), false, one.parcelCost(), null, 0, null,
            one.location().value().compareTo("store-2") > 0 ? first : second))
        .toList();
    Map<Sku, String> tariffs = new HashMap<>();
    it.free().keySet().forEach(sku -> tariffs.put(sku, sku.value().hashCode() % 2 == 0 ? "even" : "odd"));
    var terms = new Terms(null, 120, "EUR", Splitting.ANY, tariffs);
    long least = leastCost(units(it.lines()), 0, new HashMap<>(), new HashMap<>(), it, known, terms);
    switch (Sourcing.plan(it.lines(), it.free(), known, terms)) {
      case Found found when found.sourced() != null -> assertThat(found.sourced().cost()).isEqualTo(least);
      case Found _ -> {
      }
      case Waiting waiting -> throw new AssertionError(waiting);
      case Lacking _ -> assertThat(least).isEqualTo(Long.MAX_VALUE);
    }
  }

  private static long leastCost(List<Sku> units, int next, Map<String, Integer> used,
      Map<LocationId, List<String>> from, Case it, List<Source> known, Terms terms) {
    if (next == units.size()) {
      return terms.extraParcelCost() * (from.size() - 1) + known.stream()
          .filter(one -> from.containsKey(one.location()))
          .mapToLong(one -> one.parcelCost() + one.duty() * from.get(one.location()).stream().distinct().count()).sum();
    }
    long least = Long.MAX_VALUE;
    for (Source source : known) {
      String place = units.get(next) + "@" + source.location();
      if (used.getOrDefault(place, 0) < it.free(units.get(next), source.location())) {
        used.merge(place, 1, Integer::sum);
        List<String> numbers = from.computeIfAbsent(source.location(), _ -> new ArrayList<>());
        numbers.add(terms.tariffs().get(units.get(next)));
        least = Math.min(least, leastCost(units, next + 1, used, from, it, known, terms));
        numbers.removeLast();
        if (numbers.isEmpty()) {
          from.remove(source.location());
        }
        used.merge(place, -1, Integer::sum);
      }
    }
    return least;
  }

  /** The best bill over all ways to send each unit somewhere: the definition, tried out. */
  private static Bill bestBill(List<Sku> units, int next, Map<String, Integer> used, Set<LocationId> from, Case it,
      List<Source> known, Terms terms) {
    if (next == units.size()) {
      return Bill.of(of(known, List.copyOf(from)), terms, true);
    }
    Bill best = null;
    for (LocationId location : it.locations()) {
      String place = units.get(next) + "@" + location;
      if (used.getOrDefault(place, 0) < it.free(units.get(next), location)) {
        used.merge(place, 1, Integer::sum);
        boolean more = from.add(location);
        Bill bill = bestBill(units, next + 1, used, from, it, known, terms);
        best = best == null || bill != null && bill.compareTo(best) < 0 ? bill : best;
        if (more) {
          from.remove(location);
        }
        used.merge(place, -1, Integer::sum);
      }
    }
    return best;
  }

  private static List<Source> of(List<Source> known, List<LocationId> locations) {
    return known.stream().filter(it -> locations.contains(it.location())).toList();
  }

  /** Each of the four locations, dear or cheap, full or not, late or not. */
  @Provide
  Arbitrary<List<Source>> sources() {
    var one = Combinators
        .combine(Arbitraries.integers().between(0, 3).map(it -> it == 0), Arbitraries.longs().between(1, 900),
            Arbitraries.integers().between(-2, 3))
        .as((full, cost, days) -> new Source(null, full, cost, DAY.plusDays(days), 0));
    return one.list().ofSize(4)
        .map(all -> IntStream.range(0, 4).mapToObj(i -> new Source(new LocationId("store-" + (i + 1)),
            all.get(i).full(), all.get(i).parcelCost(), all.get(i).arrives(), 0)).toList());
  }

  @Property(tries = 500)
  void everyUnitShipsOnceAndNoneThatIsNotFree(@ForAll("large") Case it) {
    if (!(Sourcing.plan(it.lines(), it.free(), it.locations()) instanceof Found found)) {
      return;
    }
    var shipped = new HashMap<LineId, Integer>();
    for (Part part : found.parts()) {
      assertThat(part.lines()).isNotEmpty().allMatch(line -> line.quantity() > 0).doesNotHaveDuplicates();
      LineQuantity.bySku(part.lines())
          .forEach(sku -> assertThat(sku.quantity()).isLessThanOrEqualTo(it.free(sku.sku(), part.location())));
      part.lines().forEach(line -> shipped.merge(line.lineId(), line.quantity(), Integer::sum));
    }
    assertThat(found.parts()).extracting(Part::location).doesNotHaveDuplicates();
    assertThat(it.lines()).allSatisfy(line -> assertThat(shipped).containsEntry(line.lineId(), line.quantity()))
        .hasSameSizeAs(shipped.keySet());
  }

  @Property(tries = 500)
  void whatLacksIsWhatAllTogetherDoNotHold(@ForAll("large") Case it) {
    var missing = new HashMap<Sku, Integer>();
    LineQuantity.bySku(it.lines()).forEach(sku -> {
      int held = it.locations().stream().mapToInt(at -> it.free(sku.sku(), at)).sum();
      if (held < sku.quantity()) {
        missing.put(sku.sku(), sku.quantity() - held);
      }
    });
    var told = new HashMap<Sku, Integer>();
    if (Sourcing.plan(it.lines(), it.free(), it.locations()) instanceof Lacking lacking) {
      lacking.missing().forEach(sku -> told.put(sku.sku(), sku.quantity()));
    }
    assertThat(told).isEqualTo(missing);
  }

  /** The fewest locations over all ways to send each unit somewhere: the definition, tried out. */
  private static int fewest(List<Sku> units, int next, Map<String, Integer> used, Set<LocationId> from, Case it) {
    if (next == units.size()) {
      return from.size();
    }
    int fewest = Integer.MAX_VALUE;
    for (LocationId location : it.locations()) {
      String place = units.get(next) + "@" + location;
      if (used.getOrDefault(place, 0) < it.free(units.get(next), location)) {
        used.merge(place, 1, Integer::sum);
        boolean more = from.add(location);
        fewest = Math.min(fewest, fewest(units, next + 1, used, from, it));
        if (more) {
          from.remove(location);
        }
        used.merge(place, -1, Integer::sum);
      }
    }
    return fewest;
  }

  private static List<Sku> units(List<LineQuantity> lines) {
    var units = new ArrayList<Sku>();
    lines.forEach(line -> units.addAll(java.util.Collections.nCopies(line.quantity(), line.sku())));
    return units;
  }

  @Provide
  Arbitrary<Case> small() {
    return cases(3, 2, 4, 2);
  }

  @Provide
  Arbitrary<Case> large() {
    return cases(6, 9, 16, 8);
  }

  private static Arbitrary<Case> cases(int maxLines, int maxQuantity, int maxLocations, int maxFree) {
    var skus = Arbitraries.of("TEA", "MUG", "CUP").map(Sku::new);
    var locations = Arbitraries.integers().between(1, maxLocations).map(it -> new LocationId("store-" + it));
    var free = Arbitraries
        .maps(skus, Arbitraries.maps(locations, Arbitraries.integers().between(0, maxFree)).ofMaxSize(maxLocations))
        .ofMaxSize(3);
    var lines = Combinators.combine(skus, Arbitraries.integers().between(1, maxQuantity))
        .as((sku, quantity) -> new LineQuantity(new LineId("line_0"), sku, quantity))
        .list().ofMinSize(1).ofMaxSize(maxLines).map(SourcingPropertiesTest::numbered);
    return Combinators.combine(lines, free).as(Case::new);
  }

  private static List<LineQuantity> numbered(List<LineQuantity> lines) {
    var numbered = new ArrayList<LineQuantity>();
    lines.forEach(it -> numbered.add(new LineQuantity(new LineId("line_" + numbered.size()), it.sku(), it.quantity())));
    return numbered;
  }
}
