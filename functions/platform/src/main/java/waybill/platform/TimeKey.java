package waybill.platform;

import java.time.Instant;
import java.util.Locale;

/** A time from 1970 to 9999 as a text that sorts as times do, to the millisecond: {@link Instant#toString} drops zeros, and does not. */
public final class TimeKey {

  private TimeKey() {}

  public static String of(Instant time) {
    return String.format(Locale.ROOT, "%015d", time.toEpochMilli());
  }
}
