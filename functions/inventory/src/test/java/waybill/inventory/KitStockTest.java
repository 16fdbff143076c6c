package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.LEIPZIG;
import static waybill.inventory.Depot.VIENNA;
import static waybill.inventory.Depot.of;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Sku;
import waybill.platform.Json;

/** A kit has no stock of its own: a TEA-SET is packed out of a POT and two CUPs. */
class KitStockTest {
  private static final Sku SET = new Sku("TEA-SET");
  private static final Sku POT = new Sku("POT");
  private static final Sku CUP = new Sku("CUP");

  private final Depot depot = new Depot();

  @BeforeEach
  void shop() {
    depot.channel("web", "default");
    depot.product(POT);
    depot.product(CUP);
    depot.put("TEA-SET", """
        {"name": "Tea set", "components": [{"sku": "POT", "quantity": 1}, {"sku": "CUP", "quantity": 2}]}""");
  }

  @AfterEach
  void close() {
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  private Map<String, Object> availability(int quantity) {
    Map<String, Object> answer = depot.availability(
        Map.of("channel", "web", "sku", "TEA-SET", "quantity", String.valueOf(quantity)), Map.of());
    return Json.object(
        ((List<?>) Json.readObject((String) answer.get("body")).get("data")).getFirst());
  }

  @Test
  void thereAreAsManyAsTheScarcestComponentSufficesFor() {
    depot.holds(POT, BERLIN, 4).holds(CUP, BERLIN, 5);
    assertThat(availability(2)).containsEntry("available", 2L).containsEntry("status", "in_stock");
    assertThat(availability(3)).containsEntry("available", 2L).containsEntry("status", "sold_out")
        .containsEntry("policy", "refuse").containsEntry("promised_at", null);
    depot.reserve(Depot.order("cups", 1, of(2, CUP)));
    assertThat(availability(2)).containsEntry("available", 1L).containsEntry("status", "sold_out");
  }

  @Test
  void whatAPoolKeepsOfAComponentIsNotSoldInAKit() {
    depot.holds(POT, BERLIN, 4).holds(CUP, BERLIN, 8);
    depot.keeps(CUP, "default", "{\"safety_stock\": 5}");
    assertThat(availability(1)).containsEntry("available", 1L);
  }

  @Test
  void theStockOfAKitIsThatOfItsScarcestComponentByPoolAndByLocation() {
    depot.holds(POT, BERLIN, 4).holds(CUP, BERLIN, 5).holds(CUP, LEIPZIG, 9);
    depot.put("COSY", "{\"name\": \"Cosy\"}");
    depot.holds(new Sku("COSY"), VIENNA, 1);
    assertThat(depot.getStock(SET).body()).isEqualTo(Json.readObject("""
        {"sku": "TEA-SET", "components": [{"sku": "POT", "quantity": 1}, {"sku": "CUP", "quantity": 2}],
         "pools": [{"pool": "default", "available": 4}],
         "locations": [{"location_id": "berlin", "available": 2}]}"""));
    depot.put("COSY-SET", """
        {"name": "Set", "components": [{"sku": "POT", "quantity": 1}, {"sku": "COSY", "quantity": 1}]}""");
    assertThat(depot.getStock(new Sku("COSY-SET")).body()).containsEntry("locations", List.of())
        .containsEntry("pools", List.of(Map.of("pool", "default", "available", 0L),
            Map.of("pool", "outlet", "available", 0L)));
  }

  @Test
  void whatIsShortOfAComponentComesWithTheLastOfThem() {
    depot.oversells(POT, "{\"policy\":\"backorder\",\"limit\":9}").holds(CUP, BERLIN, 2);
    depot.expects("PO-1", BERLIN, 4, of(3, POT));
    assertThat(availability(1)).containsEntry("status", "backorder").containsEntry("available", 0L)
        .containsEntry("policy", "backorder").containsEntry("promised_at", "2026-12-04T09:00:00.000Z");
    assertThat(availability(2)).as("no more cups").containsEntry("status", "sold_out").containsEntry("policy",
        "refuse");
    depot.oversells(CUP, "{\"policy\":\"backorder\",\"limit\":9}");
    assertThat(availability(2)).as("nobody knows when cups come").containsEntry("status", "backorder")
        .containsEntry("policy", "backorder").containsEntry("promised_at", null);
    depot.expects("PO-2", BERLIN, 9, of(9, CUP));
    assertThat(availability(2)).containsEntry("promised_at", "2026-12-09T09:00:00.000Z");
    depot.oversells(POT, "{\"policy\":\"preorder\",\"limit\":9,\"available_from\":\"2026-12-24T00:00:00Z\"}");
    assertThat(availability(2)).containsEntry("status", "preorder").containsEntry("policy", "preorder")
        .containsEntry("promised_at", "2026-12-24T00:00:00.000Z");
    assertThat(availability(6)).as("ten cups are more than the limit").containsEntry("status", "sold_out");
  }

  @Test
  void aComponentThatIsNotShippedAnyMoreSellsTheKitOut() {
    depot.holds(POT, BERLIN, 4).holds(CUP, BERLIN, 5);
    depot.put("CUP", "{\"name\": \"Cup\", \"requires_shipping\": false}");
    assertThat(availability(1)).containsEntry("available", 0L).containsEntry("status", "sold_out");
  }

  @Test
  void manyLargeKitsAreAskedForInParts() {
    String parts = String.join(", ", IntStream.range(0, 50).mapToObj(it -> {
      depot.product(new Sku("P-" + it));
      return "{\"sku\": \"P-" + it + "\", \"quantity\": 1}";
    }).toList());
    depot.put("BIG", "{\"name\": \"Big\", \"components\": [" + parts + "]}");
    Map<String, Object> answer = depot.availability(Map.of("channel", "web", "sku", "BIG,TEA-SET"), Map.of());
    assertThat(answer).containsEntry("statusCode", 200L);
  }

  @Test
  void nothingIsPutIntoTheStockOfAKit() {
    var adjusted = depot.adjust(SET, "a1", """
        {"location_id":"berlin","quantity":3,"reason":"received"}""");
    assertThat(adjusted.status()).isEqualTo(409);
    assertThat(adjusted.body()).containsEntry("code", "kit");
    assertThat(depot.keeps(SET, "default", "{\"safety_stock\": 5}").body()).containsEntry("code", "kit");
    var expected = depot.expects("PO-1", """
        {"type": "purchase_order", "location_id": "berlin", "expected_at": "2026-12-04T09:00:00Z",
         "lines": [{"sku": "TEA-SET", "quantity": 2}]}""");
    assertThat(expected.text()).contains("/lines/0/sku").contains("\"kit\"");
    assertThat(depot.stockAt(SET, "2026-11-22T09:00:00Z").text()).contains("\"pointer\":\"at\",\"code\":\"kit\"");
  }

  @Test
  void twoLinesThatShareAComponentAreCheckedTogether() {
    depot.holds(POT, BERLIN, 4).holds(CUP, BERLIN, 3);
    // A kit and two cups beside it: each alone would find enough. Orders ask for both together.
    depot.reserve(Depot.order("both", 1, of(4, CUP), of(1, POT)));
    assertThat(depot.status("reservation", Depot.orderId("both").value())).isEqualTo(Movement.Status.REFUSED);
    assertThat(availability(1)).containsEntry("available", 1L);
    depot.reserve(Depot.order("one", 2, of(2, CUP), of(1, POT)));
    assertThat(depot.status("reservation", Depot.orderId("one").value())).isEqualTo(Movement.Status.TAKEN);
    assertThat(availability(1)).containsEntry("available", 0L);
  }

  @Test
  void aCheckoutKeepsTheComponentsOfItsKitsAndTheOrderHasTheVeryUnits() {
    depot.holds(POT, BERLIN, 4).holds(CUP, BERLIN, 6);
    Depot.Answer kept = depot.keep(Map.of("idempotency-key", "cart"),
        """
            {"channel": "web", "minutes": 15, "items": [{"sku": "TEA-SET", "quantity": 2}, {"sku": "CUP", "quantity": 1}]}""");
    assertThat(kept.status()).as(kept.text()).isEqualTo(201);
    assertThat(kept.text()).contains("""
        "items":[{"sku":"CUP","quantity":5},{"sku":"POT","quantity":2}]""");
    assertThat(availability(1)).containsEntry("available", 0L);
    assertThat(depot.keep(Map.of("idempotency-key", "other"),
        """
            {"channel": "web", "minutes": 15, "items": [{"sku": "POT", "quantity": 1}, {"sku": "TEA-SET", "quantity": 1}]}""")
        .text()).contains("/items/1/quantity", "1 units of CUP can be promised now");
  }
}
