package waybill.journeys.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** Goods are expected, and arrive in parts. */
class InboundJourneyTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private static ObjectNode line(String sku, int quantity) {
    return JsonNodeFactory.instance.objectNode().put("sku", sku).put("quantity", quantity);
  }

  @Test
  void whatIsExpectedIsIncomingUntilItHasArrived() {
    var shop = new Shop(CLOUD.get(), "inbound");
    String leipzig = shop.location("leipzig");
    String tea = shop.product("tea", leipzig, 0);
    String mug = shop.product("mug", leipzig, 0);
    ObjectNode form = JsonNodeFactory.instance.objectNode().put("location_id", leipzig).put("expected_at",
        "2031-01-01T09:00:00Z");
    form.putArray("lines").add(line(tea, 40)).add(line(mug, 12));
    shop.warehouse.put("/inbounds/PO-inbound", form.toString()).expect(201);
    assertThat(shop.stock(tea).at("/pools/0/incoming").asInt()).isEqualTo(40);

    ObjectNode pallet = JsonNodeFactory.instance.objectNode();
    pallet.putArray("lines").add(line(tea, 40));
    for (int i = 0; i < 2; i++) {
      shop.warehouse.post("/inbounds/PO-inbound/receipts", pallet.toString(), "pallet").expect(201);
    }
    JsonNode stock = shop.stock(tea);
    assertThat(stock.at("/pools/0/incoming").asInt()).isZero();
    assertThat(stock.at("/pools/0/available").asInt()).isEqualTo(40);
    assertThat(stock.at("/locations/0/on_hand").asInt()).isEqualTo(40);

    form.putArray("lines").add(line(tea, 40));
    shop.warehouse.put("/inbounds/PO-inbound", form.toString()).expect(200);
    assertThat(shop.stock(mug).at("/pools/0/incoming").asInt()).isZero();
    assertThat(shop.operator.get("/inbounds/PO-inbound").expect(200).json().path("status").asText())
        .isEqualTo("received");
  }

  /** Three cases of twelve: seven units are refused at the dock, one is broken, and somebody looks at the others before they are for sale. */
  @Test
  void casesAreScannedRefusedAtTheDockAndHeldUntilSomebodyHasLookedAtThem() {
    var shop = new Shop(CLOUD.get(), "cases");
    String leipzig = shop.location("leipzig");
    String tea = shop.product("tea", leipzig, 0);
    ObjectNode product = shop.samples.read("put-product.json");
    product.put("quality_hold", true).putArray("packs").addObject().put("gtin", "14006381333938").put("units", 12);
    shop.operator.put("/products/" + tea, product.toString()).expect(200);
    ObjectNode form = JsonNodeFactory.instance.objectNode().put("location_id", leipzig).put("expected_at",
        "2031-01-01T09:00:00Z");
    form.putArray("lines").add(line(tea, 40));
    shop.warehouse.put("/inbounds/PO-cases", form.toString()).expect(201);

    JsonNode received = shop.warehouse
        .post("/inbounds/PO-cases/receipts", shop.samples.read("receive-cases.json").toString(), "cases").expect(201)
        .json().at("/lines/0");
    assertThat(received.path("received").asInt()).isEqualTo(29);
    assertThat(received.path("held").asInt()).isEqualTo(28);
    assertThat(received.at("/rejections/0/quantity").asInt()).isEqualTo(7);
    assertThat(shop.stock(tea).at("/locations/0/quarantined").asInt()).isEqualTo(28);
    assertThat(shop.stock(tea).at("/pools/0/incoming").asInt()).isEqualTo(11);

    shop.warehouse.post("/stock/%s/adjustments".formatted(tea),
        "{\"location_id\":\"%s\",\"quantity\":28,\"reason\":\"released\"}".formatted(leipzig), "looked at").expect(201);
    assertThat(shop.stock(tea).at("/pools/0/available").asInt()).isEqualTo(28);
    shop.warehouse.post("/inbounds/PO-cases/receipts", "{\"lines\":[{\"code\":\"24006381333935\"}]}", "strange")
        .expect(422);
  }
}
