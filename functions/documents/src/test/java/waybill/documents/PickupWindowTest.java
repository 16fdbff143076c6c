package waybill.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import waybill.catalog.CalendarId;
import waybill.catalog.Workdays;
import waybill.documents.PickupWindow.Circumstances;
import waybill.documents.PickupWindow.Wish;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;
import waybill.shipping.carrier.PickupTerms;

class PickupWindowTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 30);
  private static final Workdays WEEK = Workdays.MONDAY_TO_FRIDAY;

  private static Circumstances at(String time, PickupTerms terms, String carrier, Workdays place, Workdays days) {
    return new Circumstances(Instant.parse(time), BERLIN, PickupTerms.of(terms, carrier, BERLIN), place, days);
  }

  private static Circumstances at(String time, PickupTerms terms) {
    return at(time, terms, "UPS", WEEK, WEEK);
  }

  private static Wish wish(LocalDate date, String ready, String closing) {
    return new Wish(date, LocalTime.parse(ready), LocalTime.parse(closing));
  }

  private static Refused refused(Wish wish, Circumstances around) {
    return ((Outcome.Declined<PickupWindow>) PickupWindow.of(wish, around)).refused();
  }

  private static String code(Wish wish, Circumstances around) {
    return refused(wish, around).violations().stream().map(Violation::code).reduce((one, _) -> one).orElseThrow();
  }

  /** Case C12. */
  @Test
  void aWindowOfAnHourIsRefusedIfTheCarrierAsksForTwoAndOneOfTwoIsNot() {
    Circumstances morning = at("2026-11-30T08:00:00Z", null);
    Refused refused = refused(wish(MONDAY, "15:00", "16:00"), morning);

    assertThat(refused.violations()).containsExactly(
        new Violation("/closing_time", "window_too_short", "is at least 120 minutes after ready_time"));
    assertThat(code(wish(MONDAY, "16:00", "15:00"), morning)).isEqualTo("not_after_ready");
    PickupWindow window = PickupWindow.of(wish(MONDAY, "15:00", "17:00"), morning).orElseThrow();
    assertThat(window).isEqualTo(new PickupWindow(Instant.parse("2026-11-30T14:00:00Z"),
        Instant.parse("2026-11-30T16:00:00Z"), Instant.parse("2026-11-30T14:00:00Z")));
  }

  /** Case C12. */
  @Test
  void afterTheCutOffTheNextDayOnWhichBothWorkIsProposed() {
    var terms = new PickupTerms(60, "14:00", null);
    LocalDate friday = LocalDate.of(2026, 12, 4);
    Circumstances late = at("2026-12-04T13:00:00Z", terms);

    Refused refused = refused(wish(friday, "15:00", "18:00"), late);
    assertThat(refused.violations().getFirst().code()).isEqualTo("past_cut_off");
    assertThat(refused.violations().getFirst().detail()).contains("2026-12-04 14:00");
    assertThat(refused.about()).containsEntry("proposed_date", "2026-12-07");
    assertThat(PickupWindow.of(wish(null, "15:00", "18:00"), late).orElseThrow().ready())
        .isEqualTo(Instant.parse("2026-12-07T14:00:00Z"));
    assertThat(
        PickupWindow.of(wish(friday, "15:00", "18:00"), at("2026-12-04T12:59:59Z", terms)).orElseThrow().bookBy())
        .isEqualTo(Instant.parse("2026-12-04T13:00:00Z"));
  }

  @Test
  void theCalendarsOfThePlaceAndOfTheCarrierCount() {
    LocalDate tuesday = MONDAY.plusDays(1);
    var closed = new Workdays(WEEK.weekdays(), Set.of(tuesday), Set.of());
    String now = "2026-12-01T06:00:00Z";

    assertThat(code(wish(tuesday, "15:00", "18:00"), at(now, null, "UPS", closed, WEEK))).isEqualTo("place_closed");
    Refused refused = refused(wish(tuesday, "15:00", "18:00"), at(now, null, "UPS", WEEK, closed));
    assertThat(refused.violations().getFirst().code()).isEqualTo("carrier_closed");
    assertThat(refused.about()).containsEntry("proposed_date", "2026-12-02");
    assertThat(code(wish(null, "15:00", "18:00"),
        at(now, null, "UPS", WEEK, new Workdays(Set.of(), Set.of(), Set.of())))).isEqualTo("no_day");
  }

  @Test
  void whatIsOverOrFarAwayIsRefused() {
    Circumstances now = at("2026-11-30T18:30:00Z", null);

    assertThat(code(wish(MONDAY.minusDays(3), "15:00", "18:00"), now)).isEqualTo("in_the_past");
    assertThat(code(wish(MONDAY, "15:00", "18:00"), now)).isEqualTo("past_cut_off");
    assertThat(code(wish(MONDAY, "15:00", "20:00"), now)).as("half an hour is left of the window")
        .isEqualTo("past_cut_off");
    assertThat(code(wish(MONDAY.plusDays(15), "15:00", "18:00"), now)).isEqualTo("too_far");
    assertThat(PickupWindow.of(wish(MONDAY.plusDays(14), "15:00", "18:00"), now)).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void uspsComesOnSaturdaysToo_andTakesTheDaysBookingsUntilTwoInTheMorningOfChicago() {
    PickupTerms.Effective usps = PickupTerms.of(null, "USPS", BERLIN);
    LocalDate saturday = LocalDate.of(2026, 12, 5);

    assertThat(usps.usual().isOpen(saturday)).isTrue();
    assertThat(code(wish(saturday, "15:00", "18:00"), at("2026-12-05T08:00:00Z", null, "USPS", usps.usual(),
        usps.usual()))).isEqualTo("past_cut_off");
    assertThat(PickupWindow.of(wish(saturday, "15:00", "18:00"),
        at("2026-12-05T07:59:00Z", null, "USPS", usps.usual(), usps.usual()))).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void whatAnAccountSaysCountsBeforeWhatItsCarrierPublishes() {
    var own = new PickupTerms(null, null, new CalendarId("dhl"));

    assertThat(PickupTerms.of(own, "USPS", BERLIN).cutOff().zone()).isEqualTo(ZoneId.of("America/Chicago"));
    assertThat(PickupTerms.of(own, "USPS", BERLIN).calendar()).isEqualTo(new CalendarId("dhl"));
    assertThat(PickupTerms.of(new PickupTerms(30, "16:30", null), "USPS", BERLIN))
        .satisfies(it -> {
          assertThat(it.minimumMinutes()).isEqualTo(30);
          assertThat(it.cutOff()).isEqualTo(new PickupTerms.CutOff(LocalTime.of(16, 30), BERLIN));
        });
  }
}
