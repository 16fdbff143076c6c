package waybill.journeys.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Caller.Answer;

/** What is packed comes out of its parcels and is packed again, until it has left. */
class RepackingTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String location;
  private String sku;

  /** Nobody sells labels of its parcels: it is live, and names no carrier's account. */
  @BeforeEach
  void open() {
    if (shop == null) {
      shop = new Shop(CLOUD.get(), "repack" + Long.toString(System.nanoTime(), 36));
    }
    location = shop.location("leipzig");
    sku = shop.product("tea", location, 3);
  }

  private void sellsNoLabels() {
    ObjectNode channel = shop.operator.get("/channels/" + name()).expect(200).json().deepCopy();
    ObjectNode form = shop.samples.read("put-channel.json").put("stock_pool", channel.path("stock_pool").asText())
        .put("livemode", true);
    form.remove("carrier_accounts");
    shop.operator.put("/channels/" + name(), form.toString()).expect(200);
  }

  private String name() {
    return location.substring(0, location.indexOf('-'));
  }

  private String placed() {
    ObjectNode form = shop.form("1", sku, 2);
    form.putArray("payments").addObject().put("provider", "external").put("reference", "cash-" + name())
        .put("amount", 2000).put("status", "captured");
    String order = shop.place(form);
    shop.rest();
    return order;
  }

  private Answer repack(String fulfillment, String key) {
    Answer answer = shop.warehouse.post("/fulfillments/" + fulfillment + "/repacking", "", key);
    shop.rest();
    return answer;
  }

  private Answer packWithOwnLabel(JsonNode work, String number) {
    ObjectNode packing = shop.samples.read("pack-fulfillment.json");
    var parcel = ((ObjectNode) packing.path("parcels").path(0)).put("carrier", "DHL").put("tracking_number", number);
    parcel.putArray("lines").addObject().put("line_id", "line_1").put("quantity", 2);
    Answer answer = shop.warehouse.post("/fulfillments/" + work.path("id").asText() + "/packing", packing.toString(),
        "own-label");
    shop.rest();
    return answer;
  }

  @Test
  void aParcelWhoseLabelNobodySellsIsPackedAgainWithALabelOfTheShopsOwn() {
    sellsNoLabels();
    String order = placed();
    JsonNode work = shop.work(location).getFirst();
    shop.pack(work).expect(200);
    shop.rest();
    String id = work.path("id").asText();
    assertThat(shop.order(order).path("holds").path(0).path("reason").asText()).isEqualTo("label_refused");

    repack(id, "again").expect(200);

    assertThat(shop.order(order).path("holds")).isEmpty();
    assertThat(shop.parcels(order)).isEmpty();
    assertThat(shop.work(location)).extracting(it -> it.path("id").asText()).containsExactly(id);
    assertThat(shop.pack(work).json().path("code").asText()).as("the first packing, repeated").isEqualTo("repacked");
    packWithOwnLabel(shop.work(location).getFirst(), "JD" + name().toUpperCase(java.util.Locale.ROOT)).expect(200);

    assertThat(shop.parcels(order)).singleElement()
        .satisfies(it -> assertThat(it.path("carrier").asText()).isEqualTo("DHL"));
    assertThat(shop.subjects("1")).filteredOn(it -> it.contains("versandt")).as("the one mail").hasSize(1);
    assertThat(shop.isFree(sku, 1)).isTrue();
    assertThat(repack(id, "too late").expect(409).json().path("code").asText()).isEqualTo("labelled");
    shop.parcels(order).forEach(it -> shop.scan("delivered", it));
    assertThat(shop.order(order).path("status").asText()).isEqualTo("completed");
  }

  @Test
  void whatIsPackedAgainCanBeCancelledMeanwhileAndKeepsNothing() {
    sellsNoLabels();
    String order = placed();
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    assertThat(shop.cancel(order).expect(409).json().path("code").asText()).isEqualTo("dispatch_closed");

    repack(Shop.elements(shop.order(order).path("fulfillments")).findFirst().orElseThrow().path("id").asText(), "again")
        .expect(200);
    shop.cancel(order).expect(200);
    shop.rest();

    assertThat(shop.isFree(sku, 3)).isTrue();
    assertThat(shop.work(location)).isEqualTo(List.of());
  }
}
