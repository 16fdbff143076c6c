package waybill.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** On which day a location hands an order to the carrier. */
public final class DispatchDay {
  /** Longer than any closure: two calendars may have no day in common. */
  private static final int MOST_DAYS = 1_000;

  private DispatchDay() {}

  /**
   * What is there before the cut-off is worked on that day, if the location is open; else on the next open day. Days on which it works on
   * others' orders first and days of handling are open days of the location. It leaves on the first day on which the location is open
   * and the carrier collects.
   *
   * @param ready when the order is there and all of its units are
   * @param busyDays on how many open days the location packs what came before
   * @param place the days on which the location works
   * @param collection the days on which the carrier collects
   */
  public static LocalDate of(Location location, Instant ready, int busyDays, Workdays place, Workdays collection) {
    LocalDate day = place.plus(first(location, ready, place), busyDays + location.handlingDays());
    for (int i = 0; i < MOST_DAYS && !(place.isOpen(day) && collection.isOpen(day)); i++) {
      day = day.plusDays(1);
    }
    return day;
  }

  /** The day on which a location begins to work on what is there by now, if nothing else is to be done before. */
  public static LocalDate first(Location location, Instant ready, Workdays place) {
    ZonedDateTime local = ready.atZone(ZoneId.of(location.timeZone()));
    boolean late = location.cutOff() != null && !local.toLocalTime().isBefore(LocalTime.parse(location.cutOff()));
    return place.from(local.toLocalDate().plusDays(late ? 1 : 0));
  }
}
