package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.platform.Json;

class DigitalProductsTest {
  private final Desk desk = new Desk();

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void howItIsDeliveredIsReadAsItWasPutWithItsDefaults() {
    var link = desk.putProduct("PDF",
        """
            {"name": "Guide", "requires_shipping": false, "digital": {"kind": "link", "url": "https://a.example/guide.pdf"}}""");
    assertThat(Json.object(link.body().get("digital"))).containsEntry("kind", "link").containsEntry("valid_days", 30L)
        .containsEntry("downloads", 5L).containsEntry("url", "https://a.example/guide.pdf").doesNotContainKey("low_at");
    var key = desk.putProduct("CLUB", """
        {"name": "Club", "requires_shipping": false, "digital": {"kind": "licence_key"}}""");
    assertThat(Json.object(key.body().get("digital"))).containsOnlyKeys("kind", "low_at").containsEntry("low_at", 10L);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{\"kind\": \"letter\"} | /digital/kind invalid",
    "{\"kind\": \"link\"} | /digital/url required",
    "{\"kind\": \"licence_key\", \"url\": \"https://a.example/x\"} | /digital/url unknown",
    "{\"kind\": \"link\", \"url\": \"http://a.example/x\"} | /digital/url invalid",
    "{\"kind\": \"link\", \"url\": \"https://a.example/x\", \"low_at\": 1} | /digital/low_at unknown",
    "{\"kind\": \"link\", \"url\": \"https://a.example/x\", \"downloads\": 0} | /digital/downloads out_of_range"})
  void whatContradictsItsKindIsRefusedByItsField(String digital, String error) {
    var refused = desk.putProduct("X", "{\"name\": \"X\", \"requires_shipping\": false, \"digital\": " + digital + "}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(((List<?>) refused.body().get("errors")).stream().map(Json::object)
        .map(it -> it.get("pointer") + " " + it.get("code"))).contains(error);
  }

  @Test
  void whatIsShippedIsNotDigital() {
    var refused = desk.putProduct("X", "{\"name\": \"X\", \"digital\": {\"kind\": \"licence_key\"}}");
    assertThat(refused.body().toString()).contains("/digital").contains("not_allowed");
  }
}
