package waybill.events;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the feed: behind so many events of a page.
 *
 * @param page 0 for the beginning
 */
record FeedCursor(long page, int read) {
  static final FeedCursor BEGINNING = new FeedCursor(0, 0);
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,12})-([0-9]{1,3})");

  /** @throws IllegalArgumentException if it is none */
  static FeedCursor parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException();
    }
    return new FeedCursor(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  @Override
  public String toString() {
    return page + "-" + read;
  }
}
