package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import waybill.messages.LineId;
import waybill.messages.Sku;
import waybill.orders.Kit.Component;

class KitSharesTest {
  private static final LineId LINE = new LineId("line_1");

  private static Kit kit(int... quantitiesAndWeights) {
    return new Kit(LINE, IntStream.range(0, quantitiesAndWeights.length / 2)
        .mapToObj(it -> new Component(LINE.component(it + 1), new Sku("C-" + it), "", quantitiesAndWeights[2 * it],
            quantitiesAndWeights[2 * it + 1], 0))
        .toList());
  }

  private static List<Long> unitByUnit(KitShares shares, int component) {
    Component it = shares.kit().components().get(component);
    return IntStream.range(0, shares.kits() * it.quantity()).mapToObj(unit -> shares.of(it, unit, 1)).toList();
  }

  @Test
  void threeComponentsOfOneKitAreWorthItsPriceByTheirWeightToTheCent() {
    var shares = new KitShares(kit(1, 4000, 1, 3500, 1, 2500), 91_99, 1);
    assertThat(unitByUnit(shares, 0)).containsExactly(36_80L);
    assertThat(unitByUnit(shares, 1)).containsExactly(32_19L);
    assertThat(unitByUnit(shares, 2)).containsExactly(23_00L);
  }

  @Test
  void eachOfSeveralKitsIsWorthWhatAUnitOfItsLineIs() {
    // 8.99 for three kits of three units: 3.00, 2.99, 3.00 each, in cents that do not divide by three.
    var shares = new KitShares(kit(2, 1, 1, 1), 8_99, 3);
    assertThat(unitByUnit(shares, 0)).containsExactly(100L, 100L, 100L, 99L, 100L, 100L);
    assertThat(unitByUnit(shares, 1)).containsExactly(100L, 100L, 100L);
  }

  @Test
  void whatWeighsNothingIsFree() {
    var shares = new KitShares(kit(1, 1, 3, 0), 1_000, 1);
    assertThat(unitByUnit(shares, 0)).containsExactly(1_000L);
    assertThat(unitByUnit(shares, 1)).containsExactly(0L, 0L, 0L);
  }

  @Test
  void theLargestLineOfTheHeaviestKitIsCounted() {
    var shares = new KitShares(kit(1_000, 1_000_000_000, 1_000, 1), 1_000_000_000_000L, 500);
    Component first = shares.kit().components().getFirst();
    Component last = shares.kit().components().getLast();
    assertThat(shares.of(first, 0, 500_000) + shares.of(last, 0, 500_000)).isEqualTo(1_000_000_000_000L);
  }

  @Provide
  Arbitrary<Kit> kits() {
    Arbitrary<int[]> component = Combinators.combine(Arbitraries.integers().between(1, 5),
        Arbitraries.integers().between(0, 10_000)).as((quantity, weight) -> new int[]{quantity, weight});
    return component.list().ofMinSize(1).ofMaxSize(6).filter(it -> it.stream().anyMatch(one -> one[1] > 0))
        .map(it -> kit(it.stream().flatMapToInt(IntStream::of).toArray()));
  }

  /** The naive design, a rounded share a component, loses or invents cents here. */
  @Property(tries = 500)
  void allUnitsInWhateverOrderAndPartsAddUpToTheLine(@ForAll("kits") Kit kit,
      @ForAll @IntRange(min = 1, max = 9) int kits,
      @ForAll @LongRange(min = 0, max = 1_000_000) long total, @ForAll Random random) {
    var shares = new KitShares(kit, total, kits);
    var parts = new ArrayList<Component>();
    kit.components().forEach(it -> parts.addAll(Collections.nCopies(kits * it.quantity(), it)));
    Collections.shuffle(parts, random);
    var taken = new java.util.HashMap<Component, Integer>();
    long sum = 0;
    for (Component it : parts) {
      long worth = shares.of(it, taken.getOrDefault(it, 0), 1);
      assertThat(worth).isNotNegative();
      sum += worth;
      taken.merge(it, 1, Integer::sum);
    }
    assertThat(sum).isEqualTo(total);
  }

  @Property(tries = 500)
  void aWholeKitIsWorthAUnitOfItsLine(@ForAll("kits") Kit kit, @ForAll @IntRange(min = 1, max = 9) int kits,
      @ForAll @LongRange(min = 0, max = 1_000_000) long total) {
    var shares = new KitShares(kit, total, kits);
    for (int n = 0; n < kits; n++) {
      int before = n;
      assertThat(kit.components().stream().mapToLong(it -> shares.of(it, before * it.quantity(), it.quantity())).sum())
          .isEqualTo(Shares.share(total, kits, before, 1));
    }
  }
}
