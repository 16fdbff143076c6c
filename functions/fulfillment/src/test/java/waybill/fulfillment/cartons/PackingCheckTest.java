package waybill.fulfillment.cartons;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each fault that a packing can have is found, as no packer may be believed. */
class PackingCheckTest {
  private static final Size CUBE = new Size(100, 100, 100);
  private static final Goods TINS = new Goods("TIN", new Size(100, 100, 50), 200, 2);
  private static final Box BOX = new Box("B", new Size(200, 200, 200), new Size(210, 210, 210), 50, 1_000, 10, null);

  private static Placement tin(int x, int y, int z) {
    return new Placement("TIN", x, y, z, new Size(100, 100, 50));
  }

  private static PackedBox packed(int grams, Placement... placements) {
    return new PackedBox(BOX, List.of(placements), grams, 0);
  }

  private static List<String> faults(Goods goods, PackedBox... boxes) {
    return PackingCheck.faults(List.of(goods), List.of(boxes), 75);
  }

  @Test
  void aSoundPackingHasNone() {
    assertThat(faults(TINS, packed(450, tin(0, 0, 0), tin(0, 0, 50)))).isEmpty();
  }

  @Test
  void whatSticksOutIsFound() {
    assertThat(faults(TINS, packed(450, tin(0, 0, 0), tin(101, 0, 0)))).singleElement().asString()
        .contains("not inside");
    assertThat(faults(TINS, packed(450, tin(0, 0, 0), tin(100, 0, -1)))).anyMatch(it -> it.contains("not inside"));
  }

  @Test
  void whatOverlapsIsFound() {
    assertThat(faults(TINS, packed(450, tin(0, 0, 0), tin(99, 99, 0)))).singleElement().asString().contains("overlap");
  }

  @Test
  void whatLiesAsItMayNotIsFound() {
    var lying = new Placement("TIN", 0, 0, 0, new Size(100, 50, 100));
    assertThat(faults(TINS, packed(450, lying, tin(100, 0, 0)))).isEmpty();
    assertThat(faults(TINS.upright(), packed(450, lying, tin(100, 0, 0)))).singleElement().asString()
        .contains("does not lie as it may");
    assertThat(faults(TINS.of(1), packed(250, new Placement("TIN", 0, 0, 0, CUBE)))).singleElement().asString()
        .contains("does not lie as it may");
  }

  @Test
  void whatFloatsIsFound() {
    assertThat(faults(TINS, packed(450, tin(0, 0, 0), tin(0, 30, 50)))).singleElement().asString()
        .contains("70 % of its base");
    assertThat(faults(TINS, packed(450, tin(0, 0, 0), tin(0, 25, 50)))).isEmpty();
    assertThat(PackingCheck.faults(List.of(TINS), List.of(packed(450, tin(0, 0, 0), tin(0, 0, 150))), 0)).isEmpty();
  }

  @Test
  void whatIsOnFragileGoodsIsFound() {
    assertThat(faults(TINS.withNothingOnTop(), packed(450, tin(0, 0, 0), tin(0, 0, 50)))).singleElement().asString()
        .contains("is above");
  }

  @Test
  void aBoxThatIsTooHeavyOrWeighsSomethingElseIsFound() {
    var heavy = new Goods("TIN", TINS.size(), 500, 2);
    assertThat(faults(heavy, packed(1_050, tin(0, 0, 0), tin(0, 0, 50)))).singleElement().asString()
        .contains("may weigh 1000 g");
    assertThat(faults(TINS, packed(449, tin(0, 0, 0), tin(0, 0, 50)))).singleElement().asString()
        .contains("said to weigh 449 g");
  }

  @Test
  void whatIsMissingOrTooMuchIsFound() {
    assertThat(faults(TINS, packed(250, tin(0, 0, 0)))).containsExactly("1 of 2 units of TIN are packed");
    assertThat(faults(TINS.of(1), packed(450, tin(0, 0, 0), tin(0, 0, 50))))
        .containsExactly("2 of 1 units of TIN are packed");
    assertThat(faults(TINS, packed(450, tin(0, 0, 0), tin(0, 0, 50), new Placement("CUP", 100, 100, 0, CUBE))))
        .containsExactly("box 1 (B): nobody ordered CUP");
  }

  @Test
  void whatIsNotApartOrNotTogetherIsFound() {
    Goods acid = new Goods("ACID", CUBE, 100, 1).apart("hazmat");
    assertThat(PackingCheck.faults(List.of(TINS.of(1), acid),
        List.of(packed(350, tin(0, 0, 0), new Placement("ACID", 100, 0, 0, CUBE))), 75)).singleElement().asString()
        .contains("must be apart");
    assertThat(faults(TINS.together("set"), packed(250, tin(0, 0, 0)), packed(250, tin(0, 0, 0))))
        .containsExactly("set is in several boxes");
  }

  @Test
  void moreBoxesThanThereAreIsFound() {
    Box one = BOX.with(1);
    var first = new PackedBox(one, List.of(tin(0, 0, 0)), 250, 0);
    assertThat(faults(TINS, first, first)).containsExactly("2 of B are used, and there are 1");
  }
}
