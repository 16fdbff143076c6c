package waybill.journeys.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Caller;

/** A picker does not find the lot of their order, and takes another. */
class SwappedLotsTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  @Test
  void aRoundFollowsASwapOfItsOrdersLots() {
    var shop = new Shop(CLOUD.get(), "otherlot");
    String leipzig = shop.location("leipzig");
    String cream = "OTHERLOT-CREAM";
    shop.operator.put("/products/" + cream, "{\"name\":\"Cream\",\"lot_tracked\":true,\"expires\":true}").expect(201);
    LocalDate today = LocalDate.ofInstant(shop.cloud.clock().instant(), ZoneOffset.UTC);
    for (String lot : new String[]{"A", "B"}) {
      shop.warehouse.post("/stock/" + cream + "/adjustments",
          "{\"location_id\":\"%s\",\"quantity\":2,\"reason\":\"received\",\"lot\":\"%s\",\"expires_on\":\"%s\"}"
              .formatted(leipzig, lot, today.plusDays(lot.equals("A") ? 90 : 120)),
          lot).expect(201);
      shop.warehouse.put("/bins/%s/%s-1".formatted(leipzig, lot), "{}").expect(201);
      shop.warehouse.post("/bin-moves",
          "{\"location_id\":\"%s\",\"sku\":\"%s\",\"lot\":\"%s\",\"quantity\":2,\"to\":\"%s-1\"}".formatted(leipzig,
              cream, lot, lot),
          "in " + lot).expect(201);
    }
    shop.paidOrder("1", cream, 2);
    ObjectNode wave = shop.samples.read("release-wave.json").put("location_id", leipzig);
    wave.path("collections").forEach(it -> ((ObjectNode) it).put("cut_off_at",
        shop.cloud.clock().instant().plus(Duration.ofHours(9)).toString()));
    assertThat(shop.warehouse.post("/waves", wave.toString(), "wave").expect(201).json().path("left")).isEmpty();
    Caller ada = shop.caller("ada", "fulfillment:work");
    JsonNode work = ada.get("/work/next?kind=pick&location_id=" + leipzig).expect(200).json();
    assertThat(work.at("/expects/bin").asText()).isEqualTo("A-1");

    JsonNode fulfillment = shop.work(leipzig).getFirst();
    ada.post("/fulfillments/%s/lot-swaps".formatted(fulfillment.path("id").asText()),
        "{\"line_id\":\"%s\",\"from\":\"A\",\"to\":\"B\",\"quantity\":2}"
            .formatted(fulfillment.at("/lines/0/line_id").asText()),
        "swap").expect(200);
    shop.rest();
    JsonNode swapped = ada.post("/work/%s/scans".formatted(work.path("id").asText()), "{\"code\":\"A-1\"}", "scan")
        .expect(200).json();
    assertThat(swapped.at("/message/code").asText()).isEqualTo("lot_swapped");
    assertThat(swapped.at("/expects/bin").asText()).isEqualTo("B-1");
    assertThat(shop.warehouse.get("/bins/%s/A-1".formatted(leipzig)).expect(200).json().at("/contents/0/held").asInt())
        .isZero();
  }
}
