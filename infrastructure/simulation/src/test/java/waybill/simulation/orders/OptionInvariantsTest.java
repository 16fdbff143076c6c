package waybill.simulation.orders;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld;

class OptionInvariantsTest {
  private static final String OFFERED = """
      {"id": "dop_1_1", "method": "standard", "price": 0, "latest_at": 1795500000000}""";
  private static final String MISSING = "an order stands without what it was offered: %s has dop_1_1"
      .formatted(WatchedWorld.ORDER);

  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  private void placed() {
    watched.write("OrdersTable", WatchedWorld.ORDER, "content", """
        {"form": {"delivery_option_id": "dop_1_1"}}""");
  }

  private void stands(String option) {
    watched.write("OrdersTable", WatchedWorld.ORDER, "delivery#dop_1_1", "{\"option\": %s}".formatted(option));
  }

  private void offered() {
    watched.write("OptionsTable", "dop_1", "quote", "{\"options\": [%s]}".formatted(OFFERED));
  }

  @Test
  void anOrderThatKeepsWhatItWasOfferedIsNoFinding() {
    offered();
    stands(OFFERED);
    placed();
    assertThat(watched.findings()).doesNotContain(MISSING);
  }

  @Test
  void anOrderWithoutWhatItWasOfferedIsFound() {
    offered();
    placed();
    assertThat(watched.findings()).contains(MISSING);
  }

  @Test
  void anOrderWithAnotherPromiseThanItWasOfferedIsFound() {
    offered();
    stands(OFFERED.replace("1795500000000", "1795600000000"));
    placed();
    assertThat(watched.findings()).contains(MISSING);
  }

  @Test
  void anOrderThatNamesWhatNobodyOfferedIsFound() {
    stands(OFFERED);
    placed();
    assertThat(watched.findings()).contains(MISSING);
  }
}
