package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.catalog.Catalog;
import waybill.catalog.Destination;
import waybill.catalog.PutCalendarHandler;
import waybill.catalog.PutLocationHandler;
import waybill.catalog.PutProductHandler;
import waybill.catalog.PutSourcingRulesHandler;
import waybill.fulfillment.sourcing.Bill;
import waybill.fulfillment.sourcing.Bill.Source;
import waybill.fulfillment.sourcing.Sourced;
import waybill.fulfillment.sourcing.Splitting;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.orders.Sale;
import waybill.platform.HttpFunction;
import waybill.workbench.Bench;

/** What is known of the locations that may ship an order, on the morning of Sunday, 2026-11-22. */
class CandidatesTest {
  private static final Destination BERLIN = new Destination("DE", null, "10827");
  private static final LocalDate TUESDAY = LocalDate.of(2026, 11, 24);
  private static final Bill.Start MONDAY = new Bill.Start(LocalDate.of(2026, 11, 23), Bill.Start.Cause.CLOSED);
  private static final List<LineQuantity> LINES = List.of(Floor.line(0, "TEA", 1));
  private static final Journey PLAIN = new Journey(BERLIN, null, null);

  private final Floor floor = new Floor();
  private final Bench bench = floor.bench;

  @BeforeEach
  void twoLocations() {
    location("leipzig", "");
    location("kiel", "");
  }

  @AfterEach
  void close() {
    floor.close();
  }

  private void put(HttpFunction handler, String path, String id, String body) {
    Bench.output(handler, bench.httpEvent("PUT", path + id, Map.of("id", id), Map.of(), Map.of(), body, "operator",
        "catalog:write"));
  }

  private void location(String id, String more) {
    put(new PutLocationHandler(bench.ports()), "/locations/", id,
        """
            {"name": "Store", "address": {"line1": "Ring 1", "city": "Berlin", "country": "DE"}, "time_zone": "Europe/Berlin"%s}"""
            .formatted(more));
  }

  private void rules(String leipzig) {
    put(new PutSourcingRulesHandler(bench.ports()), "/sourcing-rules/", "default",
        """
            {"currency": "EUR", "extra_parcel_cost": 120, "urgent_methods": ["express"], "locations": [{"location_id": "leipzig"%s}]}"""
            .formatted(leipzig));
  }

  private Candidates.Found found(Journey journey) {
    var candidates = new Candidates(new Catalog(bench.ports()),
        new Backlog(FulfillmentTable.fulfillments(bench.ports())), bench.clock());
    return candidates.of(Floor.POOL, LINES, null, () -> Optional.of(journey));
  }

  private Source leipzig(Journey journey) {
    return found(journey).sources().stream().filter(it -> it.location().equals(new LocationId("leipzig"))).findFirst()
        .orElseThrow();
  }

  @Test
  void withoutRulesAllAreEqualAndTheOrderIsNotRead() {
    var candidates = new Candidates(new Catalog(bench.ports()), null, bench.clock());
    assertThat(candidates.of(Floor.POOL, LINES, null, () -> {
      throw new AssertionError("read");
    }).sources()).containsExactly(Source.plain(new LocationId("kiel")), Source.plain(new LocationId("leipzig")));
  }

  @Test
  void aLocationOfWhichNothingIsSaidShipsAtAnUnknownCost() {
    rules(", \"ships_to\": [{\"countries\": [\"DE\"], \"parcel_cost\": 390, \"days\": 1}]");
    assertThat(found(PLAIN).sources()).containsExactly(Source.plain(new LocationId("kiel")),
        new Source(new LocationId("leipzig"), false, 390L, TUESDAY, 0, MONDAY, 0));
    assertThat(found(PLAIN).terms()).isEqualTo(new Bill.Terms(null, 120, "EUR"));
  }

  @Test
  void aParcelComesAfterTheDaysThatItsLocationIsClosed() {
    put(new PutCalendarHandler(bench.ports()), "/calendars/", "saxony", """
        {"name": "Saxony", "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
         "overrides": [{"date": "2026-11-23", "open": false}, {"date": "2026-11-24", "open": false}]}""");
    location("leipzig", ", \"calendar\": \"saxony\", \"handling_days\": 1");
    rules(", \"ships_to\": [{\"countries\": [\"DE\"], \"parcel_cost\": 390, \"days\": 1}]");
    assertThat(leipzig(PLAIN).arrives()).as("open on Wednesday, leaves on Thursday").isEqualTo(TUESDAY.plusDays(3));
  }

