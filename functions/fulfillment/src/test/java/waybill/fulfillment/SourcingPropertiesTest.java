package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import waybill.fulfillment.Sourcing.Found;
import waybill.fulfillment.Sourcing.Lacking;
import waybill.fulfillment.Sourcing.Part;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Sku;

class SourcingPropertiesTest {

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
      case Lacking lacking ->
        assertThat(fewest).as("no assignment exists, and it says " + lacking).isEqualTo(Integer.MAX_VALUE);
    }
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
