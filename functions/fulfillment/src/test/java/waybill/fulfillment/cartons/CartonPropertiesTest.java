package waybill.fulfillment.cartons;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import waybill.fulfillment.cartons.CartonChoice.Objective;
import waybill.fulfillment.cartons.Proposal.Impossible;
import waybill.fulfillment.cartons.Proposal.Packed;
import waybill.fulfillment.cartons.Proposal.Reason;

class CartonPropertiesTest {
  private static final Tariff TARIFF = new Tariff(300, 40, 500, 5_000);
  private static final List<Box> BOXES = List.of(
      new Box("S", new Size(200, 150, 100), new Size(206, 156, 106), 60, 2_000, 20, null),
      new Box("M", new Size(300, 240, 160), new Size(306, 246, 166), 120, 10_000, 40, null),
      new Box("L", new Size(600, 400, 400), new Size(610, 410, 410), 400, 25_000, 90, 3));

  @Property(tries = 600)
  void everyPackingIsSound(@ForAll("orders") List<Goods> goods, @ForAll Objective objective, @ForAll Support support) {
    switch (CartonChoice.choose(goods, BOXES, TARIFF, objective, support.percent, Effort.QUICK)) {
      case Packed it -> {
        assertThat(PackingCheck.faults(goods, it.boxes(), support.percent)).isEmpty();
        assertThat(it.boxes()).hasSizeGreaterThanOrEqualTo(it.fewest());
        assertThat(it.cost()).isEqualTo(it.boxes().stream()
            .mapToLong(box -> box.box().cost() + TARIFF.price(box.box().outer(), box.grams())).sum());
      }
      case Impossible it -> assertThat(it.reason()).isEqualTo(Reason.NOT_TOGETHER);
    }
  }

  @Property(tries = 300)
  void theCheapestBoxesCostNoMoreThanTheFewest(@ForAll("orders") List<Goods> goods) {
    if (choose(goods, Objective.LEAST_COST) instanceof Packed cheapest
        && choose(goods, Objective.FEWEST_BOXES) instanceof Packed fewest && fewest.boxes().size() == 1) {
      assertThat(cheapest.cost()).isLessThanOrEqualTo(fewest.cost());
    }
  }

  /** A box cut into pieces by planes is a packing that is known to exist, so no bound may deny it. */
  @Property(tries = 500)
  void noBoundDeniesAPackingThatExists(@ForAll("pieces") List<Goods> pieces) {
    Box whole = new Box("W", new Size(240, 180, 120), new Size(240, 180, 120), 0, 100_000, 10, null);
    assertThat(Bounds.fewest(pieces, List.of(whole))).isEqualTo(1);
  }

  private static Proposal choose(List<Goods> goods, Objective objective) {
    return CartonChoice.choose(goods, BOXES, TARIFF, objective, 75, Effort.QUICK);
  }

  /** How units are held. */
  enum Support {
    FILL(0), MOSTLY(75), WHOLLY(100);

    final int percent;

    Support(int percent) {
      this.percent = percent;
    }
  }

  @Provide
  Arbitrary<List<Goods>> orders() {
    var side = Arbitraries.integers().between(10, 150);
    var size = Combinators.combine(side, side, side).as(Size::new);
    var turns = Arbitraries.of(Turns.ANY, Turns.UPRIGHT, new Turns(false, true, true));
    var words = Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(5, Arbitraries.just("")),
        net.jqwik.api.Tuple.of(1, Arbitraries.just("hazmat")));
    var sets = Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(6, Arbitraries.just("")),
        net.jqwik.api.Tuple.of(1, Arbitraries.just("set")));
    return Combinators
        .combine(size, Arbitraries.integers().between(0, 1_500), Arbitraries.integers().between(1, 6), turns,
            Arbitraries.of(false, false, false, true), words, sets)
        .as((of, grams, units, turned, fragile, apart, together) -> new Goods("", of, grams, units, turned, fragile,
            apart, apart.isEmpty() ? together : ""))
        .list().ofMinSize(1).ofMaxSize(6).map(CartonPropertiesTest::named);
  }

  private static List<Goods> named(List<Goods> goods) {
    var named = new ArrayList<Goods>();
    goods.forEach(it -> named.add(new Goods("SKU-" + named.size(), it.size(), it.grams(), it.units(), it.turns(),
        it.nothingOnTop(), it.apart(), it.together())));
    return named;
  }

  @Provide
  Arbitrary<List<Goods>> pieces() {
    return Arbitraries.integers().between(1, 999_999).list().ofMinSize(1).ofMaxSize(9).map(cuts -> {
      var pieces = new ArrayList<>(List.of(new Size(240, 180, 120)));
      for (int cut : cuts) {
        Size it = pieces.remove(cut % pieces.size());
        int axis = cut / 7 % 3;
        int length = axis == 0 ? it.length() : axis == 1 ? it.width() : it.height();
        int at = length < 2 ? 0 : 1 + cut / 21 % (length - 1);
        pieces.addAll(at == 0 ? List.of(it) : parts(it, axis, at));
      }
      return named(pieces.stream().map(it -> new Goods("", it, 1, 1)).toList());
    });
  }

  private static List<Size> parts(Size it, int axis, int at) {
    return switch (axis) {
      case 0 -> List.of(new Size(at, it.width(), it.height()), new Size(it.length() - at, it.width(), it.height()));
      case 1 -> List.of(new Size(it.length(), at, it.height()), new Size(it.length(), it.width() - at, it.height()));
      default -> List.of(new Size(it.length(), it.width(), at), new Size(it.length(), it.width(), it.height() - at));
    };
  }
}
