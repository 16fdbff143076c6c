package waybill.journeys.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** A checkout keeps its units while its customer pays. */
class CheckoutTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String tea;

  private void open(String name, int there) {
    shop = new Shop(CLOUD.get(), name);
    tea = shop.product("tea", shop.location("leipzig"), there);
  }

  private JsonNode keep(String key, int quantity) {
    return shop.storefront
        .post("/reservations", "{\"channel\":\"%s\",\"items\":[{\"sku\":\"%s\",\"quantity\":%d}],\"minutes\":10}"
            .formatted(shop.form("x", tea, 1).path("channel").asText(), tea, quantity), key)
        .expect(201).json();
  }

  private int reserved() {
    return shop.stock(tea).at("/pools/0/reserved").asInt();
  }

  @Test
  void whoPaysGetsWhatTheirCheckoutKeptAlthoughItIsSoldOutMeanwhile() {
    open("checkouts", 3);
    JsonNode kept = keep("cart-1", 2);
    shop.paidOrder("other", tea, 1);
    String late = shop.paidOrder("late", tea, 1);
    String id = kept.path("id").asText();
    shop.storefront.post("/reservations/" + id + "/prolongation", "{\"minutes\":30}", "longer").expect(200);

    ObjectNode form = shop.form("mine", tea, 2).put("reservation_id", id)
        .put("payment_expires_at", CLOUD.get().clock().instant().plus(Duration.ofHours(2)).toString());
    String mine = shop.storefront.post("/orders", form.toString()).expect(201).json().path("id").asText();
    shop.rest();

    assertThat(shop.order(late).path("cancel_reason").asText()).isEqualTo("out_of_stock");
    assertThat(shop.order(mine).path("stock_status").asText()).isEqualTo("reserved");
    assertThat(shop.order(mine).path("reservation_id").asText()).isEqualTo(id);
    assertThat(shop.storefront.get("/reservations/" + id).expect(200).json().path("order_id").asText()).isEqualTo(mine);
    assertThat(shop.storefront.send("DELETE", "/reservations/" + id, "", Map.of()).status()).isEqualTo(409);
    assertThat(reserved()).isEqualTo(3);
    shop.pass(Duration.ofMinutes(40));
    assertThat(reserved()).as("its time is over, and it is the order's").isEqualTo(3);
  }

  @Test
  void whatIsGivenUpOrExpiresGoesToWhoWaits() {
    open("cartsleft", 2);
    ObjectNode product = shop.samples.read("put-product.json");
    product.putObject("oversell").put("policy", "backorder").put("limit", 20);
    shop.operator.put("/products/" + tea, product.toString()).expect(200);
    JsonNode given = keep("cart-1", 1);
    keep("cart-2", 1);
    String first = shop.paidOrder("1", tea, 1);
    String second = shop.paidOrder("2", tea, 1);
    shop.rest();
    assertThat(shop.order(first).path("stock_status").asText()).isEqualTo("backordered");

    shop.storefront.send("DELETE", "/reservations/" + given.path("id").asText(), "", Map.of()).expect(200);
    shop.rest();
    assertThat(shop.order(first).path("stock_status").asText()).isEqualTo("reserved");
    assertThat(shop.order(second).path("stock_status").asText()).isEqualTo("backordered");

    shop.pass(Duration.ofMinutes(12));
    assertThat(shop.order(second).path("stock_status").asText()).isEqualTo("reserved");
    assertThat(shop.stock(tea).at("/pools/0/backordered").asInt()).isZero();
  }
}
