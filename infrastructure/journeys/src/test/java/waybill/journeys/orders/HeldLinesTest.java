package waybill.journeys.orders;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** Units of a line are held for themselves, and the rest of the order leaves. */
class HeldLinesTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  @Test
  void theRestLeavesAndTheHeldUnitFollowsOnceItIsReleased() {
    var shop = new Shop(CLOUD.get(), "heldline");
    String location = shop.location("leipzig");
    String sku = shop.product("tea", location, 3);
    String order = shop.paidOrder("1", sku, 3);
    String hold = shop.operator.post("/orders/" + order + "/holds",
        "{\"note\": \"Dented\", \"lines\": [{\"line_id\": \"line_1\", \"quantity\": 1}]}", "hold").expect(200).json()
        .at("/holds/0/id").asText();
    shop.rest();

    assertThat(shop.work(location)).singleElement()
        .satisfies(it -> assertThat(it.at("/lines/0/quantity").asInt()).isEqualTo(2));
    assertThat(shop.stock(sku).at("/pools/0/reserved").asInt()).as("it keeps its promise").isEqualTo(3);
    shop.work(location).forEach(it -> shop.pack(it).expect(200));
    shop.rest();
    assertThat(shop.parcels(order)).hasSize(1);
    assertThat(shop.order(order).path("fulfillment_status").asText()).isEqualTo("partially_fulfilled");

    shop.operator.post("/orders/" + order + "/holds/" + hold + "/release", "{\"note\": \"It is not\"}", "release")
        .expect(200);
    shop.rest();
    shop.work(location).forEach(it -> shop.pack(it).expect(200));
    shop.rest();
    shop.parcels(order).forEach(it -> shop.scan("delivered", it));

    assertThat(shop.order(order).path("status").asText()).isEqualTo("completed");
    assertThat(shop.isFree(sku, 0)).isTrue();
    assertThat(shop.events(order)).doesNotContain("order.changed");
    assertThat(shop.subjects("1")).as("confirmed, two shipped, delivered").hasSize(4);
  }
}
