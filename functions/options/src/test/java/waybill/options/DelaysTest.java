package waybill.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import waybill.catalog.Destination;
import waybill.catalog.Workdays;
import waybill.messages.DisruptionId;
import waybill.options.Disruption.Area;
import waybill.options.Disruption.Reason;

/** By how much disruptions delay what leaves on a Monday, the 23rd of November 2026, and would come on Thursday. */
class DelaysTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
  private static final LocalDate THURSDAY = LocalDate.of(2026, 11, 26);

  private static Disruption closed(String key, int first, int last) {
    return of(key, first, last, null);
  }

  /** From the beginning of a day of November to the end of another. */
  private static Disruption of(String key, int first, int last, Integer delayDays) {
    Instant start = LocalDate.of(2026, 11, first).atStartOfDay(BERLIN).toInstant();
    Instant end = LocalDate.of(2026, 11, last).plusDays(1).atStartOfDay(BERLIN).toInstant();
    return new Disruption(DisruptionId.of(key), Reason.WEATHER, null, new Area(null, "DE", null, null), start, end,
        delayDays, "ops", null, "", 0);
  }

  private static LocalDate later(Disruption... those) {
    return Delays.later(List.of(those), MONDAY, THURSDAY, Workdays.MONDAY_TO_FRIDAY, BERLIN);
  }

  @Test
  void closedDaysDoNotCount() {
    assertThat(later()).isEqualTo(THURSDAY);
    assertThat(later(closed("a", 24, 25))).isEqualTo(LocalDate.of(2026, 11, 30));
    assertThat(later(closed("a", 21, 23))).as("over before it is carried").isEqualTo(THURSDAY);
    assertThat(later(closed("a", 27, 30))).as("it has come by then").isEqualTo(THURSDAY);
    assertThat(later(closed("a", 26, 27))).as("over the weekend").isEqualTo(LocalDate.of(2026, 11, 30));
    assertThat(later(closed("a", 28, 29))).as("nobody works then").isEqualTo(THURSDAY);
  }

  @Test
  void severalAreOneLossWhateverTheirOrder() {
    Disruption storm = closed("a", 24, 25);
    Disruption strike = closed("b", 27, 27);
    assertThat(later(storm, strike)).as("the second strikes what the first has moved")
        .isEqualTo(LocalDate.of(2026, 12, 1)).isEqualTo(later(strike, storm));
    assertThat(later(storm, closed("c", 25, 25))).as("a day is lost once").isEqualTo(later(storm));
  }

  @Test
  void whatOnlyTakesLongerDoesSoIfItMeetsTheParcel() {
    assertThat(later(of("a", 25, 25, 2))).isEqualTo(LocalDate.of(2026, 11, 30));
    assertThat(later(of("a", 27, 30, 2))).as("it has come by then").isEqualTo(THURSDAY);
    assertThat(later(closed("b", 26, 26), of("a", 27, 30, 2))).as("it has not, as it is held")
        .isEqualTo(LocalDate.of(2026, 12, 1));
  }

  @Test
  void anAreaIsAllThatItNames() {
    var area = new Area("DHL", "DE", "04", null);
    assertThat(area.isCarriedBy(Set.of("dhl"))).isTrue();
    assertThat(area.isCarriedBy(Set.of("UPS"))).isFalse();
    assertThat(area.isCarriedBy(Set.of())).as("nobody knows").isFalse();
    assertThat(area.includes(new Destination("DE", null, "04 109"))).isTrue();
    assertThat(area.includes(new Destination("DE", null, null))).isFalse();
    assertThat(area.includes(new Destination("AT", null, "0410"))).isFalse();
    assertThat(area.includes(null)).isFalse();
    assertThat(new Area(null, null, null, null).includes(null)).isTrue();
  }
}
