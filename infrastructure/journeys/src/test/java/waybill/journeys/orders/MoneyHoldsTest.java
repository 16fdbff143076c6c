package waybill.journeys.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** Holds that follow from an order's money, and how people release them. */
class MoneyHoldsTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String location;
  private String sku;

  private void open(String name) {
    shop = new Shop(CLOUD.get(), name);
    location = shop.location("bremen");
    sku = shop.product("tea", location, 5);
  }

  private JsonNode hold(String order) {
    assertThat(shop.order(order).path("holds")).hasSize(1);
    return shop.order(order).at("/holds/0");
  }

  private void release(String order, String resolution) {
    String form = JsonNodeFactory.instance.objectNode().put("note", "Seen to").put("resolution", resolution).toString();
    String path = "/orders/" + order + "/holds/" + hold(order).path("id").asText() + "/release";
    assertThat(shop.operator.post(path + "?dry_run=true", form, resolution + order).expect(200).json().path("holds"))
        .as("the same answer, and nothing done").isEmpty();
    assertThat(shop.order(order).path("holds")).hasSize(1);
    shop.operator.post(path, form, resolution + order).expect(200);
    shop.rest();
  }

  private void dispute(String reference, String status, long amount) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("id", "evt_dp" + reference + status)
        .put("object", "event").put("created", CLOUD.get().clock().instant().getEpochSecond()).put("livemode", false)
        .put("type", "charge.dispute.updated");
    event.putObject("data").putObject("object").put("id", "du_" + reference).put("object", "dispute")
        .put("payment_intent", shop.intent(reference)).put("status", status).put("amount", amount)
        .put("currency", "eur").put("livemode", false);
    shop.providers.stripe(event.toString()).expect(200);
    shop.rest();
  }

  @Test
  void aLostDisputeStopsTheOrderUntilItsLossIsAccepted() {
    open("banktook");
    String order = shop.paidOrder("1", sku, 1);

    dispute("1", "needs_response", 1000);
    assertThat(hold(order).path("reason").asText()).isEqualTo("disputed");
    dispute("1", "lost", 1000);
    assertThat(hold(order).path("reason").asText()).isEqualTo("money_taken_back");
    shop.work(location).forEach(it -> shop.pack(it).expect(409));

    release(order, "accept_loss");

    assertThat(shop.order(order).at("/adjustments/0/type").asText()).isEqualTo("dispute");
    shop.work(location).forEach(it -> shop.pack(it).expect(200));
    shop.pass(Duration.ofMinutes(2));
    assertThat(shop.parcels(order)).hasSize(1);
  }

  @Test
  void cancellingADisputedOrderRefundsNothingASecondTime() {
    open("disputed");
    String order = shop.paidOrder("1", sku, 1);
    dispute("1", "needs_response", 1000);

    shop.cancel(order).expect(200);
    shop.rest();
    dispute("1", "lost", 1000);

    assertThat(shop.refunds("1")).isEmpty();
    assertThat(shop.order(order).path("holds")).isEmpty();
    assertThat(shop.order(order).path("payment_status").asText()).isEqualTo("refunded");
    assertThat(shop.isFree(sku, 5)).isTrue();
  }

  @Test
  void whatCameTooMuchGoesBackAndTheOrderGoesOn() {
    open("toomuch");
    String order = shop.place(shop.form("1", sku, 1));
    shop.pay("1", 1100);
    shop.rest();
    assertThat(hold(order).path("resolutions").toString()).isEqualTo("[\"accept_difference\",\"refund_difference\"]");

    release(order, "refund_difference");

    assertThat(shop.refunds("1")).containsExactly("succeeded 100");
    assertThat(shop.order(order).at("/totals/due").asLong()).isZero();
    assertThat(shop.work(location)).hasSize(1);
  }
}
