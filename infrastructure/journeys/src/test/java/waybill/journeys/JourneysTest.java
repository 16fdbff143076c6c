package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Orders on their way from the storefront to the doorstep, over real HTTP, real queues and a real table store. */
class JourneysTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  @Test
  void anOrderOfOneParcelReachesTheDoorstep() {
    var shop = new Shop(CLOUD.get(), "one");
    String location = shop.location("leipzig");
    String sku = shop.product("tea", location, 5);

    ObjectNode form = shop.form("1", sku, 2);
    ((ObjectNode) form.at("/lines/0")).remove("name");

    String order = shop.place(form);
    assertThat(shop.order(order).path("status").asText()).as("it can be read at once").isEqualTo("open");
    shop.pay("1", 2000);
    shop.rest();
    assertAxes(shop.order(order), "paid", "reserved", "in_progress", "pending");
    assertThat(shop.stockAt(sku, location).path("allocated").asInt()).isEqualTo(2);

    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    assertAxes(shop.order(order), "paid", "shipped", "fulfilled", "shipped");
    JsonNode parcel = shop.parcels(order).getFirst();
    assertThat(shop.stockAt(sku, location).path("on_hand").asInt()).as("what is shipped is out of stock").isEqualTo(3);

    shop.scan("in-transit", parcel);
    shop.scan("out-for-delivery", parcel);
    shop.scan("delivered", parcel);
    JsonNode delivered = shop.order(order);
    assertAxes(delivered, "paid", "shipped", "fulfilled", "delivered");
    assertThat(delivered.path("status").asText()).isEqualTo("completed");
    assertStock(shop, sku, 3, 0);
    assertThat(delivered.path("lines").path(0).path("quantities").path("delivered").asInt()).isEqualTo(2);
    assertThat(shop.mails("1")).hasSize(4);
    assertThat(shop.mails("1")).allSatisfy(mail -> {
      assertThat(mail.from()).isEqualTo("\"Teehaus, Leipzig\" <shop@example.com>");
      assertThat(mail.text()).contains("/tracking/", "Assam 200 g", "Amtsgericht Leipzig");
    });
    assertThat(shop.mails("1").get(1).text()).contains(parcel.path("tracking_number").asText());
    Matcher link = Pattern.compile("/tracking/\\S+").matcher(shop.mails("1").getFirst().text());
    assertThat(link.find()).isTrue();
    assertThat(shop.storefront.get(link.group()).expect(200).text()).as("the order's page")
        .contains("Teehaus Online", "Assam 200 g", parcel.path("tracking_number").asText());
  }

  @Test
  void anOrderThatNoLocationHoldsAloneIsFulfilledByTwo() {
    var shop = new Shop(CLOUD.get(), "two");
    String leipzig = shop.location("leipzig");
    String berlin = shop.location("berlin");
    String sku = shop.product("tea", leipzig, 2);
    shop.product("tea", berlin, 3);

    String order = shop.paidOrder("1", sku, 5);
    assertThat(shop.work(leipzig)).hasSize(1);
    shop.pack(shop.work(leipzig).getFirst()).expect(200);
    shop.rest();
    assertAxes(shop.order(order), "paid", "partially_shipped", "partially_fulfilled", "partially_shipped");
    shop.pack(shop.work(berlin).getFirst()).expect(200);
    shop.rest();
    List<JsonNode> parcels = shop.parcels(order);
    assertThat(parcels).hasSize(2);

    shop.scan("delivered", parcels.getFirst());
    assertAxes(shop.order(order), "paid", "shipped", "fulfilled", "partially_delivered");
    assertThat(shop.subjects("1")).as("delivered is when every parcel is").hasSize(3);
    shop.scan("delivered", parcels.getLast());
    assertAxes(shop.order(order), "paid", "shipped", "fulfilled", "delivered");
    assertThat(shop.subjects("1")).as("confirmed, two parcels shipped, delivered once").hasSize(4);
    assertStock(shop, sku, 0, 0);
  }

  @Test
  void doubledAndReorderedWebhooksChangeNothing() {
    var shop = new Shop(CLOUD.get(), "unordered");
    String location = shop.location("leipzig");
    String sku = shop.product("tea", location, 1);

    String order = shop.place(shop.form("1", sku, 1));
    shop.pay("1", 1000);
    shop.pay("1", 1000);
    shop.providers.stripe(shop.paymentEvent("stripe-payment-intent-amount-capturable-updated.json", "1", 1000))
        .expect(200);
    shop.providers.stripe(shop.paymentEvent("stripe-payment-intent-payment-failed.json", "1", 1000)).expect(200);
    shop.rest();
    assertAxes(shop.order(order), "paid", "reserved", "in_progress", "pending");

    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.pack(shop.warehouse.get("/fulfillments/" + shop.order(order).path("fulfillments").path(0).path("id").asText())
        .json()).expect(200);
    shop.rest();
    JsonNode parcel = shop.parcels(order).getFirst();
    String early = shop.trackingEvent("in-transit", parcel);
    shop.scan("delivered", parcel);
    shop.scan("delivered", parcel);
    shop.providers.easyPost(early).expect(200);
    shop.rest();
    assertAxes(shop.order(order), "paid", "shipped", "fulfilled", "delivered");
    assertThat(shop.parcels(order)).hasSize(1);
    assertThat(shop.subjects("1")).as("confirmed, shipped, delivered: each once").hasSize(3);
    assertStock(shop, sku, 0, 0);
  }

  @Test
  void aPaymentThatIsThereBeforeItsOrderCounts() {
    var shop = new Shop(CLOUD.get(), "early");
    String sku = shop.product("tea", shop.location("leipzig"), 1);

    shop.pay("1", 1000);
    shop.rest();
    String order = shop.place(shop.form("1", sku, 1));
    shop.rest();
    assertAxes(shop.order(order), "paid", "reserved", "in_progress", "pending");
  }

  @Test
  void anIntentThatNamesItsOrderPaysIt() {
    var shop = new Shop(CLOUD.get(), "named");
    String sku = shop.product("tea", shop.location("leipzig"), 1);

    var form = shop.form("1", sku, 1);
    form.remove("payments");
    String order = shop.place(form);
    shop.rest();
    assertThat(shop.order(order).path("awaiting").asText()).isEqualTo("payment");
    shop.providers.stripe(shop.paymentEvent("stripe-payment-intent-succeeded.json", "1", 1000).replace("\"metadata\":{",
        "\"metadata\":{\"order_id\":\"" + order + "\",")).expect(200);
    shop.rest();
    assertAxes(shop.order(order), "paid", "reserved", "in_progress", "pending");
  }

  @Test
  void anAuthorisationKeepsTheOrderWaitingForTheCapture() {
    var shop = new Shop(CLOUD.get(), "authorised");
    String byHand = shop.samples.read("put-channel.json").put("stock_pool", "authorised").put("capture", "manual")
        .toString();
    shop.operator.put("/channels/authorised", byHand).expect(200);
    String location = shop.location("leipzig");
    String sku = shop.product("tea", location, 1);

    String order = shop.place(shop.form("1", sku, 1));
    shop.providers.stripe(shop.paymentEvent("stripe-payment-intent-amount-capturable-updated.json", "1", 1000))
        .expect(200);
    shop.rest();
    assertAxes(shop.order(order), "authorized", "reserved", "unfulfilled", "pending");
    assertThat(shop.work(location)).isEmpty();
    shop.pay("1", 1000);
    shop.rest();
    assertThat(shop.work(location)).hasSize(1);
  }

  @Test
  void theLastUnitGoesToOneOfTwoBuyers() {
    var shop = new Shop(CLOUD.get(), "last");
    String location = shop.location("leipzig");
    String sku = shop.product("tea", location, 1);

    String first = shop.place(shop.form("1", sku, 1));
    String second = shop.place(shop.form("2", sku, 1));
    shop.pay("2", 1000);
    shop.pay("1", 1000);
    shop.rest();
    List<String> answers = List.of(shop.order(first).path("stock_status").asText(),
        shop.order(second).path("stock_status").asText());
    assertThat(answers).containsExactlyInAnyOrder("reserved", "refused");
    assertThat(shop.work(location)).hasSize(1);
    JsonNode pool = shop.stock(sku).path("pools").path(0);
    assertThat(pool.path("available").asInt()).isZero();
    assertThat(pool.path("reserved").asInt()).isEqualTo(1);
  }

  @Test
  void aPoisonMessageFailsAloneAndReachesItsDeadLettersWithItsReason() {
    var shop = new Shop(CLOUD.get(), "poison");
    String sku = shop.product("tea", shop.location("leipzig"), 1);
    String queue = CLOUD.get().name("AdvanceOrderQueue");
    String url = CLOUD.get().queueUrl(queue);

    var errors = new ConcurrentLinkedQueue<Map<String, Object>>();
    CLOUD.get().onLog(line -> Optional.of(line).filter(it -> "ERROR".equals(it.get("level"))).ifPresent(errors::add));
    CLOUD.get().sqs().sendMessage(request -> request.queueUrl(url).messageBody("{\"type\":\"OrderTeleported\"}"));
    String order = shop.paidOrder("1", sku, 1);
    for (int receives = 1; receives < 5; receives++) {
      assertThat(CLOUD.get().retry(queue)).as("it waits for its next receive").isEqualTo(1);
      shop.rest();
    }
    // The fifth receive failed as well: the next one moves it.
    CLOUD.get().retry(queue);
    shop.rest();

    assertThat(CLOUD.get().messages(CLOUD.get().name("AdvanceOrderDeadLetters")))
        .containsExactly("{\"type\":\"OrderTeleported\"}");
    assertThat(errors).filteredOn(it -> it.get("fn").equals("AdvanceOrder")
        && String.valueOf(it.get("reason")).contains("does not hold a AdvanceOrder.Input"))
        .as("each receive tells why").hasSize(5);
    assertAxes(shop.order(order), "paid", "reserved", "in_progress", "pending");
  }

  private static void assertAxes(JsonNode order, String payment, String stock, String fulfillment, String delivery) {
    assertThat(Shop.axes(order)).containsExactly(payment, stock, fulfillment, delivery);
  }

  /** Nothing is kept for anybody, and what is available is what is there. */
  private static void assertStock(Shop shop, String sku, int onHand, int kept) {
    JsonNode stock = shop.stock(sku);
    assertThat(stock.path("pools").path(0).path("available").asInt()).isEqualTo(onHand);
    assertThat(stock.path("pools").path(0).path("reserved").asInt()).isEqualTo(kept);
    assertThat(Shop.elements(stock.path("locations")).mapToInt(it -> it.path("on_hand").asInt()).sum())
        .isEqualTo(onHand);
    assertThat(Shop.elements(stock.path("locations")).mapToInt(it -> it.path("allocated").asInt()).sum())
        .isEqualTo(kept);
  }
}
