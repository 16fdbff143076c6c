package waybill.simulation.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld.Written;
import waybill.simulation.WatchedWorld;

/** Two of five units go from here to there. */
class TransferInvariantsTest {
  private final WatchedWorld watched = new WatchedWorld();

  @BeforeEach
  void stock() {
    watched.together(new Written("InventoryTable", "adj_1", "adjustment", """
        {"sku": "SKU-1", "location": "here", "pool": "pool", "quantity": 5, "reason": "received"}"""), pool(5, 0),
        shelf("here", 5, 0, 1), entry("here", 1, "{}", "{\"on_hand\": 5}"));
    watched.together(transfer("draft", 0, 0, 0));
  }

  @AfterEach
  void end() {
    watched.close();
  }

  private void dispatch() {
    watched.together(transfer("dispatched", 0, 0, 0), pool(3, 2), shelf("here", 3, 0, 2),
        entry("here", 2, "{\"on_hand\": 5}", "{\"on_hand\": 3}"), shelf("there", 0, 2, 1),
        entry("there", 1, "{}", "{\"in_transit\": 2}"), expected(2));
  }

  @Test
  void aTransferThatArrivesInPartAndGoesBackIsNoFinding() {
    dispatch();
    watched.together(transfer("dispatched", 1, 0, 0), receipt(1), pool(4, 1), expected(1), shelf("there", 1, 1, 2),
        entry("there", 2, "{\"in_transit\": 2}", "{\"on_hand\": 1, \"in_transit\": 1}"));
    watched.together(transfer("cancelled", 1, 1, 0), pool(5, 0), expected(0), shelf("there", 1, 0, 3),
        entry("there", 3, "{\"on_hand\": 1, \"in_transit\": 1}", "{\"on_hand\": 1}"), shelf("here", 4, 0, 3),
        entry("here", 3, "{\"on_hand\": 3}", "{\"on_hand\": 4}"));

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void whatIsWrittenOffIsGone() {
    dispatch();
    watched.together(transfer("cancelled", 0, 0, 2), pool(3, 0), expected(0), shelf("there", 0, 0, 2),
        entry("there", 2, "{\"in_transit\": 2}", "{}"));

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void unitsThatLeaveAndAreNotInTransitAreFound() {
    watched.together(transfer("dispatched", 0, 0, 0), pool(3, 2), shelf("here", 3, 0, 2), expected(2),
        entry("here", 2, "{\"on_hand\": 5}", "{\"on_hand\": 3}"));

    assertThat(watched.findings()).anyMatch(it -> it.startsWith("the counters of stock move otherwise"));
  }

  @Test
  void whatIsInTransitWithoutAnEntryOfTheLedgerIsFound() {
    watched.together(transfer("dispatched", 0, 0, 0), pool(3, 2), shelf("here", 3, 0, 2), expected(2),
        entry("here", 2, "{\"on_hand\": 5}", "{\"on_hand\": 3}"), shelf("there", 0, 2, 0));

    assertThat(watched.findings()).anyMatch(it -> it.startsWith("stock moves without an entry of the ledger"));
  }

  @Test
  void aTransferThatHasReceivedOtherwiseThanItsReceiptsSayIsFound() {
    dispatch();
    watched.together(transfer("dispatched", 1, 0, 0), pool(3, 1), expected(1), shelf("there", 0, 1, 2),
        entry("there", 2, "{\"in_transit\": 2}", "{\"in_transit\": 1}"));

    assertThat(watched.findings())
        .containsExactly("a transfer has received otherwise than its receipts say: trf_1, 1 of SKU-1 and not 0");
  }

  private static Written transfer(String stage, int received, int returned, int writtenOff) {
    return new Written("InventoryTable", "transfer#trf_1", "transfer", """
        {"id": "trf_1", "from": "here", "from_pool": "pool", "location": "there", "pool": "pool", "stage": "%s",
        "lines": [{"sku": "SKU-1", "quantity": 2, "received": %d, "returned": %d, "written_off": %d}]}"""
        .formatted(stage, received, returned, writtenOff));
  }

  private static Written receipt(int units) {
    return new Written("InventoryTable", "rec_1", "receipt", """
        {"inbound": "trf_1", "location": "there", "pool": "pool", "items": [{"sku": "SKU-1", "quantity": %d}]}"""
        .formatted(units));
  }

  private static Written expected(int units) {
    return new Written("InventoryTable", "expected#SKU-1", "pool#transfer#trf_1",
        "{\"sku\": \"SKU-1\", \"pool\": \"pool\", \"quantity\": %d}".formatted(units));
  }

  private static Written pool(int available, int incoming) {
    return new Written("InventoryTable", "SKU-1", "pool#pool",
        "{\"available\": %d, \"incoming\": %d}".formatted(available, incoming));
  }

  private static Written shelf(String location, int onHand, int inTransit, int entries) {
    return new Written("InventoryTable", "SKU-1", "location#" + location, """
        {"available": %1$d, "on_hand": %1$d, "in_transit": %2$d, "entries": %3$d}"""
        .formatted(onHand, inTransit, entries));
  }

  private static Written entry(String location, int number, String before, String after) {
    return new Written("InventoryTable", "SKU-1#" + location, "time#" + number,
        "{\"number\": %d, \"before\": %s, \"after\": %s}".formatted(number, before, after));
  }
}
