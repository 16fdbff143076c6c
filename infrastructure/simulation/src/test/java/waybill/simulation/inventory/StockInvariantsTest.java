package waybill.simulation.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.simulation.WatchedWorld.FULFILLMENT;
import static waybill.simulation.WatchedWorld.ORDER;
import static waybill.simulation.WatchedWorld.PARCEL;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld.Written;
import waybill.simulation.WatchedWorld;

class StockInvariantsTest {
  private final WatchedWorld watched = new WatchedWorld();
  private int entries;
  private int there;

  @AfterEach
  void end() {
    watched.close();
  }

  @BeforeEach
  void fiveUnitsAreReceived() {
    watched.together(record("adj_1", "adjustment", """
        {"sku": "SKU-1", "location": "here", "pool": "pool", "quantity": 5}"""), entry(5), pool(5, 0),
        location(5, 0, 5));
  }

  @Test
  void aPromiseAnAllocationAndAParcelMoveTheirCounters() {
    promise(2);
    allocate(2);
    ship(2);

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void whatIsReleasedComesBack() {
    promise(2);
    watched.together(reservation("released", 2), pool(5, 0));

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void aMovementInSeveralTransactionsMovesWhatIsDone() {
    watched.together(record("adj_2", "adjustment", """
        {"sku": "SKU-2", "location": "here", "pool": "pool", "quantity": 1}"""),
        record("SKU-2", "pool#pool", "{\"available\": 1}"),
        record("SKU-2", "location#here", "{\"on_hand\": 1, \"available\": 1, \"entries\": 1}"),
        record("SKU-2#here", "time#1", "{\"number\": 1, \"after\": {\"on_hand\": 1}}"));
    String items = "\"items\": [{\"sku\": \"SKU-1\", \"quantity\": 2}, {\"sku\": \"SKU-2\", \"quantity\": 1}]";
    String taking = "{\"pool\": \"pool\", \"status\": \"%s\", \"moved\": %d, %s}";

    watched.together(record(ORDER, "reservation", taking.formatted("taking", 1, items)), pool(3, 2));
    assertThat(watched.findings()).isEmpty();

    watched.together(record(ORDER, "reservation", taking.formatted("returning", 1, items)));
    watched.together(record(ORDER, "reservation", taking.formatted("refused", 0, items)), pool(5, 0));
    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void aCounterThatMovesWithoutARecordIsFound() {
    watched.together(pool(3, 2));

    assertThat(watched.findings()).containsExactly("the counters of stock move otherwise than its records, by "
        + "{SKU-1 pool#pool available=-2, SKU-1 pool#pool reserved=2}");
  }

  @Test
  void aRecordThatMovesNoCounterIsFound() {
    watched.together(reservation("taken", 2));

    assertThat(watched.findings())
        .anyMatch(it -> it.startsWith("the counters of stock move otherwise than its records"));
  }

  @Test
  void whatIsReleasedAndNotGivenBackIsFound() {
    promise(2);
    watched.together(reservation("released", 2));

    assertThat(watched.findings())
        .anyMatch(it -> it.startsWith("the counters of stock move otherwise than its records"));
  }

  @Test
  void aCounterBelowZeroIsFound() {
    promise(6);

    assertThat(watched.findings()).containsExactly("a counter of stock is negative: SKU-1 pool#pool available is -1");
  }

  @Test
  void aLocationThatHoldsMoreThanItCountsIsFound() {
    watched.together(location(5, 1, 5));

    assertThat(watched.findings())
        .contains(
            "what lies at a location is neither allocated nor available: SKU-1 location#here has 5, of them 1 and 5");
  }

  @Test
  void whatMovesWithoutAnEntryIsFound() {
    promise(2);
    allocate(2);
    watched.together(shipment(2), pool(3, 0), location(3, 0, 3));

    assertThat(watched.findings())
        .containsExactly("stock moves without an entry of the ledger: SKU-1#here from [5, 0, 0, 0] to [3, 0, 0, 0]");
  }

  @Test
  void anEntryThatSaysOtherwiseIsFound() {
    promise(2);
    allocate(2);
    watched.together(shipment(2), entry(4), pool(3, 0), location(3, 0, 3));

    assertThat(watched.findings()).containsExactly("an entry of the ledger says otherwise than what has moved: "
        + "SKU-1#here number 2: [5, 0, 0, 0, 4, 0, 0, 0], not [5, 0, 0, 0, 3, 0, 0, 0]");
  }

  @Test
  void unitsThatAreShortAreNotThereAndNobodysToSell() {
    promise(5);
    watched.together(record("adj_2", "adjustment", """
        {"sku": "SKU-1", "location": "here", "pool": "pool", "quantity": -2, "reason": "lost"}"""), entry(3),
        record("SKU-1", "pool#pool", "{\"reserved\": 5, \"shortfall\": 2}"),
        record("SKU-1", "location#here", "{\"on_hand\": 3, \"available\": 3, \"entries\": 2}"));

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void moreThanWasPromisedIsNeverAllocated() {
    promise(2);
    allocate(3);

    assertThat(watched.findings())
        .containsExactly("more is allocated than is granted: 3, not 2 of SKU-1 for " + ORDER);
  }

  @Test
  void whatOthersTakeOverFromAClosedLocationIsAllocatedForAMomentLonger() {
    promise(2);
    allocate(2);
    plan("planned");
    plan("open");
    plan("refused");
    elsewhere(2);

    assertThat(watched.findings()).isEmpty();
    assertThat(watched.findingsAtRest()).containsExactly(
        "what others have taken over is never released: SKU-1 %s allocated=2".formatted(FULFILLMENT));
  }

  @Test
  void whatAPackerDidNotFindIsReleasedBeforeItIsPlannedAgain() {
    promise(2);
    allocate(2);
    plan("planned");
    plan("open");
    watched.together(new Written("FulfillmentTable", ORDER, FULFILLMENT, "{\"status\": \"refused\"}"),
        new Written("FulfillmentTable", ORDER, "sho_1", "{}"));
    elsewhere(1);

    assertThat(watched.findings())
        .containsExactly("more is allocated than is granted: 3, not 2 of SKU-1 for " + ORDER);
  }

  private void plan(String status) {
    watched.together(new Written("FulfillmentTable", ORDER, FULFILLMENT, "{\"status\": \"%s\"}".formatted(status)));
  }

  private void elsewhere(int units) {
    String another = FULFILLMENT.substring(0, FULFILLMENT.length() - 1) + "2";
    watched.together(record(another, "allocation",
        """
            {"order": "%s", "location": "here", "status": "taken", "moved": 1, "lines": [{"sku": "SKU-1", "quantity": %d}]}"""
            .formatted(ORDER, units)),
        location(5, 2 + units, 3 - units));
  }

  @Test
  void whatIsNotAllocatedNeverLeaves() {
    promise(2);
    watched.together(shipment(2), entry(3), pool(3, 0), location(3, -2, 5));

    assertThat(watched.findings())
        .contains("more is shipped than is allocated: 2, not 0 of SKU-1 for " + FULFILLMENT);
  }

  @Test
  void whatIsNoLongerPromisedNeverLeaves() {
    promise(2);
    allocate(2);
    watched.together(reservation("released", 2), pool(5, 0));
    watched.together(shipment(2), entry(3), pool(5, -2), location(3, 0, 3));

    assertThat(watched.findings()).contains("more is shipped than is promised: 2, not 0 of SKU-1 for " + ORDER);
  }

  @Test
  void aMovementThatNeverEndsIsFoundAtRest() {
    watched.together(reservation("taking", 2));

    assertThat(watched.findingsAtRest())
        .containsExactly("a movement of stock never ends: %s reservation is taking".formatted(ORDER));
  }

  @Test
  void atRestAllOfItIsAddedUpOnceMore() {
    watched.together(pool(4, 0));

    assertThat(watched.findingsAtRest())
        .contains("the counters of stock do not add up with its records, by {SKU-1 pool#pool available=-1}");
  }

  @Test
  void atRestALedgerWithAGapOrThatSaysOtherwiseIsFound() {
    watched.change("InventoryTable", "SKU-1#here", "time#1", "{\"number\": 2, \"after\": {\"on_hand\": 4}}");

    assertThat(watched.findingsAtRest()).contains(
        "the ledger has a gap: SKU-1#here number 2 begins with [0, 0, 0, 0], and before was [0, 0, 0, 0]",
        "the ledger ends otherwise than its counter stands: SKU-1#here [4, 0, 0, 0], not [5, 0, 0, 0]");
  }

  private void promise(int units) {
    watched.together(reservation("taken", units), pool(5 - units, units));
  }

  private void allocate(int units) {
    watched.together(record(FULFILLMENT, "allocation",
        """
            {"order": "%s", "location": "here", "status": "taken", "moved": 1, "lines": [{"sku": "SKU-1", "quantity": %d}]}"""
            .formatted(ORDER, units)),
        location(5, units, 5 - units));
  }

  private void ship(int units) {
    watched.together(shipment(units), entry(5 - units), pool(5 - units, 0), location(5 - units, 0, 5 - units));
  }

  private static Written reservation(String status, int units) {
    return record(ORDER, "reservation", """
        {"pool": "pool", "status": "%s", "moved": 0, "items": [{"sku": "SKU-1", "quantity": %d}]}"""
        .formatted(status, units));
  }

  private static Written shipment(int units) {
    return record(PARCEL, "shipment", """
        {"pool": "pool", "location": "here", "status": "taken", "items": [{"sku": "SKU-1", "quantity": %d}]}"""
        .formatted(units));
  }

  private static Written pool(int available, int reserved) {
    return record("SKU-1", "pool#pool", "{\"available\": %d, \"reserved\": %d}".formatted(available, reserved));
  }

  /** With as many entries of the ledger as there are. */
  private Written location(int onHand, int allocated, int available) {
    there = onHand;
    return record("SKU-1", "location#here", """
        {"on_hand": %d, "allocated": %d, "available": %d, "entries": %d}""".formatted(onHand, allocated, available,
        entries));
  }

  /** The ledger's next entry: so many lie there from now on. */
  private Written entry(int onHand) {
    return record("SKU-1#here", "time#" + ++entries, """
        {"number": %d, "before": {"on_hand": %d}, "after": {"on_hand": %d}}""".formatted(entries, there, onHand));
  }

  private static Written record(String pk, String sk, String json) {
    return new Written("InventoryTable", pk, sk, json);
  }
}
