package waybill.local.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The smoke test that the README runs against a deployed address, run against this one. */
class SmokeTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  @Test
  void itPlacesAnOrderAndLeavesItsStockAsItWasHoweverOftenItRuns() throws Exception {
    if (!hasPython()) {
      System.err.println("NOT CHECKED, as python3 is not there: infrastructure/tools/smoke.py");
    }
    assumeTrue(hasPython());
    for (int run = 0; run < 2; run++) {
      assertThat(smoke()).contains(": placed", ": reserved", ": open for packing", ": cancelled, its stock free");
    }
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String smoke() throws IOException, InterruptedException {
    String token = CLOUD.get().token("smoke", "catalog:write", "stock:write", "orders:place", "orders:operate");
    Process process = new ProcessBuilder("python3",
        RunningCloud.PROJECT.resolve("infrastructure/tools/smoke.py").toString(), "--url", CLOUD.get().url().toString(),
        "--token", token).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isZero();
    return told;
  }
}
