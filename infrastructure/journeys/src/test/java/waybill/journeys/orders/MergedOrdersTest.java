package waybill.journeys.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Caller;

/** A15: two open orders of one customer leave in one parcel, under one label. */
class MergedOrdersTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;

  private JsonNode work(String location, String order) {
    return shop.work(location).stream().filter(it -> it.path("order_id").asText().equals(order)).findFirst()
        .orElseThrow();
  }

  /** Of one customer, whatever its reference. */
  private String paidOrder(String reference, String sku, int quantity, String customer) {
    ObjectNode form = shop.form(reference, sku, quantity);
    ((ObjectNode) form.path("customer")).put("id", "c-merged-" + customer)
        .put("email", "merged-" + customer + "@example.com");
    String order = shop.place(form);
    shop.pay(reference, 1000L * quantity);
    shop.rest();
    return order;
  }

  private Caller.Answer merge(String companion, String lead) {
    return shop.operator.post("/orders/" + companion + "/merger",
        "{\"order_id\": \"%s\", \"note\": \"Asked by phone\"}".formatted(lead), "merge" + companion);
  }

  @Test
  void oneLabelIsBoughtForTwoOrdersAndEachArrivesWithIt() {
    shop = new Shop(CLOUD.get(), "merged");
    String location = shop.location("leipzig");
    String sku = shop.product("tea", location, 3);
    String companion = paidOrder("1", sku, 1, "a");
    String lead = paidOrder("2", sku, 2, "a");
    merge(companion, lead).expect(200);
    shop.rest();

    JsonNode first = work(location, lead);
    JsonNode second = work(location, companion);
    assertThat(first.at("/packs_with/fulfillment_id")).isEqualTo(second.path("id"));
    assertThat(second.at("/packs_with/role").asText()).isEqualTo("companion");
    shop.pack(second).expect(409);
    shop.pack(first).expect(200);
    shop.rest();
    String parcel = work(location, companion).at("/packs_with/parcels/0").asText();
    shop.warehouse.post("/fulfillments/" + second.path("id").asText() + "/packing",
        "{\"with_parcel\": \"%s\"}".formatted(parcel), "into").expect(200);
    shop.rest();

    JsonNode shared = shop.parcels(lead).getFirst();
    assertThat(shop.parcels(companion)).singleElement()
        .satisfies(it -> assertThat(it.path("tracking_number")).isEqualTo(shared.path("tracking_number")));
    shop.scan("delivered", shared);
    for (String order : List.of(companion, lead)) {
      assertThat(shop.order(order).path("status").asText()).isEqualTo("completed");
      assertThat(shop.events(order)).contains("order.merged", "parcel.shipped", "order.delivered");
    }
    assertThat(shop.isFree(sku, 0)).isTrue();
    assertThat(shop.subjects("a")).as("both confirmed, shipped and delivered, and once merged").hasSize(7);
  }

  @Test
  void theCompanionLeavesForItselfIfTheLeadIsCancelled() {
    shop = new Shop(CLOUD.get(), "unmerged");
    String location = shop.location("kassel");
    String sku = shop.product("mug", location, 2);
    String companion = paidOrder("3", sku, 1, "b");
    String lead = paidOrder("4", sku, 1, "b");
    merge(companion, lead).expect(200);
    shop.cancel(lead).expect(200);
    shop.rest();

    assertThat(work(location, companion).path("packs_with").isNull()).isTrue();
    shop.pack(work(location, companion)).expect(200);
    shop.rest();
    assertThat(shop.order(companion).path("fulfillment_status").asText()).isEqualTo("fulfilled");
    assertThat(shop.order(companion).at("/merger/status").asText()).isEqualTo("ended");
  }
}
