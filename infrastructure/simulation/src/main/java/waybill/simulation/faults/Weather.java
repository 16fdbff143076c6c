package waybill.simulation.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.simulation.engine.Dice;
import waybill.simulation.engine.Timeline;
import waybill.simulation.faults.Call.Service;

/**
 * What goes wrong in one simulation, and how often. Each has its own: some kinds of fault are left out, for they would hide
 * others, and one function is struck by some of them far more often (swarm testing: Groce and others, 2012).
 */
public final class Weather {
  private static final double LEFT_OUT = 0.4;
  private static final List<Double> MOST_OFTEN = List.of(0.02, 0.04, 0.04, 0.12);
  private static final double FOCUS = 0.25;
  private static final int MOST_FOCUSED = 3;
  private static final double DOUBLING_SEEDS = 0.3;
  private static final double DOUBLING = 0.3;
  private static final double RIVAL_SEEDS = 0.15;
  private static final double RIVALS = 0.2;

  private static final Duration LATEST_STORM = Duration.ofMinutes(60);
  private static final Duration LONGEST_STORM = Duration.ofSeconds(20);

  private final Dice dice;
  private final Timeline timeline;
  private final Map<Fault, Double> probabilities = new EnumMap<>(Fault.class);
  private final String focus;
  private final Set<Fault> focusFaults = EnumSet.noneOf(Fault.class);
  private final double doubling;
  private final List<Storm> storms = new ArrayList<>();
  private final Set<String> left;
  private final Set<String> struck = new LinkedHashSet<>();
  private boolean calm = true;

  /**
   * @param functions those that there are
   * @param left the faults that are left out, by the names that {@link #struck} gives
   */
  public Weather(Dice dice, Timeline timeline, List<String> functions, Set<String> left) {
    this.timeline = timeline;
    this.dice = dice;
    this.left = left;
    Dice climate = dice.named("climate");
    double mostOften = climate.pick(MOST_OFTEN);
    for (Fault fault : Fault.values()) {
      probabilities.put(fault, climate.chance(LEFT_OUT) ? 0 : climate.fraction() * mostOften);
    }
    this.focus = climate.pick(functions);
    int focused = climate.between(1, MOST_FOCUSED);
    for (int i = 0; i < focused; i++) {
      focusFaults.add(climate.pick(List.of(Fault.values())));
    }
    this.doubling = climate.chance(DOUBLING_SEEDS) ? DOUBLING : climate.fraction() * mostOften;
    if (climate.chance(RIVAL_SEEDS)) {
      probabilities.put(Fault.RIVALLED, RIVALS);
    }
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
  public void calm(boolean isCalm) {
    this.calm = isCalm;
  }

  /** Which function is struck most. */
  public String focus() {
    return focus;
  }

  /** What has gone wrong so far. */
  public List<String> struck() {
    return List.copyOf(struck);
  }

  /** Whether anything has gone wrong with an invocation, or with all at once. */
  public boolean hasStruck(String invocation) {
    return struck.stream().anyMatch(it -> it.startsWith("storm") || it.startsWith(invocation + " "));
  }

  /** Whether anything has gone wrong with an invocation but what it was plainly refused. @param call that may have been throttled */
  public boolean hasInterrupted(String invocation, Call call) {
    String refused = "(%s): %s".formatted(call, Fault.THROTTLED);
    return struck.stream()
        .anyMatch(it -> it.startsWith("storm") || it.startsWith(invocation + " ") && !it.endsWith(refused));
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
      boolean often = focused && focusFaults.contains(fault);
      boolean strikes = thrown.chance(often ? Math.max(FOCUS, probabilities.get(fault)) : probabilities.get(fault));
      if (strikes && fault.fits(call) && (fault != Fault.RIVALLED || invocation.hasRival())) {
        return strikes(fault, "%s call %d (%s): %s".formatted(invocation.key(), number, call, fault)) ? fault : null;
      }
    }
    return null;
  }

  /** An invocation was cut off, for its time was up. */
  void cutOff(Invocation invocation) {
    struck.add(invocation.key() + " ran out of time");
  }

  /** Whether something else goes wrong, as often as a fault of this kind does at a call. */
  public boolean strikes(Fault like, Object... name) {
    Dice thrown = dice.named(name);
    return !calm && thrown.chance(probabilities.get(like))
        && strikes(like, String.join(" ", List.of(name).stream().map(Object::toString).toList()));
  }

  /** Whether a message comes twice. */
  public boolean doubles(String queue, String message) {
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
