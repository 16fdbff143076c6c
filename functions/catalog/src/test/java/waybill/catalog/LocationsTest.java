package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.catalog.Desk.Answer;
import waybill.messages.LocationId;
import waybill.messages.StockPool;

class LocationsTest {
  private static final String BERLIN = """
      {"name": "Berlin", "address": {"name": "Waybill", "line1": "Hauptstr. 5", "city": "Berlin", "postal_code": "10827", "country": "DE"},
       "time_zone": "Europe/Berlin", "latitude": 52.49, "longitude": -13.36, "stock_pool": "europe"}""";

  private final Desk desk = new Desk();

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void aLocationIsListedAsItWasPut() {
    Answer put = desk.putLocation("berlin", BERLIN);

    assertThat(put.status()).isEqualTo(201);
    assertThat(put.body()).containsEntry("id", "berlin").containsEntry("active", true)
        .containsEntry("stock_pool", "europe")
        .containsEntry("address", Map.of("name", "Waybill", "line1", "Hauptstr. 5", "city", "Berlin", "postal_code",
            "10827", "country", "DE"));
    assertThat(put.body().get("latitude")).hasToString("52.49");
    assertThat(desk.listLocations(Map.of()).body().get("data")).isEqualTo(List.of(put.body()));
  }

  @Test
  void locationsAreListedById() {
    List.of("munich", "berlin", "leipzig").forEach(it -> desk.putLocation(it, BERLIN));
    desk.putChannel("de-web", ChannelsTest.CHANNEL);

    assertThat(desk.listLocations(Map.of()).listed("id")).containsExactly("berlin", "leipzig", "munich");
    assertThat(desk.listLocations(Map.of()).body()).containsEntry("next_cursor", null);
    assertThat(desk.listLocations(Map.of("limit", "3")).errors()).containsExactly("limit unknown");
  }

  @Test
  void theStockPoolOfALocationNeverChanges() {
    desk.putLocation("berlin", BERLIN);

    Answer answer = desk.putLocation("berlin", BERLIN.replace("europe", "america"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.errors()).containsExactly("/stock_pool immutable");
    assertThat(desk.putLocation("berlin", BERLIN.replace(", \"stock_pool\": \"europe\"", "")).errors())
        .containsExactly("/stock_pool immutable");
    assertThat(desk.listLocations(Map.of()).listed("stock_pool")).containsExactly("europe");
  }

  @Test
  void aLocationCanBeClosed() {
    desk.putLocation("berlin", BERLIN);

    assertThat(desk.putLocation("berlin", Map.of("if-match", "\"1\""),
        BERLIN.replace("\"name\": \"Berlin\"", "\"name\": \"Berlin\", \"active\": false")).body())
        .containsEntry("active", false).containsEntry("revision", 2L);
    assertThat(desk.putLocation("berlin", Map.of("if-match", "\"1\""), BERLIN).status()).isEqualTo(412);
  }

  @Test
  void everyFieldThatIsWrongIsToldAtOnce() {
    Answer answer = desk.putLocation("berlin",
        """
            {"address": {"line1": "", "country": "Germany", "planet": "Earth"}, "time_zone": 1,
             "latitude": 91, "longitude": "x", "active": "no", "pool": "europe"}""");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.errors()).containsExactlyInAnyOrder("/name required", "/address/line1 empty",
        "/address/city required", "/address/country invalid",
        "/address/planet unknown", "/time_zone wrong_type", "/latitude out_of_range", "/longitude wrong_type",
        "/active wrong_type", "/pool unknown");
    assertThat(desk.putLocation("berlin", "{\"name\": \"x\", \"address\": [], \"time_zone\": \"UTC\"}").errors())
        .containsExactly("/address wrong_type");
    assertThat(desk.putLocation("berlin", "{\"name\": \"x\", \"time_zone\": \"UTC\"}").errors())
        .containsExactly("/address required");
    assertThat(desk.listLocations(Map.of()).listed("id")).isEmpty();
  }

  @Test
  void whatIsNoLocationIsNotFound() {
    assertThat(desk.putLocation("Berlin!", BERLIN).status()).isEqualTo(404);
  }

  @Test
  void othersReadTheLocations() {
    desk.putLocation("munich", BERLIN);
    desk.putLocation("berlin", BERLIN);
    var catalog = new Catalog(desk.bench.ports());

    assertThat(catalog.locations()).extracting(Location::id).containsExactly(new LocationId("berlin"),
        new LocationId("munich"));
    assertThat(catalog.location(new LocationId("berlin"))).get().extracting(Location::stockPool)
        .isEqualTo(new StockPool("europe"));
    assertThat(catalog.location(new LocationId("leipzig"))).isEmpty();
  }
}
