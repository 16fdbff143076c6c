package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.messages.LocationId;
import waybill.messages.StockPool;

class DispatchDayTest {
  private static final Workdays WEEK = Workdays.MONDAY_TO_FRIDAY;
  private static final Workdays ALSO_SATURDAYS = new Workdays(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.SATURDAY),
      Set.of(), Set.of());

  private static Location location(String zone, String cutOff, int handlingDays) {
    return new Location(new LocationId("berlin"), "Berlin", null, zone, null, null, true, new StockPool("default"),
        null, cutOff, handlingDays, null, null);
  }

  private static LocalDate day(Location location, String ready, int busyDays) {
    return DispatchDay.of(location, Instant.parse(ready), busyDays, WEEK, WEEK);
  }

  /** Berlin is an hour ahead of UTC in winter; the Sunday of March has an hour less. */
  @ParameterizedTest(name = "{0} leaves on {1}")
  @CsvSource({
    "2026-11-30T12:59:59Z, 2026-11-30", "2026-11-30T13:00:00Z, 2026-12-01", "2026-11-30T14:00:00Z, 2026-12-01",
    "2026-12-04T12:59:00Z, 2026-12-04", "2026-12-04T13:01:00Z, 2026-12-07", "2026-12-05T08:00:00Z, 2026-12-07",
    "2026-12-05T20:00:00Z, 2026-12-07", "2026-12-06T22:59:00Z, 2026-12-07", "2026-12-06T23:30:00Z, 2026-12-07",
    "2026-03-29T12:30:00Z, 2026-03-30", "2026-03-30T11:59:00Z, 2026-03-30", "2026-03-30T12:00:00Z, 2026-03-31",
    "2026-10-25T12:30:00Z, 2026-10-26", "2026-10-26T12:59:00Z, 2026-10-26", "2026-10-26T13:00:00Z, 2026-10-27"})
  void whatIsThereBeforeTheCutOffOfTheLocationsClockLeavesThatDay(String ready, LocalDate day) {
    assertThat(day(location("Europe/Berlin", "14:00", 0), ready, 0)).isEqualTo(day);
  }

  @Test
  void theDayIsThatOfTheLocationAndNotOfUtc() {
    assertThat(day(location("Australia/Sydney", null, 0), "2026-11-30T14:00:00Z", 0))
        .isEqualTo(LocalDate.of(2026, 12, 1));
    assertThat(day(location("America/Los_Angeles", null, 0), "2026-12-01T04:00:00Z", 0))
        .isEqualTo(LocalDate.of(2026, 11, 30));
  }

  @Test
  void handlingAndOthersOrdersTakeDaysOnWhichTheLocationIsOpen() {
    assertThat(day(location("Europe/Berlin", "14:00", 2), "2026-12-03T09:00:00Z", 0))
        .isEqualTo(LocalDate.of(2026, 12, 7));
    assertThat(day(location("Europe/Berlin", "14:00", 1), "2026-12-03T09:00:00Z", 3))
        .isEqualTo(LocalDate.of(2026, 12, 9));
  }

  @Test
  void itLeavesWhenTheLocationIsOpenAndTheCarrierCollects() {
    Location berlin = location("Europe/Berlin", null, 0);
    LocalDate monday = LocalDate.of(2026, 12, 7);
    var closed = new Workdays(ALSO_SATURDAYS.weekdays(), Set.of(monday), Set.of());

    assertThat(DispatchDay.of(berlin, Instant.parse("2026-12-05T09:00:00Z"), 0, ALSO_SATURDAYS, WEEK))
        .isEqualTo(monday);
    assertThat(DispatchDay.of(berlin, Instant.parse("2026-12-05T23:30:00Z"), 0, closed, WEEK)).as("closed on Monday")
        .isEqualTo(LocalDate.of(2026, 12, 8));
  }
}
