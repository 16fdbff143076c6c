package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.catalog.Desk.Answer;
import waybill.messages.LocationId;
import waybill.messages.StockPool;
import waybill.workbench.RequestSchema;

class SourcingRulesTest {
  private static final String RULES = """
      {"currency": "EUR", "extra_parcel_cost": 120, "urgent_methods": ["express"], "split": {"margin_percent": 26, "wait_days": 3}, "locations": [{"location_id": "leipzig", "keep_back": 2,
       "ships_to": [{"countries": ["DE"], "postal_prefixes": ["04", "0 41"], "parcel_cost": 390, "days": 1, "duty_per_tariff_number": 300},
                    {"countries": ["DE"], "parcel_cost": 490, "days": 2}, {"countries": ["AT", "NL"], "parcel_cost": 890, "days": 3}]}]}""";

  private final Desk desk = new Desk();

  @BeforeEach
  void aLocation() {
    desk.putLocation("leipzig",
        """
            {"name": "L", "address": {"line1": "Ring 1", "city": "Leipzig", "country": "DE"}, "time_zone": "Europe/Berlin"}""");
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private Answer put(String body) {
    return desk.answer(new PutSourcingRulesHandler(desk.bench.ports()), "PUT", "/sourcing-rules/default",
        Map.of("id", "default"), Map.of(), Map.of(), body);
  }

  private Answer get(String id) {
    return desk.answer(new GetSourcingRulesHandler(desk.bench.ports()), "GET", "/sourcing-rules/" + id,
        Map.of("id", id), Map.of(), Map.of(), "");
  }

  @Test
  void rulesAreKeptAndSaidAgainAndWhatNamesMostOfAPostalCodeCounts() {
    Answer put = put(RULES);
    assertThat(put.status()).isEqualTo(201);
    assertThat(get("default").body()).isEqualTo(put.body()).containsEntry("stock_pool", "default");
    assertThat(put(RULES.replace("120", "130")).status()).isEqualTo(200);

    SourcingRules.Place place = new Catalog(desk.bench.ports()).sourcingRules(new StockPool("default")).orElseThrow()
        .place(new LocationId("leipzig")).orElseThrow();
    assertThat(cost(place, "DE", "04129")).contains(390L);
    assertThat(cost(place, "DE", "0-4129")).as("however it is written").contains(390L);
    assertThat(cost(place, "DE", "10115")).contains(490L);
    assertThat(cost(place, "DE", null)).contains(490L);
    assertThat(cost(place, "AT", "0412")).contains(890L);
    assertThat(cost(place, "CH", "8001")).isEmpty();
    assertThat(place.reaches(new Destination("CH", null, "8001"))).isFalse();
  }

  private static Optional<Long> cost(SourcingRules.Place place, String country, String postalCode) {
    return place.reach(new Destination(country, null, postalCode)).map(SourcingRules.Reach::parcelCost);
  }

  @Test
  void rulesThatCannotBeMeantAreRefusedByFieldAndRule() {
    assertThat(
        put("""
            {"currency": "HRK", "extra_parcel_cost": -1, "urgent_methods": ["EXPRESS"], "split": {"margin_percent": 101, "wait_days": 0}, "locations": [
              {"location_id": "leipzig", "keep_back": -1, "ships_to": [
                {"countries": ["DE", "AT"], "postal_prefixes": ["04"], "parcel_cost": 1, "days": 0}, {"countries": [], "days": 121}]},
              {"location_id": "leipzig"}, {"location_id": "bern"}]}""")
            .errors())
        .containsExactlyInAnyOrder(
            "/split/margin_percent out_of_range", "/split/wait_days out_of_range", "/currency withdrawn",
            "/extra_parcel_cost out_of_range", "/urgent_methods/0 invalid",
            "/locations/0/keep_back out_of_range", "/locations/0/ships_to/0/postal_prefixes not_allowed",
            "/locations/0/ships_to/1/countries wrong_count", "/locations/0/ships_to/1/parcel_cost required",
            "/locations/0/ships_to/1/days out_of_range", "/locations/1/location_id repeated",
            "/locations/2/location_id unknown");
    assertThat(get("default").status()).as("nothing is kept").isEqualTo(404);
    assertThat(get("NOPOOL").status()).isEqualTo(404);
  }

  @Test
  void rulesAreReadAsTheyAreDescribed() {
    assertThat(RequestSchema.of("SourcingRulesForm").misfits(RULES.replace("\"0 41\"", "\"041\""),
        fields -> SourcingForm.read(new StockPool("default"), fields, Set.of(new LocationId("leipzig"))),
        "/locations/0/ships_to/0/countries")).isEmpty();
  }
}
