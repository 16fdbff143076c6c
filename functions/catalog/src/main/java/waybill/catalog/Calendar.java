package waybill.catalog;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The days on which a place or a carrier works. The public holidays are written down for some years whenever it is put: so everybody sees
 * what it says, nothing that reads it needs the library of holidays, and an update of that library changes no promise by itself.
 *
 * @param weekdays on which it works
 * @param holidays whose public holidays are free
 * @param overrides single days that are otherwise than weekdays and holidays say
 * @param freeDays the holidays until the end of {@code knownUntil}, by date
 * @param knownUntil the last year whose holidays are known
 */
public record Calendar(CalendarId id, String name, List<DayOfWeek> weekdays, List<Region> holidays,
    List<SpecialDay> overrides, List<FreeDay> freeDays, int knownUntil) {

  /** @param country by ISO 3166-1 alpha-2 @param subdivision by ISO 3166-2 without the country; null for what the whole country has */
  public record Region(String country, String subdivision) {}

  /** @param open whether it works on this day */
  public record SpecialDay(LocalDate date, boolean open, String name) {}

  /** @param date the holiday itself, or the day that it is moved to @param name in English */
  public record FreeDay(LocalDate date, String name) {}

  /** The same with these holidays. */
  Calendar knowing(List<FreeDay> days, int until) {
    return new Calendar(id, name, weekdays, holidays, overrides, days, until);
  }

  /** The days that this calendar says, to be asked for many. */
  public Workdays workdays() {
    var free = new HashSet<LocalDate>();
    freeDays.forEach(it -> free.add(it.date()));
    var extra = new HashSet<LocalDate>();
    overrides.forEach(it -> (it.open() ? extra : free).add(it.date()));
    return new Workdays(Set.copyOf(weekdays), free, extra);
  }
}
