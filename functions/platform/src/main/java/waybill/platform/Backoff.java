package waybill.platform;

/** Waiting before a contended write is tried again: longer each time, and never in step with the others. */
public final class Backoff {
  private static final int MAX_ATTEMPTS = 12;
  private static final long FIRST_MILLIS = 4;
  private static final long LONGEST_MILLIS = 400;

  private int attempts;

  /** Waits. @return false where there has been enough of it */
  public boolean again() {
    if (++attempts >= MAX_ATTEMPTS) {
      return false;
    }
    long bound = Math.min(LONGEST_MILLIS, FIRST_MILLIS << attempts);
    Chance.here().pause(bound);
    return true;
  }
}
