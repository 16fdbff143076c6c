package waybill.journeys.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** A cream comes in lots, is packed out of the one that expires first, and what expires meanwhile is replaced. */
class LotsJourneyTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private final Shop shop = new Shop(CLOUD.get(), "lots");
  private final String leipzig = shop.location("leipzig");
  private final String cream = "LOTS-CREAM";

  private void receives(String lot, int days, int units) {
    String day = LocalDate.ofInstant(shop.cloud.clock().instant(), ZoneOffset.UTC).plusDays(days).toString();
    ObjectNode receipt = JsonNodeFactory.instance.objectNode();
    receipt.putArray("lines").addObject().put("sku", cream).put("quantity", units).put("lot", lot).put("expires_on",
        day);
    ObjectNode inbound = JsonNodeFactory.instance.objectNode().put("location_id", leipzig).put("expected_at",
        "2031-01-01T09:00:00Z");
    inbound.putArray("lines").addObject().put("sku", cream).put("quantity", units);
    shop.operator.put("/inbounds/LOT-" + lot, inbound.toString()).expect(201);
    shop.warehouse.post("/inbounds/LOT-" + lot + "/receipts", receipt.toString(), "receipt-" + lot).expect(201);
  }

  private JsonNode lot(String number) {
    return Shop.elements(shop.stockAt(cream, leipzig).path("lots")).filter(it -> it.path("lot").asText().equals(number))
        .findFirst().orElseThrow();
  }

  @Test
  void anOrderIsPackedFromTheLotThatExpiresFirstAndWhatExpiresBeforeItIsPackedIsReplaced() {
    shop.operator.put("/products/" + cream, """
        {"name":"Cream","lot_tracked":true,"expires":true}""").expect(201);
    String gone = cream + "-3";
    shop.operator.put("/products/" + gone, """
        {"name":"Sold out","lot_tracked":true,"expires":true}""").expect(201);
    shop.warehouse.post("/stock/" + gone + "/adjustments", """
        {"location_id":"%s","quantity":2,"reason":"received","lot":"A","expires_on":"%s"}""".formatted(leipzig,
        LocalDate.ofInstant(shop.cloud.clock().instant(), ZoneOffset.UTC).plusDays(9)), "x").expect(201);
    receives("LATE", 200, 5);
    receives("EARLY", 20, 3);
    String first = shop.paidOrder("1", cream, 2);
    shop.rest();

    JsonNode work = shop.work(leipzig).getFirst();
    assertThat(work.at("/lots/0/lot").asText()).isEqualTo("EARLY");
    assertThat(work.at("/lots/0/quantity").asInt()).isEqualTo(2);
    JsonNode packed = shop.pack(work).expect(200).json();
    assertThat(packed.at("/parcels/0/lots/0/lot").asText()).isEqualTo("EARLY");
    shop.rest();
    assertThat(lot("EARLY").path("on_hand").asInt()).isEqualTo(1);
    JsonNode shipped = shop.operator.get("/stock/" + cream + "/movements").expect(200).json().at("/data/0");
    assertThat(shipped.path("reason").asText()).isEqualTo("shipped");
    assertThat(shipped.at("/lots/0/change/on_hand").asInt()).isEqualTo(-2);
    assertThat(shop.order(first).path("delivery_status").asText()).isEqualTo("shipped");

    String second = shop.paidOrder("2", cream, 3);
    shop.rest();
    assertThat(shop.work(leipzig).getFirst().path("lots")).hasSize(2);
    shop.pass(Duration.ofDays(22));
    shop.rest();

    assertThat(shop.stockEvents(gone)).as("all of it has expired").contains("stock.sold_out");
    assertThat(lot("EARLY").path("on_hand").asInt()).isZero();
    assertThat(lot("EARLY").path("quarantined").asInt()).isEqualTo(1);
    assertThat(lot("EARLY").path("shortfall").asInt()).isZero();
    assertThat(lot("LATE").path("allocated").asInt()).isEqualTo(3);
    assertThat(shop.work(leipzig)).flatExtracting(it -> it.path("lots").findValuesAsText("lot"))
        .containsOnly("LATE");
    assertThat(shop.order(second).path("stock_status").asText()).isEqualTo("reserved");
    shop.work(leipzig).forEach(it -> shop.pack(it).expect(200));
    shop.rest();
    assertThat(lot("LATE").path("on_hand").asInt()).isEqualTo(2);
    assertThat(shop.stock(cream).at("/pools/0/available").asInt()).isEqualTo(2);
    packersSwapLots();
    assertThat(shop.deadLetters()).isEmpty();
  }

  /** Two orders have two lots, and the first one's packer finds the other's. */
  private void packersSwapLots() {
    receives("LATEST", 300, 2);
    shop.paidOrder("3", cream, 2);
    shop.rest();
    JsonNode third = shop.work(leipzig).getFirst();
    assertThat(third.at("/lots/0/lot").asText()).isEqualTo("LATE");
    String fourth = shop.paidOrder("4", cream, 2);
    shop.rest();
    String path = "/fulfillments/" + third.path("id").asText();
    String form = "{\"line_id\":\"%s\",\"from\":\"LATE\",\"to\":\"%s\",\"quantity\":1}";
    String line = third.at("/lines/0/line_id").asText();

    assertThat(shop.warehouse.post(path + "/lot-swaps", form.formatted(line, "NONE"), "none").expect(422).json()
        .at("/errors/0/code").asText()).isEqualTo("unknown_lot");
    shop.warehouse.post(path + "/lot-swaps", form.formatted(line, "LATEST"), "swap").expect(200);
    shop.rest();

    assertThat(shop.warehouse.get(path).expect(200).json().at("/lot_swap/status").asText()).isEqualTo("done");
    shop.work(leipzig)
        .forEach(it -> assertThat(it.path("lots").findValuesAsText("lot")).containsExactly("LATE", "LATEST"));
    shop.work(leipzig).forEach(it -> shop.pack(it).expect(200));
    shop.rest();
    assertThat(shop.order(fourth).path("delivery_status").asText()).isEqualTo("shipped");
    assertThat(shop.stockAt(cream, leipzig).path("lots").findValuesAsText("lot")).as("both have left")
        .containsExactly("EARLY");
  }

  @Test
  void aRecallTakesALotOutOfSaleWithReasonActorReferenceBeforeAndAfter() {
    String sku = cream + "-2";
    shop.operator.put("/products/" + sku, """
        {"name":"Cream","lot_tracked":true}""").expect(201);
    shop.warehouse.post("/stock/" + sku + "/adjustments", """
        {"location_id":"%s","quantity":4,"reason":"received","lot":"A"}""".formatted(leipzig), "a").expect(201);
    shop.warehouse.post("/stock/" + sku + "/adjustments", """
        {"location_id":"%s","quantity":-4,"reason":"recalled","lot":"A","reference":"R-7"}""".formatted(leipzig), "r")
        .expect(201);
    JsonNode entry = shop.operator.get("/stock/" + sku + "/movements").expect(200).json().at("/data/0");
    assertThat(entry.path("reason").asText()).isEqualTo("recalled");
    assertThat(entry.path("references").toString()).contains("R-7");
    assertThat(entry.at("/lots/0/before/on_hand").asInt()).isEqualTo(4);
    assertThat(entry.at("/lots/0/after/quarantined").asInt()).isEqualTo(4);
    assertThat(shop.stock(sku).at("/pools/0/available").asInt()).isZero();
    shop.warehouse.post("/stock/" + sku + "/adjustments", """
        {"location_id":"%s","quantity":4,"reason":"released","lot":"A"}""".formatted(leipzig), "back").expect(422);
  }
}
