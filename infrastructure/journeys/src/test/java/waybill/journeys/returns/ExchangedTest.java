package waybill.journeys.returns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Caller;
import waybill.local.providers.Providers;

/** A customer wants something else, pays the difference, and sends that back in the end. */
class ExchangedTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private final Shop shop = new Shop(CLOUD.get(), "exchanged");
  private final String location = shop.location("leipzig");

  private JsonNode post(Caller caller, String path, String body, int status) {
    JsonNode answer = caller.post(path, body, path + body.hashCode()).expect(status).json();
    shop.rest();
    return answer;
  }

  private void packed() {
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
  }

  /** One unit of an order comes back. @param wish what is wanted instead. @return how its return is then */
  private JsonNode sentBack(String order, String wish) {
    shop.scan("delivered", shop.parcels(order).getFirst());
    String line = "{\"line_id\":\"line_1\",\"quantity\":1%s}";
    String path = "/returns/" + post(shop.storefront, "/returns",
        "{\"order_id\":\"%s\",\"lines\":[%s]}".formatted(order, line.formatted(wish)), 201).path("id").asText();
    String at = "{\"location_id\":\"%s\",\"lines\":[%s]}";
    post(shop.warehouse, path + "/receipts", at.formatted(location, line.formatted("")), 201);
    post(shop.warehouse, path + "/dispositions",
        at.formatted(location, line.formatted(",\"outcome\":\"restocked\"")), 201);
    return shop.operator.get("/orders/" + order + "/returns").expect(200).json().at("/data/0");
  }

  @Test
  void aCustomerWantsSomethingElsePaysTheDifferenceAndSendsThatBackToo() {
    String sku = shop.product("tea", location, 1);
    String better = shop.product("oolong", location, 1);
    String order = shop.paidOrder("1", sku, 1);
    packed();
    JsonNode exchange = sentBack(order,
        ",\"exchange\":{\"sku\":\"%s\",\"unit_price\":1500}".formatted(better)).path("exchange");
    assertThat(exchange.at("/orders/0/due").asInt()).isEqualTo(500);
    String sent = exchange.at("/orders/0/order_id").asText();
    assertThat(shop.order(sent).path("total").asInt()).isEqualTo(500);
    assertThat(shop.work(location)).as("nothing leaves before it is paid").isEmpty();
    assertThat(shop.stockAt(sku, location).path("on_hand").asInt()).isEqualTo(1);

    post(shop.storefront, "/orders/" + sent + "/payments",
        "{\"provider\":\"stripe\",\"account\":\"%s\",\"reference\":\"%s\",\"amount\":500}"
            .formatted(Providers.PAYMENT_ACCOUNT, shop.intent("2")),
        200);
    shop.pay("2", 500);
    shop.rest();
    packed();
    assertThat(sentBack(sent, "").path("status").asText()).isEqualTo("refunded");
    assertThat(shop.refunds("1")).containsExactly("succeeded 1000");
    assertThat(shop.refunds("2")).containsExactly("succeeded 500");
    assertThat(shop.stockAt(better, location).path("on_hand").asInt()).isEqualTo(1);
    assertThat(shop.subjects("1")).doesNotHaveDuplicates();
    assertThat(shop.deadLetters()).isEmpty();
  }
}
