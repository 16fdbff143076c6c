package waybill.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When a sweep sends again what stays due: after one minute, two, four and so on, and then every half hour. While the function that
 * should settle it is down, its queue grows by some fifty messages a day for each of them, and not by one a minute. An instance of
 * the sweep keeps it in its memory; a new instance begins anew.
 *
 * @param <K> what is due
 */
public final class Repeats<K> {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofMinutes(30);
  /** A schedule is seldom later than this; what was not due meanwhile is due for the first time again. */
  private static final Duration LATE = Duration.ofMinutes(5);
  /** So that the memory stays small. What is over this number is sent each time. */
  private static final int MOST = 50_000;

  private final Map<K, Next> nextByKey = new HashMap<>();

  private record Next(Instant time, Duration pause) {}

  /** Whether it is to be sent now. */
  public synchronized boolean isTime(K key, Instant now) {
    Next next = nextByKey.get(key);
    return next == null || !now.isBefore(next.time);
  }

  /** It was sent. */
  public synchronized void sent(K key, Instant now) {
    if (nextByKey.size() >= MOST) {
      nextByKey.values().removeIf(it -> isOver(it, now));
    }
    Next last = nextByKey.get(key);
    if (last != null || nextByKey.size() < MOST) {
      Duration pause = last == null || isOver(last, now) ? SHORTEST : doubled(last.pause);
      nextByKey.put(key, new Next(now.plus(pause), pause));
    }
  }

  private static boolean isOver(Next next, Instant now) {
    return now.isAfter(next.time.plus(LATE));
  }

  private static Duration doubled(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
  }
}
