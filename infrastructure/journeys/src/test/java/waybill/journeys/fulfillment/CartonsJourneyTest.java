package waybill.journeys.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Caller.Answer;

/** A packer is proposed boxes, packs into one of them without measuring, and hears of a weight that cannot be. */
class CartonsJourneyTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;

  private Answer pack(String work, String key, ObjectNode parcel) {
    ObjectNode packing = shop.samples.read("pack-fulfillment.json");
    parcel.putArray("lines").addObject().put("line_id", "line_1").put("quantity", 2);
    packing.putArray("parcels").add(parcel);
    return shop.warehouse.post("/fulfillments/" + work + "/packing", packing.toString(), key);
  }

  private ObjectNode parcel(String box) {
    ObjectNode parcel = shop.samples.read("pack-fulfillment.json").objectNode();
    return parcel.put("box_id", box);
  }

  @Test
  void whatIsPackedIntoAKnownBoxIsNotMeasured() {
    shop = new Shop(CLOUD.get(), "cartons" + Long.toString(System.nanoTime(), 36));
    String location = shop.location("leipzig");
    String box = "m-" + location.hashCode();
    ObjectNode sample = shop.samples.read("put-box.json").put("location_id", location);
    ((ObjectNode) sample.at("/counts/0")).put("location_id", location).put("quantity", 1);
    shop.operator.put("/boxes/" + box, sample.toString())
        .expect(201);
    assertThat(shop.warehouse.get("/boxes").expect(200).json().path("data")).extracting(it -> it.path("id").asText())
        .contains(box);
    String order = shop.paidOrder("1", shop.product("tea", location, 9), 2);
    String work = shop.work(location).getFirst().path("id").asText();

    JsonNode proposed = shop.warehouse.get("/fulfillments/" + work + "/cartons").expect(200).json().path("boxes");
    assertThat(proposed).singleElement().satisfies(it -> {
      assertThat(it.path("box_id").asText()).isEqualTo(box);
      assertThat(it.path("weight_grams").asInt()).isEqualTo(180 + 2 * 230);
      assertThat(it.path("left").asInt()).isEqualTo(1);
      assertThat(it.path("placements")).hasSize(2);
    });

    assertThat(pack(work, "xl", parcel("xl")).expect(422).json().at("/errors/0/code").asText())
        .isEqualTo("unknown_box");
    assertThat(pack(work, "light", parcel(box).put("weight_grams", 410)).expect(422).json().at("/errors/0/code")
        .asText()).as("a tin is missing").isEqualTo("weight_differs");
    pack(work, "packed", parcel(box)).expect(200);
    assertThat(shop.warehouse.get("/fulfillments/" + work + "/cartons").expect(200, 409).json().path("boxes")
        .findValuesAsText("box_id")).as("the only one is used").doesNotContain(box);
    shop.rest();

    assertThat(shop.parcels(order)).singleElement().satisfies(it -> {
      assertThat(it.path("weight_grams").asInt()).isEqualTo(640);
      assertThat(it.path("length_mm").asInt()).isEqualTo(306);
      assertThat(it.path("tracking_number").asText()).isNotEmpty();
    });
  }
}
