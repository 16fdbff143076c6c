package waybill.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What goes wrong in one simulation, and how often. Each has its own: some kinds of fault are left out, for they would hide
 * others, and one function is struck far more often than the rest (swarm testing: Groce and others, 2012).
 */
final class Weather {
  private static final double LEFT_OUT = 0.4;
  private static final double MOST_OFTEN = 0.04;
  private static final double FOCUS = 0.15;

  private final Dice dice;
  private final Map<Fault, Double> probabilities = new EnumMap<>(Fault.class);
  private final String focus;
  private final Set<String> left;
  private final List<String> struck = new ArrayList<>();
  private boolean calm = true;

  /**
   * @param functions those that there are
   * @param left the faults that are left out, by the names that {@link #struck} gives
   */
  Weather(Dice dice, List<String> functions, Set<String> left) {
    this.dice = dice;
    this.left = left;
    Dice climate = dice.named("climate");
    for (Fault fault : Fault.values()) {
      probabilities.put(fault, climate.chance(LEFT_OUT) ? 0 : climate.fraction() * MOST_OFTEN);
    }
    this.focus = climate.pick(functions);
  }

  /** From now on nothing goes wrong, or what may. */
  void calm(boolean isCalm) {
    this.calm = isCalm;
  }

  boolean isCalm() {
    return calm;
  }

  /** What has gone wrong so far. */
  List<String> struck() {
    return struck;
  }

  /** How this call goes wrong; null where it does not. */
  Fault fault(Invocation invocation, int number, Call call) {
    if (calm) {
      return null;
    }
    boolean focused = invocation.function().equals(focus);
    Dice thrown = dice.named(invocation.function(), invocation.key(), number);
    for (Fault fault : Fault.values()) {
      double probability = probabilities.get(fault);
      boolean strikes = thrown.chance(focused ? Math.max(FOCUS / Fault.values().length * 2, probability) : probability);
      if (strikes && fault.fits(call)) {
        return strikes(fault, "%s call %d (%s): %s".formatted(invocation.key(), number, call, fault)) ? fault : null;
      }
    }
    return null;
  }

  /** Whether something else goes wrong, as often as a fault of this kind does at a call. */
  boolean strikes(Fault like, Object... name) {
    Dice thrown = dice.named(name);
    return !calm && thrown.chance(probabilities.get(like)) && strikes(like, String.join(" ", List.of(name).stream().map(Object::toString).toList()));
  }

  private boolean strikes(Fault fault, String name) {
    if (left.contains(name)) {
      return false;
    }
    struck.add(name);
    return true;
  }
}
