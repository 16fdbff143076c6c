package waybill.journeys.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Caller.Answer;

/** A packer prints the slips of what they pack. */
class SlipJourneyTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  @Test
  void theSlipOfAParcelIsPrintedBeforeAndAfterItIsPacked() {
    var shop = new Shop(CLOUD.get(), "slips");
    String leipzig = shop.location("leipzig");
    ObjectNode form = shop.form("1", shop.product("tea", leipzig, 3), 3);
    ((ObjectNode) form.at("/lines/0")).remove("name");
    String order = shop.place(form);
    shop.pay("1", 3000);
    shop.rest();
    JsonNode work = shop.work(leipzig).getFirst();
    String slip = "/fulfillments/" + work.path("id").asText() + "/slip";

    Answer before = shop.warehouse.get(slip).expect(200);
    assertThat(before.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(before.text()).contains("Lieferschein", "Assam 200 g", work.path("id").asText())
        .doesNotContain("Paket 1 von 2");
    assertThat(shop.storefront.get(slip).status()).isEqualTo(403);

    shop.warehouse.post("/fulfillments/" + work.path("id").asText() + "/packing", inTwo(shop).toString(), "two")
        .expect(200);
    shop.rest();
    assertThat(shop.warehouse.get(slip).expect(200).text()).contains("Paket 1 von 2", "Paket 2 von 2");
    assertThat(shop.parcels(order)).hasSize(2);
  }

  @Test
  void whatNobodyPacksHasNoSlip() {
    var shop = new Shop(CLOUD.get(), "noslips");
    String leipzig = shop.location("leipzig");
    String order = shop.paidOrder("1", shop.product("tea", leipzig, 1), 1);
    String slip = "/fulfillments/" + shop.work(leipzig).getFirst().path("id").asText() + "/slip";
    shop.cancel(order).expect(200);
    shop.rest();

    assertThat(shop.warehouse.get(slip).expect(409).json().path("code").asText()).isEqualTo("not_packable");
    shop.warehouse.get("/fulfillments/ful_8wbx56kav7d3kerhkfart51jp5_1/slip").expect(404);
  }

  private static ObjectNode inTwo(Shop shop) {
    ObjectNode packing = shop.samples.read("pack-fulfillment.json");
    var parcels = (ArrayNode) packing.path("parcels");
    ObjectNode first = (ObjectNode) parcels.get(0);
    first.putArray("lines").addObject().put("line_id", "line_1").put("quantity", 2);
    ObjectNode second = first.deepCopy();
    second.putArray("lines").addObject().put("line_id", "line_1").put("quantity", 1);
    parcels.removeAll().add(first).add(second);
    return packing;
  }
}
