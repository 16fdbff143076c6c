package waybill.platform;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * The one form of a time in answers, messages and items: ISO-8601 in UTC, always to the millisecond, so that a client parses one form
 * and texts sort as times do. {@link Instant#toString} leaves out zeros.
 */
public final class TimeText {
  private static final int LENGTH_WITHOUT_FRACTION = "2026-11-22T09:15:04Z".length();

  private static final String FORM = "0000-00-00T00:00:00.000Z";

  private TimeText() {}

  /** @param time from the year 0 to 9999; what it has beyond a millisecond is cut off */
  public static String of(Instant time) {
    String text = time.truncatedTo(ChronoUnit.MILLIS).toString();
    return text.length() == LENGTH_WITHOUT_FRACTION ? text.substring(0, text.length() - 1) + ".000Z" : text;
  }

  /**
   * Reads this form itself, as items are read more often than anything else is done, and the JDK's parser, which reads all others,
   * takes many times as long.
   *
   * @throws DateTimeParseException if the text is no time in ISO-8601
   */
  public static Instant parse(String text) {
    if (!hasForm(text)) {
      return Instant.parse(text);
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if (month < 1 || month > 12 || day < 1 || day > YearMonth.of(year, month).lengthOfMonth() || hour > 23
        || minute > 59 || second > 59) {
      return Instant.parse(text); // which knows better, or says what is wrong
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute) * 60 + second,
        number(text, 20, 23) * 1_000_000L);
  }

  private static boolean hasForm(String text) {
    if (text.length() != FORM.length()) {
      return false;
    }
    for (int i = 0; i < FORM.length(); i++) {
      char form = FORM.charAt(i);
      char given = text.charAt(i);
      if (form == '0' ? given < '0' || given > '9' : given != form) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}
