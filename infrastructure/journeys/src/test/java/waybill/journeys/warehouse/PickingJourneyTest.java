package waybill.journeys.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Caller;

/** Orders wait in a building with bins: they are released in a wave, picked scan by scan, packed and labelled. */
class PickingJourneyTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private final Shop shop = new Shop(CLOUD.get(), "picked");
  private final String leipzig = shop.location("leipzig");
  private final String tea = shop.product("tea", leipzig, 6);
  private final String mug = shop.product("mug", leipzig, 3);
  private final Caller ada = shop.caller("ada", "fulfillment:work");
  private final Caller bob = shop.caller("bob", "fulfillment:work");
  private final String cutOff = shop.cloud.clock().instant().plus(Duration.ofHours(9)).toString();
  private int keys;

  private void bin(String name, String purpose) {
    shop.warehouse.put("/bins/" + leipzig + "/" + name, """
        {"purpose": "%s", "zone": "A", "aisle": "%s", "position": %s}""".formatted(purpose, name.substring(0, 1),
        name.substring(2))).expect(201);
  }

  private void put(String bin, String sku, int units) {
    shop.warehouse.post("/bin-moves", JsonNodeFactory.instance.objectNode().put("location_id", leipzig).put("to", bin)
        .put("sku", sku).put("quantity", units).toString(), bin + sku).expect(201);
  }

  private JsonNode wave(String key) {
    ObjectNode form = shop.samples.read("release-wave.json").put("location_id", leipzig);
    // All orders are small, and are to be on one cart.
    ((ObjectNode) form.at("/devices/0")).put("minimum_volume_cm3", 0);
    form.path("collections").forEach(it -> ((ObjectNode) it).put("cut_off_at", cutOff));
    return shop.warehouse.post("/waves", form.toString(), key).expect(201).json();
  }

  private JsonNode next(Caller who) {
    return who.get("/work/next?kind=pick&location_id=" + leipzig).expect(200).json();
  }

  private JsonNode scan(Caller who, JsonNode work, String code, int quantity) {
    String body = JsonNodeFactory.instance.objectNode().put("code", code).put("quantity", quantity).toString();
    return who.post("/work/" + work.path("id").asText() + "/scans", body, "scan-" + ++keys).expect(200).json();
  }

  private JsonNode act(Caller who, JsonNode work, String body) {
    return who.post("/work/" + work.path("id").asText() + "/actions", body, "act-" + ++keys).expect(200).json();
  }

  @Test
  void ordersAreReleasedPickedScanByScanPackedAndLabelledAndWhatIsMissingIsNoticed() {
    List.of("A-1", "B-7", "C-3").forEach(it -> bin(it, "pick"));
    List.of("T-1", "T-2", "T-3").forEach(it -> bin(it, "tote"));
    put("A-1", tea, 4);
    put("C-3", tea, 2);
    put("B-7", mug, 3);
    String first = shop.paidOrder("1", tea, 4);
    String second = shop.paidOrder("2", mug, 2);
    assertThat(wave("wave").path("left")).isEmpty();
    assertThat(wave("wave").at("/waves/0/work")).as("the same wave").hasSize(1);

    JsonNode work = next(ada);
    assertThat(next(bob).path("state").asText()).isEqualTo("idle");
    JsonNode open = bob.get("/work?location_id=" + leipzig).expect(200).json();
    assertThat(open.at("/data/0/holder").asText()).isEqualTo("ada");
    assertThat(bob.get("/work/products?sku=" + tea).expect(200).json().at("/data/0/name").asText()).isNotEmpty();
    assertThat(bob.get("/work/products?limit=1").expect(200).json().path("data")).hasSize(1);
    assertThat(scan(ada, work, "B-7", 1).at("/message/code").asText()).isEqualTo("wrong_bin");
    scan(ada, work, "A-1", 1);
    scan(ada, work, tea, 3);
    scan(ada, work, "T-1", 1);
    JsonNode missing = act(ada, work, "{\"action\":\"missing\"}");
    assertThat(missing.at("/message/text").asText()).contains("1 are in bin C-3");
    shop.rest();
    // The phone dies; the next one goes on.
    work = next(ada);
    while (!work.path("state").asText().equals("done")) {
      JsonNode expects = work.path("expects");
      work = switch (work.path("state").asText()) {
        case "bin" -> scan(ada, work, expects.path("bin").asText(), 1);
        case "unit" -> scan(ada, work, expects.path("sku").asText(), expects.path("quantity").asInt());
        case "tote" -> scan(ada, work, expects.path("sku").asText().equals(tea) ? "T-1" : "T-2", 1);
        case "empty" -> act(ada, work, "{\"action\":\"empty\"}");
        default -> throw new AssertionError(work);
      };
    }
    assertThat(work.path("instruction").asText()).contains("T-1", "T-2");
    assertThat(shop.warehouse.get("/bins/" + leipzig + "/T-1").expect(200).json().path("fulfillment_id").asText())
        .startsWith("ful_");
    assertThat(shop.warehouse.get("/counts?location_id=" + leipzig).expect(200).json().at("/data/0/bin").asText())
        .isEqualTo("A-1");

    shop.work(leipzig).forEach(it -> shop.pack(it).expect(200));
    shop.rest();
    assertThat(shop.order(first).path("delivery_status").asText()).isEqualTo("shipped");
    assertThat(shop.order(second).path("delivery_status").asText()).isEqualTo("shipped");
    assertThat(shop.warehouse.get("/bins/" + leipzig + "/T-1").expect(200).json().path("contents")).isEmpty();
    shortOfEverything();
    assertThat(shop.deadLetters()).isEmpty();
  }

  /** What no bin has, the order does without: its customer hears of it as if a packer had reported it. */
  private void shortOfEverything() {
    String third = shop.paidOrder("3", mug, 1);
    wave("late");
    JsonNode work = next(bob);
    assertThat(work.path("instruction").asText()).isEqualTo("Go to bin B-7.");
    scan(bob, work, "B-7", 1);
    JsonNode gone = act(bob, work, "{\"action\":\"missing\"}");
    assertThat(gone.path("state").asText()).isEqualTo("done");
    assertThat(gone.at("/message/text").asText()).contains("nowhere");
    shop.rest();
    assertThat(shop.operator.get("/orders/" + third).expect(200).json().at("/holds/0/reason").asText())
        .isEqualTo("short");
    assertThat(shop.stockAt(mug, leipzig).path("on_hand").asInt()).isZero();
  }
}
