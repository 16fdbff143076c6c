package waybill.journeys.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** Orders that people hold: they keep what they have, do not move, and go on from where they were. */
class HoldsTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String location;
  private String sku;

  private void open(String name) {
    shop = new Shop(CLOUD.get(), name);
    location = shop.location("leipzig");
    sku = shop.product("tea", location, 5);
  }

  /** @return the hold's id */
  private String hold(String order, String reason) {
    String form = JsonNodeFactory.instance.objectNode().put("reason", reason).put("note", "Wait").toString();
    JsonNode held = shop.operator.post("/orders/" + order + "/holds", form, reason + order).expect(200).json();
    for (JsonNode hold : held.path("holds")) {
      if (hold.path("reason").asText().equals(reason)) {
        return hold.path("id").asText();
      }
    }
    throw new AssertionError(held.toString());
  }

  private void release(String order, String hold) {
    shop.operator.post("/orders/" + order + "/holds/" + hold + "/release", "{\"note\": \"Go on\"}", hold).expect(200);
    shop.rest();
  }

  @Test
  void anOrderOnTwoHoldsIsPlannedWhenBothAreReleased() {
    open("held");
    String order = shop.place(shop.form("1", sku, 2));
    String risk = hold(order, "fraud_suspected");
    String call = hold(order, "customer_request");
    shop.pay("1", 2000);
    shop.rest();
    assertThat(shop.operator.get("/orders?hold=fraud_suspected").expect(200).text()).contains(order);
    shop.pass(Duration.ofHours(3));
    assertThat(shop.work(location)).isEmpty();
    assertThat(shop.order(order).path("stock_status").asText()).isEqualTo("reserved");

    release(order, risk);
    assertThat(shop.work(location)).isEmpty();
    release(order, call);
    assertThat(shop.work(location)).hasSize(1);
    assertThat(shop.order(order).path("holds")).isEmpty();
  }

  @Test
  void nothingOfAHeldOrderIsPackedUntilItIsReleased() {
    open("heldpacked");
    String order = shop.paidOrder("1", sku, 1);
    String hold = hold(order, "address_incorrect");
    shop.work(location)
        .forEach(it -> assertThat(shop.pack(it).expect(409).json().path("code").asText()).isEqualTo("on_hold"));
    shop.rest();
    assertThat(shop.parcels(order)).isEmpty();
    release(order, hold);
    shop.work(location).forEach(it -> shop.pack(it).expect(200));
    shop.pass(Duration.ofMinutes(2));
    assertThat(shop.parcels(order)).singleElement()
        .satisfies(it -> assertThat(it.path("tracking_number").asText()).startsWith("WB"));
  }

  @Test
  void aHeldOrderThatIsCancelledFreesAllThatItKept() {
    open("heldcancelled");
    String order = shop.paidOrder("1", sku, 1);
    hold(order, "fraud_suspected");
    shop.work(location).forEach(it -> shop.pack(it).expect(409));
    shop.rest();
    shop.cancel(order).expect(200);
    shop.pass(Duration.ofMinutes(2));
    assertThat(shop.order(order).path("payment_status").asText()).isEqualTo("refunded");
    assertThat(shop.isFree(sku, 5)).isTrue();
    assertThat(shop.order(order).path("holds")).isEmpty();
  }
}
