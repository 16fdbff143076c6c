package waybill.platform;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Until when the running invocation may call and wait. AWS cuts a function off at its timeout: nothing reports then which messages
 * failed, no reason is logged, and a caller of the API gets no answer. So each invocation ends by itself before: its calls are
 * given no more time than is left, and no new message is begun in the second half.
 */
public final class Deadline {
  /** What is left over is for the answer and the log, so that an invocation ends within four fifths of its timeout. */
  private static final double SHARE = 0.7;
  /** A call that gets less than this would most likely fail, and whether it had its effect would be uncertain. */
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final ScopedValue<Deadline> BOUND = ScopedValue.newInstance();

  private final LongSupplier nanos;
  private final long begun;
  private final long allowed;

  private Deadline(LongSupplier nanos, long allowed) {
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
    this.allowed = allowed;
  }

  /** The invocation has no time left for this; nothing is wrong with what it worked on. */
  public static final class OutOfTime extends RetryLater {
    private static final long serialVersionUID = 1;

    public OutOfTime() {
      super("the invocation has no time left for this");
    }
  }

  /** Does the work of an invocation. @param context null if nothing cuts it off, as in a test */
  static <E extends Exception> void within(Context context, ScopedValue.CallableOp<Void, E> work) throws E {
    within(context, System::nanoTime, work);
  }

  /** @param nanos the time that passes, from any beginning */
  static <E extends Exception> void within(Context context, LongSupplier nanos, ScopedValue.CallableOp<Void, E> work)
      throws E {
    if (context == null) {
      work.call();
    } else {
      var deadline = new Deadline(nanos, (long) (context.getRemainingTimeInMillis() * 1_000_000L * SHARE));
      ScopedValue.where(BOUND, deadline).call(work);
    }
  }

  /** The time that a call gets: at most this, and no more than is left. @throws OutOfTime if too little is left */
  public static Duration atMost(Duration longest) {
    if (allows(longest)) {
      return longest;
    }
    Duration left = BOUND.get().left();
    if (left.compareTo(LEAST) < 0) {
      throw new OutOfTime();
    }
    return left;
  }

  /** Whether this much time is left, as a call must have that cannot be repeated. */
  public static boolean allows(Duration needed) {
    return !BOUND.isBound() || BOUND.get().left().compareTo(needed) >= 0;
  }

  /** Whether the invocation is in the first half of its time, so that a message that is begun now can be finished. */
  static boolean allowsAnother() {
    return !BOUND.isBound() || BOUND.get().left().toNanos() >= BOUND.get().allowed / 2;
  }

  private Duration left() {
    return Duration.ofNanos(allowed - (nanos.getAsLong() - begun));
  }
}
