package waybill.simulation.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld.Written;
import waybill.simulation.WatchedWorld;

/** A file of two lines, of which one counts what the books say. */
class ImportInvariantsTest {
  private static final Written ADJUSTMENT = new Written("InventoryTable", "adj_1", "adjustment", """
      {"sku": "SKU-9", "location": "here", "pool": "pool", "quantity": 0, "reason": "counted", "counted": 0}""");

  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  private static Written file(int done, int unchanged, int refused) {
    return new Written("InventoryTable", "imp_1", "import",
        """
            {"expected": {"lines": 2}, "done": %d, "changed": 0, "unchanged": %d, "refused": %d}""".formatted(done,
            unchanged,
            refused));
  }

  @Test
  void aFileThatGoesOnLineByLineIsNoFinding() {
    watched.together(file(0, 0, 0));
    watched.together(file(1, 1, 0), ADJUSTMENT);
    watched.together(file(2, 1, 1));
    assertThat(watched.findings()).noneMatch(it -> it.contains("file of stock"));
    assertThat(watched.findingsAtRest()).noneMatch(it -> it.contains("file of stock"));
  }

  @Test
  void aLineThatIsPassedOverIsFound() {
    watched.together(file(0, 0, 0));
    watched.together(file(1, 1, 0));
    assertThat(watched.findings())
        .contains("a file of stock goes on by 1 lines, with 0 adjustments and 0 refusals: imp_1");
  }

  @Test
  void aFileThatDoesNotAddUpIsFound() {
    watched.together(file(0, 0, 0));
    watched.together(file(1, 0, 0), ADJUSTMENT);
    assertThat(watched.findings()).contains("a file of stock does not add up: imp_1");
  }

  @Test
  void aFileThatIsLeftHalfWayIsFound() {
    watched.together(file(0, 0, 0));
    watched.together(new Written("InventoryTable", "imp_1", "part#x#00000", "{}"),
        new Written("InventoryTable", "imports-underway", "imp_1", "{}"));
    assertThat(watched.findingsAtRest()).contains("a file of stock is never done: imp_1 import",
        "a file of stock is never done: imp_1 part#x#00000", "a file of stock is never done: imports-underway imp_1");
  }
}