  @Test
  void whoSendsNothingThereIsNoCandidateAndIsNamed() {
    rules(", \"ships_to\": [{\"countries\": [\"AT\"], \"parcel_cost\": 390, \"days\": 1}]");
    Candidates.Found found = found(PLAIN);
    assertThat(found.sources()).containsExactly(Source.plain(new LocationId("kiel")));
    assertThat(found.refused()).containsExactly(new LocationId("leipzig"));
    assertThat(found.explained(null, List.of()).weighed()).extracting(Sourced.Weighed::verdict)
        .containsExactly(Sourced.Verdict.DOES_NOT_SHIP_THERE);
  }

  @Test
  void aLocationIsFullOnceAsManyOrdersWaitThereAsItPacksADayUnlessTheOrderIsUrgent() {
    floor.holds("leipzig", "TEA", 9);
    location("leipzig", ", \"capacity\": 2");
    rules(", \"keep_back\": 3, \"ships_to\": [{\"countries\": [\"DE\"], \"parcel_cost\": 390, \"days\": 1}]");
    floor.open(1, Floor.line(0, "TEA", 1));
    assertThat(leipzig(PLAIN).full()).isFalse();
    floor.open(2, Floor.line(0, "TEA", 1));
    assertThat(leipzig(PLAIN))
        .isEqualTo(new Source(new LocationId("leipzig"), true, 390L, TUESDAY.plusDays(1), 3, MONDAY, 0));
    Journey express = new Journey(BERLIN, "express", Instant.parse("2026-11-23T23:00:00Z"));
    assertThat(leipzig(express)).isEqualTo(new Source(new LocationId("leipzig"), false, 390L, TUESDAY, 3, MONDAY, 0));
    assertThat(found(express).terms().promised()).isEqualTo(TUESDAY.minusDays(1));
  }

  @Test
  void aPromiseIsADayByTheClockOfItsDestination() {
    rules(", \"ships_to\": [{\"countries\": [\"GB\"], \"parcel_cost\": 390, \"days\": 1}]");
    var london = new Journey(new Destination("GB", null, "SW1A 1AA"), null, Instant.parse("2026-11-25T00:00:00Z"));
    assertThat(found(london).terms().promised()).as("midnight in London is one o'clock in Berlin").isEqualTo(TUESDAY);
  }

  private void at(String time) {
    bench.clock().advance(Duration.between(bench.clock().instant(), Instant.parse(time)));
  }

  @Test
  void onTheSundayThatTheClocksGoForwardAHolidayOnMondayIsSaid() {
    at("2027-03-28T00:59:00Z");
    put(new PutCalendarHandler(bench.ports()), "/calendars/", "saxony", """
        {"name": "Saxony", "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
         "overrides": [{"date": "2027-03-29", "open": false}]}""");
    location("leipzig", ", \"calendar\": \"saxony\", \"cut_off\": \"14:00\"");
    location("kiel", ", \"cut_off\": \"14:00\"");
    rules(", \"ships_to\": [{\"countries\": [\"DE\"], \"parcel_cost\": 390, \"days\": 1}]");
    LocalDate tuesday = LocalDate.of(2027, 3, 30);
    assertThat(leipzig(PLAIN)).isEqualTo(new Source(new LocationId("leipzig"), false, 390L, tuesday.plusDays(1), 0,
        new Bill.Start(tuesday, Bill.Start.Cause.CLOSED), 0));

    at("2027-03-30T12:00:00Z");
    assertThat(leipzig(PLAIN).start()).as("14:00 in summer time is its cut-off")
        .isEqualTo(new Bill.Start(tuesday.plusDays(1), Bill.Start.Cause.CUT_OFF));
    at("2027-03-30T11:59:59Z");
    assertThat(leipzig(PLAIN).start()).isNull();
  }

  @Test
  void aPostalCodeOfWhichNothingIsSaidDecidesNothing() {
    rules(
        ", \"ships_to\": [{\"countries\": [\"DE\"], \"postal_prefixes\": [\"04\"], \"parcel_cost\": 390, \"days\": 1}]");
    Candidates.Found found = found(new Journey(new Destination("DE", null, "00000"), null, null));
    assertThat(found.sources()).as("a border is a filter, a distance is not guessed")
        .containsExactly(Source.plain(new LocationId("kiel")));
    assertThat(found.refused()).containsExactly(new LocationId("leipzig"));
    rules(", \"ships_to\": [{\"countries\": [\"DE\"], \"parcel_cost\": 390, \"days\": 1}]");
    assertThat(found(new Journey(new Destination("CH", null, "8001"), null, null)).refused())
        .as("no_cross_border").containsExactly(new LocationId("leipzig"));
  }

  @Test
  void aLocationThatIsNotActiveIsNamedAmongThoseThatWereWeighed() {
    location("bonn", ", \"active\": false");
    rules(", \"ships_to\": [{\"countries\": [\"AT\"], \"parcel_cost\": 390, \"days\": 1}]");
    assertThat(found(PLAIN).explained(null, List.of()).weighed())
        .extracting(it -> it.location() + " " + it.verdict().text())
        .containsExactly("bonn inactive", "leipzig does_not_ship_there");
  }

