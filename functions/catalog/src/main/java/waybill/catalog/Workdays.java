package waybill.catalog;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts days on which somebody works.
 *
 * @param weekdays on which they usually do
 * @param free days on which they do not, although it is such a weekday
 * @param extra days on which they do, whatever the weekday
 */
public record Workdays(Set<DayOfWeek> weekdays, Set<LocalDate> free, Set<LocalDate> extra) {
  /** Of whoever names no calendar. */
  public static final Workdays MONDAY_TO_FRIDAY = new Workdays(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
      Set.of(), Set.of());
  /** Longer than any closure: a calendar of which every day is free must not be searched for ever. */
  private static final int MOST_DAYS = 1_000;

  /** The same, but for these days. */
  public Workdays without(Set<LocalDate> closed) {
    var none = new HashSet<>(free);
    none.addAll(closed);
    var rest = new HashSet<>(extra);
    rest.removeAll(closed);
    return closed.isEmpty() ? this : new Workdays(weekdays, none, rest);
  }

  public boolean isOpen(LocalDate day) {
    return extra.contains(day) || weekdays.contains(day.getDayOfWeek()) && !free.contains(day);
  }

  /** The day itself if it is open, else the next that is. */
  public LocalDate from(LocalDate day) {
    LocalDate open = day;
    for (int i = 0; i < MOST_DAYS && !isOpen(open); i++) {
      open = open.plusDays(1);
    }
    return open;
  }

  /** So many open days later. With 0 the day itself if it is open, else the next that is. */
  public LocalDate plus(LocalDate day, int openDays) {
    LocalDate open = openDays == 0 ? from(day) : day;
    for (int i = 0; i < openDays; i++) {
      open = from(open.plusDays(1));
    }
    return open;
  }

  /** How many open days there are after the first day, up to and with the last. */
  public int between(LocalDate first, LocalDate last) {
    int days = 0;
    for (LocalDate day = first.plusDays(1); !day.isAfter(last) && days < MOST_DAYS; day = day.plusDays(1)) {
      days += isOpen(day) ? 1 : 0;
    }
    return days;
  }
}
