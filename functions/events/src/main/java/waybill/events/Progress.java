package waybill.events;

import java.time.Instant;
import waybill.messages.EndpointId;
import waybill.platform.Lease;

/**
 * How far an endpoint has come in the feed. One worker at a time delivers to an endpoint, so a slow endpoint keeps nobody but itself.
 *
 * @param cursor behind what was delivered, or is to be tried again
 * @param lease of who delivers; null if nobody does
 * @param pausedUntil the endpoint asked for time; null if it did not
 * @param succeededAt when it took something last; null if it never did
 */
record Progress(EndpointId endpoint, String generation, FeedCursor cursor, Lease lease, Instant pausedUntil,
    Instant succeededAt) {

  static Progress from(Generation endpoint, FeedCursor cursor) {
    return new Progress(endpoint.endpoint(), endpoint.name(), cursor, null, null, null);
  }

  Generation life() {
    return new Generation(endpoint, generation);
  }

  /** Claimed by an attempt, if no other can be alive and the endpoint has not asked for time. */
  Progress claimed(String attempt, Instant now) {
    boolean taken = lease != null && lease.standing(attempt, now) == Lease.Standing.RUNNING;
    return taken || isPaused(now)
        ? this
        : new Progress(endpoint, generation, cursor, Lease.begin(attempt, now), pausedUntil, succeededAt);
  }

  boolean isHeldBy(String attempt) {
    return lease != null && lease.claimant().equals(attempt);
  }

  boolean isPaused(Instant now) {
    return pausedUntil != null && now.isBefore(pausedUntil);
  }

  Progress at(FeedCursor next) {
    return new Progress(endpoint, generation, next, lease, pausedUntil, succeededAt);
  }

  Progress paused(Instant until) {
    return new Progress(endpoint, generation, cursor, lease, until, succeededAt);
  }

  /** Somebody has changed the endpoint: what it asked for before does not count any more. */
  Progress resumed() {
    return paused(null);
  }

  Progress succeeded(Instant now) {
    return new Progress(endpoint, generation, cursor, lease, null, now);
  }

  Progress released() {
    return new Progress(endpoint, generation, cursor, null, pausedUntil, succeededAt);
  }
}
