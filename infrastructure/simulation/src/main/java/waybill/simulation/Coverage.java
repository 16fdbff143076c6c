package waybill.simulation;

import java.util.HashMap;
import java.util.Map;

/** What was met, and how often: each call site in good order and under each fault, each transition, each other happening. */
final class Coverage {
  private final Map<Object, Long> times = new HashMap<>();

  /** A call of a function. @param fault how it went wrong; null where it did not */
  record Met(String function, Call call, Fault fault) {
    @Override
    public String toString() {
      return "%s: %s | %s".formatted(function, call, fault == null ? "in good order" : fault);
    }
  }

  void met(String function, Call call, Fault fault) {
    met(new Met(function, call, fault));
  }

  /** @param what equal for what is the same; its text names it */
  void met(Object what) {
    times.merge(what, 1L, Long::sum);
  }

  /** How many calls there were. */
  long calls() {
    return times.entrySet().stream().filter(it -> it.getKey() instanceof Met).mapToLong(Map.Entry::getValue).sum();
  }

  void add(Coverage other) {
    other.times.forEach((what, count) -> times.merge(what, count, Long::sum));
  }

  Map<Object, Long> times() {
    return times;
  }
}
