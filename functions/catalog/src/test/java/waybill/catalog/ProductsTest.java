package waybill.catalog;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.catalog.Desk.Answer;
import waybill.messages.Sku;

class ProductsTest {
  private final Desk desk = new Desk();

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void aProductIsReadAsItWasPut() {
    Answer put = desk.putProduct("TEA-200",
        """
            {"name": "Assam 200 g", "weight_grams": 230, "length_mm": 120, "width_mm": 80, "height_mm": 60, "requires_shipping": true,
             "hs_code": "090240", "origin": "IN", "metadata": {"shelf": "7"}}""");

    assertThat(put.status()).isEqualTo(201);
    assertThat(put.headers()).containsEntry("etag", "\"1\"");
    assertThat(put.body()).isEqualTo(desk.getProduct("TEA-200").body());
    assertThat(put.body()).isEqualTo(
        Map.ofEntries(Map.entry("sku", "TEA-200"), Map.entry("name", "Assam 200 g"), Map.entry("weight_grams", 230L),
            Map.entry("length_mm", 120L), Map.entry("width_mm", 80L), Map.entry("height_mm", 60L),
            Map.entry("requires_shipping", true), Map.entry("components", List.of()), Map.entry("lot_tracked", false),
            Map.entry("expires", false), Map.entry("minimum_life_days", 0L), Map.entry("requires", List.of()),
            Map.entry("exchange_for", List.of()),
            Map.entry("packs", List.of()), Map.entry("quality_hold", false),
            Map.entry("customs", Map.of("hs_codes", List.of())), Map.entry("hs_code", "090240"),
            Map.entry("origin", "IN"), Map.entry("metadata", Map.of("shelf", "7")),
            Map.entry("created_at", "2026-11-22T09:00:00.000Z"), Map.entry("updated_at", "2026-11-22T09:00:00.000Z"),
            Map.entry("revision", 1L)));
  }

  @Test
  void whatCustomsAreToldIsRefusedByFieldAndRule() {
    Answer put = desk.putProduct("MUG", """
        {"name": "Mug", "gtin": "4006381333932", "manufacturer_number": "", "customs": {"description": "",
         "hs_codes": [{"country": "US", "code": "6912.00"}, {"country": "UK", "code": "691200"},
         {"country": "US", "code": "691200"}], "value": {"amount": 0, "currency": "HRK"}}}""");

    assertThat(put.status()).isEqualTo(422);
    assertThat(((List<?>) put.body().get("errors")).stream().map(waybill.platform.Json::object)
        .map(it -> it.get("pointer"))).containsExactlyInAnyOrder("/gtin", "/manufacturer_number",
            "/customs/description",
            "/customs/hs_codes/0/code", "/customs/hs_codes/1/country", "/customs/hs_codes/2/country",
            "/customs/value/amount", "/customs/value/currency");
  }

  @Test
  void whatANumberStandsForNeverChanges() {
    String cases = """
        {"name": "Tea", "gtin": "4006381333931", "packs": [{"gtin": "14006381333938", "units": %d}%s]}""";
    assertThat(desk.putProduct("TEA", cases.formatted(12, "")).body()).containsEntry("packs",
        List.of(Map.of("gtin", "14006381333938", "units", 12L)));
    assertThat(desk.putProduct("TEA", cases.formatted(10, "")).errors())
        .containsExactly("/packs/0/units not_changeable");
    assertThat(desk.putProduct("TEA", "{\"name\": \"Tea\", \"gtin\": \"14006381333938\"}").errors())
        .containsExactly("/gtin not_changeable");
    assertThat(desk.putProduct("TEA", cases.formatted(12, ", {\"gtin\": \"34006381333932\", \"units\": 480}")).status())
        .isEqualTo(200);
  }

  @Test
  void aNumberStandsForOneOfTheUnitAndItsPacks() {
    assertThat(desk
        .putProduct("TEA",
            """
                {"name": "Tea", "gtin": "4006381333931", "packs": [{"gtin": "04006381333931", "units": 12}, {"gtin": "14006381333938", "units": 1},
                 {"gtin": "14006381333938", "units": 480}, {"gtin": "14006381333939", "units": 40}, {"units": 9}]}""")
        .errors())
        .containsExactlyInAnyOrder("/packs/0/gtin repeated", "/packs/1/units out_of_range", "/packs/2/gtin repeated",
            "/packs/3/gtin wrong_check_digit", "/packs/4/gtin required");
    desk.putProduct("LEAF", "{\"name\": \"Leaf\"}");
    assertThat(desk.putProduct("KIT",
        """
            {"name": "Kit", "components": [{"sku": "LEAF", "quantity": 2}], "packs": [{"gtin": "14006381333938", "units": 12}]}""")
        .errors()).containsExactly("/packs not_allowed");
  }