  @Test
  void anOrderWaitsOnlyForSoManyDaysAndNeverIfItIsUrgent() {
    put(new PutSourcingRulesHandler(bench.ports()), "/sourcing-rules/", "default", """
        {"currency": "EUR", "urgent_methods": ["express"], "split": {"margin_percent": 26, "wait_days": 3},
         "locations": [{"location_id": "leipzig"}]}""");
    var sale = new Sale("EUR", 0, false, List.of(new Sale.Sold(new LineId("line_0"), new Sku("TEA"), "Tea", 1, 1500)));
    Splitting first = splitting(null, sale, "standard");
    assertThat(first.waits()).isTrue();
    assertThat(first.margin().applyAsLong(LINES)).isEqualTo(390);
    Instant now = bench.clock().instant();
    assertThat(splitting(now.minus(Duration.ofDays(3)).plusSeconds(1), sale, "standard").waits()).isTrue();
    assertThat(splitting(now.minus(Duration.ofDays(3)), sale, "standard").waits()).isFalse();
    assertThat(splitting(null, sale, "express").waits()).isFalse();
    assertThat(splitting(null, new Sale("CHF", 0, false, sale.lines()), "standard").margin())
        .as("francs are not compared with euros").isNull();
  }

  /** Leipzig leaves today and needs a day. */
  @Test
  void anOrderDoesNotWaitLongerThanItsPromiseAllows() {
    put(new PutSourcingRulesHandler(bench.ports()), "/sourcing-rules/", "default",
        """
            {"currency": "EUR", "split": {"margin_percent": 26, "wait_days": 30},
             "locations": [{"location_id": "leipzig", "ships_to": [{"countries": ["DE"], "parcel_cost": 390, "days": 1}]}]}""");
    var sale = new Sale("EUR", 0, false, List.of(new Sale.Sold(new LineId("line_0"), new Sku("TEA"), "Tea", 1, 1500)));
    Instant now = bench.clock().instant();
    assertThat(splitting(null, sale, "standard", now.plus(Duration.ofDays(9))).waits()).isTrue();
    Splitting last = splitting(null, sale, "standard", now.plus(Duration.ofHours(1)));
    assertThat(last.waits()).isFalse();
    assertThat(last.margin().applyAsLong(LINES)).as("a parcel that is not worth it is still the last choice")
        .isEqualTo(390);
  }

  @Test
  void goodsOfOneTariffNumberAreOneDutyAndOnlyWhereCustomsAskForIt() {
    for (String product : List.of("TEA 0902300000", "CHAI 09023099", "MUG 691200", "GIFT")) {
      String[] named = product.split(" ");
      String body = """
          {"name": "It", "weight_grams": 1, "length_mm": 1, "width_mm": 1, "height_mm": 1%s}"""
          .formatted(named.length == 1 ? "" : ", \"hs_code\": \"" + named[1] + "\"");
      Bench.output(new PutProductHandler(bench.ports()), bench.httpEvent("PUT", "/products/" + named[0],
          Map.of("sku", named[0]), Map.of(), Map.of(), body, "operator", "catalog:write"));
    }
    rules(
        ", \"ships_to\": [{\"countries\": [\"DE\"], \"parcel_cost\": 390, \"days\": 1, \"duty_per_tariff_number\": 300}]");
    List<LineQuantity> lines = List.of(Floor.line(0, "TEA", 1), Floor.line(1, "CHAI", 1), Floor.line(2, "MUG", 1),
        Floor.line(3, "GIFT", 1));
    var candidates = new Candidates(new Catalog(bench.ports()), null, bench.clock());
    Candidates.Found found = candidates.of(Floor.POOL, lines, null, () -> Optional.of(PLAIN));
    assertThat(found.sources()).extracting(Source::duty).containsExactly(0L, 300L);
    assertThat(found.terms().tariffs()).isEqualTo(
        Map.of(new Sku("TEA"), "090230", new Sku("CHAI"), "090230", new Sku("MUG"), "691200"));
  }

  private Splitting splitting(Instant since, Sale sale, String method) {
    return splitting(since, sale, method, null);
  }

  private Splitting splitting(Instant since, Sale sale, String method, Instant promisedBy) {
    var candidates = new Candidates(new Catalog(bench.ports()), null, bench.clock());
    var journey = new Journey(BERLIN, method, promisedBy, () -> Optional.of(sale), List::of);
    return candidates.of(Floor.POOL, LINES, since, () -> Optional.of(journey)).terms().splitting();
  }
}
