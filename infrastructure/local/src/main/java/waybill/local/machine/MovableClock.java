package waybill.local.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The machine's clock to the millisecond, as functions read it on AWS, which can be moved forward. Handlers, the gateway and schedules all read this one. */
public final class MovableClock implements InstantSource {
  private static final String FILE = "clock";

  private final InstantSource machine;
  private final Optional<Data> data;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private volatile Duration ahead;

  public MovableClock() {
    this(InstantSource.system());
  }

  MovableClock(InstantSource machine) {
    this(machine, Optional.empty(), Duration.ZERO);
  }

  private MovableClock(InstantSource machine, Optional<Data> data, Duration ahead) {
    this.machine = machine;
    this.data = data;
    this.ahead = ahead;
  }

  /** A clock that is as far ahead as it was when the data was last used. */
  public static MovableClock on(Optional<Data> data) throws IOException {
    Optional<String> ahead = data.isPresent() ? data.get().read(FILE) : Optional.empty();
    return new MovableClock(InstantSource.system(), data, ahead.map(Duration::parse).orElse(Duration.ZERO));
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
  }

  /** Moves the time forward; a clock that went back would undo what has been written already. */
  public Instant advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("the clock only moves forward, not by " + by);
    }
    lock.lock();
    try {
      keep(ahead.plus(by));
      ahead = ahead.plus(by);
      moved.signalAll();
      return instant();
    } finally {
      lock.unlock();
    }
  }

  /** Before anybody sees the new time: what they write must not be in the future after a restart. */
  private void keep(Duration next) {
    if (data.isPresent()) {
      try {
        data.get().write(FILE, next.toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Waits until this clock shows the time, however it gets there. */
  public void await(Instant time) throws InterruptedException {
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
