package waybill.simulation.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld.Written;
import waybill.simulation.WatchedWorld;

/** A hamper is made of two units of which five are there. */
class AssemblyInvariantsTest {
  private final WatchedWorld watched = new WatchedWorld();

  @BeforeEach
  void stock() {
    watched.together(new Written("InventoryTable", "adj_1", "adjustment", """
        {"sku": "SKU-1", "location": "here", "pool": "pool", "quantity": 5, "reason": "received"}"""),
        pool("SKU-1", 5), shelf("SKU-1", 5, 1), entry("SKU-1", 1, 0, 5));
    watched.together(assembly("open", 0));
  }

  @AfterEach
  void end() {
    watched.close();
  }

  @Test
  void whatIsMadeOfItsComponentsIsNoFinding() {
    watched.together(assembly("open", 1), completion("cpl_1"), pool("SKU-1", 3), shelf("SKU-1", 3, 2),
        entry("SKU-1", 2, 5, 3), pool("HAMPER", 1), shelf("HAMPER", 1, 1), entry("HAMPER", 1, 0, 1));
    watched.together(assembly("cancelled", 1));

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void whatIsMadeOfNothingIsFound() {
    watched.together(assembly("open", 1), completion("cpl_1"), pool("HAMPER", 1), shelf("HAMPER", 1, 1),
        entry("HAMPER", 1, 0, 1));

    assertThat(watched.findings()).anyMatch(it -> it.startsWith("the counters of stock move otherwise"));
  }

  @Test
  void whatIsDoneWithoutACompletionIsFound() {
    watched.together(assembly("open", 1), pool("SKU-1", 3), shelf("SKU-1", 3, 2), entry("SKU-1", 2, 5, 3),
        pool("HAMPER", 1), shelf("HAMPER", 1, 1), entry("HAMPER", 1, 0, 1));

    assertThat(watched.findings())
        .containsExactly("a work order is done otherwise than its completions say: asm_1, 1 of 2 and not 0");
  }

  @Test
  void aWorkOrderThatGoesOnAfterItWasCancelledIsFound() {
    watched.together(assembly("cancelled", 0));
    watched.together(assembly("cancelled", 1), completion("cpl_1"), pool("SKU-1", 3), shelf("SKU-1", 3, 2),
        entry("SKU-1", 2, 5, 3), pool("HAMPER", 1), shelf("HAMPER", 1, 1), entry("HAMPER", 1, 0, 1));

    assertThat(watched.findings()).contains("a work order that was cancelled goes on: asm_1");
  }

  private static Written assembly(String stage, int completed) {
    return new Written("InventoryTable", "assembly#asm_1", "assembly", """
        {"id": "asm_1", "type": "assemble", "sku": "HAMPER", "location": "here", "pool": "pool", "quantity": 2,
        "components": [{"sku": "SKU-1", "quantity": 2}], "stage": "%s", "completed": %d}""".formatted(stage,
        completed));
  }

  private static Written completion(String id) {
    return new Written("InventoryTable", id, "completion", "{\"assembly\": \"asm_1\", \"quantity\": 1}");
  }

  private static Written pool(String sku, int available) {
    return new Written("InventoryTable", sku, "pool#pool", "{\"available\": %d}".formatted(available));
  }

  private static Written shelf(String sku, int units, int entries) {
    return new Written("InventoryTable", sku, "location#here",
        "{\"available\": %1$d, \"on_hand\": %1$d, \"entries\": %2$d}".formatted(units, entries));
  }

  private static Written entry(String sku, int number, int before, int after) {
    return new Written("InventoryTable", sku + "#here", "time#" + number,
        "{\"number\": %d, \"before\": {\"on_hand\": %d}, \"after\": {\"on_hand\": %d}}".formatted(number, before,
            after));
  }
}
