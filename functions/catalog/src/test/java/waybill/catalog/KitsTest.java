package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.catalog.Desk.Answer;
import waybill.platform.Json;

class KitsTest {
  private final Desk desk = new Desk();

  @BeforeEach
  void stock() {
    desk.putProduct("POT", "{\"name\": \"Pot\"}");
    desk.putProduct("CUP", "{\"name\": \"Cup\"}");
    desk.putProduct("PDF", "{\"name\": \"Guide\", \"requires_shipping\": false}");
    desk.putProduct("PAIR", kit("{\"sku\": \"CUP\", \"quantity\": 2}"));
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private static String kit(String... components) {
    return "{\"name\": \"Tea set\", \"components\": [" + String.join(", ", components) + "]}";
  }

  @Test
  void aKitIsReadAsItWasPutAndEachUnitWeighsTheSameWhereNothingIsSaid() {
    Answer put = desk.putProduct("SET",
        kit("{\"sku\": \"POT\", \"quantity\": 1}", "{\"sku\": \"CUP\", \"quantity\": 4}"));
    assertThat(put.status()).isEqualTo(201);
    assertThat(put.body()).isEqualTo(desk.getProduct("SET").body());
    assertThat(((List<?>) put.body().get("components")).stream().map(it -> Json.object(it).toString()))
        .containsExactly("{sku=POT, quantity=1, price_weight=1}", "{sku=CUP, quantity=4, price_weight=1}");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{\"sku\": \"SET\", \"quantity\": 1} | /components/0/sku contains_itself",
    "{\"sku\": \"PAIR\", \"quantity\": 1} | /components/0/sku contains_kit",
    "{\"sku\": \"NONE\", \"quantity\": 1} | /components/0/sku unknown",
    "{\"sku\": \"PDF\", \"quantity\": 1} | /components/0/sku not_shipped",
    "{\"sku\": \"POT\", \"quantity\": 0} | /components/0/quantity out_of_range",
    "{\"sku\": \"POT\", \"quantity\": 1001} | /components/0/quantity out_of_range",
    "{\"sku\": \"POT\"} | /components/0/quantity required",
    "{\"sku\": \"POT\", \"quantity\": 1, \"price_weight\": 0} | /components price_weight_missing",
    "{\"sku\": \"POT\", \"quantity\": 1, \"price_weight\": -1} | /components/0/price_weight out_of_range",
    "{\"sku\": \"POT\", \"quantity\": 1, \"price_weight\": 7}, {\"sku\": \"CUP\", \"quantity\": 1} | /components price_weight_missing",
    "{\"sku\": \"POT\", \"quantity\": 1}, {\"sku\": \"POT\", \"quantity\": 2} | /components/1/sku repeated"})
  void whatCannotBePackedIsRefusedByItsField(String components, String error) {
    Answer refused = desk.putProduct("SET", kit(components));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.errors()).contains(error);
    assertThat(desk.getProduct("SET").status()).isEqualTo(404);
  }

  private static String assembled(String... components) {
    return kit(components).replace("]}", "], \"sold_from\": \"stock\"}");
  }

  @Test
  void whatIsAssembledHasStockOfItsOwnAndMayBeOversold() {
    Answer put = desk.putProduct("HAMPER", assembled("{\"sku\": \"POT\", \"quantity\": 1}").replace("\"sold_from\"",
        "\"oversell\": {\"policy\": \"backorder\", \"limit\": 9}, \"sold_from\""));
    assertThat(put.status()).isEqualTo(201);
    assertThat(put.body()).containsEntry("sold_from", "stock");
    assertThat(desk.putProduct("SET", kit("{\"sku\": \"HAMPER\", \"quantity\": 2}")).status()).as("a part of a kit")
        .isEqualTo(201);
    assertThat(desk.getProduct("SET").body()).containsEntry("sold_from", "components");
    assertThat(desk.getProduct("POT").body()).doesNotContainKey("sold_from");
  }

