package waybill.simulation.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import waybill.platform.Chance;
import waybill.simulation.engine.Dice;

/** One run of a function: what it is about, by when it must end, and what it leaves to chance. */
public final class Invocation implements Chance {
  private static final int MOST_SKEW_MILLIS = 200;

  private final String function;
  private final String key;
  private final Surroundings here;
  private final Instant begun;
  private final Instant deadline;
  private final Dice dice;
  private final long skewMillis;
  private final boolean routine;
  private final Optional<Runnable> rival;
  private int calls;

  /**
   * @param key the same in each run of the simulation in which the same is asked of the function
   * @param routine whether a schedule, and nobody else, has led to it
   * @param rival does the same at once; empty where this is a rival itself
   */
  public Invocation(String function, String key, Surroundings here, boolean routine, Duration timeout, Dice dice,
      Optional<Runnable> rival) {
    this.function = function;
    this.key = key;
    this.here = here;
    this.begun = here.timeline().instant();
    this.deadline = begun.plus(timeout);
    this.dice = dice.named(function, key);
    this.routine = routine;
    this.rival = rival;
    this.skewMillis = this.dice.between(-MOST_SKEW_MILLIS, MOST_SKEW_MILLIS);
  }

  /** That of the running thread. */
  public static Invocation current() {
    return (Invocation) BOUND.get();
  }

  /** Whether the running thread is one. */
  public static boolean runs() {
    return BOUND.isBound();
  }

  String function() {
    return function;
  }

  public String key() {
    return key;
  }

  /** Whether a schedule, and nobody else, has led to it. */
  public boolean isRoutine() {
    return routine;
  }

  /** By the world's clock. */
  public Instant begun() {
    return begun;
  }

  public Dice dice() {
    return dice;
  }

  /** What its machine's clock says. */
  public Instant clock() {
    return here.timeline().instant().plusMillis(skewMillis);
  }

  /** It prints a line. */
  public void print(String line) {
    here.journal().print(line);
  }

  /** Whether another can do the same at once. */
  boolean hasRival() {
    return rival.isPresent();
  }

  /** Another instance does the same, from its beginning to its end, while this one waits. */
  void letRivalGoFirst() {
    rival.orElseThrow().run();
  }

  /** Counts a call. @return how many there have been, with this one */
  int called() {
    return ++calls;
  }

  public int calls() {
    return calls;
  }

  void sleep(Duration time) {
    here.timeline().sleep(time);
    if (here.timeline().instant().isAfter(deadline)) {
      here.weather().cutOff(this);
      throw new Killed();
    }
  }

  @Override
  public String newName() {
    return dice.name();
  }

  @Override
  public void pause(long mostMillis) {
    sleep(Duration.ofMillis(dice.between(1, Math.toIntExact(mostMillis))));
  }
}
