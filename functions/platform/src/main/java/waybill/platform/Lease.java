package waybill.platform;

import java.time.Duration;
import java.time.Instant;

/**
 * A claim on something that only one attempt may do at a time, such as a call to the world outside. It is written before the call.
 * An attempt that crashed keeps its claim until the lease expires; then another may take it over, and must first find out what the
 * crashed one has done.
 *
 * @param claimant the attempt, by a name of its own: it recognises its claim even if the answer to its write was lost
 */
public record Lease(String claimant, Instant until) {
  /** Longer than any function that holds one may run (50 s at most), shorter than its queue's visibility (90 s at least). */
  public static final Duration LENGTH = Duration.ofSeconds(60);

  /** How a lease stands for one attempt. */
  public enum Standing {
    OWN,
    /** Another attempt may be at it right now. */
    RUNNING,
    /** Another attempt claimed it, and cannot be alive any more. */
    EXPIRED
  }

  /** Another attempt holds the lease. If it lives, waiting costs nothing; if it crashed, its lease must run out anyway. */
  public static final class Held extends RetryLater {
    private static final long serialVersionUID = 1;

    public Held(String what) {
      super(what + " is under way in another attempt");
    }
  }

  public static Lease begin(String claimant, Instant now) {
    return new Lease(claimant, now.plus(LENGTH));
  }

  public Standing standing(String attempt, Instant now) {
    if (claimant.equals(attempt)) {
      return Standing.OWN;
    }
    return now.isBefore(until) ? Standing.RUNNING : Standing.EXPIRED;
  }
}
