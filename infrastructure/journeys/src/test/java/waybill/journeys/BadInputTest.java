package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.local.providers.Caller;
import waybill.local.providers.Caller.Answer;
import waybill.local.providers.Providers;

/** Bad input gets a problem that names the field and the rule, and changes nothing. */
class BadInputTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();
  private static int shops;

  private Shop shop;
  private String location;
  private String sku;

  @BeforeEach
  void aShopWithOneProduct() {
    shop = new Shop(CLOUD.get(), "strict" + ++shops);
    location = shop.location("leipzig");
    sku = shop.product("tea", location, 3);
  }

  @Test
  void malformedJsonIsRefused() {
    Answer answer = shop.storefront.post("/orders", "{\"reference\":");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(answer.json().path("code").asText()).isEqualTo("malformed_json");
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    Answer answer = shop.storefront.post("/orders",
        """
            {"reference": 7, "channel": "%s", "currency": "EURO", "taxes_included": "yes", "colour": "blue", "customer": {"email": "nobody"},
             "lines": [{"sku": "TEA", "quantity": -1, "unit_price": 1e400, "total": 0}], "total": 0}"""
            .formatted("no channel"));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(pointers(answer)).contains("/reference", "/channel", "/currency", "/taxes_included", "/colour",
        "/customer/email", "/lines/0/quantity", "/lines/0/unit_price");
  }

  @Test
  void quantitiesThatAreNoneAreRefused() {
    for (long quantity : new long[]{0, -1, 1_000_001, Long.MAX_VALUE}) {
      assertRefused(order -> ((ObjectNode) order.path("lines").path(0)).put("quantity", quantity), "/lines/0/quantity");
    }
  }

  @Test
  void sumsThatDoNotAddUpAreRefused() {
    assertRefused(order -> order.put("total", 999), "/total");
    assertRefused(order -> ((ObjectNode) order.path("lines").path(0)).put("total", 1001).put("unit_price", 1000),
        "/lines/0/total");
    assertRefused(order -> ((ObjectNode) order.path("payments").path(0)).put("amount", 1001), "/payments");
  }

  @Test
  void whatIsNotKnownIsRefused() {
    assertRefused(order -> order.put("channel", "nowhere"), "/channel");
    assertRefused(order -> order.put("currency", "USD"), "/currency");
    assertRefused(order -> ((ObjectNode) order.path("lines").path(0)).put("sku", "NOTHING"), "/lines/0/sku");
    assertRefused(order -> ((ObjectNode) order.path("payments").path(0)).put("account", "elsewhere"),
        "/payments/0/account");
    assertThat(shop.storefront.get("/orders/ord_00000000000000000000000000").status()).isEqualTo(404);
    assertThat(shop.storefront.get("/orders/pay_1").status()).isEqualTo(404);
    assertThat(shop.warehouse.get("/fulfillments/ful_1").status()).isEqualTo(404);
    assertThat(shop.warehouse.get("/stock/NOTHING").status()).isEqualTo(404);
  }

  @Test
  void aReferenceIsOneOrderForEver() {
    String order = shop.place(shop.form("1", sku, 1));
    assertThat(
        shop.storefront.post("/orders", shop.form("1", sku, 1).toString()).expect(200).json().path("id").asText())
        .isEqualTo(order);
    Answer other = shop.storefront.post("/orders", shop.form("1", sku, 2).toString());
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().path("code").asText()).isEqualTo("reference_reused");
    assertThat(other.json().path("order_id").asText()).isEqualTo(order);
    shop.rest();
    assertThat(shop.stock(sku).path("pools").path(0).path("reserved").asInt()).isEqualTo(1);
  }

  @Test
  void aTokenOpensOnlyWhatItsScopesSay() {
    assertThat(new Caller(CLOUD.get().url(), "").get("/orders?customer_id=c-1").status()).isEqualTo(401);
    assertThat(new Caller(CLOUD.get().url(), "not-a-token").get("/orders?customer_id=c-1").status()).isEqualTo(401);
    assertThat(shop.warehouse.post("/orders", shop.form("1", sku, 1).toString()).status()).isEqualTo(403);
    assertThat(shop.storefront.put("/products/TEA", "{}").status()).isEqualTo(403);
  }

  @Test
  void aCustomerSeesTheirOwnOrdersAndNoOthers() {
    String order = shop.place(shop.form("1", sku, 1));
    String owner = shop.order(order).path("customer").path("id").asText();
    assertThat(shop.customer(owner).get("/orders/" + order).status()).isEqualTo(200);
    assertThat(shop.customer(owner).get("/orders").json().path("data")).hasSize(1);
    assertThat(shop.customer("c-another").get("/orders/" + order).status()).isEqualTo(404);
    assertThat(shop.customer("c-another").get("/orders?customer_id=" + owner).status()).isEqualTo(404);
  }

  @Test
  void theSameCustomerIdInAnotherShopIsSomebodyElse() {
    var other = new Shop(CLOUD.get(), "bad-input-other");
    String order = shop.place(shop.form("1", sku, 1));
    String owner = shop.order(order).path("customer").path("id").asText();
    assertThat(other.customer(owner).get("/orders/" + order).status()).isEqualTo(404);
    assertThat(other.customer(owner).get("/orders").json().path("data")).isEmpty();
    assertThat(other.customer(owner).post("/orders/" + order + "/cancellation", "{}", "k").status()).isEqualTo(404);
    assertThat(shop.storefront.post("/orders/" + order + "/cancellation", "{}", "k").status())
        .as("a storefront's backend cancels for its customers").isEqualTo(200);
  }

  @Test
  void parcelsThatDoNotHoldExactlyTheUnitsAreRefused() {
    String order = shop.paidOrder("1", sku, 2);
    JsonNode work = shop.work(location).getFirst();
    for (int quantity : new int[]{1, 3}) {
      var wrong = (ObjectNode) work.deepCopy();
      ((ObjectNode) wrong.path("lines").path(0)).put("quantity", quantity);
      assertThat(shop.pack(wrong).status()).isEqualTo(422);
    }
    assertThat(shop.warehouse.post("/fulfillments/" + work.path("id").asText() + "/packing",
        shop.samples.read("pack-fulfillment.json").toString()).status()).as("no key").isEqualTo(400);
    shop.rest();
    assertThat(shop.order(order).path("fulfillment_status").asText()).isEqualTo("in_progress");
    assertThat(shop.work(location)).hasSize(1);
  }

  @Test
  void stockThatIsNotThereIsNotTakenOut() {
    ObjectNode adjustment = shop.samples.read("adjust-stock.json").put("location_id", location).put("quantity", -4)
        .put("reason", "lost");
    assertThat(shop.warehouse.post("/stock/" + sku + "/adjustments", adjustment.toString(), "out-" + sku).status())
        .isEqualTo(409);
    assertThat(shop.warehouse
        .post("/stock/" + sku + "/adjustments", adjustment.put("location_id", "nowhere").toString(), "where-" + sku)
        .status()).isEqualTo(422);
    assertThat(shop.warehouse.post("/stock/" + sku + "/adjustments", adjustment.toString()).status()).as("no key")
        .isEqualTo(400);
    assertThat(shop.stockAt(sku, location).path("on_hand").asInt()).isEqualTo(3);
  }

  @Test
  void aWebhookIsTakenOnlyWithItsSignature() {
    String order = shop.place(shop.form("1", sku, 1));
    String event = shop.paymentEvent("stripe-payment-intent-succeeded.json", "1", 1000);
    String path = "/webhooks/payments/" + Providers.PAYMENT_ACCOUNT;
    var anybody = new Caller(CLOUD.get().url(), "");
    String good = shop.providers.stripeSignature(event, "whsec_fake_local_shop_eu");
    assertThat(anybody.post(path, event).status()).as("unsigned").isEqualTo(400);
    assertThat(anybody.send("POST", path, event,
        Map.of("Stripe-Signature", shop.providers.stripeSignature(event, "whsec_fake_other"))).status()).as("wrong")
        .isEqualTo(400);
    assertThat(anybody.send("POST", path, event.replace("1000", "9000"), Map.of("Stripe-Signature", good)).status())
        .as("changed body").isEqualTo(400);
    CLOUD.get().clock().advance(Duration.ofMinutes(6));
    assertThat(anybody.send("POST", path, event, Map.of("Stripe-Signature", good)).status()).as("stale").isEqualTo(400);
    assertThat(anybody.post("/webhooks/carriers/" + Providers.CARRIER_ACCOUNT, "{}").status()).as("unsigned")
        .isEqualTo(400);
    shop.rest();
    assertThat(shop.order(order).path("payment_status").asText()).isEqualTo("pending");
  }

  @Test
  void anEventOfAnUnknownTypeIsTakenAndPassedOverVisibly() {
    shop.providers.stripe(shop.samples.read("stripe-charge-updated.json").toString()).expect(200);
    assertThat(CLOUD.get().logs())
        .anySatisfy(line -> assertThat(line.toString()).contains("ReceivePayment", "charge.updated"));
  }

  @Test
  void aNameOfAnyScriptArrivesAsItWasSentAndAddsNothingToAMail() {
    ObjectNode order = shop.form("1", sku, 1).put("number", "#1\r\nBcc: all@example.com").put("note",
        "<b>\u202ebell\u202c");
    ((ObjectNode) order.path("customer")).put("name", "<script>alert(1)</script> \u05e9\u05dc\u05d5\u05dd");
    ((ObjectNode) order.path("shipping_address"))
        .put("name", "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 \u6771\u4eac")
        .put("line2", "\u200f\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645");
    ((ObjectNode) order.path("lines").path(0)).put("name", "Tee\r\nSubject: x\u2028</td>");
    String id = shop.place(order);
    shop.pay("1", 1000);
    shop.rest();

    JsonNode placed = shop.order(id);
    for (String place : List.of("/number", "/note", "/customer/name", "/shipping_address/name",
        "/shipping_address/line2", "/lines/0/name")) {
      assertThat(placed.at(place)).as(place).isEqualTo(order.at(place));
    }
    assertThat(shop.mails("1")).hasSize(1).allSatisfy(mail -> {
      assertThat(mail.to()).containsExactly(order.at("/customer/email").asText());
      assertThat(mail.subject()).doesNotContainPattern("\\p{C}").doesNotContain("\u2028");
      assertThat(mail.html()).doesNotContain("<script>").doesNotContain("x</td>");
      assertThat(mail.text()).doesNotContainPattern("(?m)^(Bcc|Subject):");
    });
  }

  /** Nothing of what the sample order says of people either: {@link PersonalData} looks for that, here as in all journeys. */
  @Test
  void aRefusalAndAPoisonMessageTellTheLogNothingOfWhatIsInThem() {
    assertThat(shop.storefront.post("/orders", shop.form("1", sku, 1).put("total", -1).put("colour", "Ada Byron")
        .put("currency", "QUOTE-7f3").toString()).status()).isEqualTo(422);
    String queue = CLOUD.get().name("AdvanceOrderQueue");
    List<String> poison = List.of("QUOTE-7f3", "{\"QUOTE-7f3", "{\"type\":\"QUOTE-7f3\"}", "[\"QUOTE-7f3\"]",
        "{\"type\":\"StockReserved\",\"order\":\"QUOTE-7f3\"}",
        "{\"type\":\"StockReserved\",\"order\":[\"QUOTE-7f3\"]}");
    poison.forEach(body -> CLOUD.get().sqs()
        .sendMessage(it -> it.queueUrl(CLOUD.get().queueUrl(queue)).messageBody(body)));
    for (int receives = 0; receives < 5; receives++) {
      shop.rest();
      CLOUD.get().retry(queue);
    }
    shop.rest();
    assertThat(CLOUD.get().messages(CLOUD.get().name("AdvanceOrderDeadLetters")))
        .containsExactlyInAnyOrderElementsOf(poison);
    assertThat(CLOUD.get().logs()).filteredOn(it -> "ERROR".equals(it.get("level"))).hasSizeGreaterThanOrEqualTo(30);
    assertThat(CLOUD.get().logs()).noneMatch(it -> it.toString().contains("QUOTE-7f3"));
  }

  @Test
  void aKeyIsOnePieceOfWorkForEver() {
    ObjectNode adjustment = shop.samples.read("adjust-stock.json").put("location_id", location).put("quantity", 1);
    String path = "/stock/" + sku + "/adjustments";
    String key = "once-" + sku;
    shop.warehouse.post(path, adjustment.toString(), key).expect(201);
    shop.warehouse.post(path, adjustment.toString(), key).expect(201);
    var world = new World(CLOUD.get());
    World.Look before = world.look();
    List<Answer> reused = List.of(shop.warehouse.post(path, adjustment.put("quantity", 2).toString(), key),
        shop.operator.post(path, adjustment.toString(), key),
        shop.warehouse.post("/stock/" + shop.product("mug", location, 0) + "/adjustments",
            adjustment.put("quantity", 1).toString(), key));
    assertThat(reused).extracting(Answer::status, it -> it.json().path("code").asText())
        .containsOnly(org.assertj.core.groups.Tuple.tuple(422, "idempotency_key_reused"));
    assertThat(shop.stockAt(sku, location).path("on_hand").asInt()).isEqualTo(4);
    assertThat(world.look().messages()).isEqualTo(before.messages());

    shop.paidOrder("1", sku, 2);
    JsonNode work = shop.work(location).getFirst();
    shop.pack(work).expect(200);
    shop.rest();
    before = world.look();
    ObjectNode packing = shop.samples.read("pack-fulfillment.json");
    var parcel = (ObjectNode) packing.path("parcels").path(0);
    parcel.put("weight_grams", 7).putArray("lines").addObject().put("line_id", "line_1").put("quantity", 2);
    String id = work.path("id").asText();
    Answer other = shop.warehouse.post("/fulfillments/" + id + "/packing", packing.toString(), "pack-" + id);
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().path("code").asText()).isEqualTo("idempotency_key_reused");
    assertThat(shop.warehouse.post("/fulfillments/" + id + "/packing", packing.toString(), "another").status())
        .isEqualTo(409);
    assertThat(world.look()).isEqualTo(before);
  }

  /** The order, with this change, is refused at this field; nothing of it is there afterwards. */
  private void assertRefused(Consumer<ObjectNode> change, String pointer) {
    ObjectNode order = shop.form("refused", sku, 1);
    change.accept(order);
    Answer answer = shop.storefront.post("/orders", order.toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(pointers(answer)).contains(pointer);
    assertThat(
        shop.storefront.get("/orders?channel=" + order.path("channel").asText() + "&customer_id="
            + order.path("customer").path("id").asText()).json().path("data"))
        .isEmpty();
    assertThat(shop.stock(sku).path("pools").path(0).path("reserved").asInt()).isZero();
  }

  private static List<String> pointers(Answer answer) {
    return Shop.elements(answer.json().path("errors")).map(it -> it.path("pointer").asText()).toList();
  }
}
