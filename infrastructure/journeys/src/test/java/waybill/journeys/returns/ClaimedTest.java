package waybill.journeys.returns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Caller;

/** What customers claim: what is broken, wrong, or never came, and what of that was made good otherwise. */
class ClaimedTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String location;
  private String sku;

  private String sent(String name) {
    shop = new Shop(CLOUD.get(), name);
    location = shop.location("leipzig");
    sku = shop.product("tea", location, 4);
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

  private static String claim(String order, int quantity, String reason) {
    return "{\"order_id\":\"%s\",\"lines\":[{\"line_id\":\"line_1\",\"quantity\":%d,\"reason\":\"%s\"}]}"
        .formatted(order, quantity, reason);
  }

  private JsonNode claimed(String order) {
    return shop.operator.get("/orders/" + order + "/returns").expect(200).json().at("/claims/0");
  }

  /** What is reserved for the order that sends it again leaves as any. */
  private void packAgain(String order) {
    String again = shop.order(order).at("/replacements/0/order_id").asText();
    shop.pack(shop.work(location).stream().filter(it -> it.path("order_id").asText().equals(again)).findFirst()
        .orElseThrow()).expect(200);
    shop.rest();
  }

  @Test
  void aCustomerIsSentAgainWhatCameWrongAndBothLedgersBalance() {
    String order = sent("wrong");
    String mug = shop.product("mug", location, 3);
    shop.scan("delivered", shop.parcels(order).getFirst());
    String id = post(shop.customer("c-wrong-1"), "/claims", claim(order, 1, "wrong"), 201).path("id").asText();
    post(shop.operator, "/claims/" + id + "/decision", "{\"decision\":\"approve\"}", 200);
    post(shop.operator, "/claims/" + id + "/resolution", """
        {"remedy":"refund_and_replacement","amount":500,"location_id":"%s","send_back":true,
         "sent_instead":[{"line_id":"line_1","sku":"%s","quantity":1}]}""".formatted(location, mug), 200);
    packAgain(order);
    assertThat(shop.refunds("1")).containsExactly("succeeded 500");
    assertThat(shop.stockAt(sku, location).path("on_hand").asInt())
        .as("of four tins one is with its customer, who has one that was never claimed, too").isEqualTo(2);
    String back = "/returns/" + claimed(order).path("return_id").asText();
    String line = "{\"location_id\":\"%s\",\"lines\":[{\"line_id\":\"line_1\",\"quantity\":1%s}]}";
    post(shop.warehouse, back + "/receipts", line.formatted(location, ""), 201);
    post(shop.warehouse, back + "/dispositions", line.formatted(location, ",\"outcome\":\"quarantined\""), 201);
    assertThat(shop.stockAt(mug, location).path("on_hand").asInt()).isEqualTo(2);
    assertThat(shop.stockAt(mug, location).path("quarantined").asInt()).isEqualTo(1);
    assertThat(shop.refunds("1")).containsExactly("succeeded 500");
    assertThat(shop.events(order)).contains("claim.opened", "claim.resolved");
    assertThat(shop.subjects("1")).doesNotHaveDuplicates().contains(
        "Wir haben Ihre Reklamation zur Bestellung #1042 erhalten",
        "Ihre Reklamation zur Bestellung #1042 ist erledigt",
        "Bitte senden Sie etwas aus der Bestellung #1042 zurück");
    assertThat(shop.deadLetters()).isEmpty();
  }

  @Test
  void aParcelThatNeverCameAndComesAfterAllIsFlaggedAndReturnedWithoutASecondRefund() {
    String order = sent("found");
    String id = post(shop.storefront, "/claims", claim(order, 2, "never_arrived"), 201).path("id").asText();
    post(shop.operator, "/claims/" + id + "/resolution", "{\"remedy\":\"refund\"}", 200);
    assertThat(shop.refunds("1")).containsExactly("succeeded 2000");
    shop.pass(Duration.ofMinutes(5));
    shop.scan("delivered", shop.parcels(order).getFirst());
    assertThat(claimed(order).path("choices")).hasSize(3);
    post(shop.operator, "/claims/" + id + "/decision", "{\"decision\":\"return\"}", 200);
    assertThat(claimed(order).path("return_id").asText()).isNotEmpty();
    assertThat(shop.refunds("1")).containsExactly("succeeded 2000");
    assertThat(shop.events(order)).contains("claim.parcel_found");
    assertThat(shop.subjects("1")).doesNotHaveDuplicates()
        .contains("Ein Paket der Bestellung #1042 ist doch noch angekommen");
  }

  @Test
  void whatAnIncidentHasSentAgainIsNotMadeGoodByAClaimAndADeniedClaimSaysSo() {
    String order = sent("twice");
    shop.scan("delivered", shop.parcels(order).getFirst());
    String photo = post(shop.storefront, "/orders/" + order + "/photos", shop.samples.read("add-photo.json").toString(),
        201).path("id").asText();
    shop.operator.get("/orders/" + order + "/photos/" + photo).expect(200);
    String open = post(shop.storefront, "/claims", claim(order, 1, "damaged").replace("\"reason\"",
        "\"photos\":[\"%s\"],\"reason\"".formatted(photo)), 201).path("id").asText();
    String parcel = shop.parcels(order).getFirst().path("id").asText();
    String incident = post(shop.operator, "/incidents",
        "{\"parcel_id\":\"%s\",\"kind\":\"damaged\"}".formatted(parcel), 201).path("id").asText();
    post(shop.operator, "/incidents/" + incident + "/resolution", "{\"kind\":\"reship\"}", 200);
    assertThat(post(shop.operator, "/claims/" + open + "/resolution", "{\"remedy\":\"refund\"}", 409).path("code")
        .asText()).isEqualTo("replaced_before");
    post(shop.operator, "/claims/" + open + "/decision", "{\"decision\":\"deny\"}", 200);
    post(shop.storefront, "/claims", claim(order, 1, "missing"), 422);
    assertThat(shop.refunds("1")).isEmpty();
    assertThat(shop.order(order).path("replacements")).hasSize(1);
    assertThat(shop.events(order)).contains("claim.denied");
    assertThat(shop.subjects("1")).contains("Ihre Reklamation zur Bestellung #1042");
    assertThat(shop.deadLetters()).isEmpty();
  }
}
