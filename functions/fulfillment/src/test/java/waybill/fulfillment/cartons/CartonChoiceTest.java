package waybill.fulfillment.cartons;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.fulfillment.cartons.CartonChoice.Objective;
import waybill.fulfillment.cartons.Proposal.Impossible;
import waybill.fulfillment.cartons.Proposal.Packed;
import waybill.fulfillment.cartons.Proposal.Reason;

class CartonChoiceTest {
  private static final int SUPPORT = 75;
  private static final Tariff BY_VOLUME = new Tariff(300, 50, 1_000, 5_000);
  private static final Box M = box("M", new Size(300, 240, 160), 10_000, 40);
  private static final Box L = box("L", new Size(600, 400, 400), 10_000, 90);
  private static final Goods TEAPOT = new Goods("TEAPOT", new Size(220, 150, 150), 900, 1);
  private static final Goods TINS = new Goods("TIN", new Size(80, 80, 100), 150, 6);

  private static Box box(String id, Size inner, int grams, long cost) {
    return new Box(id, inner, inner, 0, grams, cost, null);
  }

  private static Packed packed(List<Goods> goods, List<Box> boxes, Tariff tariff, Objective objective) {
    var packed = (Packed) CartonChoice.choose(goods, boxes, tariff, objective, SUPPORT, Effort.QUICK);
    assertThat(PackingCheck.faults(goods, packed.boxes(), SUPPORT)).isEmpty();
    return packed;
  }

  private static Packed cheapest(List<Goods> goods, Box... boxes) {
    return packed(goods, List.of(boxes), BY_VOLUME, Objective.LEAST_COST);
  }

  private static Packed fewest(List<Goods> goods, Box... boxes) {
    return packed(goods, List.of(boxes), BY_VOLUME, Objective.FEWEST_BOXES);
  }

  private static List<String> ids(Packed packed) {
    return packed.boxes().stream().map(it -> it.box().id()).sorted().toList();
  }

  private static List<Integer> grams(Packed packed) {
    return packed.boxes().stream().map(PackedBox::grams).sorted().toList();
  }

  private static Impossible impossible(List<Goods> goods, Box... boxes) {
    return (Impossible) CartonChoice.choose(goods, List.of(boxes), BY_VOLUME, Objective.LEAST_COST, SUPPORT,
        Effort.QUICK);
  }

  @Test
  void aTeapotAndSixTinsThatMayLieFitIntoTheMediumBox() {
    // D8
    assertThat(ids(cheapest(List.of(TEAPOT, TINS), M, L))).containsExactly("M");
    assertThat(ids(cheapest(List.of(TEAPOT, TINS.of(8)), M, L))).containsExactly("M");
  }

  @Test
  void ifTheTinsMustStandTheyDoNotFitThoughTheirVolumeDoes() {
    // D8: 3 and 2 beside the teapot are fewer than 6, in 76 % of the volume.
    List<Goods> standing = List.of(TEAPOT, TINS.upright());
    assertThat(Bounds.exceed(standing, M)).as("proved, not only not found").isTrue();
    assertThat(ids(fewest(standing, M, L))).containsExactly("L");
    assertThat(ids(cheapest(List.of(TEAPOT, TINS.upright().of(5)), M, L))).containsExactly("M");
  }

  @Test
  void theLandedPriceDecidesBetweenALargeBoxAndASecondOne() {
    // D8: L is charged for 20 kg of volume, 3 + 10 a step; two of M for 3 kg each.
    List<Goods> standing = List.of(TEAPOT, TINS.upright());
    Packed byVolume = cheapest(standing, M, L);
    assertThat(ids(byVolume)).containsExactly("M", "M");
    assertThat(byVolume.cost()).isEqualTo(2 * (40 + 300 + 3 * 50));

    Packed byWeight = packed(standing, List.of(M, L), new Tariff(300, 50, 1_000, 0), Objective.LEAST_COST);
    assertThat(ids(byWeight)).containsExactly("L");
    assertThat(byWeight.cost()).isEqualTo(90 + 300 + 2 * 50);
  }

  @Test
  void twoBoxesWeighTheSame() {
    // D9
    var half = new Goods("BOOK", new Size(100, 100, 100), 500, 42);
    assertThat(grams(fewest(List.of(half), box("B", new Size(400, 400, 400), 20_000, 10)))).containsExactly(10_500,
        10_500);
  }

