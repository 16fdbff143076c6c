package waybill.simulation;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import waybill.simulation.Simulation.Outcome;
import waybill.simulation.Simulation.Plan;
import waybill.simulation.cloud.Blueprint;
import waybill.simulation.engine.Parallel;
import waybill.simulation.faults.Coverage;

/** Many simulations, one after the other on each processor. */
final class Search {
  private final Blueprint blueprint;

  Search(Blueprint blueprint) {
    this.blueprint = blueprint;
  }

  /** What many simulations came to. @param failed those in which something was wrong */
  record Result(long seeds, long orders, long steps, Coverage coverage, List<Outcome> failed) {}

  /**
   * Simulates the seeds from one on.
   *
   * @param mostFailed it stops after so many that fail
   * @param heard hears of each that has ended, one at a time
   */
  Result run(long from, long seeds, int mostFailed, LongFunction<Plan> plan, Consumer<Outcome> heard) {
    var next = new AtomicLong();
    var failed = new ConcurrentLinkedQueue<Outcome>();
    var coverage = new Coverage();
    long[] sums = new long[3];
    Parallel.run(() -> {
      for (long number = next.getAndIncrement(); number < seeds
          && failed.size() < mostFailed; number = next.getAndIncrement()) {
        Outcome outcome = Simulation.run(blueprint, plan.apply(from + number));
        if (!outcome.findings().isEmpty()) {
          failed.add(outcome);
        }
        synchronized (coverage) {
          coverage.add(outcome.coverage());
          sums[0]++;
          sums[1] += outcome.orders();
          sums[2] += outcome.steps();
          heard.accept(outcome);
        }
      }
    });
    return new Result(sums[0], sums[1], sums[2], coverage, List.copyOf(failed));
  }
}
