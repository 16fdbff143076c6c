package waybill.events;

import java.util.List;

/** Some events of the feed, in their order. A page is written once and never changes, and there is none without the one before. */
record FeedPage(long number, List<FeedEvent> events) {

  boolean holds(FeedEvent event) {
    return events.stream().anyMatch(it -> it.id().equals(event.id()));
  }
}
