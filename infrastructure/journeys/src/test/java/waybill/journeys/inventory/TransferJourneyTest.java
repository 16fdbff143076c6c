package waybill.journeys.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** Units go from an outlet to the warehouse that customers wait for. */
class TransferJourneyTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  @Test
  void anOrderWaitsForWhatIsInTransitAndHearsThatTheRestOfItWentBack() {
    var shop = new Shop(CLOUD.get(), "transfers");
    String leipzig = shop.location("leipzig");
    String outlet = "transfers-outlet";
    shop.operator.put("/locations/" + outlet,
        shop.samples.read("put-location.json").put("stock_pool", "transfers-outlet").toString()).expect(201);
    String tea = shop.product("tea", outlet, 5);
    ObjectNode product = shop.samples.read("put-product.json");
    product.putObject("oversell").put("policy", "backorder").put("limit", 20);
    shop.operator.put("/products/" + tea, product.toString()).expect(200);
    String order = shop.paidOrder("1", tea, 3);
    String other = shop.paidOrder("2", tea, 1);
    shop.rest();

    ObjectNode form = JsonNodeFactory.instance.objectNode().put("from", outlet).put("to", leipzig).put("expected_at",
        "2031-01-01T09:00:00Z");
    String mug = shop.product("mug", outlet, 1);
    form.putArray("lines").addObject().put("sku", tea).put("quantity", 5);
    form.withArray("lines").addObject().put("sku", mug).put("quantity", 1);
    JsonNode draft = shop.warehouse.post("/transfers", form.toString(), "lorry").expect(201).json();
    String transfer = "/transfers/" + draft.path("id").asText();
    shop.warehouse.post(transfer + "/dispatch", "{}", "leaves").expect(200);
    shop.rest();
    assertThat(shop.stockAt(tea, outlet).path("on_hand").asInt()).isZero();
    assertThat(shop.stockAt(tea, leipzig).path("in_transit").asInt()).isEqualTo(5);
    assertThat(shop.order(order).at("/lines/0/promised_at").asText()).isEqualTo("2031-01-01T09:00:00.000Z");

    ObjectNode pallet = JsonNodeFactory.instance.objectNode();
    pallet.putArray("lines").addObject().put("sku", tea).put("quantity", 4).put("damaged", 1);
    pallet.withArray("lines").addObject().put("sku", mug).put("quantity", 1);
    for (int i = 0; i < 2; i++) {
      shop.warehouse.post(transfer + "/receipts", pallet.toString(), "arrives").expect(201);
      shop.rest();
    }
    assertThat(shop.order(order).path("stock_status").asText()).isEqualTo("reserved");
    assertThat(shop.order(other).at("/lines/0/promised_at").asText()).isEqualTo("2031-01-01T09:00:00.000Z");
    assertThat(shop.stockAt(tea, leipzig).path("damaged").asInt()).isEqualTo(1);
    assertThat(shop.stockAt(tea, leipzig).path("on_hand").asInt()).isEqualTo(3);
    assertThat(shop.stock(mug).path("pools")).allSatisfy(it -> assertThat(it.path("incoming").asInt()).isZero());

    shop.warehouse.post(transfer + "/cancellation", "{\"units\":\"back\"}", "back").expect(200);
    shop.rest();
    assertThat(shop.operator.get(transfer).expect(200).json().path("status").asText()).isEqualTo("cancelled");
    assertThat(shop.stockAt(tea, leipzig).path("in_transit").asInt()).isZero();
    assertThat(shop.stockAt(tea, outlet).path("on_hand").asInt()).isEqualTo(1);
    assertThat(shop.order(other).at("/lines/0/promised_at").isNull()).isTrue();
    assertThat(shop.work(leipzig)).hasSize(1);
  }
}
