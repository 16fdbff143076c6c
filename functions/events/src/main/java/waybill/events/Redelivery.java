package waybill.events;

import java.time.Instant;
import waybill.messages.EndpointId;

/**
 * A range of the feed that an endpoint is sent again.
 *
 * @param key of the request that asked for it
 * @param next where it goes on
 */
record Redelivery(EndpointId endpoint, String generation, String key, Instant from, Instant to, FeedCursor next,
    boolean done) {

  Generation life() {
    return new Generation(endpoint, generation);
  }

  boolean covers(FeedEvent event) {
    return !event.createdAt().isBefore(from) && event.createdAt().isBefore(to);
  }

  Redelivery at(FeedCursor place, boolean end) {
    return new Redelivery(endpoint, generation, key, from, to, place, end);
  }
}
