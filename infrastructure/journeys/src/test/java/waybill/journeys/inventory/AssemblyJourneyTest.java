package waybill.journeys.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** Hampers are assembled out of a pot and two cups, and sold from stock. */
class AssemblyJourneyTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  @Test
  void anOrderWaitsForAHamperIsAssembledItsOwnAndPackedAsOneUnit() {
    var shop = new Shop(CLOUD.get(), "assembly");
    String leipzig = shop.location("leipzig");
    String pot = shop.product("pot", leipzig, 3);
    String cup = shop.product("cup", leipzig, 7);
    String hamper = "HAMPER-ASSEMBLY";
    ObjectNode product = shop.samples.read("put-assembled-product.json");
    product.putObject("oversell").put("policy", "backorder").put("limit", 5);
    ArrayNode components = product.putArray("components");
    components.addObject().put("sku", pot).put("quantity", 1);
    components.addObject().put("sku", cup).put("quantity", 2);
    shop.operator.put("/products/" + hamper, product.toString()).expect(201);
    String order = shop.paidOrder("1", hamper, 1);
    assertThat(shop.order(order).path("stock_status").asText()).isEqualTo("backordered");

    String assembly = "/assemblies/" + shop.warehouse.post("/assemblies", form("assemble", hamper, 3, leipzig), "make")
        .expect(201).json().path("id").asText();
    assertThat(shop.isFree(cup, 7)).as("nothing is kept for it").isTrue();
    for (int again = 0; again < 2; again++) {
      shop.warehouse.post(assembly + "/completions", "{\"quantity\":2}", "shift").expect(201);
    }
    shop.rest();
    assertThat(shop.operator.get(assembly).expect(200).json().path("status").asText()).isEqualTo("partially_completed");
    assertThat(shop.order(order).path("stock_status").asText()).isEqualTo("reserved");
    assertThat(shop.isFree(pot, 1)).isTrue();
    assertThat(shop.isFree(cup, 3)).isTrue();

    JsonNode work = shop.work(leipzig).getFirst();
    assertThat(work.at("/lines/0/line_id").asText()).isEqualTo("line_1");
    assertThat(work.at("/lines/0/sku").asText()).isEqualTo(hamper);
    shop.pack(work).expect(200);
    shop.rest();
    shop.parcels(order).forEach(it -> shop.scan("delivered", it));
    assertThat(shop.order(order).path("status").asText()).isEqualTo("completed");

    shop.warehouse.post(assembly + "/cancellation", "", "enough").expect(200);
    String undo = "/assemblies/" + shop.warehouse
        .post("/assemblies", form("disassemble", hamper, 1, leipzig), "take apart").expect(201).json().path("id")
        .asText();
    assertThat(shop.warehouse.post(undo + "/completions", "{\"quantity\":1}", "apart").expect(201).json()
        .path("status").asText()).isEqualTo("completed");
    assertThat(shop.isFree(hamper, 0)).isTrue();
    assertThat(shop.isFree(cup, 5)).isTrue();
    assertThat(shop.warehouse.get("/stock/" + cup + "/movements?location_id=" + leipzig).expect(200).text())
        .contains("\"reason\":\"assembled\"", "\"reason\":\"disassembled\"");
  }

  private static String form(String type, String sku, int quantity, String location) {
    return JsonNodeFactory.instance.objectNode().put("type", type).put("sku", sku).put("quantity", quantity)
        .put("location_id", location).toString();
  }
}
