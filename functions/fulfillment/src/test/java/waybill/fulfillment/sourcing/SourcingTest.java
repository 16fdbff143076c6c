package waybill.fulfillment.sourcing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import waybill.fulfillment.sourcing.Sourcing.Found;
import waybill.fulfillment.sourcing.Sourcing.Lacking;
import waybill.fulfillment.sourcing.Sourcing.Part;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;

class SourcingTest {
  private final Map<Sku, Map<LocationId, Integer>> free = new HashMap<>();
  private final List<LocationId> locations = new ArrayList<>();

  @Test
  void oneLocationThatHoldsAllShipsAll() {
    holds("berlin", "TEA", 9);
    holds("leipzig", "TEA", 2, "MUG", 1);
    holds("munich", "MUG", 9);

    assertThat(plan(line(0, "TEA", 2), line(1, "MUG", 1)))
        .containsExactly(part("leipzig", line(0, "TEA", 2), line(1, "MUG", 1)));
  }

  @Test
  void ofTwoThatHoldAllTheOneThatKeepsMoreOfItsScarcestSkuShips() {
    holds("berlin", "TEA", 90, "MUG", 1);
    holds("leipzig", "TEA", 3, "MUG", 3);

    assertThat(plan(line(0, "TEA", 1), line(1, "MUG", 1))).extracting(Part::location)
        .containsExactly(new LocationId("leipzig"));
  }

  @Test
  void ofTwoThatHoldTheSameTheFirstByIdShips() {
    holds("munich", "TEA", 5);
    holds("berlin", "TEA", 5);

    assertThat(plan(line(0, "TEA", 1))).extracting(Part::location).containsExactly(new LocationId("berlin"));
  }

  @Test
  void linesStayWholeWhereTwoLocationsShip() {
    holds("berlin", "TEA", 3);
    holds("leipzig", "MUG", 2);

    assertThat(plan(line(0, "MUG", 2), line(1, "TEA", 3))).containsExactly(part("berlin", line(1, "TEA", 3)),
        part("leipzig", line(0, "MUG", 2)));
  }

  @Test
  void ofTwoPairsTheOneThatSplitsNoLineShips() {
    holds("berlin", "TEA", 2);
    holds("leipzig", "TEA", 2);
    holds("munich", "TEA", 3, "CUP", 1);

    assertThat(plan(line(0, "TEA", 3), line(1, "TEA", 2))).containsExactly(part("berlin", line(1, "TEA", 2)),
        part("munich", line(0, "TEA", 3)));
  }

  @Test
  void aLineIsSplitWhereOnlyTheSumSuffices() {
    holds("berlin", "TEA", 3);
    holds("leipzig", "TEA", 2);

    assertThat(plan(line(0, "TEA", 5))).containsExactly(part("berlin", line(0, "TEA", 3)),
        part("leipzig", line(0, "TEA", 2)));
  }

  @Test
  void twoLinesOfOneSkuShareItsStock() {
    holds("berlin", "TEA", 3);
    holds("leipzig", "TEA", 3);

    assertThat(plan(line(0, "TEA", 2), line(1, "TEA", 2))).containsExactly(part("berlin", line(0, "TEA", 2)),
        part("leipzig", line(1, "TEA", 2)));
  }

  @Test
  void whatLacksIsNamedWithItsCount() {
    holds("berlin", "TEA", 3, "CUP", 1);
    holds("leipzig", "TEA", 1);

    assertThat(outcome(line(0, "TEA", 5), line(1, "MUG", 2), line(2, "CUP", 1)))
        .isEqualTo(new Lacking(List.of(new SkuQuantity(new Sku("MUG"), 2), new SkuQuantity(new Sku("TEA"), 1))));
  }

  @Test
  void aLocationThatMayNotShipDoesNot() {
    holds("berlin", "TEA", 3);
    locations.clear();

    assertThat(outcome(line(0, "TEA", 1))).isEqualTo(new Lacking(List.of(new SkuQuantity(new Sku("TEA"), 1))));
  }

  @Test
  void anOrderOfNothingShipsFromNowhere() {
    holds("berlin", "TEA", 3);

    assertThat(plan()).isEmpty();
  }

  @Test
  void ofFortyLocationsTheTwoThatHoldEverythingShip() {
    for (int i = 10; i < 48; i++) {
      holds("store-" + i, "TEA", 7, "MUG", 7, "CUP", 7);
    }
    holds("store-8", "TEA", 50, "MUG", 30);
    holds("store-9", "CUP", 50, "MUG", 20);

    assertThat(plan(line(0, "TEA", 50), line(1, "MUG", 50), line(2, "CUP", 50))).extracting(Part::location)
        .containsExactly(new LocationId("store-8"), new LocationId("store-9"));
  }

  @Test
  void ofFortyLocationsAllShipWhereItTakesAll() {
    for (int i = 10; i < 50; i++) {
      holds("store-" + i, "TEA", 2);
    }

    assertThat(plan(line(0, "TEA", 80))).hasSize(40).allMatch(it -> it.lines().getFirst().quantity() == 2);
  }

  @Test
  void theGreatestOrderIsPlannedInTime() {
    var lines = new ArrayList<LineQuantity>();
    for (int i = 0; i < 500; i++) {
      lines.add(line(i, "SKU-" + i, 6));
      for (int at = 0; at < 12; at++) {
        holds("store-" + at, "SKU-" + i, 1 + (i + at) % 2);
      }
    }
    long start = System.nanoTime();

    assertThat(plan(lines.toArray(LineQuantity[]::new))).hasSizeBetween(4, 6);
    assertThat(System.nanoTime() - start).as("nanoseconds").isLessThan(20_000_000_000L);
  }

  private void holds(String location, Object... skusAndQuantities) {
    var id = new LocationId(location);
    if (!locations.contains(id)) {
      locations.add(id);
    }
    for (int i = 0; i < skusAndQuantities.length; i += 2) {
      free.computeIfAbsent(new Sku((String) skusAndQuantities[i]), _ -> new HashMap<>()).put(id,
          (Integer) skusAndQuantities[i + 1]);
    }
  }

  private Sourcing.Outcome outcome(LineQuantity... lines) {
    return Sourcing.plan(List.of(lines), free, locations);
  }

  private List<Part> plan(LineQuantity... lines) {
    return ((Found) outcome(lines)).parts();
  }

  private static Part part(String location, LineQuantity... lines) {
    return new Part(new LocationId(location), List.of(lines));
  }

  private static LineQuantity line(int number, String sku, int quantity) {
    return new LineQuantity(new LineId("line_" + number), new Sku(sku), quantity);
  }
}
