package waybill.platform;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The one form of a time in answers, messages and items: ISO-8601 in UTC, always to the millisecond, so that a client parses one form
 * and texts sort as times do. {@link Instant#toString} leaves out zeros.
 */
public final class TimeText {
  private static final int LENGTH_WITHOUT_FRACTION = "2026-11-22T09:15:04Z".length();

  private TimeText() {}

  /** @param time from the year 0 to 9999; what it has beyond a millisecond is cut off */
  public static String of(Instant time) {
    String text = time.truncatedTo(ChronoUnit.MILLIS).toString();
    return text.length() == LENGTH_WITHOUT_FRACTION ? text.substring(0, text.length() - 1) + ".000Z" : text;
  }
}
