package waybill.events;

import java.time.Instant;
import waybill.messages.EndpointId;

/**
 * A delivery that failed and is tried again.
 *
 * @param body as it was sent the first time
 * @param tries how many there were
 */
record Retry(EndpointId endpoint, String generation, FeedEvent event, String body, int tries, Instant firstAt,
    Instant dueAt) {

  Generation life() {
    return new Generation(endpoint, generation);
  }
}
