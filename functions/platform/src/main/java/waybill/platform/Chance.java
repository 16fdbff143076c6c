package waybill.platform;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * What a function leaves to chance: names that nobody else gives, and how long it waits before it tries again. On AWS it is the
 * machine's; a simulation binds its own, so that one seed decides all of it.
 */
public interface Chance {
  ScopedValue<Chance> BOUND = ScopedValue.newInstance();

  /** That of the running thread. */
  static Chance here() {
    return BOUND.orElse(MACHINE);
  }

  /** A name that nobody else gives. */
  String newName();

  /** Waits for some time, never in step with others. @param mostMillis at least 1 */
  void pause(long mostMillis);

  Chance MACHINE = new Chance() {
    @Override
    public String newName() {
      return UUID.randomUUID().toString();
    }

    @Override
    public void pause(long mostMillis) {
      LockSupport.parkNanos(1_000_000L * ThreadLocalRandom.current().nextLong(1, mostMillis + 1));
    }
  };
}
