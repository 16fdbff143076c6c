package waybill.journeys.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** Orders wait for what is not there, and are told when it comes. */
class BackordersTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String leipzig;
  private String tea;

  private void open(String name, int there) {
    shop = new Shop(CLOUD.get(), name);
    leipzig = shop.location("leipzig");
    tea = shop.product("tea", leipzig, there);
    ObjectNode product = shop.samples.read("put-product.json");
    product.putObject("oversell").put("policy", "backorder").put("limit", 20);
    shop.operator.put("/products/" + tea, product.toString()).expect(200);
  }

  private void expect(String inbound, String day, int quantity) {
    ObjectNode form = JsonNodeFactory.instance.objectNode().put("location_id", leipzig).put("expected_at", day);
    ObjectNode line = form.putArray("lines").addObject();
    line.put("sku", tea).put("quantity", quantity);
    shop.warehouse.put("/inbounds/" + inbound, form.toString()).expect(200, 201);
    shop.rest();
  }

  private void receive(String inbound, int quantity) {
    ObjectNode form = JsonNodeFactory.instance.objectNode();
    form.putArray("lines").addObject().put("sku", tea).put("quantity", quantity);
    shop.warehouse.post("/inbounds/" + inbound + "/receipts", form.toString(), inbound + quantity).expect(201);
    shop.rest();
  }

  @Test
  void anOrderWaitsForTheNextDeliveryHearsOfEachMoveAndLeavesWhenItHasCome() {
    open("backorders", 1);
    expect("PO-backorders", "2031-01-01T09:00:00Z", 10);
    String first = shop.paidOrder("1", tea, 3);
    String second = shop.paidOrder("2", tea, 2);
    shop.rest();

    JsonNode waiting = shop.order(first);
    assertThat(waiting.path("stock_status").asText()).isEqualTo("backordered");
    assertThat(waiting.path("awaiting").asText()).isEqualTo("stock");
    assertThat(waiting.at("/lines/0/quantities/reserved").asInt()).isEqualTo(1);
    assertThat(waiting.at("/lines/0/quantities/backordered").asInt()).isEqualTo(2);
    assertThat(waiting.at("/lines/0/promised_at").asText()).isEqualTo("2031-01-01T09:00:00.000Z");
    assertThat(shop.stock(tea).at("/pools/0/backordered").asInt()).isEqualTo(4);
    assertThat(shop.work(leipzig)).isEmpty();
    JsonNode shown = shop.storefront.get("/availability?channel=backorders&sku=" + tea).expect(200).json();
    assertThat(shown.at("/data/0/status").asText()).isEqualTo("backorder");
    assertThat(shown.at("/data/0/promised_at").asText()).isEqualTo("2031-01-01T09:00:00.000Z");

    expect("PO-backorders", "2031-02-01T09:00:00Z", 10);
    JsonNode moved = shop.order(first);
    assertThat(moved.at("/lines/0/promises/0/original_at").asText()).isEqualTo("2031-01-01T09:00:00.000Z");
    assertThat(moved.at("/lines/0/promises/0/promised_at").asText()).isEqualTo("2031-02-01T09:00:00.000Z");
    assertThat(shop.subjects("1").stream().filter(it -> it.contains("wartet auf Ware"))).hasSize(2);

    receive("PO-backorders", 3);
    assertThat(shop.order(first).path("stock_status").asText()).isEqualTo("reserved");
    assertThat(shop.order(second).at("/lines/0/quantities/backordered").asInt()).isEqualTo(1);
    assertThat(shop.work(leipzig)).hasSize(1);
    receive("PO-backorders", 7);
    assertThat(shop.order(second).path("stock_status").asText()).isEqualTo("reserved");
    assertThat(shop.work(leipzig)).hasSize(2);
    assertThat(shop.stock(tea).at("/pools/0/backordered").asInt()).isZero();
    shop.work(leipzig).forEach(it -> shop.pack(it).expect(200));
    shop.rest();
    shop.parcels(first).forEach(it -> shop.scan("delivered", it));
    assertThat(shop.order(first).path("status").asText()).isEqualTo("completed");
  }

  @Test
  void whatACancelledOrderHadOrWhatIsFoundGoesToWhoWaits() {
    open("backordercancel", 2);
    String first = shop.paidOrder("1", tea, 2);
    String second = shop.paidOrder("2", tea, 2);
    String third = shop.paidOrder("3", tea, 1);
    shop.cancel(first).expect(200);
    shop.rest();
    assertThat(shop.order(second).path("stock_status").asText()).isEqualTo("reserved");
    shop.warehouse.post("/stock/" + tea + "/adjustments", JsonNodeFactory.instance.objectNode()
        .put("location_id", leipzig).put("quantity", 1).put("reason", "found").toString(), "found").expect(201);
    shop.pass(Duration.ofMinutes(2));
    assertThat(shop.order(third).path("stock_status").asText()).isEqualTo("reserved");
  }
}
