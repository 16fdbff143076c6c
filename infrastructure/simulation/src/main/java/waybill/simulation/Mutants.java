package waybill.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import waybill.simulation.Simulation.Outcome;
import waybill.simulation.Simulation.Plan;
import waybill.simulation.cloud.Blueprint;
import waybill.simulation.engine.Parallel;
import waybill.simulation.faults.Sabotage.Mutant;
import waybill.simulation.faults.Sabotage;

/**
 * Whether the search could find anything: one thing at a time is taken away from the functions, and a seed must fail. What no seed
 * notices is a promise that nothing holds, or one that the simulation does not look at.
 */
final class Mutants {
  private final Blueprint blueprint;

  Mutants(Blueprint blueprint) {
    this.blueprint = blueprint;
  }

  /**
   * What became of one of them.
   *
   * @param killer the seed that noticed; empty where none did
   * @param seeds how many were tried
   * @param finding what was found
   */
  record Verdict(Mutant mutant, OptionalLong killer, int seeds, String finding) {}

  /**
   * @param most how many seeds are tried on each, of those that come by it
   * @param only what the text of a mutant must hold; all do where it is empty
   */
  List<Verdict> judge(long from, long seeds, int most, String only, Consumer<Verdict> heard) {
    List<Map.Entry<Mutant, List<Long>>> mutants = seen(from, seeds).entrySet().stream()
        .filter(it -> it.getKey().toString().contains(only)).toList();
    var next = new AtomicInteger();
    var verdicts = new ArrayList<Verdict>();
    Parallel.run(() -> {
      for (int number = next.getAndIncrement(); number < mutants.size(); number = next.getAndIncrement()) {
        Verdict verdict = judge(mutants.get(number).getKey(), mutants.get(number).getValue(), most);
        synchronized (verdicts) {
          verdicts.add(verdict);
          heard.accept(verdict);
        }
      }
    });
    return verdicts;
  }

  /** What can be taken away, and the seeds that come by it. */
  private Map<Mutant, List<Long>> seen(long from, long seeds) {
    var seen = new TreeMap<Mutant, List<Long>>();
    var next = new AtomicInteger();
    Parallel.run(() -> {
      for (int number = next.getAndIncrement(); number < seeds; number = next.getAndIncrement()) {
        long seed = from + number;
        var sabotage = Sabotage.looking();
        Simulation.run(blueprint, new Plan(seed, Set.of(), false, sabotage));
        synchronized (seen) {
          sabotage.seen().forEach(it -> seen.computeIfAbsent(it, _ -> new ArrayList<>()).add(seed));
        }
      }
    });
    seen.values().forEach(it -> it.sort(null));
    return seen;
  }

  /** A message that somebody else sends again is not missed; so where one sender's is not, it is taken from all. */
  private Verdict judge(Mutant mutant, List<Long> seeds, int most) {
    Verdict verdict = tried(mutant, seeds, most);
    if (verdict.killer().isPresent() || mutant.kind() != Sabotage.Kind.MESSAGE) {
      return verdict;
    }
    Verdict all = tried(mutant.byAnybody(), seeds, most);
    return new Verdict(mutant, all.killer(), verdict.seeds() + all.seeds(),
        "sent again by others; without them: " + all.finding());
  }

  private Verdict tried(Mutant mutant, List<Long> seeds, int most) {
    int tried = 0;
    for (long seed : seeds.subList(0, Math.min(most, seeds.size()))) {
      tried++;
      Outcome outcome = Simulation.run(blueprint, new Plan(seed, Set.of(), false, Sabotage.of(mutant)));
      if (!outcome.findings().isEmpty()) {
        return new Verdict(mutant, OptionalLong.of(seed), tried, outcome.findings().getFirst());
      }
    }
    return new Verdict(mutant, OptionalLong.empty(), tried, "");
  }
}
