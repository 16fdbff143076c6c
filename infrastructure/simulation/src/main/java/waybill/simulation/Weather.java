package waybill.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.simulation.Call.Service;

/**
 * What goes wrong in one simulation, and how often. Each has its own: some kinds of fault are left out, for they would hide
 * others, and one function is struck by one of them far more often (swarm testing: Groce and others, 2012).
 */
final class Weather {
  private static final double LEFT_OUT = 0.4;
  private static final double MOST_OFTEN = 0.04;
  private static final double FOCUS = 0.4;
  private static final double DOUBLING_SEEDS = 0.3;
  private static final double DOUBLING = 0.3;

  private static final Duration LATEST_STORM = Duration.ofMinutes(60);
  private static final Duration LONGEST_STORM = Duration.ofSeconds(20);

  private final Dice dice;
  private final Timeline timeline;
  private final Map<Fault, Double> probabilities = new EnumMap<>(Fault.class);
  private final String focus;
  private final Fault focusFault;
  private final double doubling;
  private final List<Storm> storms = new ArrayList<>();
  private final Set<String> left;
  private final Set<String> struck = new LinkedHashSet<>();
  private boolean calm = true;

  /**
   * @param functions those that there are
   * @param left the faults that are left out, by the names that {@link #struck} gives
   */
  Weather(Dice dice, Timeline timeline, List<String> functions, Set<String> left) {
    this.timeline = timeline;
    this.dice = dice;
    this.left = left;
    Dice climate = dice.named("climate");
    for (Fault fault : Fault.values()) {
      probabilities.put(fault, climate.chance(LEFT_OUT) ? 0 : climate.fraction() * MOST_OFTEN);
    }
    this.focus = climate.pick(functions);
    this.focusFault = climate.pick(List.of(Fault.values()));
    this.doubling = climate.chance(DOUBLING_SEEDS) ? DOUBLING : climate.fraction() * MOST_OFTEN;
    int count = climate.below(3);
    for (int number = 1; number <= count; number++) {
      Duration from = climate.between(Duration.ZERO, LATEST_STORM);
      storms.add(new Storm("storm " + number, climate.pick(List.of(Service.values())), from,
          from.plus(climate.between(Duration.ofSeconds(1), LONGEST_STORM))));
    }
  }

  /** A time in which a service takes no calls at all. */
  private record Storm(String name, Service service, Duration from, Duration to) {
    boolean rages(Service at, Duration now) {
      return service == at && now.compareTo(from) >= 0 && now.compareTo(to) < 0;
    }
  }

  /** From now on nothing goes wrong, or what may. */
  void calm(boolean isCalm) {
    this.calm = isCalm;
  }

  /** What has gone wrong so far. */
  List<String> struck() {
    return List.copyOf(struck);
  }

  /** How this call goes wrong; null where it does not. */
  Fault fault(Invocation invocation, int number, Call call) {
    if (calm) {
      return null;
    }
    for (Storm storm : storms) {
      if (storm.rages(call.service(), timeline.elapsed()) && Fault.THROTTLED.fits(call) && !left.contains(storm.name)) {
        struck.add(storm.name);
        return Fault.THROTTLED;
      }
    }
    boolean focused = invocation.function().equals(focus);
    Dice thrown = dice.named(invocation.function(), invocation.key(), number);
    for (Fault fault : Fault.values()) {
      boolean strikes = thrown.chance(focused && fault == focusFault ? FOCUS : probabilities.get(fault));
      if (strikes && fault.fits(call)) {
        return strikes(fault, "%s call %d (%s): %s".formatted(invocation.key(), number, call, fault)) ? fault : null;
      }
    }
    return null;
  }

  /** Whether something else goes wrong, as often as a fault of this kind does at a call. */
  boolean strikes(Fault like, Object... name) {
    Dice thrown = dice.named(name);
    return !calm && thrown.chance(probabilities.get(like))
        && strikes(like, String.join(" ", List.of(name).stream().map(Object::toString).toList()));
  }

  /** Whether a message comes twice. */
  boolean doubles(String queue, String message) {
    return !calm && dice.named(queue, message).chance(doubling)
        && strikes(Fault.REPEATED, queue + " " + message + " doubled");
  }

  private boolean strikes(Fault fault, String name) {
    if (left.contains(name)) {
      return false;
    }
    struck.add(name);
    return true;
  }
}
