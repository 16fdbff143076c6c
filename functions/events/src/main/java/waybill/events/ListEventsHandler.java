package waybill.events;

import module java.base;
import waybill.events.Feed.Part;
import waybill.platform.*;

/**
 * {@code GET /events}: what has happened to orders and stock, the oldest first. {@code next_cursor} is always there: it is where to go on
 * later, also at the end of the feed.
 */
public record ListEventsHandler(Feed feed) implements HttpFunction {

  public ListEventsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> feed.after(new FeedCursor(999_999_999_999L, 0), 1));
  }

  public ListEventsHandler(Ports ports) { this(new Feed(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    FeedCursor after = parameters.parsed("after", FeedCursor::parse, "invalid",
        "is the next_cursor of a page of events");
    int limit = parameters.limit();
    parameters.verify();
    Part part = feed.after(after == null ? FeedCursor.BEGINNING : after, limit);
    return HttpResponse.json(200,
        new Page<>(part.events().stream().map(FeedEvent::toTree).toList(), part.end().toString()).toTree());
  }
}
