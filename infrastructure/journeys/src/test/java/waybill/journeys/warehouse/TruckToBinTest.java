package waybill.journeys.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** What a truck brings is received, put away, and moved. */
class TruckToBinTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  @Test
  void aTruckIsUnloadedIntoTheBinsThatAreProposed() {
    var shop = new Shop(CLOUD.get(), "truck");
    String leipzig = shop.location("leipzig");
    String tea = shop.product("tea", leipzig, 0);
    String bins = "/bins/" + leipzig;
    shop.warehouse.put(bins + "/A-1", "{\"walking_sequence\":1,\"maximum_units\":24}").expect(201);
    shop.warehouse.put(bins + "/A-2", "{\"walking_sequence\":2}").expect(201);
    shop.warehouse.put("/inbounds/PO-truck", """
        {"location_id": "%s", "expected_at": "2031-01-01T09:00:00Z", "lines": [{"sku": "%s", "quantity": 40}]}"""
        .formatted(leipzig, tea)).expect(201);
    shop.warehouse.post("/inbounds/PO-truck/receipts", "{\"lines\":[{\"sku\":\"%s\",\"quantity\":40}]}".formatted(tea),
        "truck").expect(201);

    String asked = "/putaway-proposals?location_id=%s&sku=%s".formatted(leipzig, tea);
    JsonNode proposed = shop.warehouse.get(asked).expect(200).json();
    assertThat(proposed.at("/unplaced").asInt()).isEqualTo(40);
    assertThat(proposed.at("/places")).hasSize(2);
    for (JsonNode place : proposed.at("/places")) {
      String move = """
          {"location_id": "%s", "sku": "%s", "quantity": %d, "to": "%s", "reason": "putaway"}""".formatted(leipzig,
          tea, place.path("quantity").asInt(), place.path("bin").asText());
      for (int i = 0; i < 2; i++) {
        shop.warehouse.post("/bin-moves", move, "put-" + place.path("bin").asText()).expect(201);
      }
    }
    assertThat(shop.warehouse.get(bins + "/A-1").expect(200).json().at("/contents/0/quantity").asInt()).isEqualTo(24);
    assertThat(shop.warehouse.get(asked).expect(200).json().at("/unplaced").asInt()).isZero();

    String whole = "{\"location_id\":\"%s\",\"from\":\"A-1\",\"to\":\"A-2\"}".formatted(leipzig);
    shop.warehouse.post("/bin-moves", whole, "whole").expect(201);
    assertThat(shop.warehouse.get(bins + "/A-1").expect(200).json().at("/contents")).isEmpty();
    assertThat(shop.warehouse.get(bins + "/A-2").expect(200).json().at("/contents/0/quantity").asInt()).isEqualTo(40);
    assertThat(shop.stock(tea).at("/locations/0/on_hand").asInt()).isEqualTo(40);
  }

  @Test
  void whatIsMissingInABinIsBookedWhenItIsApproved() {
    var shop = new Shop(CLOUD.get(), "counted");
    String leipzig = shop.location("leipzig");
    String tea = shop.product("tea", leipzig, 10);
    shop.warehouse.put("/bins/" + leipzig + "/A-1", "{}").expect(201);
    shop.warehouse.post("/bin-moves",
        "{\"location_id\":\"%s\",\"sku\":\"%s\",\"quantity\":10,\"to\":\"A-1\"}".formatted(leipzig, tea), "in")
        .expect(201);
    String count = "/counts/" + shop.warehouse
        .post("/counts", "{\"location_id\":\"%s\",\"bin\":\"A-1\",\"tolerance\":10}".formatted(leipzig), "count")
        .expect(201)
        .json().path("id").asText();
    assertThat(shop.warehouse.get("/counts?location_id=" + leipzig).expect(200).json().at("/data/0/bin").asText())
        .isEqualTo("A-1");
    shop.warehouse.post(count + "/tallies", "{\"lines\":[{\"sku\":\"%s\",\"counted\":7}]}".formatted(tea), "ada")
        .expect(201);
    assertThat(shop.warehouse.get(count).expect(200).json().at("/differences/0/difference").asInt()).isEqualTo(-3);
    for (int i = 0; i < 2; i++) {
      shop.warehouse.post(count + "/review", "{\"decision\":\"approve\",\"root_cause\":\"missing\"}", "").expect(200);
    }
    shop.rest();
    assertThat(shop.stock(tea).at("/locations/0/on_hand").asInt()).isEqualTo(7);
    assertThat(shop.warehouse.get("/bins/" + leipzig + "/A-1").expect(200).json().at("/contents/0/quantity").asInt())
        .isEqualTo(7);

    shop.warehouse.post(count("/counts", leipzig, shop) + "/tallies", "{\"lines\":[]}", "bob").expect(201);
    assertThat(
        shop.warehouse.get("/counts?location_id=" + leipzig).expect(200).json().at("/data/0/status").asText())
        .isEqualTo("recount");
  }

  @Test
  void whatAnOrderIsPackedOfGoesToNoShelf() {
    var shop = new Shop(CLOUD.get(), "crossdock");
    String leipzig = shop.location("leipzig");
    String tea = shop.product("tea", leipzig, 10);
    shop.warehouse.put("/bins/" + leipzig + "/A-1", "{}").expect(201);
    shop.paidOrder("1", tea, 7);
    assertThat(shop.work(leipzig)).hasSize(1);
    JsonNode proposed = shop.warehouse.get("/putaway-proposals?location_id=%s&sku=%s".formatted(leipzig, tea))
        .expect(200).json();
    assertThat(proposed.path("unplaced").asInt()).isEqualTo(10);
    assertThat(proposed.path("cross_dock").asInt()).isEqualTo(7);
    assertThat(proposed.at("/places/0/quantity").asInt()).isEqualTo(3);
  }

  @Test
  void aPickFaceIsFilledInFullCasesBeforeTheWave() {
    var shop = new Shop(CLOUD.get(), "face");
    String leipzig = shop.location("leipzig");
    String tea = shop.product("tea", leipzig, 40);
    ObjectNode product = shop.samples.read("put-product.json");
    product.putArray("packs").addObject().put("gtin", "14006381333938").put("units", 12);
    shop.operator.put("/products/" + tea, product.toString()).expect(200);
    String bins = "/bins/" + leipzig;
    shop.warehouse.put(bins + "/B-1", "{\"purpose\":\"bulk\"}").expect(201);
    shop.warehouse
        .put(bins + "/A-1", "{\"pick_face\":{\"sku\":\"%s\",\"minimum\":5,\"maximum\":30}}".formatted(tea)).expect(201);
    shop.warehouse.post("/bin-moves",
        "{\"location_id\":\"%s\",\"sku\":\"%s\",\"quantity\":40,\"to\":\"B-1\"}".formatted(leipzig, tea), "reserve")
        .expect(201);
    ObjectNode wave = shop.samples.read("release-wave.json");
    wave.put("location_id", leipzig);
    JsonNode held = shop.warehouse.post("/waves", wave.toString(), "face").expect(201).json().at("/replenishments/0");
    assertThat(held.path("bin").asText()).isEqualTo("A-1");
    assertThat(held.at("/lines/0/quantity").asInt()).isEqualTo(24);
    String move = """
        {"location_id": "%s", "sku": "%s", "quantity": 24, "from": "B-1", "to": "A-1", "reason": "replenished"}"""
        .formatted(leipzig, tea);
    for (int i = 0; i < 2; i++) {
      shop.warehouse.post("/bin-moves", move, "cases").expect(201);
    }
    assertThat(shop.warehouse.get(bins + "/A-1").expect(200).json().at("/contents/0/quantity").asInt()).isEqualTo(24);
    assertThat(shop.warehouse.get(bins + "/B-1").expect(200).json().at("/contents/0/held").asInt()).isZero();
  }

  private static String count(String path, String location, Shop shop) {
    return path + "/" + shop.warehouse
        .post(path, "{\"location_id\":\"%s\",\"bin\":\"A-1\"}".formatted(location), "again").expect(201).json()
        .path("id").asText();
  }
}
