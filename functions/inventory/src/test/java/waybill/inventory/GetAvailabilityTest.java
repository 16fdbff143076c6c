package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.LEIPZIG;
import static waybill.inventory.Depot.MUG;
import static waybill.inventory.Depot.TEA;
import static waybill.inventory.Depot.VIENNA;
import static waybill.inventory.Depot.of;
import static waybill.inventory.Depot.order;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.platform.Json;

class GetAvailabilityTest {
  private final Depot depot = new Depot();

  @BeforeEach
  void shops() {
    depot.channel("web", "default");
    depot.channel("outlet", "outlet");
  }

  @AfterEach
  void close() {
    depot.close();
  }

  private String body(Map<String, String> query) {
    return (String) depot.availability(query, Map.of()).get("body");
  }

  @Test
  void stockOfTwoLocationsIsOneNumberAndWhatIsPromisedIsNotInIt() {
    depot.holds(TEA, BERLIN, 3).holds(TEA, LEIPZIG, 2);
    depot.reserve(order("first", 1, of(1, TEA)));
    assertThat(body(Map.of("channel", "web", "sku", "TEA-200", "quantity", "4"))).isEqualTo(
        """
            {"channel":"web","data":[{"sku":"TEA-200","quantity":4,"available":4,"status":"in_stock","policy":"refuse","promised_at":null}]}""");
    assertThat(body(Map.of("channel", "web", "sku", "TEA-200", "quantity", "5"))).contains("\"available\":4")
        .contains("sold_out");
  }

  @Test
  void aChannelSellsFromItsOwnPool() {
    depot.holds(TEA, VIENNA, 7);
    assertThat(body(Map.of("channel", "web", "sku", "TEA-200"))).contains("\"available\":0");
    assertThat(body(Map.of("channel", "outlet", "sku", "TEA-200"))).contains("\"available\":7");
  }

  @Test
  void stockOfAClosedLocationIsNotOffered() {
    depot.holds(TEA, BERLIN, 3).holds(TEA, LEIPZIG, 2);
    depot.location(BERLIN, "default", false);
    assertThat(body(Map.of("channel", "web", "sku", "TEA-200"))).contains("\"available\":2");
  }

  @Test
  void manySkusAreAnsweredInTheirOrderWithAQuantityEach() {
    depot.holds(MUG, BERLIN, 3);
    assertThat(body(Map.of("channel", "web", "sku", "TEA-200,MUG-BLUE", "quantity", "1,3"))).isEqualTo(
        """
            {"channel":"web","data":[{"sku":"TEA-200","quantity":1,"available":0,"status":"sold_out","policy":"refuse","promised_at":null},\
            {"sku":"MUG-BLUE","quantity":3,"available":3,"status":"in_stock","policy":"refuse","promised_at":null}]}""");
  }

  @Test
  void whatMayBeBackorderedIsShownWithItsDay() {
    depot.oversells(TEA, "{\"policy\":\"backorder\",\"limit\":9}").holds(TEA, BERLIN, 2);
    depot.expects("PO-1", BERLIN, 4, of(3, TEA)).expects("PO-2", BERLIN, 9, of(30, TEA));
    var query = Map.of("channel", "web", "sku", "TEA-200", "quantity", "5");
    assertThat(body(query)).contains("""
        "available":2,"status":"backorder","policy":"backorder","promised_at":"2026-12-04T09:00:00.000Z\"""");
    depot.reserve(order("first", 1, of(4, TEA)));
    assertThat(body(query)).contains("""
        "available":0,"status":"backorder","policy":"backorder","promised_at":"2026-12-09T09:00:00.000Z\"""");
    assertThat(body(Map.of("channel", "web", "sku", "TEA-200", "quantity", "8"))).contains("sold_out");
  }

  @Test
  void whatIsNotCarriedIsNotCounted() {
    depot.put("EBOOK", """
        {"name":"An e-book","requires_shipping":false}""");
    assertThat(body(Map.of("channel", "web", "sku", "EBOOK", "quantity", "900")))
        .contains("\"available\":null,\"status\":\"not_counted\"");
  }

  @Test
  void whoHasTheAnswerAlreadyGetsNone() {
    depot.holds(TEA, BERLIN, 3);
    var query = Map.of("channel", "web", "sku", "TEA-200");
    Map<String, Object> first = depot.availability(query, Map.of());
    Map<String, Object> headers = Json.object(first.get("headers"));
    String tag = (String) headers.get("etag");
    assertThat(headers).containsEntry("cache-control", "private, max-age=10");
    Map<String, Object> again = depot.availability(query, Map.of("if-none-match", "\"other\", W/" + tag));
    assertThat(again).containsEntry("statusCode", 304L).containsEntry("body", "");
    assertThat(Json.object(again.get("headers"))).containsEntry("etag", tag);
    depot.reserve(order("first", 1, of(1, TEA)));
    assertThat(depot.availability(query, Map.of("if-none-match", tag))).containsEntry("statusCode", 200L);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {
    "-|TEA-200|1|channel required", "nobody|TEA-200|1|channel unknown_channel", "no/id|TEA-200|1|channel invalid",
    "web|-|1|sku required", "web|TEA-200,NONE|1|sku unknown_product", "web|TEA 200|1|sku invalid",
    "web|TEA-200,TEA-200|1|sku repeated", "web|TEA-200|0|quantity out_of_range", "web|TEA-200|x|quantity out_of_range",
    "web|TEA-200|1000001|quantity out_of_range", "web|TEA-200|1,2|quantity wrong_count"})
  void whatIsWrongIsNamed(String channel, String sku, String quantity, String error) {
    var query = new java.util.HashMap<String, String>();
    query.put("channel", channel);
    query.put("sku", sku);
    query.put("quantity", quantity);
    query.values().removeIf(java.util.Objects::isNull);
    Map<String, Object> answer = depot.availability(query, Map.of());
    assertThat(answer).containsEntry("statusCode", 422L);
    assertThat((String) answer.get("body")).contains("""
        {"pointer":"%s","code":"%s\"""".formatted(error.split(" ")[0], error.split(" ")[1]));
  }
}
