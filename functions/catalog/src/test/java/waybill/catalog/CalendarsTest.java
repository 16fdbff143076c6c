package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.catalog.Desk.Answer;
import waybill.platform.Json;
import waybill.workbench.RequestSchema;

class CalendarsTest {
  static final String METHOD = """
      {"code": "express", "name": "Express", "carrier_account": {"carrier": "easypost", "account": "ups-de"},
       "service": "UPS/Express", "calendar": "ups", "age_check": 18,
       "zones": [{"countries": ["DE"], "postal_prefixes": ["10", "SW1A"], "min_days": 1, "max_days": 2, "calendar": "ups-de",
                  "prices": [{"currency": "EUR", "amount": 990, "up_to_grams": 5000}]}]}""";

  private final Desk desk = new Desk();

  @AfterEach
  void close() {
    desk.close();
  }

  private Answer put(String id, String body) {
    return desk.answer(new PutCalendarHandler(desk.bench.ports()), "PUT", "/calendars/" + id, Map.of("id", id),
        Map.of(), Map.of(), body);
  }

  private Answer get(String id) {
    return desk.answer(new GetCalendarHandler(desk.bench.ports()), "GET", "/calendars/" + id, Map.of("id", id),
        Map.of(), Map.of(), "");
  }

  @Test
  void aCalendarShowsTheHolidaysThatItKnowsAndWhatSomebodySetOtherwise() throws Exception {
    Answer put = put("saxony", Files.readString(Path.of("../../events/put-calendar.json")));

    assertThat(put.status()).isEqualTo(201);
    assertThat(get("saxony").body()).isEqualTo(put.body());
    assertThat(put.body()).containsEntry("holidays", List.of(Map.of("country", "DE", "subdivision", "SN")));
    assertThat(((List<?>) put.body().get("free_days")).stream().map(Json::object).map(it -> it.get("date")))
        .contains("2026-11-18", "2027-10-31");
    Workdays days = new Catalog(desk.bench.ports()).calendars().get(new CalendarId("saxony"));
    assertThat(days.isOpen(java.time.LocalDate.of(2026, 12, 24))).isFalse();
    assertThat(days.isOpen(java.time.LocalDate.of(2026, 12, 19))).as("an open Saturday").isTrue();
    assertThat(days.isOpen(java.time.LocalDate.of(2026, 12, 25))).isFalse();
  }

  @Test
  void whatIsNoCalendarIsRefusedWithTheFieldAndTheRule() {
    assertThat(put("x",
        """
            {"name": "X", "weekdays": ["monday", "monday", "noday"],
             "holidays": [{"country": "DE", "subdivision": "XX"}, {"country": "UK"}, {"country": "GB", "subdivision": "ENG"},
                          {"country": "KP"}],
             "overrides": [{"date": "2026-02-30", "open": true}, {"date": "2026-12-24"}, {"date": "2026-12-24", "open": false}],
             "closed": []}""")
        .errors()).containsExactlyInAnyOrder("/weekdays/2 invalid", "/weekdays repeated",
            "/holidays/0/subdivision unknown_subdivision", "/holidays/1/country invalid",
            "/holidays/3/country unknown_country", "/overrides/0/date invalid", "/overrides/1/open required",
            "/overrides repeated", "/closed unknown");
    assertThat(get("x").status()).isEqualTo(404);
  }

  @Test
  void aCalendarIsReadAsItIsDescribed() {
    assertThat(RequestSchema.of("CalendarForm").misfits("""
        {"name": "Saxony", "weekdays": ["monday", "saturday"], "holidays": [{"country": "DE", "subdivision": "SN"}],
         "overrides": [{"date": "2026-12-24", "open": false, "name": "Christmas Eve"}]}""",
        fields -> CalendarForm.read(new CalendarId("saxony"), fields))).isEmpty();
  }

  @Test
  void aShippingMethodIsReadAsItIsDescribed() {
    // A part of a request, and none itself.
    String form = "ShippingMethodForm";
    assertThat(RequestSchema.of(form).misfits(METHOD,
        fields -> {
          ShippingMethod method = ShippingMethodForm.read(fields, false);
          fields.verify();
          return method;
        }, "/carrier_account", "/zones/0/countries", "/zones/0/min_days", "/zones/0/max_days")).isEmpty();
  }

  @Test
  void aMethodsZonesAreRefusedIfTheyCannotBeMeant() {
    assertThat(
        desk.putChannel("de-web", ChannelsTest.CHANNEL.replace("{\"code\": \"express\", \"name\": \"Express\"}", """
            {"code": "express", "name": "Express", "service": "UPS", "zones": [
              {"countries": ["DE", "AT"], "postal_prefixes": ["10"], "min_days": 3, "max_days": 2,
               "prices": [{"currency": "EUR", "amount": 1}]},
              {"min_days": 1}]}""")).errors()).containsExactlyInAnyOrder(
            "/shipping_methods/0/service not_allowed", "/shipping_methods/0/zones/0/max_days too_few",
            "/shipping_methods/0/zones/0/postal_prefixes not_allowed",
            "/shipping_methods/0/zones/1/max_days incomplete", "/shipping_methods/0/carrier_account asked");
  }
}
