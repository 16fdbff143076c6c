package waybill.journeys.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Providers;

/** A label is bought at a Karrio server; its parcel is delivered, or it is cancelled. */
class KarrioTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String location;
  private String order;

  @BeforeEach
  void open() {
    String channel = "karrio" + Long.toString(System.nanoTime(), 36);
    shop = new Shop(CLOUD.get(), channel);
    ObjectNode form = shop.samples.read("put-channel.json").put("stock_pool", channel);
    form.putArray("carrier_accounts").addObject().put("carrier", "karrio").put("account", Providers.KARRIO_ACCOUNT);
    shop.operator.put("/channels/" + channel, form.toString()).expect(200);
    location = shop.location("leipzig");
    order = shop.paidOrder("1", shop.product("tea", location, 3), 1);
  }

  private JsonNode karrio() {
    return shop.operator.get("/local/karrio").expect(200).json();
  }

  private JsonNode parcel() {
    return shop.parcels(order).getFirst();
  }

  private void scan(String status) {
    shop.operator.post("/local/karrio/scans", "{\"tracking_number\":\"%s\",\"status\":\"%s\",\"message\":\"a scan\"}"
        .formatted(parcel().path("tracking_number").asText(), status)).expect(200);
    shop.rest();
  }

  @Test
  void aLabelIsBoughtOnceThoughItsAnswerIsLostAndItsParcelIsDelivered() {
    int before = karrio().path("charges").asInt();
    shop.operator.post("/local/karrio/faults", "{\"call\":\"purchase_shipment\",\"kind\":\"timeout_after\"}")
        .expect(201);
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    shop.pass(Duration.ofMinutes(4));
    CLOUD.get().retry(CLOUD.get().name("BuyLabelQueue"));
    shop.rest();
    assertThat(parcel().path("carrier").asText()).isEqualTo("test_post");
    assertThat(parcel().path("status").asText()).isEqualTo("pre_transit");
    assertThat(karrio().path("charges").asInt()).isEqualTo(before + 1);

    assertThat(shop.warehouse.get("/parcels/" + parcel().path("id").asText() + "/label").expect(200).text())
        .startsWith("%PDF").contains(parcel().path("tracking_number").asText());
    scan("in_transit");
    assertThat(parcel().path("status").asText()).isEqualTo("in_transit");
    scan("on_hold");
    assertThat(parcel().path("status").asText()).isEqualTo("on_hold");
    scan("delivered");
    assertThat(parcel().path("status").asText()).isEqualTo("delivered");
  }

  private void deliverUnheard(String number) {
    shop.operator.post("/local/karrio/scans",
        "{\"tracking_number\":\"%s\",\"status\":\"delivered\",\"message\":\"At the door\",\"unheard\":true}"
            .formatted(number))
        .expect(200);
    shop.rest();
  }

  @Test
  void aLastScanThatKarrioSendsOnceAndNobodyHearsIsLookedUpHoursLater() {
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    deliverUnheard(parcel().path("tracking_number").asText());
    assertThat(parcel().path("status").asText()).isEqualTo("pre_transit");

    shop.pass(Duration.ofHours(7));
    assertThat(parcel().path("status").asText()).isEqualTo("delivered");
    assertThat(shop.order(order).path("status").asText()).isEqualTo("completed");
  }

  @Test
  void theScansOfALabelThatWasBoughtElsewhereAreLookedUpToo() {
    ObjectNode packing = shop.samples.read("pack-fulfillment.json");
    String number = "JD" + System.nanoTime();
    var packed = ((ObjectNode) packing.path("parcels").path(0)).put("carrier", "DHL").put("tracking_number", number);
    packed.putArray("lines").addObject().put("line_id", "line_1").put("quantity", 1);
    shop.warehouse.post("/fulfillments/" + shop.work(location).getFirst().path("id").asText() + "/packing",
        packing.toString(), "own").expect(200);
    shop.rest();
    deliverUnheard(number);

    shop.pass(Duration.ofHours(7));
    assertThat(parcel().path("status").asText()).isEqualTo("delivered");
  }

  @Test
  void aLabelThatIsNotUsedIsCancelledAndNothingIsLeftToFollow() {
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    String path = "/parcels/" + parcel().path("id").asText();
    shop.warehouse.post(path + "/void", "", "void").expect(200);
    shop.pass(Duration.ofMinutes(61));

    JsonNode costs = shop.warehouse.get(path + "/costs").expect(200).json();
    assertThat(costs.at("/void/status").asText()).isEqualTo("not_applicable");
    assertThat(costs.at("/bought/amount").asLong()).isEqualTo(820);
    assertThat(Shop.elements(karrio().path("shipments"))
        .filter(it -> it.path("tracking_number").asText().equals(costs.path("tracking_number").asText())))
        .allSatisfy(it -> assertThat(it.path("status").asText()).isEqualTo("cancelled")).isNotEmpty();
  }
}
