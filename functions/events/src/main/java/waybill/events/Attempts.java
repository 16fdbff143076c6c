package waybill.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How often a delivery is tried, and when: ten times over 75 hours, so that a weekend without its receiver loses nothing. */
final class Attempts {
  /** How long to wait after each try. */
  private static final List<Duration> WAITS = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5),
      Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(5), Duration.ofHours(10), Duration.ofHours(14),
      Duration.ofHours(20), Duration.ofHours(24));
  static final int MOST = WAITS.size() + 1;
  /** A receiver may ask for more time, but not for so much that nothing is ever tried again. */
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);

  private Attempts() {}

  /**
   * When the next try is, after one that failed.
   *
   * @param tries how many there were
   * @param retryAfter what the receiver asked for, or null
   * @return empty if that was the last
   */
  static Optional<Instant> next(int tries, Instant now, Duration retryAfter) {
    if (tries >= MOST) {
      return Optional.empty();
    }
    Duration wait = WAITS.get(tries - 1);
    Duration asked = retryAfter == null ? Duration.ZERO : pause(retryAfter);
    return Optional.of(now.plus(asked.compareTo(wait) > 0 ? asked : wait));
  }

  /** For how long the whole endpoint is left alone that asked for this much time. */
  static Duration pause(Duration retryAfter) {
    return shorter(retryAfter, LONGEST_RETRY_AFTER);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
