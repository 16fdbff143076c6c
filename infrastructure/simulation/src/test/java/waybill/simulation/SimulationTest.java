package waybill.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import waybill.simulation.Search.Result;
import waybill.simulation.Simulation.Outcome;
import waybill.simulation.Simulation.Plan;
import waybill.simulation.cloud.Blueprint;
import waybill.simulation.cloud.Printing;
import waybill.simulation.faults.Sabotage.Kind;
import waybill.simulation.faults.Sabotage.Mutant;
import waybill.simulation.faults.Sabotage;

class SimulationTest {
  private static final long FIXED = 200;
  private static final long FRESH = 60;
  private static final int MOST_SHRINKING = 150;
  /** One in which answers tell of ignored webhooks, of refusals and of stock. */
  private static final long TOLD = 300;
  private static final Blueprint BLUEPRINT = Blueprint.read(Path.of("../../template.yaml"));

  @BeforeAll
  static void functionsPrintIntoTheirSimulation() {
    Printing.install();
  }

  /** The journeys beside it wait for answers, and the seeds for nobody: they take what is left. No seed asks for the time of day. */
  @BeforeAll
  static void seedsTakeTheProcessorThatOthersLeave() throws Exception {
    new ProcessBuilder("sh", "-c", "renice -n 19 -p $(ls /proc/$PPID/task)").redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD).start().waitFor();
  }

  @Test
  void theSameSeedHasTheSameHistoryToTheByte() {
    var plan = new Plan(42, Set.of(), true, Sabotage.none());
    List<String> history = Simulation.run(BLUEPRINT, plan).history();
    assertThat(history).hasSizeGreaterThan(1_000);
    assertThat(Simulation.run(BLUEPRINT, plan).history()).isEqualTo(history);
    assertThat(Simulation.run(BLUEPRINT, new Plan(43, Set.of(), true, Sabotage.none())).history())
        .isNotEqualTo(history);
  }

  @Test
  void anotherJvmTellsTheSameHistoryToTheByte() throws Exception {
    Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--sun-misc-unsafe-memory-access=allow", "-XX:TieredStopAtLevel=1", "-Dstdout.encoding=UTF-8", "-Dtrace=true",
        "-Dseed=" + TOLD, "-cp", System.getProperty("java.class.path"), Simulate.class.getName())
        .directory(Path.of("../..").toFile()).redirectError(Redirect.DISCARD).start();
    List<String> told = other.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(other.waitFor()).isZero();

    List<String> history = Simulation.run(BLUEPRINT, new Plan(TOLD, Set.of(), true, Sabotage.none())).history();
    // A page that somebody looked at has several lines.
    assertThat(told.subList(0, told.size() - 1)).isEqualTo(String.join("\n", history).lines().toList());
    assertThat(told.getLast()).startsWith("seed %d: ".formatted(TOLD));
  }

  @Test
  void noSeedOfAFixedSetBreaksAPromise() {
    assertNothingIsFound(1, FIXED);
  }

  @Test
  void noSeedOfAFreshSetBreaksAPromise() throws Exception {
    assertNothingIsFound(fresh(), FRESH);
  }

  /** Another set for each commit, and for a commit always the same: what was green stays so. Any set if there is no git. */
  private static long fresh() throws InterruptedException {
    try {
      Process git = new ProcessBuilder("git", "rev-parse", "HEAD").redirectError(Redirect.DISCARD).start();
      String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (git.waitFor() == 0) {
        return 1_000_000 + Long.parseLong(commit.substring(0, 8), 16) % 999_000_000;
      }
    } catch (IOException e) {
      // as if it were no repository
    }
    return ThreadLocalRandom.current().nextLong(1_000_000, 1_000_000_000);
  }

  private static void assertNothingIsFound(long from, long seeds) {
    Result result = new Search(BLUEPRINT).run(from, seeds, 1, Plan::of, _ -> {});
    assertThat(result.failed()).as(() -> result.failed().stream()
        .map(it -> "seed %d: %s; to see it: mvn -Psimulate -Dseed=%1$d -Dtrace".formatted(it.seed(), it.findings()))
        .toList().toString()).isEmpty();
    assertThat(result.seeds()).isEqualTo(seeds);
    assertThat(result.orders()).isGreaterThanOrEqualTo(5 * seeds);
    assertThat(result.steps()).isGreaterThanOrEqualTo(100 * seeds);
  }

  @Test
  void aGuardThatIsTakenAwayIsFoundOutAndToldWithFewFaultsAndActors() {
    var mutant = new Mutant("ReleaseStock", Kind.WRITE,
        "InventoryTable pool add #available :available, #reserved :reserved");
    Result result = new Search(BLUEPRINT).run(1, 200, 1, seed -> sabotaged(seed, mutant), _ -> {});
    Outcome failed = result.failed().getFirst();
    Outcome smallest = new Shrinker(BLUEPRINT).shrink(sabotaged(failed.seed(), mutant), failed, MOST_SHRINKING);
    assertThat(smallest.findings()).isNotEmpty();
    assertThat(smallest.actors().size() + smallest.struck().size())
        .isLessThan((failed.actors().size() + failed.struck().size()) / 2);
    assertThat(smallest.history()).as("it is told").isNotEmpty();
  }

  private static Plan sabotaged(long seed, Mutant mutant) {
    return new Plan(seed, Set.of(), false, Sabotage.of(mutant));
  }
}
