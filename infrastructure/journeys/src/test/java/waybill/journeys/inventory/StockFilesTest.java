package waybill.journeys.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.functions.FaultKind;
import waybill.local.providers.Caller.Answer;

/** Stock goes in and out as files of spreadsheets. */
class StockFilesTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String leipzig;

  private void open(String name) {
    shop = new Shop(CLOUD.get(), name);
    leipzig = shop.location("leipzig");
  }

  private Answer send(String path, String key, String file) {
    return shop.warehouse.send("POST", path, file, Map.of("Content-Type", "text/csv", "Idempotency-Key", key));
  }

  @Test
  void aFileIsCheckedImportedThoughItsFunctionIsKilledHalfWayAndServesWhoeverWaits() {
    open("stockfiles");
    String tea = shop.product("tea", leipzig, 2);
    String mug = shop.product("mug", leipzig, 0);
    shop.operator.put("/products/" + tea, shop.samples.read("put-product.json").toString()
        .replaceFirst("\\{", "{\"oversell\":{\"policy\":\"backorder\",\"limit\":9},")).expect(200);
    String order = shop.paidOrder("1", tea, 4);
    shop.rest();
    assertThat(shop.order(order).path("stock_status").asText()).isEqualTo("backordered");

    String bad = "\uFEFFsku;location_id;quantity;reason\r\n%s;%s;12,5;received\r\n1,2E+03;%s;1;received\r\n".formatted(
        tea,
        leipzig, leipzig);
    for (String path : new String[]{"/stock/imports?dry_run=true", "/stock/imports"}) {
      JsonNode errors = send(path, "monday", bad).expect(422).json().path("errors");
      assertThat(errors).extracting(it -> it.path("line").asInt() + " " + it.path("column").asText() + " "
          + it.path("code").asText()).containsExactly("2 quantity not_whole", "3 sku spreadsheet_damage");
    }
    String file = "\uFEFFsku;location_id;quantity;reason;counted\r\n%1$s;%3$s;12,0;received;\r\n%1$s;%3$s;-1;damaged;\r\n%2$s;%3$s;;;7\r\n"
        .formatted(tea, mug, leipzig);
    JsonNode dry = send("/stock/imports?dry_run=true", "monday", file).expect(200).json();
    assertThat(dry.path("units_added").asInt()).isEqualTo(19);

    shop.cloud.fault("ApplyStockImport", "TransactWriteItems", FaultKind.KILL_AFTER, 1);
    for (int i = 0; i < 2; i++) {
      send("/stock/imports", "monday", file).expect(202);
      shop.rest();
    }
    JsonNode done = shop.operator.get("/stock/imports/" + dry.path("id").asText()).expect(200).json();
    assertThat(done.path("status").asText()).isEqualTo("completed");
    assertThat(done.path("changed").asInt()).isEqualTo(3);
    send("/stock/imports", "tuesday", file).expect(409);
    shop.rest();
    assertThat(shop.stockAt(tea, leipzig).path("on_hand").asInt()).isEqualTo(13);
    assertThat(shop.stockAt(tea, leipzig).path("damaged").asInt()).isEqualTo(1);
    assertThat(shop.stockAt(mug, leipzig).path("on_hand").asInt()).isEqualTo(7);
    assertThat(shop.order(order).path("stock_status").asText()).as("what came is given to who waits")
        .isEqualTo("reserved");
  }

  @Test
  void whatLiesThereIsAFileAndWhatIsNoFileIsRefused() {
    open("stocklists");
    String cup = shop.product("cup", leipzig, 3);
    String file = shop.operator.get("/stock/exports?location_id=" + leipzig).expect(200).text();
    assertThat(file.lines().filter(it -> it.startsWith(cup + ","))).hasSize(1)
        .allSatisfy(it -> assertThat(it).endsWith("," + leipzig + ",3,0,3,0,0,0,0,,"));
    assertThat(shop.operator.get("/stock/exports?limit=0").status()).isEqualTo(422);
    assertThat(shop.customer("somebody").get("/stock/exports").status()).isEqualTo(403);
    assertThat(send("/stock/imports", "latin", new String("sku\nK\u00f6ln".getBytes(StandardCharsets.ISO_8859_1),
        StandardCharsets.ISO_8859_1)).status()).isEqualTo(422);
    assertThat(shop.warehouse.post("/stock/imports", "{}", "json").status()).isEqualTo(422);
    assertThat(shop.warehouse.post("/stock/imports", "sku").status()).isEqualTo(400);
    assertThat(send("/stock/imports", "large", "x".repeat(4_000_001)).status()).isEqualTo(413);
    assertThat(shop.warehouse.get("/stock/imports/imp_none").status()).isEqualTo(404);
  }
}
