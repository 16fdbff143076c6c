package waybill.journeys.returns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Caller;
import waybill.local.providers.Providers;

/** The shop pays the way back, at EasyPost: the label is mailed, scanned, and counted; or not used; or lost with its parcel. */
class ReturnLabelledTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String location;
  private String sku;
  private String order;

  /** Delivered, to a customer whose return the policy pays the label of. */
  private void delivered(String name, String policy) {
    shop = new Shop(CLOUD.get(), name);
    ObjectNode form = shop.samples.read("put-channel.json").put("stock_pool", name);
    form.putArray("carrier_accounts").addObject().put("carrier", "easypost").put("account", Providers.LABEL_ACCOUNT);
    shop.operator.put("/channels/" + name, form.toString()).expect(200);
    shop.operator.put("/channels/" + name + "/return-policy", policy).expect(201);
    location = shop.location("leipzig");
    sku = shop.product("tea", location, 2);
    order = shop.paidOrder("1", sku, 2);
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    scan(shop.parcels(order).getFirst().path("tracking_number").asText(), "delivered");
  }

  private void scan(String number, String status) {
    shop.operator.post("/local/easypost/scans", "{\"tracking_number\":\"%s\",\"status\":\"%s\",\"message\":\"a scan\"}"
        .formatted(number, status)).expect(200);
    shop.rest();
  }

  private JsonNode post(Caller caller, String path, String body, int status) {
    JsonNode answer = caller.post(path, body, path + body.hashCode()).expect(status).json();
    shop.rest();
    return answer;
  }

  private String asked() {
    return "/returns/" + post(shop.storefront, "/returns",
        "{\"order_id\":\"%s\",\"lines\":[{\"line_id\":\"line_1\",\"quantity\":1}]}".formatted(order), 201)
        .path("id").asText();
  }

  private JsonNode now() {
    return shop.operator.get("/orders/" + order + "/returns").expect(200).json().at("/data/0");
  }

  private JsonNode label() {
    return now().path("label");
  }

  private JsonNode shipment(String number) {
    return Shop.elements(shop.operator.get("/local/easypost").expect(200).json().path("shipments"))
        .filter(it -> it.path("tracking_code").asText().equals(number)).findFirst().orElseThrow();
  }

  private String number() {
    return label().path("tracking_number").asText();
  }

  private String unit(String more) {
    return "{\"location_id\":\"%s\",\"lines\":[{\"line_id\":\"line_1\",\"quantity\":1%s}]}".formatted(location, more);
  }

  @Test
  void aLabelIsBoughtOnceMailedScannedAndItsUnitsAreCountedAndRefunded() {
    delivered("prepaid", "{\"labels\":\"always\"}");
    int before = shop.operator.get("/local/easypost").expect(200).json().path("charges").asInt();
    shop.operator.post("/local/easypost/faults", "{\"call\":\"buy_shipment\",\"kind\":\"error_500_after\"}")
        .expect(201);
    String path = asked();
    shop.pass(Duration.ofMinutes(4));
    CLOUD.get().retry(CLOUD.get().name("BuyReturnLabelQueue"));
    shop.rest();
    assertThat(label().path("status").asText()).isEqualTo("ready");
    assertThat(shop.operator.get("/local/easypost").expect(200).json().path("charges").asInt()).isEqualTo(before + 1);
    JsonNode shipment = shipment(number());
    assertThat(shipment.path("is_return").asBoolean()).isTrue();
    assertThat(shipment.at("/from_address/zip").asText()).as("from its customer").isEqualTo("10827");

    String url = label().path("url").asText();
    String link = url.substring(url.indexOf("/tracking/"));
    assertThat(shop.storefront.get(link).expect(200).text()).startsWith("%PDF");
    shop.storefront.get(link.replaceFirst("_1$", "_2")).expect(404);
    assertThat(shop.parcels(order)).as("it is none of the order's").hasSize(1);
    String parcel = "/parcels/" + label().path("parcel_id").asText();
    assertThat(shop.warehouse.get(parcel + "/costs").expect(200).json().at("/bought/amount").asLong()).isEqualTo(820);

    scan(number(), "in_transit");
    assertThat(label().path("status").asText()).isEqualTo("in_transit");
    post(shop.operator, path + "/label", "{\"decision\":\"void\"}", 409);
    scan(number(), "delivered");
    assertThat(label().path("status").asText()).isEqualTo("delivered");
    assertThat(now().path("status").asText()).as("that is no receipt").isEqualTo("approved");
    shop.operator.post("/local/easypost/invoices",
        "{\"tracking_number\":\"%s\",\"amount\":\"9.95\"}".formatted(number())).expect(200);
    shop.rest();
    assertThat(shop.warehouse.get(parcel + "/costs").expect(200).json().at("/billed/amount").asLong()).isEqualTo(995);

    post(shop.warehouse, path + "/receipts", unit(""), 201);
    post(shop.warehouse, path + "/dispositions", unit(",\"outcome\":\"restocked\""), 201);
    assertThat(now().path("status").asText()).isEqualTo("refunded");
    assertThat(shop.refunds("1")).containsExactly("succeeded 1000");
    assertThat(shop.stockAt(sku, location).path("on_hand").asInt()).isEqualTo(1);
    assertThat(shop.events(order)).contains("return.opened", "return.labelled", "return.in_transit", "return.received",
        "return.settled");
    assertThat(shop.subjects("1")).doesNotHaveDuplicates().contains(
        "Ihre Rücksendung zur Bestellung #1042 ist genehmigt", "Ihr Rücksendeetikett zur Bestellung #1042",
        "Ihre Rücksendung zur Bestellung #1042 ist eingetroffen");
    assertThat(shop.deadLetters()).isEmpty();
  }

  @Test
  void aLabelThatIsNotUsedIsVoidAndAnotherOneMayBeBought() {
    delivered("unused", "{\"labels\":\"always\",\"label_days\":2}");
    String path = asked();
    String unused = number();
    shop.pass(Duration.ofDays(2));
    shop.pass(Duration.ofMinutes(61));
    assertThat(label().path("status").asText()).isEqualTo("void");
    assertThat(shipment(unused).path("refund_status").asText()).isEqualTo("submitted");
    post(shop.operator, path + "/label", "{\"decision\":\"buy\",\"weight_grams\":700}", 200);
    assertThat(label().path("status").asText()).isEqualTo("ready");
    assertThat(number()).isNotEqualTo(unused);
    shop.operator.post(path + "/decision", "{\"decision\":\"cancel\"}", "kept").expect(200);
    shop.rest();
    assertThat(label().path("status").asText()).isEqualTo("void");
    assertThat(shop.refunds("1")).isEmpty();
    assertThat(shop.deadLetters()).isEmpty();
  }

  @Test
  void whatItsCarrierLosesIsRefundedAllTheSame() {
    delivered("lostback", "{}");
    String path = asked();
    assertThat(label().isNull()).isTrue();
    post(shop.operator, path + "/label", shop.samples.read("label-return.json").toString(), 200);
    scan(number(), "in_transit");
    shop.pass(Duration.ofMinutes(5));
    ObjectNode parcel = ((ObjectNode) label().deepCopy()).put("shipped_at",
        Instant.parse(label().path("moved_at").asText()).plus(Duration.ofDays(2)).toString());
    shop.providers.easyPost(shop.trackingEvent("in-transit", parcel).replace("\"in_transit\"", "\"failure\"")
        .replaceAll("\"status_detail\": *\"[a-z_]*\"", "\"status_detail\":\"lost\"")).expect(200);
    shop.rest();
    assertThat(label().path("status").asText()).isEqualTo("lost");
    assertThat(shop.refunds("1")).containsExactly("succeeded 1000");
    assertThat(now().path("status").asText()).isEqualTo("refunded");
    assertThat(shop.events(order)).contains("return.lost", "return.settled");
    assertThat(shop.deadLetters()).isEmpty();
  }
}
