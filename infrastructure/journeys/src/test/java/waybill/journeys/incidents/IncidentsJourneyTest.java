package waybill.journeys.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Caller.Answer;

/** What becomes of parcels that do not arrive, from silence to claim, and from loss to refund. */
class IncidentsJourneyTest {
  /** Its clock goes on by weeks. */
  @RegisterExtension
  static final RunningCloud CLOUD = RunningCloud.ofItsOwn();

  private final Shop shop = new Shop(CLOUD.get(), "incidents");

  private JsonNode incident(String order, int number) {
    return shop.operator.get("/incidents?order_id=" + order).expect(200).json().path("data").path(number);
  }

  private Answer resolve(JsonNode incident, String body, String key) {
    Answer answer = shop.operator.post("/incidents/" + incident.path("id").asText() + "/resolution", body, key);
    shop.rest();
    return answer;
  }

  @Test
  void aSilentParcelIsLostAfterAWeekAndItsCustomerHearsOfItAndTheShopClaims() {
    String location = shop.location("leipzig");
    String sku = shop.product("tea", location, 3);
    String claimed = shop.paidOrder("1", sku, 1);
    String refunded = shop.paidOrder("2", sku, 1);
    String returned = shop.paidOrder("3", sku, 1);
    shop.work(location).forEach(it -> shop.pack(it).expect(200));
    shop.rest();
    shop.scan("in-transit", shop.parcels(claimed).getFirst());
    shop.scan("in-transit", shop.parcels(refunded).getFirst());
    shop.providers.easyPost(shop.returnEvent(shop.parcels(returned).getFirst())).expect(200);
    shop.rest();
    assertThat(incident(returned, 0).path("kind").asText()).isEqualTo("returned");

    for (int day = 0; day < 9; day++) {
      shop.pass(Duration.ofDays(1));
    }
    assertThat(incident(claimed, 0).path("kind").asText()).isEqualTo("silent");
    assertThat(incident(claimed, 0).at("/resolution/kind").asText()).isEqualTo("superseded");
    JsonNode lost = incident(claimed, 1);
    assertThat(lost.path("kind").asText()).isEqualTo("lost");
    assertThat(lost.path("acts").asText()).isEqualTo("shop");
    assertThat(shop.operator.get("/incidents?kind=lost").expect(200).json().path("data").findValuesAsText("id"))
        .contains(lost.path("id").asText());
    shop.operator.get("/incidents/" + lost.path("id").asText()).expect(200);
    assertThat(shop.subjects("1").stream().filter(it -> it.contains("Paket Ihrer Bestellung")))
        .as("it takes longer, it is lost").hasSize(2);

    assertThat(resolve(lost, "{\"kind\":\"claim\",\"amount\":1200,\"reference\":\"C-1\"}", "too much").expect(422)
        .json().path("maximum").asInt()).isEqualTo(1000);
    JsonNode claim = resolve(lost, "{\"kind\":\"claim\",\"amount\":1000,\"reference\":\"C-1\"}", "claim").expect(200)
        .json();
    assertThat(claim.path("status").asText()).isEqualTo("resolved");
    assertThat(shop.operator.post("/incidents/" + lost.path("id").asText() + "/settlement", "{\"amount\":800}", "paid")
        .expect(200).json().at("/claim/status").asText()).isEqualTo("paid");

    resolve(incident(refunded, 1), "{\"kind\":\"refund\"}", "refund").expect(200);
    assertThat(incident(refunded, 1).at("/refund/status").asText()).isEqualTo("granted");
    assertThat(shop.refunds("2")).containsExactly("succeeded 1000");

    resolve(incident(returned, 0), "{\"kind\":\"reship\"}", "again").expect(200);
    String again = incident(returned, 0).path("replacement_order_id").asText();
    assertThat(shop.operator.get("/orders/" + again).expect(200).json().path("replaces").asText()).isEqualTo(returned);
    assertThat(shop.deadLetters()).isEmpty();
  }

  @Test
  void whatCameBrokenIsSentBackAndItsCustomerHearsHow() {
    var own = new Shop(CLOUD.get(), "brokenvase");
    String location = own.location("halle");
    String order = own.paidOrder("broken", own.product("vase", location, 1), 1);
    own.pack(own.work(location).getFirst()).expect(200);
    own.rest();
    JsonNode parcel = own.parcels(order).getFirst();
    own.scan("delivered", parcel);
    shop.operator.post("/incidents",
        "{\"parcel_id\":\"%s\",\"kind\":\"damaged\"}".formatted(parcel.path("id").asText()), "broken").expect(201);
    own.rest();
    resolve(incident(order, 0), "{\"kind\":\"return\"}", "back").expect(200);
    JsonNode over = incident(order, 0);
    assertThat(over.path("status").asText()).isEqualTo("resolved");
    JsonNode made = shop.operator.get("/orders/" + order + "/returns").expect(200).json().at("/data/0");
    assertThat(made.path("id")).isEqualTo(over.at("/return/return_id"));
    assertThat(made.path("status").asText()).isEqualTo("approved");
    assertThat(own.events(order)).contains("incident.opened", "incident.resolved", "return.opened");
    assertThat(own.deadLetters()).isEmpty();
  }
}
