package waybill.simulation.faults;

import java.time.Duration;
import java.util.function.Function;
import waybill.simulation.engine.Dice;

/**
 * Every call of a function to a service passes here: it takes time, others go on meanwhile, and it may go wrong. Whatever a process
 * can be interrupted by lies at such a call; between two of them a function is alone with what it knows.
 */
public final class Boundary {
  private static final Duration MOST_USUAL = Duration.ofMillis(12);
  private static final Duration MOST_SLOW = Duration.ofSeconds(3);
  private static final Duration MOST_STALLED = Duration.ofSeconds(12);
  private static final Duration MOST_LATE = Duration.ofSeconds(40);
  private static final double SLOW = 0.01;

  private final Surroundings here;

  public Boundary(Surroundings here) {
    this.here = here;
  }

  /** What a service does. */
  public interface Work<T> {
    /** @param fault PARTIAL or STALE, or null where nothing is wrong */
    T done(Fault fault);
  }

  /** @param refusal how the service's client reports that a call went wrong */
  public <T> T call(Call call, Work<T> work, Function<Fault, ? extends RuntimeException> refusal) {
    Invocation invocation = Invocation.current();
    int number = invocation.called();
    Dice dice = invocation.dice().named("call", number);
    Fault fault = here.weather().fault(invocation, number, call);
    here.coverage().met(invocation.function(), call, fault);
    here.journal()
        .add(() -> "%s call %d: %s%s".formatted(invocation.key(), number, call, fault == null ? "" : " " + fault));
    invocation.sleep(latency(dice));
    T answer = answer(invocation, dice, fault, work, refusal);
    invocation.sleep(latency(dice));
    return answer;
  }

  private <T> T answer(Invocation invocation, Dice dice, Fault fault, Work<T> work,
      Function<Fault, ? extends RuntimeException> refusal) {
    return switch (fault) {
      case null -> work.done(null);
      case PARTIAL, STALE -> work.done(fault);
      case DIES_BEFORE -> throw new Killed();
      case DIES_AFTER -> {
        attempt(work);
        throw new Killed();
      }
      case THROTTLED, CONFLICTED -> throw refusal.apply(fault);
      case REQUEST_LOST -> throw late(invocation, dice, refusal.apply(fault));
      case ANSWER_LOST -> {
        attempt(work);
        throw late(invocation, dice, refusal.apply(fault));
      }
      case LATE -> {
        here.timeline().after(dice.between(Duration.ZERO, MOST_LATE), () -> attempt(work));
        throw late(invocation, dice, refusal.apply(fault));
      }
      case STALLED -> {
        invocation.sleep(dice.between(Duration.ZERO, MOST_STALLED));
        yield work.done(null);
      }
      case RIVALLED -> {
        invocation.letRivalGoFirst();
        yield work.done(null);
      }
      case REPEATED -> {
        attempt(work);
        invocation.sleep(latency(dice));
        yield work.done(null);
      }
    };
  }

  /** Silence is noticed only after some time. */
  private static RuntimeException late(Invocation invocation, Dice dice, RuntimeException refusal) {
    invocation.sleep(dice.between(Duration.ZERO, MOST_SLOW));
    return refusal;
  }

  /** Does it, and nobody hears what came of it. */
  private static void attempt(Work<?> work) {
    try {
      work.done(null);
    } catch (RuntimeException _) {
      // The service has refused it, and that is lost too.
    }
  }

  private static Duration latency(Dice dice) {
    return dice.between(Duration.ofMillis(1), dice.chance(SLOW) ? MOST_SLOW : MOST_USUAL);
  }
}
