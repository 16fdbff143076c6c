package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkdaysTest {
  private static final LocalDate FRIDAY = LocalDate.of(2026, 12, 4);
  private static final LocalDate MONDAY = LocalDate.of(2026, 12, 7);

  @Test
  void threeDaysAfterAFridayIsWednesdayAndThursdayIfTheMondayIsFree() {
    assertThat(Workdays.MONDAY_TO_FRIDAY.plus(FRIDAY, 3)).isEqualTo(LocalDate.of(2026, 12, 9));
    var free = new Workdays(Workdays.MONDAY_TO_FRIDAY.weekdays(), Set.of(MONDAY), Set.of());
    assertThat(free.plus(FRIDAY, 3)).isEqualTo(LocalDate.of(2026, 12, 10));
    assertThat(free.between(FRIDAY, LocalDate.of(2026, 12, 10))).isEqualTo(3);
  }

  @Test
  void noDayLaterIsTheDayItselfOrTheNextOpenOne() {
    assertThat(Workdays.MONDAY_TO_FRIDAY.plus(FRIDAY, 0)).isEqualTo(FRIDAY);
    assertThat(Workdays.MONDAY_TO_FRIDAY.plus(FRIDAY.plusDays(1), 0)).isEqualTo(MONDAY);
  }

  @Test
  void anOverrideOpensASaturdayAndWinsOverAHoliday() {
    LocalDate saturday = FRIDAY.plusDays(1);
    var days = new Workdays(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), Set.of(MONDAY),
        Set.of(saturday, MONDAY));
    assertThat(days.isOpen(saturday)).isTrue();
    assertThat(days.isOpen(MONDAY)).isTrue();
  }

  @Test
  void aCalendarWithoutAnOpenDayIsNotSearchedForEver() {
    assertThat(new Workdays(Set.of(), Set.of(), Set.of()).from(FRIDAY)).isAfter(FRIDAY);
  }
}
