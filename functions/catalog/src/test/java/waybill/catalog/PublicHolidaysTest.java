package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the library says of days that are known from law, so that an update shows what it changes. */
class PublicHolidaysTest {

  private static boolean isFree(String country, String subdivision, LocalDate day) {
    return PublicHolidays.of(List.of(new Calendar.Region(country, subdivision)), day.getYear(), day.getYear()).stream()
        .anyMatch(it -> it.date().equals(day));
  }

  @ParameterizedTest(name = "{0}-{1} {2} {3}")
  @CsvSource({
    "DE, MV, 2026-03-08, true", "DE, TH, 2026-09-20, true", "DE, BE, 2026-03-08, true", "DE, SN, 2026-11-18, true",
    "DE, BY, 2026-08-15, false", "DE, , 2026-10-03, true", "AU, VIC, 2026-11-03, true", "AU, NSW, 2027-04-26, true",
    "GB, ENG, 2027-03-29, true", "GB, SCT, 2026-11-30, true", "GB, NIR, 2027-07-12, true",
    "GB, ENG, 2026-12-28, true", "CH, ZH, 2026-08-01, true", "PL, , 2026-12-24, true", "FR, , 2026-07-14, true",
  })
  void knownDaysAreFree(String country, String subdivision, LocalDate day, boolean free) {
    assertThat(isFree(country, subdivision, day)).isEqualTo(free);
  }

  /** Carriers work on Saturdays: both days are free, and New Year may be moved into the year before. */
  @ParameterizedTest(name = "US {0}")
  @CsvSource({"2026-07-03", "2026-07-04", "2027-06-18", "2027-06-19", "2027-07-04", "2027-07-05", "2027-12-24",
    "2027-12-25", "2027-12-31", "2028-01-01"})
  void aHolidayThatIsMovedFreesBothDays(LocalDate day) {
    assertThat(isFree("US", null, day)).isTrue();
  }

  /** What overrides are for: the library is silent or speaks of banks alone. */
  @ParameterizedTest(name = "{0}-{1} {2}")
  @CsvSource({"GB, , 2027-03-29", "CA, ON, 2026-09-30", "CA, ON, 2027-08-02", "US, NY, 2026-02-12", "JP, , 2026-09-22"})
  void someDaysAreNotFreeThoughManyDoNotWork(String country, String subdivision, LocalDate day) {
    assertThat(isFree(country, subdivision, day)).isFalse();
  }

  @Test
  void theDaysOfARegionAreOfTheYearsThatWereAskedForAndInOrder() {
    var days = PublicHolidays.of(List.of(new Calendar.Region("US", null), new Calendar.Region("DE", "SN")), 2026, 2027);
    assertThat(days).extracting(Calendar.FreeDay::date).isSorted().doesNotHaveDuplicates()
        .allSatisfy(it -> assertThat(it.getYear()).isBetween(2026, 2027));
    assertThat(days).contains(new Calendar.FreeDay(LocalDate.of(2026, 11, 18), "Day of Repentance and Prayer"));
  }
}
