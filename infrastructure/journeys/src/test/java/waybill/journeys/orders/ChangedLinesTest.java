package waybill.journeys.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.functions.FaultKind;
import waybill.local.providers.Caller;

/** Units of an order are cancelled and lines are changed, before, while and after the rest is picked and shipped. */
class ChangedLinesTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String leipzig;
  private String tea;
  private String mug;

  private void open(String name) {
    shop = new Shop(CLOUD.get(), name);
    leipzig = shop.location("leipzig");
    tea = shop.product("tea", leipzig, 5);
    mug = shop.product("mug", leipzig, 3);
  }

  /** Two tins of tea and a mug, of 10.00 each; paid, planned and open for packing. */
  private String order(String reference) {
    ObjectNode form = shop.form(reference, tea, 2).put("total", 3000);
    form.withArray("lines").addObject().put("sku", mug).put("name", "Becher").put("quantity", 1).put("unit_price", 1000)
        .put("total", 1000);
    ((ObjectNode) form.at("/payments/0")).put("amount", 3000);
    String order = shop.place(form);
    shop.pay(reference, 3000);
    shop.rest();
    return order;
  }

  private Caller.Answer cancel(String order, int line, int quantity, String key) {
    return shop.operator.post("/orders/" + order + "/cancellation",
        "{\"lines\": [{\"line_id\": \"line_%d\", \"quantity\": %d}]}".formatted(line, quantity), key);
  }

  private Caller.Answer change(String order, String lines, String key) {
    return shop.operator.post("/orders/" + order + "/changes", "{\"lines\": [" + lines + "]}", key);
  }

  @Test
  void anAddressIsCorrectedUntilItsParcelMayLeave() {
    open("corrected");
    ObjectNode shipped = shop.form("1", tea, 1);
    shipped.putObject("shipping").put("method", "express").put("price", 0).put("total", 0);
    String order = shop.place(shipped);
    shop.pay("1", 1000);
    shop.rest();
    String form = shop.samples.read("correct-address.json").toString();
    JsonNode dry = shop.operator.post("/orders/" + order + "/changes?dry_run=true", form, "correct").expect(200).json();
    assertThat(dry.at("/shipping_address/line1").asText()).isEqualTo("Nebenstr. 7");
    assertThat(shop.order(order).at("/shipping_address/line1").asText()).isNotEqualTo("Nebenstr. 7");
    shop.operator.post("/orders/" + order + "/changes", form, "correct").expect(200);
    shop.rest();
    assertThat(shop.order(order).at("/shipping_address/line1").asText()).isEqualTo("Nebenstr. 7");
    assertThat(shop.order(order).at("/shipping/method").asText()).isEqualTo("standard");
    assertThat(shop.order(order).at("/adjustments/0/reason").asText()).isEqualTo("shipping_address, shipping");
    assertThat(shop.events(order)).contains("order.changed");
    shop.pack(shop.work(leipzig).getFirst()).expect(200);
    shop.rest();
    assertThat(shop.mails("1").getLast().text()).contains("Nebenstr. 7");
    shop.operator.post("/orders/" + order + "/changes", form, "late").expect(409);
    assertThat(shop.deadLetters()).isEmpty();
  }

  @Test
  void whatIsAddedAndNotPaidForADayIsHeldUntilAPersonGoesOnWithoutTheMoney() {
    open("addedunpaid");
    String order = order("1");
    change(order, addition(mug, 1), "one more").expect(200);
    shop.rest();
    assertThat(shop.order(order).at("/totals/due").asLong()).isEqualTo(1000);
    assertThat(shop.order(order).path("holds")).isEmpty();
    shop.pass(Duration.ofHours(25));
    JsonNode hold = shop.order(order).at("/holds/0");
    assertThat(hold.path("reason").asText()).isEqualTo("change_unpaid");
    assertThat(shop.operator.get("/orders?hold=change_unpaid").expect(200).text()).contains(order);
    assertThat(shop.events(order)).contains("order.held");
    String release = "/orders/" + order + "/holds/" + hold.path("id").asText() + "/release";
    String refused = shop.operator.post(release, "{\"note\": \"Ours\", \"resolution\": \"wait\"}", "wrong").expect(422)
        .text();
    assertThat(refused).contains("/resolution", "is accept_difference");
    shop.operator.post(release, "{\"note\": \"Ours\", \"resolution\": \"accept_difference\"}", "ours").expect(200);
    shop.rest();
    packAndDeliver(order);
    JsonNode done = shop.order(order);
    assertThat(done.path("status").asText()).isEqualTo("completed");
    assertThat(done.at("/totals/due").asLong()).isZero();
    assertThat(done.at("/lines/2/quantities/delivered").asInt()).isEqualTo(1);
    assertThat(shop.deadLetters()).isEmpty();
  }

  private static String addition(String sku, int quantity) {
    return "{\"sku\": \"%s\", \"name\": \"More\", \"quantity\": %d, \"unit_price\": 1000, \"total\": %d}".formatted(sku,
        quantity, quantity * 1000);
  }

  private int reserved(String sku) {
    return shop.stock(sku).path("pools").path(0).path("reserved").asInt();
  }

  private int allocated(String sku) {
    return shop.stockAt(sku, leipzig).path("allocated").asInt();
  }

  /** Packs all that is open, and the carrier delivers it. */
  private void packAndDeliver(String order) {
    shop.work(leipzig).stream().filter(it -> it.path("order_id").asText().equals(order))
        .forEach(it -> shop.pack(it).expect(200));
    shop.rest();
    shop.parcels(order).stream().filter(it -> !it.path("status").asText().equals("delivered"))
        .forEach(it -> shop.scan("delivered", it));
  }

  @Test
  void whileItIsPickedALineGoesAndTheRestIsPackedShippedAndDelivered() {
    open("fewer");
    String order = order("1");
    assertThat(List.of(reserved(tea), allocated(tea), reserved(mug), allocated(mug))).containsExactly(2, 2, 1, 1);

    cancel(order, 1, 1, "one tin").expect(200);
    cancel(order, 2, 1, "the mug").expect(200);
    shop.rest();

    assertThat(List.of(reserved(tea), allocated(tea), reserved(mug), allocated(mug))).containsExactly(1, 1, 0, 0);
    assertThat(shop.refunds("1")).containsExactly("succeeded 1000", "succeeded 1000");
    assertThat(shop.work(leipzig)).singleElement().satisfies(it -> assertThat(it.path("lines")).hasSize(1));
    packAndDeliver(order);
    JsonNode done = shop.order(order);
    assertThat(done.path("status").asText()).isEqualTo("completed");
    assertThat(done.at("/totals/total").asLong()).isEqualTo(1000);
    assertThat(done.path("adjustments")).hasSize(2)
        .allSatisfy(it -> assertThat(it.path("status").asText()).isEqualTo("completed"));
    assertThat(done.at("/lines/1/quantities/cancelled").asInt()).isEqualTo(1);
    assertThat(shop.isFree(tea, 4)).isTrue();
    assertThat(shop.isFree(mug, 3)).isTrue();
    assertThat(shop.deadLetters()).isEmpty();
  }

  @Test
  void whatIsPackedButNotDispatchedIsPackedAgainWithoutWhatWasCancelled() {
    open("repackchanged");
    String order = order("1");
    // The order hears that it is packed only after the mug was cancelled.
    CLOUD.get().fault("AdvanceOrder", 1, order, FaultKind.KILL_BEFORE, 1);
    shop.work(leipzig).forEach(it -> shop.pack(it).expect(200));
    shop.rest();
    assertThat(shop.work(leipzig)).as("all is packed").isEmpty();
    cancel(order, 2, 1, "the mug").expect(200);
    shop.rest();
    assertThat(CLOUD.get().retry(CLOUD.get().name("AdvanceOrderQueue"))).as("news that all is packed").isEqualTo(1);
    shop.rest();
    assertThat(shop.parcels(order)).isEmpty();
    JsonNode again = shop.work(leipzig).getFirst();
    shop.warehouse.post("/fulfillments/" + again.path("id").asText() + "/packing", """
        {"parcels": [{"lines": [{"line_id": "line_1", "quantity": 2}], "weight_grams": 1, "length_mm": 1, "width_mm": 1,
          "height_mm": 1}]}""", "again").expect(200);
    shop.rest();
    assertThat(shop.parcels(order)).singleElement().satisfies(it -> {
      assertThat(it.path("tracking_number").asText()).startsWith("WB");
      assertThat(it.path("lines")).hasSize(1);
    });
    assertThat(List.of(reserved(tea), allocated(tea), reserved(mug), allocated(mug))).containsExactly(0, 0, 0, 0);
    assertThat(shop.isFree(tea, 3)).isTrue();
    assertThat(shop.isFree(mug, 3)).isTrue();
  }

  @Test
  void afterAPartHasShippedTheRestIsCancelledAndTheOrderIsComplete() {
    open("partly");
    String vienna = shop.location("vienna");
    String cup = shop.product("cup", vienna, 1);
    ObjectNode form = shop.form("1", tea, 2).put("total", 3000);
    form.withArray("lines").addObject().put("sku", cup).put("name", "Tasse").put("quantity", 1).put("unit_price", 1000)
        .put("total", 1000);
    ((ObjectNode) form.at("/payments/0")).put("amount", 3000);
    String order = shop.place(form);
    shop.pay("1", 3000);
    shop.rest();
    packAndDeliver(order);
    assertThat(shop.order(order).path("delivery_status").asText()).isEqualTo("partially_delivered");

    JsonNode refused = cancel(order, 1, 1, "too late").expect(422).json();
    assertThat(refused.at("/errors/0/code").asText()).isEqualTo("dispatched");
    assertThat(refused.at("/errors/0/detail").asText()).contains("of line_1 2 are dispatched");
    cancel(order, 2, 1, "the cup").expect(200);
    shop.rest();
    JsonNode done = shop.order(order);
    assertThat(done.path("status").asText()).isEqualTo("completed");
    assertThat(done.path("payment_status").asText()).isEqualTo("paid");
    assertThat(done.at("/fulfillments/1/status").asText()).isEqualTo("cancelled");
    assertThat(shop.isFree(cup, 1)).isTrue();
    assertThat(shop.refunds("1")).containsExactly("succeeded 1000");
    assertThat(shop.subjects("1")).filteredOn(it -> it.contains("zugestellt")).hasSize(1);
  }

  @Test
  void whatIsAddedIsShippedOnceItIsPaidAndWhatIsTakenOutIsRefunded() {
    open("more");
    String order = order("1");
    JsonNode answer = change(order, addition(mug, 2), "two more").expect(200).json();
    assertThat(answer.path("price_difference").asLong()).isEqualTo(2000);
    assertThat(answer.path("due").asLong()).isEqualTo(2000);
    shop.rest();
    assertThat(reserved(mug)).isEqualTo(3);
    packAndDeliver(order);
    assertThat(allocated(mug)).as("what is not paid is not planned").isZero();
    shop.pass(Duration.ofDays(3));
    assertThat(shop.order(order).path("status").asText()).as("it is waited for").isEqualTo("open");
    assertThat(shop.order(order).path("awaiting").asText()).isEqualTo("payment");

    shop.operator.post("/orders/" + order + "/payments",
        """
            {"provider": "external", "method": "bank_transfer", "reference": "BT-2", "amount": 2000, "status": "captured"}""",
        "paid").expect(200);
    shop.rest();
    change(order, "{\"line_id\": \"line_3\", \"quantity\": 1}", "one less").expect(200);
    shop.rest();
    assertThat(shop.refunds("1")).as("a card first").containsExactly("succeeded 1000");
    packAndDeliver(order);
    JsonNode done = shop.order(order);
    assertThat(done.path("status").asText()).isEqualTo("completed");
    assertThat(done.at("/totals/total").asLong()).isEqualTo(4000);
    assertThat(done.at("/totals/due").asLong()).isZero();
    assertThat(shop.isFree(mug, 1)).isTrue();
  }

  @Test
  void whatIsNotThereIsNotAddedAndTheOrderGoesOn() {
    open("none");
    String order = order("1");
    change(order, addition(mug, 9) + ", {\"line_id\": \"line_1\", \"quantity\": 1}", "too many").expect(200);
    shop.rest();
    JsonNode stands = shop.order(order);
    assertThat(stands.at("/adjustments/0/status").asText()).isEqualTo("failed");
    assertThat(stands.at("/totals/total").asLong()).isEqualTo(3000);
    assertThat(List.of(reserved(tea), allocated(tea), reserved(mug))).containsExactly(2, 2, 1);
    packAndDeliver(order);
    assertThat(shop.order(order).path("status").asText()).isEqualTo("completed");
    assertThat(shop.refunds("1")).isEmpty();
  }

  @Test
  void whoCancelsTheLastLineCancelsTheOrder() {
    open("final");
    String order = order("1");
    cancel(order, 1, 2, "the tins").expect(200);
    shop.rest();
    cancel(order, 2, 1, "the mug").expect(200);
    shop.rest();
    assertThat(shop.order(order).path("status").asText()).isEqualTo("cancelled");
    assertThat(shop.order(order).path("payment_status").asText()).isEqualTo("refunded");
    assertThat(shop.refunds("1")).containsExactly("succeeded 2000", "succeeded 1000");
    assertThat(shop.isFree(tea, 5)).isTrue();
    assertThat(shop.isFree(mug, 3)).isTrue();
    assertThat(shop.work(leipzig)).isEmpty();
    assertThat(shop.deadLetters()).isEmpty();
  }
}
