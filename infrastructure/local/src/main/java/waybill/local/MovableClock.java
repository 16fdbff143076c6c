package waybill.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The machine's clock, which can be moved forward. Handlers, the gateway and schedules all read this one. */
public final class MovableClock implements InstantSource {
  private final InstantSource machine;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private volatile Duration ahead = Duration.ZERO;

  public MovableClock() {
    this(InstantSource.system());
  }

  MovableClock(InstantSource machine) {
    this.machine = machine;
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(ahead);
  }

  /** Moves the time forward; a clock that went back would undo what has been written already. */
  public Instant advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("the clock only moves forward, not by " + by);
    }
    lock.lock();
    try {
      ahead = ahead.plus(by);
      moved.signalAll();
      return instant();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until this clock shows the time, however it gets there. */
  void await(Instant time) throws InterruptedException {
    lock.lock();
    try {
      for (Duration left = left(time); left.isPositive(); left = left(time)) {
        moved.await(left.toMillis() + 1, TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private Duration left(Instant time) {
    return Duration.between(instant(), time);
  }
}
