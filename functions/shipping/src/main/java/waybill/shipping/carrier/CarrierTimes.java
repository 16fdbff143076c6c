package waybill.shipping.carrier;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import waybill.platform.webhook.LenientObject;

/** The times of brokers' events, as carriers write them. */
public final class CarrierTimes {
  private static final Predicate<String> ZONE = Pattern.compile(".*[+-][0-9]{2}:?[0-9]{2}").asMatchPredicate();
  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private CarrierTimes() {}

  /** @throws DateTimeException also for a time outside 1970 to 9999: it would stay the newest scan for ever */
  public static Instant read(String text) {
    Instant time = instant(text);
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST_TIME)) {
      throw new DateTimeException("not from 1970 to 9999");
    }
    return time;
  }

  /** Some carriers give no zone: their clock is then taken for that of Greenwich, which is wrong by half a day at most. */
  private static Instant instant(String text) {
    boolean zoned = text.endsWith("Z") || ZONE.test(text);
    return zoned ? OffsetDateTime.parse(text).toInstant() : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  /** @throws LenientObject.Illegible if it is no time */
  public static Instant read(LenientObject object, String name) {
    try {
      if (object.get(name) instanceof String text) {
        return read(text);
      }
    } catch (DateTimeException e) {
      // Reported below, like every other value that is not a time.
    }
    throw object.illegible(name, "is a time in ISO-8601 with its offset");
  }
}
