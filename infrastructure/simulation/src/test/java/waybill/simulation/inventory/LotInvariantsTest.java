package waybill.simulation.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld.Written;
import waybill.simulation.WatchedWorld;

/** Of a cream, four units of lot A and two of lot B lie there; three of A are allocated. Simulations begin on 2026-11-22. */
class LotInvariantsTest {
  private static final String ALLOCATION = """
      {"order": "%s", "fulfillment": "%s", "location": "here", "status": "taken",
       "lines": [{"line_id": "line_1", "sku": "CREAM", "quantity": 3}], "lots": [%s]}""";

  private final WatchedWorld watched = new WatchedWorld();

  @BeforeEach
  void stock() {
    watched.together(lot("A", "2026-12-31", false), lot("B", "2026-12-31", false), counter("location#here", 6, 0),
        counter("lot#here#A", 4, 0), counter("lot#here#B", 2, 0));
    watched.together(allocation(of("A", 3)), counter("location#here", 3, 3), counter("lot#here#A", 1, 3));
  }

  @AfterEach
  void end() {
    watched.close();
  }

  private static Written lot(String number, String day, boolean recalled) {
    return new Written("InventoryTable", "lots#CREAM", "lot#" + number, """
        {"sku": "CREAM", "number": "%s", "expires_on": "%s", "recalled": %s}""".formatted(number, day, recalled));
  }

  private static Written counter(String place, int available, int allocated) {
    return new Written("InventoryTable", "CREAM", place, """
        {"available": %d, "allocated": %d, "on_hand": %d}""".formatted(available, allocated, available + allocated));
  }

  private static String of(String lot, int units) {
    return "{\"line_id\": \"line_1\", \"sku\": \"CREAM\", \"lot\": \"%s\", \"quantity\": %d}".formatted(lot, units);
  }

  private static Written allocation(String lots) {
    return new Written("InventoryTable", WatchedWorld.FULFILLMENT, "allocation",
        ALLOCATION.formatted(WatchedWorld.ORDER, WatchedWorld.FULFILLMENT, lots));
  }

  private void found(String finding) {
    assertThat(watched.findings()).anyMatch(it -> it.startsWith(finding));
  }

  private void notFound(String finding) {
    assertThat(watched.findings()).noneMatch(it -> it.startsWith(finding));
  }

  @Test
  void aSwapThatMovesTheAllocationAndBothLotsIsNoFinding() {
    watched.together(allocation(of("A", 1) + "," + of("B", 2)), counter("lot#here#A", 3, 1),
        counter("lot#here#B", 0, 2));
    notFound("the lots of a location");
    notFound("a lot ");
    notFound("a counter of a lot");
  }

  @Test
  void lotsThatDoNotAddUpToTheirLocationAreFound() {
    watched.together(allocation(of("A", 1) + "," + of("B", 2)), counter("lot#here#A", 2, 1),
        counter("lot#here#B", 0, 2));
    found("the lots of a location do not add up to it: CREAM here has 3 available, and they 2");
  }

  @Test
  void aSwapThatLeavesTheAllocationAsItWasIsFound() {
    watched.together(counter("lot#here#A", 3, 1), counter("lot#here#B", 0, 2));
    found("a lot has other units allocated than its allocations say: CREAM lot#here#A has 1, not 3");
  }

  @Test
  void aLotOfWhichMoreIsAllocatedThanLiesThereIsFound() {
    watched.together(allocation(of("B", 3)), counter("lot#here#A", 4, 0), counter("lot#here#B", -1, 3));
    found("a counter of a lot is negative: CREAM lot#here#B available");
  }

  @Test
  void aLotThatHasExpiredAndIsAllocatedIsFound() {
    watched.together(lot("B", "2026-11-20", false));
    watched.together(allocation(of("A", 1) + "," + of("B", 2)), counter("lot#here#A", 3, 1),
        counter("lot#here#B", 0, 2));
    found("a lot is allocated that must not leave: CREAM B");
  }

  @Test
  void aParcelThatTakesAnotherLotThanWasAllocatedIsFound() {
    watched.together(new Written("InventoryTable", WatchedWorld.PARCEL, "shipment", """
        {"parcel": "%s", "location": "here", "pool": "pool", "status": "taken",
         "items": [{"sku": "CREAM", "quantity": 2}], "lots": [%s]}""".formatted(WatchedWorld.PARCEL, of("B", 2))),
        counter("location#here", 3, 1), counter("lot#here#B", 0, 0));
    found("a parcel takes a lot that was not allocated to it");
  }

  @Test
  void aFulfillmentThatShowsOtherLotsThanAreKeptForItIsFound() {
    watched.write("FulfillmentTable", WatchedWorld.ORDER, WatchedWorld.FULFILLMENT, """
        {"status": "open", "lots": [%s]}""".formatted(of("B", 3)));
    new LotInvariants(watched.world).afterADay();
    found("a fulfillment shows other lots than are kept for it");
  }

  @Test
  void aRecalledLotThatIsForSaleInTheEndIsFound() {
    var invariants = new LotInvariants(watched.world);
    watched.world.store().onWrite(invariants::written);
    watched.together(lot("B", "2026-12-31", true), counter("lot#here#B", 2, 0));
    invariants.atRest();
    found("a lot is for sale that must not be sold: CREAM lot#here#B has 2");
  }
}
