package waybill.journeys.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Providers;

/** A label is bought at EasyPost, is not used, and its money comes back. */
class LabelsTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String channel;
  private String location;
  private String order;

  @BeforeEach
  void open() {
    channel = "labels" + Long.toString(System.nanoTime(), 36);
    shop = new Shop(CLOUD.get(), channel);
    ObjectNode form = shop.samples.read("put-channel.json").put("stock_pool", channel);
    form.putArray("carrier_accounts").addObject().put("carrier", "easypost").put("account", Providers.LABEL_ACCOUNT);
    shop.operator.put("/channels/" + channel, form.toString()).expect(200);
    location = shop.location("leipzig");
    String sku = shop.product("tea", location, 3);
    order = shop.paidOrder("1", sku, 1);
  }

  private JsonNode packed() {
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    return shop.parcels(order).getFirst();
  }

  private JsonNode easyPost() {
    return shop.operator.get("/local/easypost").expect(200).json();
  }

  private JsonNode shipment(String number) {
    return Shop.elements(easyPost().path("shipments")).filter(it -> it.path("tracking_code").asText().equals(number))
        .findFirst().orElseThrow();
  }

  @Test
  void aLabelIsBoughtOnceThoughItsAnswerIsLostAndItsScansMoveTheParcel() {
    int before = easyPost().path("charges").asInt();
    shop.operator.post("/local/easypost/faults", "{\"call\":\"buy_shipment\",\"kind\":\"error_500_after\"}")
        .expect(201);
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    shop.pass(Duration.ofMinutes(4));
    CLOUD.get().retry(CLOUD.get().name("BuyLabelQueue"));
    shop.rest();
    JsonNode parcel = shop.parcels(order).getFirst();
    assertThat(parcel.path("carrier").asText()).isEqualTo("USPS");
    assertThat(easyPost().path("charges").asInt()).isEqualTo(before + 1);

    String number = parcel.path("tracking_number").asText();
    shop.operator.post("/local/easypost/scans",
        "{\"tracking_number\":\"%s\",\"status\":\"in_transit\",\"message\":\"Departed\"}".formatted(number))
        .expect(200);
    shop.rest();
    assertThat(shop.parcels(order).getFirst().path("status").asText()).isEqualTo("in_transit");
    assertThat(shop.warehouse.post("/parcels/" + parcel.path("id").asText() + "/void", "", "void").expect(409).json()
        .path("code").asText()).isEqualTo("scanned");
  }

  @Test
  void aLabelThatIsNotUsedIsVoidedRefusedAsTooEarlyRequestedAgainAndRefunded() {
    JsonNode parcel = packed();
    String path = "/parcels/" + parcel.path("id").asText();
    // What other journeys have voided is asked for first: this fault is not theirs.
    shop.pass(Duration.ofMinutes(61));
    shop.operator.post("/local/easypost/faults", "{\"call\":\"refund_shipment\",\"kind\":\"refuse\"}").expect(201);
    assertThat(shop.warehouse.post(path + "/void", "", "void").expect(200).json().at("/void/status").asText())
        .isEqualTo("requested");

    shop.pass(Duration.ofMinutes(61));
    assertThat(costs(path).at("/void/status").asText()).isEqualTo("too_early");
    shop.pass(Duration.ofHours(25));
    assertThat(costs(path).at("/void/status").asText()).isEqualTo("submitted");
    String shipment = shipment(parcel.path("tracking_number").asText()).path("id").asText();
    shop.operator.post("/local/easypost/refunds/" + shipment + "/refunded", "").expect(200);
    shop.pass(Duration.ofHours(25));

    JsonNode costs = costs(path);
    assertThat(costs.at("/void/status").asText()).isEqualTo("refunded");
    assertThat(costs.path("refunded")).isEqualTo(costs.path("bought")).isEqualTo(costs.path("quoted"));
    assertThat(costs.at("/refunded/amount").asLong()).isEqualTo(820);
  }

  /** The carrier weighs the parcel again, and corrects its bill; the shop has paid too little for it. */
  @Test
  void whatTheCarrierBillsAfterAllIsShownBesideWhatWasBought() {
    JsonNode parcel = packed();
    String path = "/parcels/" + parcel.path("id").asText();
    for (String amount : List.of("9.95", "9.40")) {
      shop.operator.post("/local/easypost/invoices", "{\"tracking_number\":\"%s\",\"amount\":\"%s\"}"
          .formatted(parcel.path("tracking_number").asText(), amount)).expect(200);
      shop.rest();
    }

    JsonNode costs = costs(path);
    assertThat(costs.at("/bought/amount").asLong()).isEqualTo(820);
    assertThat(costs.at("/billed/amount").asLong()).isEqualTo(940);
    assertThat(costs.path("bills")).hasSize(1);
    shop.operator.post("/local/easypost/invoices", "{\"tracking_number\":\"NONE\",\"amount\":\"1.00\"}").expect(404);
  }

  @Test
  void theScansOfALabelThatWasBoughtElsewhereComeToo() {
    ObjectNode packing = shop.samples.read("pack-fulfillment.json");
    JsonNode work = shop.work(location).getFirst();
    String number = "JD" + System.nanoTime();
    var parcel = ((ObjectNode) packing.path("parcels").path(0)).put("carrier", "DHL").put("tracking_number", number);
    parcel.putArray("lines").addObject().put("line_id", "line_1").put("quantity", 1);
    shop.warehouse.post("/fulfillments/" + work.path("id").asText() + "/packing", packing.toString(), "own")
        .expect(200);
    shop.rest();

    String scan = "{\"tracking_number\":\"%s\",\"status\":\"delivered\",\"message\":\"Delivered\"}".formatted(number);
    assertThat(shop.operator.post("/local/easypost/scans", scan).expect(200).json().path("trackers").asInt())
        .isEqualTo(1);
    shop.rest();

    assertThat(shop.parcels(order).getFirst().path("status").asText()).isEqualTo("delivered");
    assertThat(
        shop.warehouse.post("/parcels/" + shop.parcels(order).getFirst().path("id").asText() + "/void", "", "void")
            .expect(409).json().path("code").asText())
        .isEqualTo("bought_elsewhere");
  }

  /** Bought as EasyPost has it, kept as the account wants it, and made in another format when that is printed. */
  @Test
  void aLabelIsPrintedAsOftenAsItIsNeededAndNotOnceItIsVoid() {
    JsonNode parcel = packed();
    String path = "/parcels/" + parcel.path("id").asText();
    String number = parcel.path("tracking_number").asText();
    int asked = easyPost().path("charges").asInt();

    assertThat(shop.warehouse.get(path + "/label").expect(200).text()).startsWith("%PDF-").contains(number);
    assertThat(shop.warehouse.get(path + "/label?format=zpl").expect(200).text()).startsWith("^XA").contains(number);
    assertThat(shop.warehouse.get(path + "/label?format=png").expect(200).text()).contains("PNG");
    assertThat(easyPost().path("charges").asInt()).isEqualTo(asked);
    assertThat(CLOUD.get().logs().stream().filter(it -> "Label printed".equals(it.get("message")))
        .filter(it -> parcel.path("id").asText().equals(it.get("parcel"))).map(it -> it.get("by"))).hasSize(3)
        .containsOnly("packer");
    shop.warehouse.post(path + "/void", "", "void").expect(200);
    assertThat(shop.warehouse.get(path + "/label").expect(409).json().path("code").asText()).isEqualTo("label_void");
  }

  /** EasyPost gives no file: the label is bought all the same, and its file is fetched when it is printed. */
  @Test
  void aLabelWhoseFileIsNotThereYetIsBoughtAllTheSame() {
    shop.operator.post("/local/easypost/faults", "{\"call\":\"label_shipment\",\"kind\":\"refuse\"}").expect(201);
    JsonNode parcel = packed();

    assertThat(parcel.path("tracking_number").asText()).isNotEmpty();
    assertThat(CLOUD.get().logs().stream().filter(it -> "Label has no file".equals(it.get("message")))
        .filter(it -> parcel.path("id").asText().equals(it.get("parcel")))).hasSize(1);
    assertThat(shop.warehouse.get("/parcels/" + parcel.path("id").asText() + "/label").expect(200).text())
        .startsWith("%PDF-");
  }

  private JsonNode costs(String path) {
    return shop.warehouse.get(path + "/costs").expect(200).json();
  }

  @Test
  void anAddressIsVerifiedByTheChannelsCarrierAndByTheRulesAloneWhileThatIsAway() {
    ObjectNode asked = shop.samples.read("check-address.json").put("channel", channel);
    JsonNode verified = shop.storefront.post("/address-checks", asked.toString(), "1").expect(200).json();
    assertThat(verified.path("verdict").asText()).isEqualTo("verified");
    assertThat(verified.at("/corrected/postal_code").asText()).isEqualTo("10827");

    shop.operator.post("/local/easypost/faults", "{\"call\":\"create_address\",\"kind\":\"error_500_before\"}")
        .expect(201);
    JsonNode plausible = shop.storefront.post("/address-checks", asked.toString(), "2").expect(200).json();
    assertThat(plausible.path("verdict").asText()).isEqualTo("plausible");
    assertThat(plausible.at("/corrected/postal_code").asText()).isEqualTo("10827");
  }
}
