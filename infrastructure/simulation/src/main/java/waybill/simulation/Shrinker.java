package waybill.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import waybill.simulation.Simulation.Outcome;
import waybill.simulation.Simulation.Plan;
import waybill.simulation.cloud.Blueprint;

/**
 * Makes a failing simulation small: leaves out actors and faults as long as it fails in the same way. First in halves, then in
 * ever smaller parts (delta debugging: Zeller and Hildebrandt, 2002).
 */
final class Shrinker {
  private final Blueprint blueprint;
  private int runs;

  Shrinker(Blueprint blueprint) {
    this.blueprint = blueprint;
  }

  /** @return the smallest plan that was found, traced, and how it goes */
  Outcome shrink(Plan plan, Outcome failed, int mostRuns) {
    String kind = kind(failed);
    Set<String> left = new HashSet<>(plan.left());
    Outcome smallest = failed;
    int size = Integer.MAX_VALUE;
    while (candidates(smallest).size() < size && runs < mostRuns) {
      size = candidates(smallest).size();
      List<String> all = candidates(smallest);
      for (int part = Math.max(1, all.size() / 2); part >= 1 && runs < mostRuns; part /= 2) {
        for (int from = 0; from < all.size() && runs < mostRuns; from += part) {
          var more = new HashSet<>(left);
          if (!more.addAll(all.subList(from, Math.min(all.size(), from + part)))) {
            continue;
          }
          Outcome tried = run(plan, more, false);
          if (kind(tried).equals(kind)) {
            left = more;
            smallest = tried;
          }
        }
      }
    }
    return run(plan, left, true);
  }

  private Outcome run(Plan plan, Set<String> left, boolean traced) {
    runs++;
    return Simulation.run(blueprint, new Plan(plan.seed(), Set.copyOf(left), traced, plan.sabotage()));
  }

  private static List<String> candidates(Outcome outcome) {
    var candidates = new ArrayList<>(outcome.actors());
    candidates.addAll(outcome.struck());
    return candidates;
  }

  /** What is wrong, without whom it happened to. */
  private static String kind(Outcome outcome) {
    return outcome.findings().isEmpty() ? "" : outcome.findings().getFirst().replaceAll("[^ ]*[0-9][^ ]*", "…");
  }
}
