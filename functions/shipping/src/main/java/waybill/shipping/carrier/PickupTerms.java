package waybill.shipping.carrier;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import waybill.catalog.CalendarId;
import waybill.catalog.Workdays;

/**
 * What holds for a carrier's pickups, as its account says it. What an account leaves out is as the carrier publishes it.
 *
 * @param minimumMinutes how long the window is at least in which its driver may come; null for the carrier's own
 * @param cutOff until when, by the place's clock, a pickup may be booked on the day itself, as {@code 14:00}; null for the carrier's own
 * @param calendar the days on which it comes; null for the carrier's own
 */
public record PickupTerms(Integer minimumMinutes, String cutOff, CalendarId calendar) {
  /** "It is recommended to schedule your pickup window 2-4 hours long": EasyPost, Pickups Best Practices, read 2026-11-30. */
  private static final int USUAL_MINUTES = 120;
  private static final Set<DayOfWeek> TO_SATURDAY = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.SATURDAY);

  public PickupTerms {
    if (minimumMinutes != null && minimumMinutes < 1) {
      throw new IllegalArgumentException("names a positive number of minimum_minutes");
    }
    if (cutOff != null) {
      LocalTime.parse(cutOff);
    }
  }

  /** The last moment of the day, by some place's clock. */
  public record CutOff(LocalTime time, ZoneId zone) {}

  /**
   * What counts.
   *
   * @param cutOff null if the carrier does not say: then it decides when it is asked
   * @param usual the days on which it comes if no calendar is named
   */
  public record Effective(int minimumMinutes, CutOff cutOff, CalendarId calendar, Workdays usual) {}

  /** @param terms of the account; null if it has none of its own @param carrier who comes @param zone the place's */
  public static Effective of(PickupTerms terms, String carrier, ZoneId zone) {
    Effective published = published(carrier);
    if (terms == null) {
      return published;
    }
    return new Effective(terms.minimumMinutes == null ? published.minimumMinutes : terms.minimumMinutes,
        terms.cutOff == null ? published.cutOff : new CutOff(LocalTime.parse(terms.cutOff), zone),
        terms.calendar, published.usual);
  }

  /**
   * USPS comes from Monday to Saturday, and takes bookings for the day until 2:00 AM Central Time (USPS Carrier Pickup API 3.0, read 2026-11-30).
   * Of the others the last time differs from place to place.
   */
  private static Effective published(String carrier) {
    String letters = carrier == null ? "" : carrier.toLowerCase(Locale.ROOT);
    return letters.startsWith("usps")
        ? new Effective(USUAL_MINUTES, new CutOff(LocalTime.of(2, 0), ZoneId.of("America/Chicago")), null,
            new Workdays(TO_SATURDAY, Set.of(), Set.of()))
        : new Effective(USUAL_MINUTES, null, null, Workdays.MONDAY_TO_FRIDAY);
  }
}
