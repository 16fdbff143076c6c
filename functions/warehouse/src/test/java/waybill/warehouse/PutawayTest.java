package waybill.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.platform.Json;

class PutawayTest {
  private final Building building = new Building();

  @AfterEach
  void close() {
    building.close();
  }

  private static List<String> places(Building.Answer answer) {
    return ((List<?>) answer.body().get("places")).stream().map(Json::object)
        .map(it -> "%s %s %s".formatted(it.get("bin"), it.get("quantity"), it.get("reason"))).toList();
  }

  /** The case of a pallet of 1.8 m. */
  @Test
  void aPalletGoesToTheFirstEmptyPlaceThatIsHighEnoughAndNotToALowerOne() {
    building.product("CASE", 300, 48);
    building.putBin("P-1",
        "{\"purpose\":\"bulk\",\"storage_type\":\"pallet\",\"maximum_height_mm\":1600,\"walking_sequence\":1}");
    building.putBin("P-3",
        "{\"purpose\":\"bulk\",\"storage_type\":\"pallet\",\"maximum_height_mm\":2000,\"walking_sequence\":3}");
    building.putBin("P-2",
        "{\"purpose\":\"bulk\",\"storage_type\":\"pallet\",\"maximum_height_mm\":1800,\"walking_sequence\":2}");
    var query = Map.of("sku", "CASE", "storage_type", "pallet", "height_mm", "1800");
    assertThat(places(building.propose(query))).containsExactly("P-2 48 empty");
    String pallet = """
        {"location_id": "leipzig", "sku": "CASE", "quantity": 48, "to": "%s", "height_mm": 1800, "reason": "putaway"}""";
    assertThat(building.move("1", pallet.formatted("P-1")).code()).isEqualTo("too_high");
    assertThat(building.move("2", pallet.formatted("P-2")).status()).isEqualTo(201);
    assertThat(building.propose(query).body()).containsEntry("unplaced", 0L).containsEntry("quantity", 0L);
  }

  @Test
  void whatFitsNowhereIsLeftOverWithTheReason() {
    building.product("CASE", 300, 10);
    var pallet = Map.of("sku", "CASE", "storage_type", "pallet");
    assertThat(building.propose(pallet).body()).containsEntry("overflow", Map.of("quantity", 10L, "reason", "no_bin"));
    building.putBin("P-1", "{\"storage_type\":\"pallet\",\"maximum_height_mm\":200,\"maximum_units\":4}");
    assertThat(building.propose(pallet).body()).containsEntry("overflow",
        Map.of("quantity", 10L, "reason", "too_high"));
    building.putBin("P-1", "{\"storage_type\":\"pallet\",\"maximum_height_mm\":300,\"maximum_units\":4}");
    var full = building.propose(pallet);
    assertThat(places(full)).containsExactly("P-1 4 empty");
    assertThat(full.body()).containsEntry("overflow", Map.of("quantity", 6L, "reason", "full"));
    building.putBin("P-1", "{\"storage_type\":\"pallet\",\"locked\":true}");
    assertThat(building.propose(pallet).body()).containsEntry("overflow", Map.of("quantity", 10L, "reason", "no_bin"));
  }

  @Test
  void theSameProductComesFirstThenTheZoneThenTheWalk() {
    building.product("TEA", 100, 100);
    building.product("MUG", 100, 5);
    building.putBin("B-1", "{\"zone\":\"B\",\"walking_sequence\":1,\"maximum_units\":30}");
    building.putBin("A-9", "{\"zone\":\"A\",\"walking_sequence\":9,\"maximum_units\":30}");
    building.putBin("A-8", "{\"zone\":\"A\",\"walking_sequence\":8,\"maximum_units\":30}");
    building.putBin("C-7", "{\"zone\":\"C\",\"walking_sequence\":7,\"maximum_units\":30}");
    building.putBin("R-0", "{\"purpose\":\"receiving\",\"walking_sequence\":0}");
    building.move("1", "TEA", 20, null, "C-7");
    building.move("2", "MUG", 5, null, "A-8");
    assertThat(places(building.propose(Map.of("sku", "TEA", "zone", "A", "quantity", "60"))))
        .containsExactly("C-7 10 same_product_and_lot", "A-9 30 empty_in_zone", "B-1 20 empty");
  }

  /** 28 arrive, of which somebody must look at 20 first. */
  @Test
  void whatIsHeldGoesToNoShelfThatIsPickedFrom() {
    building.product("TEA", 100, 28);
    building.adjust("TEA", -20, "quarantined");
    building.putBin("A-1", "{\"walking_sequence\":1}");
    building.putBin("Q-1", "{\"purpose\":\"quarantine\",\"walking_sequence\":0}");
    var tea = building.propose(Map.of("sku", "TEA"));
    assertThat(tea.body()).containsEntry("unplaced", 28L).containsEntry("held", 20L).containsEntry("quantity", 8L);
    assertThat(places(tea)).containsExactly("A-1 8 empty");

    building.move("1", "TEA", 20, null, "Q-1");
    assertThat(building.propose(Map.of("sku", "TEA")).body()).containsEntry("unplaced", 8L).containsEntry("held", 0L)
        .containsEntry("quantity", 8L);
    building.move("2", "TEA", 8, null, "A-1");
    assertThat(building.propose(Map.of("sku", "TEA")).body()).as("nothing is left at the dock")
        .containsEntry("held", 0L).containsEntry("quantity", 0L);
  }

  /** 10 arrive, and the oldest order that waits takes 7. */
  @Test
  void whatOrdersWaitForGoesToNoShelf() {
    assertThat(Putaway.crossDock(10, 0, 7)).isEqualTo(7);
    assertThat(Putaway.crossDock(10, 0, 10)).isEqualTo(10);
    assertThat(Putaway.crossDock(10, 5, 7)).as("what lies in bins is picked first").isEqualTo(2);
    assertThat(Putaway.crossDock(10, 20, 7)).isZero();
    assertThat(Putaway.crossDock(3, 0, 7)).isEqualTo(3);
    assertThat(Putaway.crossDock(-2, 0, 7)).as("bins hold more than the location").isZero();
  }

  @Test
  void aBinBearsNoMoreThanItsWeightAndVolume() {
    building.product("TEA", 100, 100);
    building.putBin("A-1", "{\"walking_sequence\":1,\"maximum_weight_grams\":5400}");
    building.putBin("A-2", "{\"walking_sequence\":2,\"maximum_volume_cm3\":7000}");
    assertThat(places(building.propose(Map.of("sku", "TEA")))).containsExactly("A-1 10 empty", "A-2 7 empty");
    assertThat(building.move("1", "TEA", 11, null, "A-1").code()).isEqualTo("bin_full");
    assertThat(building.move("2", "TEA", 8, null, "A-2").code()).isEqualTo("bin_full");
    assertThat(building.move("3", "TEA", 7, null, "A-2").status()).isEqualTo(201);
  }

  @Test
  void whatIsAskedWronglyIsRefusedByParameter() {
    assertThat(building.propose(Map.of("quantity", "0", "colour", "red")).errors())
        .containsExactlyInAnyOrder("quantity out_of_range", "sku required", "colour unknown");
    assertThat(building.propose(Map.of("sku", "NO")).errors()).containsExactly("sku unknown_product");
  }
}
