package waybill.simulation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import waybill.simulation.Mutants.Verdict;
import waybill.simulation.Search.Result;
import waybill.simulation.Simulation.Outcome;
import waybill.simulation.Simulation.Plan;
import waybill.simulation.cloud.Blueprint;
import waybill.simulation.cloud.Printing;
import waybill.simulation.faults.Coverage;
import waybill.simulation.faults.Sabotage;

/**
 * {@code mvn -Psimulate}: simulates many seeds and reports what was met; or, with {@code -Dseed}, one of them. A seed that fails is made
 * small and printed as a story, with the command that replays it.
 */
public final class Simulate {
  private static final int MOST_SHRINKING = 400;
  private static final Duration EACH = Duration.ofSeconds(5);

  private final Blueprint blueprint;

  private Simulate(Path project) {
    this.blueprint = Blueprint.read(project.resolve("template.yaml"));
  }

  public static void main(String[] arguments) {
    Printing.install();
    var simulate = new Simulate(Path.of("").toAbsolutePath());
    if (Boolean.parseBoolean(System.getProperty("mutants", "false"))) {
      System.exit(simulate.mutants(Long.getLong("from", 1), Long.getLong("seeds", 1000)) ? 0 : 1);
    }
    boolean well = System.getProperty("seed", "").isEmpty()
        ? simulate.many(Long.getLong("from", 1), Long.getLong("seeds", 1000))
        : simulate.one(Long.getLong("seed"), Boolean.parseBoolean(System.getProperty("trace", "false")));
    System.exit(well ? 0 : 1);
  }

  private boolean one(long seed, boolean traced) {
    Outcome outcome = Simulation.run(blueprint, new Plan(seed, Set.of(), traced, Sabotage.none()));
    outcome.history().forEach(System.out::println);
    System.out.printf(Locale.ROOT, "seed %d: %d orders, %d calls, %d faults%n", seed, outcome.orders(), outcome.steps(),
        outcome.struck().size());
    if (!outcome.findings().isEmpty()) {
      story(outcome);
    }
    return outcome.findings().isEmpty();
  }

  private boolean many(long from, long seeds) {
    long begun = System.nanoTime();
    long[] told = {begun, 0};
    Result result = new Search(blueprint).run(from, seeds, 1, Plan::of, _ -> {
      told[1]++;
      long now = System.nanoTime();
      if (now - told[0] > EACH.toNanos()) {
        told[0] = now;
        double perSecond = told[1] * 1e9 / (now - begun);
        System.out.printf(Locale.ROOT, "%,d of %,d seeds, %,.0f a minute, %,.0f s left%n", told[1], seeds,
            perSecond * 60,
            (seeds - told[1]) / perSecond);
      }
    });
    double minutes = (System.nanoTime() - begun) / 6e10;
    histogram(result.coverage());
    long possible = result.coverage().possible(Invariants.transitions());
    List<String> never = result.coverage().neverMet(Invariants.transitions());
    never.forEach(it -> System.out.println("never met: " + it));
    System.out.printf(Locale.ROOT, "%,d of %,d faults at calls and transitions were met%n",
        possible - never.size(), possible);
    System.out.printf(Locale.ROOT, "%,d seeds in %.1f minutes: %,.0f a minute, %,d orders, %,d calls to services%n",
        result.seeds(), minutes, result.seeds() / minutes, result.orders(), result.steps());
    result.failed().forEach(this::story);
    return result.failed().isEmpty();
  }

  private boolean mutants(long from, long seeds) {
    List<Verdict> verdicts = new Mutants(blueprint).judge(from, seeds, Math.toIntExact(seeds),
        System.getProperty("only", ""),
        it -> System.out.printf(Locale.ROOT, "%s %s%s%n", it.killer().isPresent() ? "killed after" : "SURVIVED",
            it.seeds() + " seeds  " + it.mutant(), it.finding().isEmpty() ? "" : "  <- " + it.finding()));
    List<Verdict> survivors = verdicts.stream().filter(it -> it.killer().isEmpty()).toList();
    System.out.printf(Locale.ROOT, "%d mutants, %d killed, %d survived%n", verdicts.size(),
        verdicts.size() - survivors.size(), survivors.size());
    survivors.forEach(it -> System.out.println("survivor: " + it.mutant()));
    return survivors.isEmpty();
  }

  private static void histogram(Coverage coverage) {
    var sorted = new TreeMap<String, Long>();
    coverage.times().forEach((what, times) -> sorted.put(what.toString(), times));
    for (Map.Entry<String, Long> entry : sorted.entrySet()) {
      System.out.printf(Locale.ROOT, "%,12d  %s%n", entry.getValue(), entry.getKey());
    }
  }

  private void story(Outcome failed) {
    System.out.printf("%nseed %d: %s%n", failed.seed(), failed.findings().getFirst());
    Outcome smallest = new Shrinker(blueprint).shrink(Plan.of(failed.seed()), failed, MOST_SHRINKING);
    System.out.printf("The smallest that fails so has %s and %d faults:%n", smallest.actors(),
        smallest.struck().size());
    smallest.history().forEach(System.out::println);
    List<String> faults = smallest.struck();
    faults.forEach(it -> System.out.println("fault: " + it));
    System.out.printf("%nTo see it whole: mvn -Psimulate -Dseed=%d -Dtrace%n", failed.seed());
  }
}
