package waybill.warehouse.floor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.catalog.PutProductHandler;
import waybill.platform.Json;
import waybill.workbench.Bench;

/** What a scanner must know of products. */
class ListWorkProductsTest {
  private final Bench bench = Bench.open("catalog:by_kind");

  @BeforeEach
  void products() {
    for (String sku : List.of("TEA", "MUG")) {
      Bench.output(new PutProductHandler(bench.ports()), bench.httpEvent("PUT", "/products/" + sku, Map.of("sku", sku),
          Map.of(), Map.of(),
          """
              {"name": "%s", "weight_grams": 230, "gtin": "%s", "packs": [{"gtin": "%s", "units": 12}]}""".formatted(
              sku,
              sku.equals("TEA") ? "4006381333931" : "96385074",
              sku.equals("TEA") ? "14006381333938" : "10000096385071"),
          "operator", "catalog:write"));
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Map<String, Object> get(Map<String, String> query) {
    Map<String, Object> answer = Json.readObject(Bench.output(new ListWorkProductsHandler(bench.ports()),
        bench.httpEvent("GET", "/work/products", Map.of(), query, Map.of(), "", "ada", "fulfillment:work")));
    return Json.readObject((String) answer.get("body"));
  }

  private static List<?> skus(Map<String, Object> page) {
    return ((List<?>) page.get("data")).stream().map(it -> Json.object(it).get("sku")).toList();
  }

  @Test
  void thoseThatAreNamedOrAllPageByPage() {
    Map<String, Object> named = get(Map.of("sku", "TEA,SOAP"));
    assertThat(skus(named)).asString().isEqualTo("[TEA]");
    assertThat(Json.object(((List<?>) named.get("data")).getFirst())).containsEntry("gtin", "4006381333931")
        .containsEntry("lot_tracked", false)
        .containsEntry("packs", List.of(Map.of("gtin", "14006381333938", "units", 12L)));

    Map<String, Object> first = get(Map.of("limit", "1"));
    assertThat(skus(first)).asString().isEqualTo("[MUG]");
    assertThat(skus(get(Map.of("limit", "1", "cursor", (String) first.get("next_cursor"))))).asString()
        .isEqualTo("[TEA]");
    assertThat(get(Map.of("sku", "no sku"))).containsEntry("status", 422L);
  }
}
