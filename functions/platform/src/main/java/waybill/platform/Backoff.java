package waybill.platform;

import java.time.Duration;

/** Waiting before a contended write is tried again: longer each time, and never in step with the others. */
public final class Backoff {
  private static final int MAX_ATTEMPTS = 12;
  private static final long FIRST_MILLIS = 4;
  private static final long LONGEST_MILLIS = 400;

  private int attempts;

  /** Waits. @return false if there has been enough of it, or no time is left for another attempt */
  public boolean again() {
    long bound = Math.min(LONGEST_MILLIS, FIRST_MILLIS << attempts + 1);
    if (++attempts >= MAX_ATTEMPTS || !Deadline.allows(Duration.ofMillis(bound))) {
      return false;
    }
    Chance.here().pause(bound);
    return true;
  }
}
