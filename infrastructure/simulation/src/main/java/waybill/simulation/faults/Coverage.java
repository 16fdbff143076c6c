package waybill.simulation.faults;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What was met, and how often: each call site in good order and under each fault, each transition, each other happening. */
public final class Coverage {
  private final Map<Object, Long> times = new HashMap<>();

  /** A call of a function. @param fault how it went wrong; null where it did not */
  record Met(String function, Call call, Fault fault) {
    @Override
    public String toString() {
      return "%s: %s | %s".formatted(function, call, fault == null ? "in good order" : fault);
    }
  }

  public void met(String function, Call call, Fault fault) {
    met(new Met(function, call, fault));
  }

  /** @param what equal for what is the same; its text names it */
  public void met(Object what) {
    times.merge(what, 1L, Long::sum);
  }

  /** How many calls there were. */
  public long calls() {
    return times.entrySet().stream().filter(it -> it.getKey() instanceof Met).mapToLong(Map.Entry::getValue).sum();
  }

  public void add(Coverage other) {
    other.times.forEach((what, count) -> times.merge(what, count, Long::sum));
  }

  /** The faults that were never met at calls that were, each as it would have been; and the transitions that nothing took. @param legal all transitions */
  public List<String> neverMet(Set<?> legal) {
    var never = new TreeSet<String>();
    for (Object what : times.keySet()) {
      if (what instanceof Met(String function, Call call, Fault _)) {
        for (Fault fault : Fault.values()) {
          var possible = new Met(function, call, fault);
          if (fault.fits(call) && !times.containsKey(possible)) {
            never.add(possible.toString());
          }
        }
      }
    }
    legal.stream().filter(it -> !times.containsKey(it)).forEach(it -> never.add(it.toString()));
    return List.copyOf(never);
  }

  /** How many faults at calls, and transitions, there could have been. */
  public long possible(Set<?> legal) {
    long faults = times.keySet().stream().filter(it -> it instanceof Met).map(it -> (Met) it)
        .map(it -> new Met(it.function, it.call, null)).distinct()
        .mapToLong(it -> Arrays.stream(Fault.values()).filter(fault -> fault.fits(it.call)).count()).sum();
    return faults + legal.size();
  }

  public Map<Object, Long> times() {
    return times;
  }
}
