package waybill.journeys.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Providers;

/** Orders leave as far as they are there, and the rest follows. */
class PartialBackordersTest {
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
    shop.operator.put("/channels/" + name,
        shop.samples.read("put-channel.json").put("stock_pool", name).put("capture", "on_dispatch").toString())
        .expect(200);
    ObjectNode inbound = JsonNodeFactory.instance.objectNode().put("location_id", leipzig).put("expected_at",
        "2031-01-01T09:00:00Z");
    inbound.putArray("lines").addObject().put("sku", tea).put("quantity", 10);
    shop.warehouse.put("/inbounds/PO-" + name, inbound.toString()).expect(201);
  }

  private void receive(int quantity) {
    ObjectNode form = JsonNodeFactory.instance.objectNode();
    form.putArray("lines").addObject().put("sku", tea).put("quantity", quantity);
    shop.warehouse.post("/inbounds/PO-" + tea.substring(4).toLowerCase() + "/receipts", form.toString(),
        tea + quantity).expect(201);
    shop.rest();
  }

  /** Its money is only held, and its card may be captured several times. */
  private String authorizedInParts(String reference, int quantity) {
    String order = shop.place(shop.form(reference, tea, quantity).put("backorders", "partial"));
    shop.operator.post("/local/stripe/payment_intents", JsonNodeFactory.instance.objectNode()
        .put("id", shop.intent(reference)).put("account", Providers.PAYMENT_ACCOUNT).put("amount", 1000L * quantity)
        .put("currency", "eur").put("status", "requires_capture").put("multicapture", true).toString())
        .expect(200, 201);
    shop.providers.stripe(shop.paymentEvent("stripe-payment-intent-amount-capturable-updated.json", reference,
        1000L * quantity)).expect(200);
    shop.rest();
    return order;
  }

  private void packAll() {
    shop.work(leipzig).forEach(it -> shop.pack(it).expect(200));
    shop.rest();
  }

  @Test
  void whatIsThereLeavesAtOnceAndTheRestFollowsAndEachIsCapturedWhenItLeaves() {
    open("inparts", 2);
    String order = authorizedInParts("1", 5);
    JsonNode placed = shop.order(order);
    assertThat(Shop.axes(placed)).containsExactly("authorized", "partially_reserved", "in_progress", "pending");
    assertThat(placed.at("/lines/0/quantities/reserved").asInt()).isEqualTo(2);
    assertThat(placed.at("/lines/0/quantities/backordered").asInt()).isEqualTo(3);
    assertThat(placed.at("/lines/0/promised_at").asText()).isEqualTo("2031-01-01T09:00:00.000Z");
    assertThat(shop.work(leipzig).getFirst().at("/lines/0/quantity").asInt()).isEqualTo(2);
    assertThat(shop.mails("1")).hasSize(1).first().satisfies(it -> assertThat(it.text())
        .contains("Folgt später, erwartet am 1. Januar 2031"));

    packAll();
    assertThat(shop.captures("1")).containsExactly(2000L);
    assertThat(shop.order(order).path("stock_status").asText()).isEqualTo("partially_shipped");
    assertThat(shop.order(order).path("awaiting").asText()).isEqualTo("stock");
    assertThat(shop.work(leipzig)).isEmpty();

    receive(1);
    assertThat(shop.work(leipzig)).as("it follows as it comes").hasSize(1);
    receive(2);
    packAll();
    assertThat(shop.parcels(order)).hasSize(3);
    assertThat(shop.captures("1").stream().mapToLong(it -> it).sum()).isEqualTo(5000);
    assertThat(shop.subjects("1").stream().filter(it -> it.contains("versandt"))).hasSize(3);
    shop.parcels(order).forEach(it -> shop.scan("delivered", it));
    assertThat(shop.order(order).path("status").asText()).isEqualTo("completed");
    assertThat(shop.stock(tea).at("/pools/0/backordered").asInt()).isZero();
    assertThat(shop.events(order)).containsOnlyOnce("order.confirmed");
  }

  @Test
  void whatHasNotLeftIsCancelledAndOnlyThatIsRefundedAndWhoWaitsBehindIsServed() {
    open("restcancelled", 2);
    String order = shop.place(shop.form("1", tea, 5).put("backorders", "partial"));
    shop.pay("1", 5000);
    shop.rest();
    packAll();
    String next = shop.paidOrder("2", tea, 1);
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    rest.putArray("lines").addObject().put("line_id", "line_1").put("quantity", 3);
    shop.operator.post("/orders/" + order + "/cancellation", rest.toString(), "rest").expect(200);
    shop.rest();
    assertThat(shop.refunds("1")).containsExactly("succeeded 3000");
    JsonNode left = shop.order(order);
    assertThat(List.of(left.path("stock_status").asText(), left.path("fulfillment_status").asText()))
        .containsExactly("shipped", "fulfilled");
    receive(1);
    assertThat(shop.order(next).path("stock_status").asText()).isEqualTo("reserved");
    assertThat(shop.stock(tea).at("/pools/0/backordered").asInt()).isZero();
  }
}
