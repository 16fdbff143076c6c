package waybill.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import waybill.catalog.CalendarId;
import waybill.catalog.CarrierAccountId;
import waybill.catalog.DeliveryOption;
import waybill.catalog.Destination;
import waybill.catalog.Location;
import waybill.catalog.ShippingMethod;
import waybill.catalog.ShippingMethod.Price;
import waybill.catalog.ShippingMethod.Zone;
import waybill.catalog.Workdays;
import waybill.messages.LocationId;
import waybill.messages.Money;
import waybill.messages.StockPool;
import waybill.options.Quoting.Offered;
import waybill.shipping.carrier.Rates;

class QuotingTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Destination HOME = new Destination("DE", null, "10827");
  /** Monday 15:00 in Berlin. */
  private static final Instant MONDAY = Instant.parse("2026-11-30T14:00:00Z");
  private static final ShippingMethod UPS = method("ups", 790, 2);
  private static final ShippingMethod DHL = method("dhl", 650, 3);

  private static Zone zone(int days, String calendar, Price... prices) {
    return new Zone(List.of("DE"), List.of(), List.of(prices), days, days,
        calendar == null ? null : new CalendarId(calendar));
  }

  private static ShippingMethod method(String code, long price, int days) {
    return new ShippingMethod(code, code, new CarrierAccountId(code, "parcels"), null, null, 0,
        List.of(zone(days, null, new Price("EUR", price, null))));
  }

  private static Location location(String id, String cutOff, Integer capacity) {
    return new Location(new LocationId(id), id, null, "Europe/Berlin", null, null, true, new StockPool("default"),
        null, cutOff, 0, capacity, null);
  }

  private static Situation situation(Map<CalendarId, Workdays> calendars, Situation.Source... sources) {
    return new Situation(MONDAY, List.of(sources), HOME, BERLIN, "EUR", 2_000, 0, calendars, List.of());
  }

  private static Situation situation() {
    return situation(Map.of(), new Situation.Source(location("berlin", "14:00", null), 0));
  }

  private static Offered quote(Situation situation, LocalDate wantedBy, ShippingMethod... methods) {
    return Quoting.quote("a name", List.of(methods), situation,
        (_, zone) -> Optional.of(new Transit(zone.minDays(), zone.maxDays(), null)), CarrierOffers.NONE, wantedBy);
  }

  private static LocalDate day(DeliveryOption option) {
    return option.latestAt().atZone(BERLIN).toLocalDate();
  }

  /** Case C2 of carriers: after the cut-off of Monday it leaves on Tuesday. */
  @Test
  void theCheapestComesFirstAndADeadlineLeavesOutWhatComesLater() {
    Offered any = quote(situation(), null, UPS, DHL);
    assertThat(any.options()).extracting(DeliveryOption::method).containsExactly("dhl", "ups");
    assertThat(any.options()).extracting(DeliveryOption::dispatchOn).containsOnly(LocalDate.of(2026, 12, 1));
    assertThat(any.options()).extracting(QuotingTest::day).containsExactly(LocalDate.of(2026, 12, 4),
        LocalDate.of(2026, 12, 3));

    assertThat(quote(situation(), LocalDate.of(2026, 12, 4), UPS, DHL).options()).extracting(DeliveryOption::price)
        .containsExactly(650L, 790L);
    assertThat(quote(situation(), LocalDate.of(2026, 12, 3), UPS, DHL).options()).extracting(DeliveryOption::price)
        .containsExactly(790L);
    Offered none = quote(situation(), LocalDate.of(2026, 12, 2), UPS, DHL);
    assertThat(none.options()).isEmpty();
    assertThat(none.problems()).singleElement().isEqualTo(Objection.ofAll("none_in_time",
        "none comes by 2026-12-02 for certain; the earliest by 2026-12-03"));
  }

  /** Case C3: three days after a Friday is Wednesday, and Thursday if the Monday is free where it is delivered. */
  @Test
  void holidaysAtTheDestinationAreNotInTheCarriersDays() {
    var friday = new Situation(Instant.parse("2026-12-04T08:00:00Z"),
        List.of(new Situation.Source(location("berlin", "14:00", null), 0)), HOME, BERLIN, "EUR", 0, 0,
        Map.of(new CalendarId("there"), new Workdays(Workdays.MONDAY_TO_FRIDAY.weekdays(),
            Set.of(LocalDate.of(2026, 12, 7)), Set.of())),
        List.of());

    assertThat(quote(friday, null, DHL).options()).extracting(QuotingTest::day)
        .containsExactly(LocalDate.of(2026, 12, 9));
    var there = new ShippingMethod("dhl", "DHL", null, null, null, 0,
        List.of(zone(3, "there", new Price("EUR", 650, null))));
    assertThat(quote(friday, null, there).options()).extracting(QuotingTest::day)
        .containsExactly(LocalDate.of(2026, 12, 10));
  }

  @Test
  void daysAreThoseOfTheDestinationsClock() {
    assertThat(quote(situation(), null, UPS).options()).singleElement().satisfies(it -> {
      assertThat(it.earliestAt()).isEqualTo("2026-12-02T23:00:00Z");
      assertThat(it.latestAt()).isEqualTo("2026-12-03T22:59:59Z");
    });
  }

  /** Case C14, and each other reason, with the account that it is about. */
  @Test
  void whatKeepsAMethodFromBeingOfferedIsSaid() {
    var adults = new Situation(MONDAY, List.of(new Situation.Source(location("berlin", null, null), 0)), HOME, BERLIN,
        "EUR", 40_000, 18, Map.of(), List.of());
    var checked = new ShippingMethod("checked", "Checked", null, null, null, 18,
        List.of(zone(2, null, new Price("EUR", 990, null))));
    var light = new ShippingMethod("light", "Light", null, null, null, 18,
        List.of(zone(2, null, new Price("EUR", 990, 31_500), new Price("CHF", 990, null))));
    var swiss = new ShippingMethod("swiss", "Swiss", null, null, null, 18,
        List.of(new Zone(List.of("CH"), List.of(), List.of(), 1, 1, null)));
    var lost = new ShippingMethod("lost", "Lost", null, null, new CalendarId("gone"), 18,
        List.of(zone(2, null, new Price("EUR", 990, null))));

    Offered offered = quote(adults, null, UPS, checked, light, swiss, lost, new ShippingMethod("name", "Only a name"));

    assertThat(offered.options()).extracting(DeliveryOption::method).containsExactly("checked");
    assertThat(offered.problems()).containsExactly(
        new Objection("ups", new CarrierAccountId("ups", "parcels"), "no_age_check",
            "the method checks no age of 18 years"),
        new Objection("light", null, "no_price", "the method has no price in EUR for 40000 g to this destination"),
        new Objection("swiss", null, "not_there", "the method does not go to this destination"),
        new Objection("lost", null, "unknown_calendar", "there is no calendar gone"),
        new Objection("name", null, "not_offered", "the method has no zones"));
  }

  /** Case C2: two carriers answer, and the third's key is refused: two options and one message. */
  @Test
  void carriersThatAnswerAreOfferedBesideTheMessagesOfThoseThatDoNot() {
    var rates = Map.of("ups", rate("UPS", "Express", 790, 2), "dhl", rate("DHL", "Paket", 650, 3));
    var wrongKey = new Objection(null, new CarrierAccountId("gls", "parcels"), "wrong_key", "the key is refused");

    Offered offered = Quoting.quote("a name", List.of(asking("ups"), asking("dhl"), asking("gls")), situation(),
        (method, _) -> Optional.ofNullable(rates.get(method.code())).map(it -> new Transit(it.days(), it.days(), null)),
        new CarrierOffers(rates, List.of(wrongKey)), null);

    assertThat(offered.options()).extracting(DeliveryOption::price).containsExactly(650L, 790L);
    assertThat(offered.options()).extracting(QuotingTest::day).containsExactly(LocalDate.of(2026, 12, 4),
        LocalDate.of(2026, 12, 3));
    assertThat(offered.problems()).containsExactly(wrongKey, new Objection("gls",
        new CarrierAccountId("gls", "parcels"), "no_rate", "the carrier account offers nothing for it"));
  }

  @Test
  void aRateInAnotherCurrencyIsNoPrice() {
    var rates = Map.of("ups",
        new Rates.Rate("r1", "UPS", "Express", new Money(790, "USD"), null, null, 2, null, false));

    assertThat(
        Quoting.quote("a name", List.of(asking("ups")), situation(), (_, _) -> Optional.of(new Transit(1, 1, null)),
            new CarrierOffers(rates, List.of()), null).problems())
        .extracting(Objection::code).containsExactly("no_price");
  }

  private static ShippingMethod asking(String code) {
    return new ShippingMethod(code, code, new CarrierAccountId(code, "parcels"), null, null, 0,
        List.of(new Zone(List.of(), List.of(), List.of(), null, null, null)));
  }

  private static Rates.Rate rate(String carrier, String service, long cents, int days) {
    return new Rates.Rate("rate", carrier, service, new Money(cents, "EUR"), null, null, days, null, false);
  }

  @Test
  void theFirstZoneAndTheFirstPriceThatFitCount() {
    var method = new ShippingMethod("post", "Post", null, null, null, 0, List.of(
        new Zone(List.of("DE"), List.of("10", "12"), List.of(new Price("EUR", 300, 1_000), new Price("EUR", 400, null)),
            0, 1, null),
        new Zone(List.of(), List.of(), List.of(new Price("EUR", 900, null)), 3, 5, null)));

    assertThat(quote(situation(), null, method).options()).extracting(DeliveryOption::price).containsExactly(400L);
    var hamburg = new Situation(MONDAY, situation().sources(), new Destination("DE", null, "20095"), BERLIN, "EUR", 1,
        0, Map.of(), List.of());
    assertThat(quote(hamburg, null, method).options()).extracting(DeliveryOption::price).containsExactly(900L);
  }

  @Test
  void itIsThereWithTheLastParcelAndABusyLocationTakesMoreDays() {
    var halle = new Situation.Source(location("halle", "14:00", 120), 119);
    var busy = new Situation.Source(location("halle", "14:00", 120), 240);
    var berlin = new Situation.Source(location("berlin", "14:00", null), 0);

    assertThat(quote(situation(Map.of(), berlin, halle), null, UPS).options().getFirst().dispatchOn())
        .isEqualTo(LocalDate.of(2026, 12, 1));
    assertThat(quote(situation(Map.of(), berlin, busy), null, UPS).options().getFirst().dispatchOn())
        .isEqualTo(LocalDate.of(2026, 12, 3));
  }
}
