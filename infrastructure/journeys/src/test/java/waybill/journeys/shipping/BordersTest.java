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

/** A parcel crosses a customs border, once all is there that customs ask. */
class BordersTest {
  private static final Duration UNTIL_ASKED_AGAIN = Duration.ofMinutes(61);

  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String channel;
  private String location;
  private String sku;

  @BeforeEach
  void open() {
    channel = "borders" + Long.toString(System.nanoTime(), 36);
    shop = new Shop(CLOUD.get(), channel);
    location = shop.location("leipzig");
    sku = shop.product("tea", location, 3);
    national(false);
  }

  /** @param ten whether its tariff number has ten digits in the United States */
  private void national(boolean ten) {
    ObjectNode product = shop.samples.read("put-product.json");
    if (!ten) {
      product.remove("customs");
    }
    shop.operator.put("/products/" + sku, product.toString()).expect(200);
  }

  private void channel(boolean signed) {
    ObjectNode form = shop.samples.read("put-channel.json").put("stock_pool", channel);
    form.putArray("carrier_accounts").addObject().put("carrier", "easypost").put("account", Providers.LABEL_ACCOUNT);
    if (!signed) {
      form.remove("customs");
    }
    shop.operator.put("/channels/" + channel, form.toString()).expect(200);
  }

  /** @return the order, packed */
  private String packed(String line, String city, String state, String postalCode, String country) {
    ObjectNode form = shop.form("1", sku, 2);
    form.putObject("shipping_address").put("name", "Grace Hopper").put("line1", line).put("city", city)
        .put("state", state)
        .put("postal_code", postalCode).put("country", country);
    String order = shop.place(form);
    shop.pay("1", 2_000);
    shop.rest();
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    return order;
  }

  private JsonNode shipment(String order) {
    String number = shop.parcels(order).getFirst().path("tracking_number").asText();
    return Shop.elements(shop.operator.get("/local/easypost").expect(200).json().path("shipments"))
        .filter(it -> it.path("tracking_code").asText().equals(number)).findFirst().orElseThrow();
  }

  private String note(String order) {
    return shop.operator.get("/orders/" + order).expect(200).json().at("/holds/0/note").asText();
  }

  @Test
  void toSwitzerlandWithADeclarationThatSomebodySigns() {
    channel(false);
    String order = packed("Bahnhofstr. 1", "Zürich", null, "8001", "CH");
    assertThat(note(order)).contains("/customs/signer");

    channel(true);
    shop.pass(UNTIL_ASKED_AGAIN);
    JsonNode info = shipment(order).path("customs_info");
    assertThat(info.path("customs_signer").asText()).isEqualTo("Ada Byron");
    assertThat(info.at("/customs_items/0/hs_tariff_number").asText()).isEqualTo("090240");
    assertThat(info.at("/customs_items/0/quantity").asInt()).isEqualTo(2);
    assertThat(info.at("/customs_items/0/value").asDouble()).isEqualTo(20.0);
    assertThat(shop.operator.get("/orders/" + order).expect(200).json().path("holds")).isEmpty();
    String invoice = shop.warehouse
        .get("/parcels/" + shop.parcels(order).getFirst().path("id").asText() + "/customs-documents").expect(200)
        .text();
    assertThat(invoice).contains("Commercial invoice", "090240", "Switzerland", "Signed: <bdi>Ada Byron</bdi>",
        "€20.00");
  }

  @Test
  void toTheUnitedStatesWithTenDigits() {
    channel(true);
    String order = packed("1 Infinite Loop", "Cupertino", "CA", "95014", "US");
    assertThat(note(order)).contains("the US needs 10 digits");

    national(true);
    shop.pass(UNTIL_ASKED_AGAIN);
    assertThat(shipment(order).at("/customs_info/customs_items/0/hs_tariff_number").asText()).isEqualTo("0902400000");
  }
}
