package waybill.journeys.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Providers;

/** A parcel's papers, from its label to the form that its carrier's driver signs. */
class DaysEndTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String location;
  private String order;

  private JsonNode packedParcel(String carrier, String account) {
    String name = "papers" + Long.toString(System.nanoTime(), 36);
    shop = new Shop(CLOUD.get(), name);
    ObjectNode channel = shop.samples.read("put-channel.json").put("stock_pool", name).put("gs1_prefix", "4012345");
    channel.putArray("carrier_accounts").addObject().put("carrier", carrier).put("account", account);
    shop.operator.put("/channels/" + name, channel.toString()).expect(200);
    location = shop.location("leipzig");
    order = shop.paidOrder("1", shop.product("tea", location, 3), 1);
    packUnweighed(shop.work(location).getFirst());
    shop.rest();
    return shop.parcels(order).getFirst();
  }

  /** Without a scale: the parcel weighs what its products and its box weigh. */
  private void packUnweighed(JsonNode work) {
    ObjectNode packing = shop.samples.read("pack-fulfillment.json");
    ObjectNode parcel = ((ObjectNode) packing.path("parcels").path(0)).put("packaging_grams", 80);
    parcel.remove("weight_grams");
    ArrayNode lines = parcel.putArray("lines");
    work.path("lines").forEach(it -> lines.addObject().put("line_id", it.path("line_id").asText()).put("quantity",
        it.path("quantity").asInt()));
    shop.warehouse.post("/fulfillments/" + work.path("id").asText() + "/packing", packing.toString(), "unweighed")
        .expect(200);
  }

  private String day(String carrier, String account) {
    ObjectNode day = shop.samples.read("create-manifest.json").put("location_id", location);
    day.putObject("carrier_account").put("carrier", carrier).put("account", account);
    return day.toString();
  }

  @Test
  void aLabelIsListedOnOneFormVoidedAfterwardsAndOnNoOther() {
    JsonNode parcel = packedParcel("easypost", Providers.LABEL_ACCOUNT);
    String path = "/parcels/" + parcel.path("id").asText();
    String day = day("easypost", Providers.LABEL_ACCOUNT);

    JsonNode manifest = shop.warehouse.post("/manifests", day, "today").expect(201).json();
    assertThat(manifest.path("status").asText()).isEqualTo("created");
    assertThat(manifest.at("/parcels/0/tracking_number")).isEqualTo(parcel.path("tracking_number"));
    String form = "/manifests/" + manifest.path("id").asText();
    assertThat(shop.warehouse.get(form + "?format=pdf").expect(200).text()).startsWith("%PDF");
    assertThat(shop.warehouse.get(form + "?format=pdf").expect(200).text()).startsWith("%PDF");

    shop.warehouse.post(path + "/void", "", "void").expect(200);
    shop.pass(Duration.ofMinutes(61));
    assertThat(shop.warehouse.get(path + "/costs").expect(200).json().at("/void/status").asText())
        .isEqualTo("submitted");
    assertThat(shop.warehouse.get(form).expect(200).json().at("/parcels/0/void").asBoolean()).isTrue();
    JsonNode refused = shop.warehouse.post("/manifests", day, "again").expect(409).json();
    assertThat(refused.path("code").asText()).isEqualTo("nothing_to_list");
  }

  @Test
  void theStandInsLabelAndSlipBearTheParcelsSscc() {
    JsonNode parcel = packedParcel("table_rate", "built-in");

    String slip = shop.warehouse.get("/fulfillments/" + shop.order(order).at("/fulfillments/0/id").asText() + "/slip")
        .expect(200).text();
    String sscc = slip.replaceAll("(?s).*\\(00\\) (0[0-9]{17}).*", "$1");
    assertThat(sscc).startsWith("04012345").hasSize(18);
    assertThat(shop.warehouse.get("/parcels/" + parcel.path("id").asText() + "/label?format=zpl").expect(200).text())
        .contains("Grace Hopper", parcel.path("tracking_number").asText(), "(00)" + sscc);
    JsonNode manifest = shop.warehouse.post("/manifests", day("table_rate", "built-in"), "today").expect(201).json();
    assertThat(shop.warehouse.get("/manifests/" + manifest.path("id").asText() + "?format=pdf").expect(200).text())
        .startsWith("%PDF");
    assertThat(shop.warehouse.post("/manifests", day("table_rate", "built-in"), "again").expect(409).json()
        .at("/left_out/0/manifest_id")).isEqualTo(manifest.path("id"));
  }

  @Test
  void aDriverIsSentForOnceThoughTheAnswerIsLostAndHisVisitEndsWithTheScan() {
    String number = packedParcel("easypost", Providers.LABEL_ACCOUNT).path("tracking_number").asText();
    ObjectNode wish = shop.samples.read("create-carrier-pickup.json").put("location_id", location);
    wish.putObject("carrier_account").put("carrier", "easypost").put("account", Providers.LABEL_ACCOUNT);

    JsonNode tooShort = shop.warehouse.post("/carrier-pickups", wish.deepCopy().put("closing_time", "09:00").toString(),
        "short").expect(422).json();
    assertThat(tooShort.at("/errors/0/code").asText()).isEqualTo("window_too_short");
    JsonNode quoted = shop.warehouse.post("/carrier-pickups", wish.toString(), "today").expect(201).json();
    assertThat(quoted.path("status").asText()).as(quoted.toString()).isEqualTo("quoted");
    assertThat(quoted.at("/parcels/0/tracking_number").asText()).isEqualTo(number);
    String path = "/carrier-pickups/" + quoted.path("id").asText();
    String book = "{\"kind\":\"book\",\"rate_id\":\"%s\"}".formatted(quoted.at("/rates/0/id").asText());
    shop.operator.post("/local/easypost/faults", "{\"call\":\"buy_pickup\",\"kind\":\"timeout_after\"}").expect(201);
    shop.warehouse.post(path + "/decision", book, "book").expect(503);
    shop.pass(Duration.ofMinutes(6));

    JsonNode booked = shop.warehouse.get(path).expect(200).json();
    assertThat(booked.path("status").asText()).as(booked.toString()).isEqualTo("booked");
    assertThat(booked.path("confirmation_number").asText()).startsWith("WTC");
    assertThat(booked.at("/cost/currency").asText()).isEqualTo("USD");
    assertThat(shop.warehouse.post(path + "/decision", book, "again").expect(200).json()).isEqualTo(booked);

    shop.operator.post("/local/easypost/scans", """
        {"tracking_number": "%s", "status": "in_transit", "message": "Accepted"}""".formatted(number)).expect(200);
    shop.rest();
    assertThat(shop.warehouse.get(path).expect(200).json().at("/parcels/0/scanned").asBoolean()).isTrue();
    shop.pass(Duration.ofDays(4));
    assertThat(shop.warehouse.get(path).expect(200).json().path("status").asText()).isEqualTo("collected");
  }
}
