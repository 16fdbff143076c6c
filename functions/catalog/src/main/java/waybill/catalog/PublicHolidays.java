package waybill.catalog;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import waybill.platform.Unusable;

/**
 * Public holidays by Jollyday. A holiday that is moved frees both days, its own and the one that it is moved to, as carriers work on
 * Saturdays; and the New Year of one year may be moved into the year before. Holidays of banks alone and days of remembrance are no free days.
 */
final class PublicHolidays {
  static final String SUBDIVISION_RULE = "is a subdivision by ISO 3166-2 without its country, for example BY of DE";

  private PublicHolidays() {}

  /** @throws Unusable if the country's holidays are not known, or it has no such subdivision: the library would ignore either */
  static void check(String country, String subdivision) {
    if (!HolidayManager.getSupportedCalendarCodes().contains(country)) {
      throw new Unusable("unknown_country", "the holidays of %s are not known: name free days in overrides"
          .formatted(country));
    }
    if (subdivision != null && !children(country).containsKey(subdivision.toLowerCase(Locale.ROOT))) {
      throw new Unusable("unknown_subdivision", children(country).isEmpty()
          ? "%s has no holidays by subdivision".formatted(country)
          : "is one of %s".formatted(String.join(", ", children(country).keySet().stream()
              .map(it -> it.toUpperCase(Locale.ROOT)).sorted().toList())));
    }
  }

  private static Map<String, CalendarHierarchy> children(String country) {
    return manager(country).getCalendarHierarchy().getChildren();
  }

  private static HolidayManager manager(String country) {
    return HolidayManager.getInstance(ManagerParameters.create(country.toLowerCase(Locale.ROOT)));
  }

  /** Those of the regions in these years, by date; a day that is free for two reasons has the first. */
  static List<Calendar.FreeDay> of(List<Calendar.Region> regions, int first, int last) {
    var days = new TreeMap<LocalDate, String>();
    for (Calendar.Region region : regions) {
      String[] parts = region.subdivision() == null
          ? new String[0]
          : new String[]{region.subdivision().toLowerCase(Locale.ROOT)};
      for (int year = first; year <= last + 1; year++) {
        manager(region.country()).getHolidays(Year.of(year), parts).stream()
            .filter(it -> it.getType() == HolidayType.PUBLIC_HOLIDAY)
            .forEach(it -> days(it).filter(day -> day.getYear() <= last)
                .forEach(day -> days.putIfAbsent(day, it.getDescription(Locale.ENGLISH))));
      }
    }
    return days.entrySet().stream().map(it -> new Calendar.FreeDay(it.getKey(), it.getValue())).toList();
  }

  private static Stream<LocalDate> days(Holiday holiday) {
    return Stream.concat(Stream.of(holiday.getDate(), holiday.getActualDate()), holiday.getObservedDate().stream())
        .distinct();
  }
}