  @Test
  void whatIsHeavierThanTwoBoxesMayBeIsInThree() {
    // D9
    var half = new Goods("BOOK", new Size(100, 100, 100), 500, 42);
    Packed packed = fewest(List.of(half), box("B", new Size(400, 400, 400), 10_000, 10));
    assertThat(grams(packed)).containsExactly(7_000, 7_000, 7_000);
    assertThat(packed.fewest()).as("proved by weight").isEqualTo(3);
  }

  @Test
  void theWeightOfTheBoxAndItsFillCounts() {
    var goods = List.of(new Goods("STONE", new Size(100, 100, 100), 1_000, 3));
    var heavy = new Box("H", new Size(300, 300, 300), new Size(300, 300, 300), 200, 3_100, 10, null);
    assertThat(grams(fewest(goods, heavy))).containsExactly(1_200, 2_200);
  }

  @Test
  void goodsFitIntoTheInnerSizeAndTheOuterIsPaidFor() {
    var goods = List.of(new Goods("CUBE", new Size(200, 200, 200), 100, 1));
    var thick = new Box("T", new Size(200, 200, 200), new Size(250, 250, 250), 50, 5_000, 10, null);
    assertThat(cheapest(goods, thick).cost()).isEqualTo(10 + 300 + 4 * 50);
    assertThat(impossible(goods, box("S", new Size(250, 250, 199), 5_000, 10)).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void nothingIsOnTopOfWhatIsFragile() {
    var vases = new Goods("VASE", new Size(100, 100, 100), 300, 5).withNothingOnTop();
    Packed packed = fewest(List.of(vases), box("B", new Size(200, 200, 300), 10_000, 10));
    assertThat(packed.boxes()).hasSize(2);
    var tins = new Goods("TIN", new Size(100, 100, 100), 300, 8);
    assertThat(fewest(List.of(vases.of(4), tins), box("B", new Size(200, 200, 300), 10_000, 10)).boxes()).hasSize(1);
  }

  @Test
  void whatIsApartSharesNoBox() {
    var acid = new Goods("ACID", new Size(50, 50, 50), 100, 1).apart("hazmat");
    var tea = new Goods("TEA", new Size(50, 50, 50), 100, 1);
    assertThat(fewest(List.of(acid, tea), M).boxes()).hasSize(2);
    assertThat(fewest(List.of(acid, new Goods("LYE", tea.size(), 100, 1).apart("hazmat")), M).boxes()).hasSize(1);
  }

  @Test
  void whatBelongsTogetherIsInOneBox() {
    var lid = new Goods("LID", new Size(100, 100, 100), 100, 4).together("set");
    var pot = new Goods("POT", new Size(100, 100, 100), 100, 4).together("set");
    var tea = new Goods("TEA", new Size(100, 100, 100), 100, 4);
    var eight = box("B", new Size(200, 200, 200), 10_000, 10);
    Packed packed = fewest(List.of(lid, tea, pot), eight);
    assertThat(packed.boxes()).hasSize(2);
    assertThat(impossible(List.of(lid.of(5), pot), eight)).isEqualTo(
        new Impossible(Reason.NOT_TOGETHER, List.of("LID", "POT")));
  }

  @Test
  void aBoxOfWhichThereAreNoneIsNotProposed() {
    List<Goods> tins = List.of(TINS);
    assertThat(ids(cheapest(tins, M.with(0), L))).containsExactly("L");
    assertThat(impossible(tins, M.with(0)).reason()).isEqualTo(Reason.BOXES_LACKING);
    List<Goods> two = List.of(new Goods("CUBE", new Size(160, 160, 160), 100, 2));
    assertThat(ids(fewest(two, box("C", new Size(160, 160, 160), 1_000, 1).with(1), L))).containsExactly("L");
  }

  @Test
  void whatIsTooHeavyForEveryBoxIsNamed() {
    var anvil = new Goods("ANVIL", new Size(100, 100, 100), 12_000, 1);
    assertThat(impossible(List.of(TINS, anvil), M, L)).isEqualTo(new Impossible(Reason.TOO_HEAVY, List.of("ANVIL")));
  }

  @Test
  void theSameOrderGetsTheSameBoxes() {
    List<Goods> goods = List.of(TEAPOT, TINS, new Goods("BOOK", new Size(210, 297, 11), 674, 7));
    assertThat(Collections.nCopies(3, goods).stream().map(it -> fewest(it, M, L)).distinct()).hasSize(1);
  }
}
