package waybill.simulation.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld;

class ReportInvariantsTest {
  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  @Test
  void aReportThatADyingFunctionRepeatsIsAllowed() {
    report(12, "EXT1");
    report(12, "EXT2");

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void aReportThatIsMadeAgainAndAgainIsFound() {
    report(13, "EXT1");

    assertThat(watched.findings()).containsExactly("it is reported again and again: ScansWithoutLabel of EXT1");
  }

  @Test
  void stockThatIsSaidToHaveDriftedIsFound() {
    watched.world.journal().print("""
        {"message":"Stock drifted","sku":"SKU-1","units":1,"StockDrifted":1}""");

    assertThat(watched.findings()).anyMatch(it -> it.startsWith("stock is said to have drifted"));
  }

  private void report(int times, String trackingNumber) {
    for (int time = 0; time < times; time++) {
      watched.world.journal().print("""
          {"message":"Scans without a label","tracking_number":"%s","ScansWithoutLabel":1}"""
          .formatted(trackingNumber));
    }
  }
}
