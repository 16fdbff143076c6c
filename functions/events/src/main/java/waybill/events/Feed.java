package waybill.events;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import waybill.platform.Backoff;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * The feed: numbered pages, each written once behind the last. A reader that was at its end finds what comes later behind that,
 * whenever the events themselves happened. An event is first claimed for a page, and then the page is written: if its recorder dies in
 * between, the next finds by the claim whether the page was written with the event, without it, or not at all.
 */
final class Feed {
  static final String TABLE = "EVENTS_TABLE";
  /** By how much the clocks of two recorders, or an event and its page, may differ; {@link #LATE} is far less. */
  static final Duration SKEW = Duration.ofMinutes(10);
  /** What a living recorder may take from an event's time to its page. */
  private static final Duration LATE = Duration.ofMinutes(1);
  private static final int FEWEST_PAGES = 2;
  private static final String PK = "feed";

  private final Table<Claim> claims;
  private final Table<FeedPage> pages;

  /** Some events in the order of the feed, and the place behind them. */
  record Part(List<FeedEvent> events, FeedCursor end) {}

  Feed(Ports ports) {
    this.claims = new Table<>(ports, TABLE, Claim.class, Feed::key);
    this.pages = new Table<>(ports, TABLE, FeedPage.class, it -> pageKey(it.number()));
  }

  static Key key(Claim claim) {
    return key(claim.event());
  }

  private static Key key(FeedEvent event) {
    return new Key(event.subject(), event.id().value());
  }

  private static Key pageKey(long number) {
    return new Key(PK, String.format(Locale.ROOT, "%012d", number));
  }

  /**
   * Appends those events that are not in the feed yet.
   *
   * @return the page that this call has written; empty if there was nothing to append
   * @throws Table.Contended if others were faster, again and again
   */
  Optional<FeedPage> append(Collection<FeedEvent> events) {
    var backoff = new Backoff();
    do {
      // The last page first: that a claimed page is not written is only sure of pages behind it.
      long last = pages.last(PK).map(it -> it.value().number()).orElse(0L);
      Map<EventId, Stored<Claim>> claimed = claimed(events);
      Map<Long, FeedPage> written = written(claimed.values(), last);
      List<FeedEvent> missing = events.stream().filter(it -> !isIn(claimed.get(it.id()), written)).toList();
      if (missing.isEmpty()) {
        return Optional.empty();
      }
      Optional<FeedPage> page = claim(missing, claimed, last + 1);
      if (page.isPresent() && pages.insert(page.get())) {
        return page;
      }
    } while (backoff.again());
    throw new Table.Contended(PK);
  }

  private Map<EventId, Stored<Claim>> claimed(Collection<FeedEvent> events) {
    return claims.findAll(events.stream().map(Feed::key).toList()).stream()
        .collect(Collectors.toMap(it -> it.value().event().id(), Function.identity()));
  }

  /** Those pages up to the last that events were claimed for. */
  private Map<Long, FeedPage> written(Collection<Stored<Claim>> claimed, long last) {
    List<Key> keys = claimed.stream().map(it -> it.value().page()).filter(it -> it <= last).distinct()
        .map(Feed::pageKey).toList();
    return keys.isEmpty()
        ? Map.of()
        : pages.findAll(keys).stream().map(Stored::value)
            .collect(Collectors.toMap(FeedPage::number, Function.identity()));
  }

  private static boolean isIn(Stored<Claim> claim, Map<Long, FeedPage> written) {
    return claim != null && written.containsKey(claim.value().page())
        && written.get(claim.value().page()).holds(claim.value().event());
  }

  /** The next page, each of its events claimed for it; empty if somebody else was at one of them. */
  private Optional<FeedPage> claim(List<FeedEvent> missing, Map<EventId, Stored<Claim>> claimed, long next) {
    var events = new ArrayList<FeedEvent>();
    for (FeedEvent event : missing) {
      Stored<Claim> before = claimed.get(event.id());
      // Its time is that of its page, or a range of time would miss what somebody claimed and did not live to write.
      var mine = new Claim(before == null || isLate(before.value(), event) ? event : before.value().event(), next);
      if (!claim(before, mine)) {
        return Optional.empty();
      }
      events.add(mine.event());
    }
    return Optional.of(new FeedPage(next, events));
  }

  private boolean claim(Stored<Claim> before, Claim mine) {
    if (before == null) {
      return claims.insert(mine);
    }
    return before.value().equals(mine) || before.value().page() <= mine.page() && claims.replace(before, mine);
  }

  /** Whoever claimed it cannot be alive any more. */
  private static boolean isLate(Claim before, FeedEvent now) {
    return before.event().createdAt().plus(LATE).isBefore(now.createdAt());
  }

  /** An event, and the place behind it. */
  record Placed(FeedEvent event, FeedCursor behind) {}

  /** What comes behind a place. */
  Part after(FeedCursor cursor, int limit) {
    List<Placed> placed = placed(cursor, limit);
    return new Part(placed.stream().map(Placed::event).toList(),
        placed.isEmpty() ? cursor : placed.getLast().behind());
  }

  /** The same, each event with the place behind it. */
  List<Placed> placed(FeedCursor cursor, int limit) {
    var events = new ArrayList<Placed>();
    long next = cursor.page() - 1;
    int atOnce = FEWEST_PAGES;
    boolean more = true;
    while (more && events.size() < limit) {
      List<Stored<FeedPage>> part = pages.after(pageKey(next), atOnce);
      part.forEach(it -> addAll(events, it.value(), cursor, limit));
      more = part.size() == atOnce;
      next = more ? part.getLast().value().number() : next;
      // A page has from one to fifty events: whoever reads as many pages as it wants events may read fifty times what it shows.
      atOnce *= 2;
    }
    return events;
  }

  private static void addAll(List<Placed> events, FeedPage page, FeedCursor cursor, int limit) {
    int from = page.number() == cursor.page() ? cursor.read() : 0;
    for (int i = from; i < page.events().size() && events.size() < limit; i++) {
      events.add(new Placed(page.events().get(i), new FeedCursor(page.number(), i + 1)));
    }
  }

  /** The place behind all that there is. */
  FeedCursor end() {
    return pages.last(PK).map(it -> new FeedCursor(it.value().number(), it.value().events().size()))
        .orElse(FeedCursor.BEGINNING);
  }

  /** A place before everything that was recorded at this time or later. Pages are in the order of time, but for clocks that differ. */
  FeedCursor since(Instant time) {
    long from = 1;
    long to = end().page() + 1;
    while (from < to) {
      long middle = (from + to) / 2;
      if (pages.find(pageKey(middle)).orElseThrow().createdAt().isBefore(time.minus(SKEW))) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return new FeedCursor(from, 0);
  }
}