  @Test
  void aProductNamesItsVariantsAndNotItself() {
    assertThat(desk.putProduct("SHIRT-M", "{\"name\": \"Shirt\", \"exchange_for\": [\"SHIRT-L\"]}").body())
        .containsEntry("exchange_for", List.of("SHIRT-L"));
    assertThat(desk.putProduct("MUG", "{\"name\": \"Mug\"}").body()).containsEntry("exchange_for", List.of());
    Answer itself = desk.putProduct("SHIRT-M", "{\"name\": \"Shirt\", \"exchange_for\": [\"SHIRT-M\"]}");
    assertThat(itself.status()).isEqualTo(422);
    assertThat(itself.body().toString()).contains("/exchange_for", "not_allowed");
  }

  @Test
  void aNameIsEnough() {
    assertThat(desk.putProduct("GIFT.CARD-50_eur", "{\"name\": \"Gift card\"}").body())
        .containsEntry("requires_shipping", true).containsEntry("weight_grams", 0L);
  }

  @Test
  void puttingTheSameAgainChangesNothing() {
    Answer first = desk.putProduct("TEA", "{\"name\": \"Tea\"}");
    desk.bench.clock().advance(Duration.ofHours(1));

    assertThat(desk.putProduct("TEA", "{\"name\": \"Tea\"}")).isEqualTo(first);
    Answer replaced = desk.putProduct("TEA", "{\"name\": \"Green tea\"}");
    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.body()).containsEntry("revision", 2L).containsEntry("created_at", "2026-11-22T09:00:00.000Z")
        .containsEntry("updated_at", "2026-11-22T10:00:00.000Z");
  }

  @Test
  void aChangeThatIsRepeatedIsAnsweredAgain() {
    desk.putProduct("TEA", "{\"name\": \"Tea\"}");
    Answer changed = desk.putProduct("TEA", Map.of("if-match", "\"1\""), "{\"name\": \"Green tea\"}");

    assertThat(desk.putProduct("TEA", Map.of("if-match", "\"1\""), "{\"name\": \"Green tea\"}")).isEqualTo(changed);
  }

  @Test
  void aChangeOfARevisionThatIsNotTheNewestIsRefused() {
    desk.putProduct("TEA", "{\"name\": \"Tea\"}");
    desk.putProduct("TEA", Map.of("if-match", "\"1\""), "{\"name\": \"Green tea\"}");

    Answer late = desk.putProduct("TEA", Map.of("if-match", "\"1\""), "{\"name\": \"Black tea\"}");

    assertThat(late.status()).isEqualTo(412);
    assertThat(late.body()).containsEntry("code", "revision_mismatch");
    assertThat(desk.getProduct("TEA").body()).containsEntry("name", "Green tea").containsEntry("revision", 2L);
    assertThat(desk.putProduct("MUG", Map.of("if-match", "\"1\""), "{\"name\": \"Mug\"}").status()).isEqualTo(412);
    assertThat(desk.putProduct("TEA", Map.of("if-match", "W/2"), "{\"name\": \"Tea\"}").errors())
        .containsExactly("If-Match invalid");
  }

  @Test
  void everyFieldThatIsWrongIsToldAtOnce() {
    Answer answer = desk.putProduct("TEA",
        """
            {"name": " ", "weight_grams": -1, "length_mm": 100001, "width_mm": 1.5, "height_mm": "3", "requires_shipping": "yes", "hs_code": "12",
             "origin": "India", "metadata": {"shelf": 7, "": "x"}, "colour": "red", "a/b": null}""");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(answer.errors()).containsExactlyInAnyOrder("/name empty", "/weight_grams out_of_range",
        "/length_mm out_of_range", "/width_mm wrong_type",
        "/height_mm wrong_type", "/requires_shipping wrong_type", "/hs_code invalid", "/origin invalid",
        "/metadata/shelf wrong_type", "/metadata/ invalid_key",
        "/colour unknown", "/a~1b unknown");
    assertThat(desk.getProduct("TEA").status()).isEqualTo(404);
  }

  @Test
  void namesAndMetadataHaveLimits() {
    assertThat(desk.putProduct("TEA", "{\"name\": \"" + "x".repeat(201) + "\"}").errors())
        .containsExactly("/name too_long");
    assertThat(desk.putProduct("TEA", "{\"name\": \"a\\u0000b\"}").errors()).containsExactly("/name control_character");
    String many = String.join(",",
        java.util.stream.IntStream.range(0, 51).mapToObj("\"k%d\": \"v\""::formatted).toList());
    assertThat(desk.putProduct("TEA", "{\"name\": \"Tea\", \"metadata\": {" + many + "}}").errors())
        .containsExactly("/metadata too_many");
    assertThat(desk.putProduct("TEA", "{}").errors()).containsExactly("/name required");
  }

  @Test
  void whatIsNoJsonObjectIsRefused() {
    for (String body : List.of("", "{", "[]", "\"x\"", "{} {}", "{\"name\": \"a\", \"name\": \"b\"}",
        "{\"weight_grams\": 1" + "0".repeat(99) + "}", "[".repeat(100) + "]".repeat(100))) {
      assertThat(desk.putProduct("TEA", body).body()).as(body).containsEntry("status", 400L).containsEntry("code",
          "malformed_json");
    }
  }

  @Test
  void whatIsNoSkuIsNotFound() {
    assertThat(desk.getProduct("MUG").status()).isEqualTo(404);
    assertThat(desk.getProduct("no sku").status()).isEqualTo(404);
    assertThat(desk.putProduct("A/B", "{\"name\": \"x\"}").status()).as("a slash is no part of a path's segment")
        .isEqualTo(404);
    assertThat(desk.putProduct("-", "{\"name\": \"x\"}").status()).isEqualTo(404);
    assertThat(desk.putProduct("x".repeat(65), "{\"name\": \"x\"}").status()).isEqualTo(404);
  }

  @Test
  void pagesTogetherAreTheListBySku() {
    for (int i = 0; i < 7; i++) {
      desk.putProduct("SKU-" + (7 - i), "{\"name\": \"x\"}");
    }
    desk.putChannel("de-web", ChannelsTest.CHANNEL);
    var seen = new ArrayList<>();
    var query = new HashMap<>(Map.of("limit", "3"));
    do {
      Answer page = desk.listProducts(query);
      assertThat(page.listed("sku")).hasSizeLessThanOrEqualTo(3);
      seen.addAll(page.listed("sku"));
      query.put("cursor", (String) page.body().get("next_cursor"));
    } while (query.get("cursor") != null);

    assertThat(seen).containsExactly("SKU-1", "SKU-2", "SKU-3", "SKU-4", "SKU-5", "SKU-6", "SKU-7");
    assertThat(desk.listProducts(Map.of()).listed("sku")).isEqualTo(seen);
  }

  @Test
  void anEmptyListIsAList() {
    var empty = new HashMap<String, Object>();
    empty.put("data", List.of());
    empty.put("next_cursor", null);

    assertThat(desk.listProducts(Map.of()).body()).isEqualTo(empty);
  }

  @Test
  void aWrongQueryIsRefused() {
    String strange = Base64.getUrlEncoder().withoutPadding()
        .encodeToString("{\"pk\":\"channel#x\",\"sk\":\"channel\"}".getBytes());

    for (String limit : List.of("0", "101", "-1", "x", "", "1000")) {
      assertThat(desk.listProducts(Map.of("limit", limit)).errors()).as(limit).containsExactly("limit out_of_range");
    }
    for (String cursor : List.of("", "x", "%%", strange)) {
      assertThat(desk.listProducts(Map.of("cursor", cursor)).errors()).as(cursor).containsExactly("cursor invalid");
    }
    assertThat(desk.listProducts(Map.of("sort", "name")).errors()).containsExactly("sort unknown");
    assertThat(desk.listProducts(Map.of("sort", "name", "limit", "0")).errors()).containsExactly("limit out_of_range",
        "sort unknown");
  }

  @Test
  void othersReadTheProductsThatThereAre() {
    desk.putProduct("TEA", "{\"name\": \"Tea\"}");
    var catalog = new Catalog(desk.bench.ports());

    assertThat(catalog.products(List.of(new Sku("MUG"), new Sku("TEA"), new Sku("TEA"))))
        .containsOnlyKeys(new Sku("TEA"));
    assertThat(catalog.products(List.of())).isEmpty();
  }

  @Test
  void aParameterThatNobodyKnowsIsRefusedEverywhere() {
    var bench = desk.bench;
    for (RequestStreamHandler handler : List.of(
        new GetProductHandler(bench.ports()),
        new PutProductHandler(bench.ports()),
        new GetChannelHandler(bench.ports()),
        new PutChannelHandler(bench.ports()),
        new PutLocationHandler(bench.ports()),
        new ListLocationsHandler(bench.ports()))) {
      Answer answer = desk.answer(handler, "GET", "/", Map.of("sku", "TEA", "id", "x"), Map.of("expand", "all"),
          Map.of(),
          "{}");
      assertThat(answer.errors()).as(handler.toString()).containsExactly("expand unknown");
    }
  }
}
