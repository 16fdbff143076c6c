package waybill.journeys.returns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Caller;

/** What comes back: asked for and counted, brought back by its carrier, or never seen again. */
class ReturnedTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String location;
  private String sku;

  private String delivered(String name) {
    shop = new Shop(CLOUD.get(), name);
    location = shop.location("leipzig");
    sku = shop.product("tea", location, 2);
    String order = shop.paidOrder("1", sku, 2);
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    return order;
  }

  private JsonNode post(Caller caller, String path, String body, int status) {
    JsonNode answer = caller.post(path, body, path + body.hashCode()).expect(status).json();
    shop.rest();
    return answer;
  }

  private static String one(String outcome) {
    return "{\"line_id\":\"line_1\",\"quantity\":1,\"outcome\":\"%s\"}".formatted(outcome);
  }

  private String at(String lines) {
    return "{\"location_id\":\"%s\",\"lines\":[%s]}".formatted(location, lines);
  }

  @Test
  void aCustomerSendsBackAUnitAndHasItsMoney() {
    String order = delivered("returned");
    shop.scan("delivered", shop.parcels(order).getFirst());
    String photo = post(shop.customer("c-returned-1"), "/orders/" + order + "/photos",
        shop.samples.read("add-photo.json").toString(), 201).path("id").asText();
    String id = post(shop.customer("c-returned-1"), "/returns", """
        {"order_id":"%s","lines":[{"line_id":"line_1","quantity":1,"reason":"unwanted","photos":["%s"]}]}"""
        .formatted(order, photo), 201).path("id").asText();
    shop.operator.post("/returns/" + id + "/decision", "{\"decision\":\"approve\"}", "again").expect(200);
    post(shop.warehouse, "/returns/" + id + "/receipts", at("{\"line_id\":\"line_1\",\"quantity\":1}"), 201);
    assertThat(shop.refunds("1")).as("what was counted is not refunded yet").isEmpty();
    post(shop.warehouse, "/returns/" + id + "/dispositions", at(one("restocked")), 201);

    JsonNode returned = shop.operator.get("/orders/" + order + "/returns").expect(200).json();
    assertThat(returned.at("/data/0/status").asText()).isEqualTo("refunded");
    assertThat(returned.at("/returnable/0/quantity").asInt()).isEqualTo(1);
    assertThat(shop.refunds("1")).containsExactly("succeeded 1000");
    assertThat(shop.stockAt(sku, location).path("on_hand").asInt()).isEqualTo(1);
    assertThat(shop.order(order).at("/adjustments/0/type").asText()).isEqualTo("return");
    assertThat(shop.events(order)).contains("return.opened", "return.received", "return.settled", "order.refunded");
    assertThat(shop.subjects("1")).doesNotHaveDuplicates().contains(
        "Ihre Rücksendung zur Bestellung #1042 ist genehmigt",
        "Ihre Rücksendung zur Bestellung #1042 ist eingetroffen");
    assertThat(shop.deadLetters()).isEmpty();
  }

  @Test
  void whatItsCarrierBringsBackIsAReturnThatNobodyAskedFor() {
    String order = delivered("undelivered");
    String event = shop.trackingEvent("in-transit", shop.parcels(order).getFirst());
    shop.providers.easyPost(event.replace("\"in_transit\"", "\"return_to_sender\"")).expect(200);
    shop.rest();
    JsonNode opened = shop.operator.get("/orders/" + order + "/returns").expect(200).json().at("/data/0");
    assertThat(opened.path("source").asText()).isEqualTo("returned_to_sender");
    String path = "/returns/" + opened.path("id").asText();
    post(shop.warehouse, path + "/receipts", at("{\"line_id\":\"line_1\",\"quantity\":2}"), 201);
    post(shop.warehouse, path + "/dispositions", at(one("restocked") + "," + one("not_restocked")), 201);
    assertThat(shop.refunds("1")).containsExactly("succeeded 2000");
    assertThat(shop.stockAt(sku, location).path("on_hand").asInt()).isEqualTo(1);
    assertThat(shop.stockAt(sku, location).path("damaged").asInt()).isEqualTo(1);
  }

  @Test
  void whatDoesNotComeInItsTimeIsExpectedNoMoreAndMayBeAskedForAgain() {
    String order = delivered("overdue");
    shop.scan("delivered", shop.parcels(order).getFirst());
    String policy = "/channels/overdue/return-policy";
    shop.operator.put(policy, "{\"window_days\":90,\"arrival_days\":2}").expect(201);
    assertThat(shop.operator.get(policy).expect(200).json().path("version").asInt()).isEqualTo(1);
    String form = "{\"order_id\":\"%s\",\"lines\":[{\"line_id\":\"line_1\",\"quantity\":2}]}".formatted(order);
    post(shop.storefront, "/returns", form, 201);
    shop.storefront.post("/returns", form, "twice").expect(422);
    shop.pass(Duration.ofDays(3));
    assertThat(shop.operator.get("/orders/" + order + "/returns").expect(200).json().at("/data/0/status").asText())
        .isEqualTo("expired");
    String again = shop.storefront.post("/returns", form, "thrice").expect(201).json().path("id").asText();
    assertThat(
        shop.operator.post("/returns/" + again + "/decision", "{\"decision\":\"cancel\",\"reason\":\"kept\"}", "kept")
            .expect(200).json().path("status").asText())
        .isEqualTo("cancelled");
    assertThat(shop.refunds("1")).isEmpty();
  }
}
