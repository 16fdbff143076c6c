package waybill.simulation.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.simulation.WatchedWorld.ORDER;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld.Written;
import waybill.simulation.WatchedWorld;

class BackorderInvariantsTest {
  private static final String LATER = ORDER.substring(0, ORDER.length() - 1) + "z";
  private static final String MONDAY = "2026-12-07T00:00:00Z";
  private static final String FRIDAY = "2026-12-11T00:00:00Z";
  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  @BeforeEach
  void threeUnitsMayBePromisedWithoutBeingThere() {
    watched.write("CatalogTable", "product#SKU-1", "product",
        "{\"oversell\": {\"policy\": \"backorder\", \"limit\": 3}}");
  }

  @Test
  void ordersThatAreServedInTheirTurnAreNoFinding() {
    bothWait();
    receive(3, 3);
    together(promise(ORDER, 0, MONDAY, MONDAY, 0), pool(1, 2, 1));
    together(promise(LATER, 0, MONDAY, MONDAY, 0), pool(0, 3, 0));

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void morePromisedThanMayBeIsFound() {
    together(promise(ORDER, 4, MONDAY, MONDAY, 0), pool(0, 0, 4));

    assertThat(watched.findings())
        .containsExactly("more is promised without being there than may be: 4 of SKU-1, not 3");
  }

  @Test
  void anOrderThatIsServedBeforeItsTurnIsFound() {
    bothWait();
    receive(1, 3);
    together(promise(LATER, 0, MONDAY, MONDAY, 0), pool(0, 1, 2));

    assertThat(watched.findings()).containsExactly("units go to an order while another was there first: SKU-1 to "
        + LATER + ", and not to " + ORDER);
  }

  @Test
  void anOrderThatIsServedWithoutAPlaceIsFound() {
    together(promise(ORDER, 2, MONDAY, MONDAY, 0), pool(0, 0, 2));
    receive(2, 2);
    together(promise(ORDER, 0, MONDAY, MONDAY, 0), pool(0, 2, 0));

    assertThat(watched.findings())
        .containsExactly("units go to an order that has no place in their queue: SKU-1 of " + ORDER);
  }

  @Test
  void aNewcomerWhoGetsWhatOthersWaitForIsFound() {
    receive(2, 0);
    together(promise(ORDER, 2, MONDAY, MONDAY, 0), pool(2, 0, 2), place(ORDER, 1));
    together(new Written("InventoryTable", LATER, "reservation",
        "{\"status\": \"taken\", \"pool\": \"pool\", \"items\": [{\"sku\": \"SKU-1\", \"quantity\": 1}]}"),
        pool(1, 1, 2));

    assertThat(watched.findings()).containsExactly(
        "a newcomer gets units for which others wait: 1 of SKU-1, of which 2 are available and 2 owed");
  }

  @Test
  void aDayThatMovesUncountedOrThatWasSaidOtherwiseAtFirstIsFound() {
    bothWait();
    together(promise(ORDER, 2, MONDAY, FRIDAY, 0));
    together(promise(LATER, 1, FRIDAY, FRIDAY, 1));

    assertThat(watched.findings()).hasSize(2)
        .anyMatch(it -> it.startsWith("the day moves, and is not counted as one move: " + ORDER))
        .anyMatch(it -> it.startsWith("a promise says otherwise than at first: ") && it.endsWith("of " + LATER));
  }

  @Test
  void afterADayWhoWaitsHasAPlaceAndItsOrderKnowsOfItAndNothingIsThereForIt() {
    together(promise(ORDER, 2, MONDAY, MONDAY, 0), pool(0, 0, 2));
    watched.write("InventoryTable", "SKU-1", "pool#pool", "{\"available\": 1, \"backordered\": 2}");

    assertThat(watched.findingsAfterADay()).contains("an order waits without a place: %s for SKU-1".formatted(ORDER),
        "units are there, and orders wait for them: 1 of SKU-1")
        .anyMatch(it -> it.startsWith("an order knows another promise than it was given: " + ORDER));
  }

  @Test
  void anOrderThatLendsUnitsItDoesNotNeedYetIsNoFinding() {
    lends(MONDAY, false);

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void anOrderThatLendsUnitsAndComesLaterByItOrLeavesInPartsIsFound() {
    lends(FRIDAY, false);
    lends(MONDAY, true);

    assertThat(watched.findings()).filteredOn(it -> it.startsWith("an order gives up units that it needs: SKU-1 of "))
        .hasSize(2);
  }

  /** One order has a unit and waits for another; then the other order has that. @param now when it is there then */
  private void lends(String now, boolean inParts) {
    receive(1, 0);
    together(lending(1, MONDAY, inParts), promise(LATER, 1, MONDAY, MONDAY, 0), pool(0, 1, 2));
    together(place(ORDER, 1), place(LATER, 2));
    watched.live(() -> watched.world.timeline().sleep(Duration.ofMinutes(1)));
    together(lending(2, now, inParts), promise(LATER, 0, MONDAY, MONDAY, 0));
  }

  private static Written lending(int owed, String now, boolean inParts) {
    return new Written("InventoryTable", ORDER, "reservation", """
        {"status": "taken", "pool": "pool", "in_parts": %s, "items": [{"sku": "SKU-1", "quantity": 2}], "backorder": {
        "move": %d, "promises": [{"sku": "SKU-1", "units": %d, "originally": "%s", "now": "%s"}]}}"""
        .formatted(inParts, now.equals(MONDAY) ? 0 : 1, owed, MONDAY, now));
  }

  @Test
  void anOrderThatWantsWhatIsThereAndWaitsForAllOfItIsFound() {
    inParts("backordered", 0);

    assertThat(watched.findingsAfterADay())
        .contains("an order waits for its last unit, and wants what is there at once: " + ORDER);
  }

  @Test
  void anOrderThatMistakesHowManyUnitsFollowOrPlansNoneOfTheOthersIsFound() {
    inParts("partially_reserved", 1);

    assertThat(watched.findingsAfterADay())
        .contains("an order knows that 1 units follow, and 2 are owed: " + ORDER)
        .anyMatch(it -> it.startsWith("what is there of an order is not planned: 0 of 3 units, and 1 follow"));
  }

  @Test
  void anOrderOfWhichTheRestFollowsIsNoFinding() {
    inParts("partially_reserved", 2);

    assertThat(watched.findingsAfterADay()).noneMatch(it -> it.startsWith("an order waits for its last unit"))
        .noneMatch(it -> it.startsWith("an order knows that"));
  }

  /** Of three units two are owed. */
  private void inParts(String stock, int follows) {
    watched.write("OrdersTable", ORDER, "content", "{\"form\": {\"backorders\": \"partial\"}}");
    watched.write("OrdersTable", ORDER, "state", """
        {"terms": {"total": {"minor_units": 0, "currency": "EUR"}, "units_to_ship": 3}, "stock": {"status": "%s",
         "waiting": [{"line_id": "line_1", "quantity": %d}]}}""".formatted(stock, follows));
    together(promise(ORDER, 2, MONDAY, MONDAY, 0), pool(0, 0, 2), place(ORDER, 1));
  }

  @Test
  void aPlaceThatIsNeverGivenUpIsFound() {
    together(place(ORDER, 1));

    assertThat(watched.findingsAtRest())
        .contains("a place in a queue is never given up: %s for SKU-1".formatted(ORDER));
  }

  private void bothWait() {
    together(promise(ORDER, 2, MONDAY, MONDAY, 0), pool(0, 0, 2));
    together(promise(LATER, 1, MONDAY, MONDAY, 0), pool(0, 0, 3));
    together(place(ORDER, 1), place(LATER, 2));
    watched.live(() -> watched.world.timeline().sleep(Duration.ofMinutes(1)));
  }

  private void receive(int units, int backordered) {
    together(new Written("InventoryTable", "adj_1", "adjustment", """
        {"sku": "SKU-1", "location": "here", "pool": "pool", "quantity": %d, "reason": "received"}""".formatted(units)),
        new Written("InventoryTable", "SKU-1", "location#here",
            "{\"available\": %1$d, \"on_hand\": %1$d, \"entries\": 1}".formatted(units)),
        new Written("InventoryTable", "SKU-1#here", "entry#1",
            "{\"number\": 1, \"before\": {}, \"after\": {\"on_hand\": %d}}".formatted(units)),
        pool(units, 0, backordered));
  }

  private void together(Written... items) {
    watched.together(items);
  }

  private static Written promise(String order, int owed, String originally, String now, int move) {
    int units = order.equals(ORDER) ? 2 : 1;
    return new Written("InventoryTable", order, "reservation", """
        {"status": "taken", "pool": "pool", "items": [{"sku": "SKU-1", "quantity": %d}], "backorder": {"version": 1,
        "move": %d, "promises": [{"sku": "SKU-1", "units": %d, "originally": "%s", "now": "%s"}]}}"""
        .formatted(Math.max(units, owed), move, owed, originally, now));
  }

  private static Written pool(int available, int reserved, int backordered) {
    return new Written("InventoryTable", "SKU-1", "pool#pool",
        "{\"available\": %d, \"reserved\": %d, \"backordered\": %d}"
            .formatted(available, reserved, backordered));
  }

  private static Written place(String order, int at) {
    return new Written("InventoryTable", "waiting#SKU-1", "pool#%d#%s".formatted(at, order),
        "{\"order\": \"%s\"}".formatted(order));
  }
}
