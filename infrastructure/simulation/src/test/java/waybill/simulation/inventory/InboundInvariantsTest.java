package waybill.simulation.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.simulation.WatchedWorld.ORDER;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld.Written;
import waybill.simulation.WatchedWorld;

class InboundInvariantsTest {
  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  @Test
  void anInboundThatIsExpectedAndArrivesInPartsIsNoFinding() {
    watched.together(inbound(5, 0, false), expected(5), pool(0, 5));
    watched.together(inbound(5, 2, true), new Written("InventoryTable", "expected#SKU-1", "pool#PO-1", "{}"),
        receipt(2, 1), pool(1, 0), shelf(1, 1), entry(1, 1));

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void whatIsCountedAsComingAfterItCameIsFound() {
    watched.together(inbound(5, 0, false), expected(5), pool(0, 5));
    watched.together(inbound(5, 2, false), expected(5), receipt(2, 0), pool(2, 5), shelf(2, 0), entry(2, 0));

    assertThat(watched.findings()).anyMatch(it -> it.startsWith("the counters of stock move otherwise"));
  }

  @Test
  void anInboundThatHasReceivedOtherwiseThanItsReceiptsSayIsFound() {
    watched.together(inbound(5, 2, false), expected(3), pool(0, 3));

    assertThat(watched.findings())
        .containsExactly("an inbound has received otherwise than its receipts say: PO-1, 2 of SKU-1 and not 0");
  }

  @Test
  void anInboundThatIsOpenedAgainIsFound() {
    watched.together(inbound(5, 0, true));
    watched.together(inbound(5, 0, false), expected(5), pool(0, 5));

    assertThat(watched.findings()).contains("more is expected of an inbound that was complete: PO-1");
  }

  @Test
  void aDayOnWhichNothingIsExpectedIsFoundAfterADay() {
    watched.together(new Written("InventoryTable", ORDER, "reservation", """
        {"status": "taken", "pool": "pool", "items": [{"sku": "SKU-1", "quantity": 2}], "backorder": {"version": 1,
        "promises": [{"sku": "SKU-1", "units": 2, "now": "2036-12-11T00:00:00Z"}]}}"""));

    assertThat(watched.findingsAfterADay()).anyMatch(it -> it.startsWith("an order waits for a day on which nothing is "
        + "expected: %s for 2036-12-11T00:00:00Z".formatted(ORDER)));
  }

  private static Written inbound(int quantity, int received, boolean complete) {
    return new Written("InventoryTable", "inbound#PO-1", "inbound", """
        {"id": "PO-1", "location": "here", "pool": "pool", "complete": %b,
        "lines": [{"sku": "SKU-1", "quantity": %d, "received": %d}]}""".formatted(complete, quantity, received));
  }

  private static Written expected(int quantity) {
    return new Written("InventoryTable", "expected#SKU-1", "pool#PO-1",
        "{\"sku\": \"SKU-1\", \"pool\": \"pool\", \"quantity\": %d}".formatted(quantity));
  }

  private static Written receipt(int quantity, int damaged) {
    return new Written("InventoryTable", "rcp_1", "receipt", """
        {"inbound": "PO-1", "location": "here", "pool": "pool",
        "items": [{"sku": "SKU-1", "quantity": %d, "damaged": %d}]}""".formatted(quantity, damaged));
  }

  private static Written pool(int available, int incoming) {
    return new Written("InventoryTable", "SKU-1", "pool#pool",
        "{\"available\": %d, \"incoming\": %d}".formatted(available, incoming));
  }

  private static Written shelf(int good, int damaged) {
    return new Written("InventoryTable", "SKU-1", "location#here",
        "{\"available\": %1$d, \"on_hand\": %1$d, \"damaged\": %2$d, \"entries\": 1}".formatted(good, damaged));
  }

  private static Written entry(int good, int damaged) {
    return new Written("InventoryTable", "SKU-1#here", "time#1",
        "{\"number\": 1, \"before\": {}, \"after\": {\"on_hand\": %d, \"damaged\": %d}}".formatted(good, damaged));
  }
}