  @Test
  void whatHasStockOfItsOwnMayBeAssembledFromThenOnButNeverBecomesAKit() {
    assertThat(desk.putProduct("CUP", assembled("{\"sku\": \"POT\", \"quantity\": 1}")).status()).isEqualTo(200);
    Answer kit = desk.putProduct("CUP", kit("{\"sku\": \"POT\", \"quantity\": 1}"));
    assertThat(kit.errors()).contains("/sold_from not_changeable");
    assertThat(desk.putProduct("PAIR", assembled("{\"sku\": \"POT\", \"quantity\": 1}")).errors())
        .contains("/sold_from not_changeable");
    assertThat(desk.putProduct("CUP", "{\"name\": \"Cup\"}").status()).isEqualTo(200);
  }

  @Test
  void whatCannotBeAssembledIsRefusedByItsField() {
    desk.putProduct("HAMPER", assembled("{\"sku\": \"POT\", \"quantity\": 1}"));
    assertThat(desk.putProduct("BOX", assembled("{\"sku\": \"HAMPER\", \"quantity\": 1}")).errors())
        .contains("/components/0/sku contains_kit");
    assertThat(desk.putProduct("BOX", assembled("{\"sku\": \"BOX\", \"quantity\": 1}")).errors())
        .contains("/components/0/sku contains_itself");
    assertThat(desk.putProduct("BOX", "{\"name\": \"Box\", \"sold_from\": \"stock\"}").errors())
        .contains("/sold_from not_allowed");
    assertThat(desk.putProduct("BOX", kit("{\"sku\": \"POT\", \"quantity\": 1}").replace("]}",
        "], \"sold_from\": \"thin air\"}")).errors()).contains("/sold_from unknown_value");
    String[] most = IntStream.rangeClosed(1, 32).mapToObj(it -> "C-" + it)
        .peek(it -> desk.putProduct(it, "{\"name\": \"Part\"}"))
        .map(it -> "{\"sku\": \"" + it + "\", \"quantity\": 1}").toArray(String[]::new);
    assertThat(desk.putProduct("BIG", assembled(most)).errors()).contains("/components too_many");
    assertThat(desk.putProduct("BIG", assembled(List.of(most).subList(0, 31).toArray(String[]::new))).status())
        .isEqualTo(201);
  }

  @Test
  void fiftyComponentsAreTheMost() {
    String[] most = IntStream.rangeClosed(1, 51).mapToObj(it -> "C-" + it)
        .peek(it -> desk.putProduct(it, "{\"name\": \"Part\"}"))
        .map(it -> "{\"sku\": \"" + it + "\", \"quantity\": 1}").toArray(String[]::new);
    assertThat(desk.putProduct("BIG", kit(List.of(most).subList(0, 50).toArray(String[]::new))).status())
        .isEqualTo(201);
    assertThat(desk.putProduct("BIGGER", kit(most)).errors()).containsExactly("/components wrong_count");
  }

  @Test
  void aKitIsShippedAndIsOversoldOnlyAsItsComponentsAre() {
    String set = "{\"name\": \"Set\", \"components\": [{\"sku\": \"POT\", \"quantity\": 1}], ";
    assertThat(desk.putProduct("SET", set + "\"requires_shipping\": false}").errors())
        .contains("/components not_allowed");
    assertThat(desk.putProduct("SET", set + "\"oversell\": {\"policy\": \"backorder\", \"limit\": 3}}").errors())
        .contains("/oversell not_allowed");
    assertThat(desk.putProduct("SET", set + "\"oversell\": {\"policy\": \"refuse\"}}").status()).isEqualTo(201);
  }

  @Test
  void whatHasStockOfItsOwnBecomesNoKitSoNoComponentEverDoes() {
    assertThat(desk.putProduct("POT", kit("{\"sku\": \"PAIR\", \"quantity\": 1}")).errors())
        .contains("/components/0/sku contains_kit");
    assertThat(desk.putProduct("POT", kit("{\"sku\": \"CUP\", \"quantity\": 1}")).errors())
        .containsExactly("/components not_changeable");
    assertThat(desk.putProduct("PAIR", "{\"name\": \"Pair\"}").errors())
        .containsExactly("/components not_changeable");
    assertThat(desk.putProduct("PAIR", kit("{\"sku\": \"CUP\", \"quantity\": 3}")).status()).isEqualTo(200);
  }
}
