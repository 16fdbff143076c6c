package waybill.simulation.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.simulation.WatchedWorld.ORDER;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld.Written;
import waybill.simulation.WatchedWorld;

class CheckoutInvariantsTest {
  private static final String LATER = "2031-01-01T00:00:00Z";
  private static final String EARLIER = "2020-01-01T00:00:00Z";

  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  @Test
  void anOrderThatTakesOverTheVeryUnitsIsNoFinding() {
    stock(5);
    watched.together(checkout("held", 2, LATER), pool(3, 2));
    watched.together(checkout("ordered", 2, LATER), reservation("taken", 2, 2));

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void aCheckoutThatMovesOtherUnitsThanItsCounterIsFound() {
    stock(5);
    watched.together(checkout("held", 2, LATER), pool(4, 1));

    assertThat(watched.findings()).anyMatch(it -> it.startsWith("the counters of stock move otherwise"));
  }

  @Test
  void anOrderThatIsNotPromisedWhatItsCheckoutHeldIsFound() {
    stock(2);
    watched.together(checkout("held", 2, LATER), pool(0, 2));
    watched.together(checkout("ordered", 2, LATER), reservation("refused", 2, 0), pool(2, 0));

    assertThat(watched.findings()).anyMatch(it -> it.startsWith("an order is not promised what its checkout held"));
  }

  @Test
  void anOrderOfMoreThanItsCheckoutHeldMayBeRefused() {
    stock(2);
    watched.together(checkout("held", 2, LATER), pool(0, 2));
    watched.together(checkout("ordered", 2, LATER), reservation("refused", 3, 0), pool(2, 0));

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void aReservationThatExpiresBeforeItsTimeIsFound() {
    stock(2);
    watched.together(checkout("held", 2, LATER), pool(0, 2));
    watched.together(checkout("expired", 2, LATER), pool(2, 0));

    assertThat(watched.findings())
        .containsExactly("a reservation expires before its time: res_1, which is kept until " + LATER);
  }

  @Test
  void aReservationWhoseTimeGetsShorterIsFound() {
    stock(2);
    watched.together(checkout("held", 2, LATER), pool(0, 2));
    watched.together(checkout("held", 2, EARLIER));

    assertThat(watched.findings()).containsExactly(
        "a reservation's time gets shorter: res_1, from %s to %s".formatted(LATER, EARLIER));
  }

  @Test
  void aReservationThatIsNeverForgottenIsFoundAtRest() {
    stock(2);
    watched.together(checkout("held", 2, EARLIER), pool(0, 2));
    watched.together(checkout("expired", 2, EARLIER), pool(2, 0));

    assertThat(watched.findingsAtRest())
        .contains("a checkout's reservation is never forgotten: res_1 checkout is released");
  }

  @Test
  void aCheckoutThatGetsUnitsForWhichOthersWaitIsFound() {
    stock(2);
    watched.together(new Written("InventoryTable", ORDER, "reservation", """
        {"status": "taken", "pool": "pool", "items": [{"sku": "SKU-1", "quantity": 2}], "backorder": {"version": 1,
        "promises": [{"sku": "SKU-1", "units": 2}]}}"""),
        new Written("InventoryTable", "SKU-1", "pool#pool", "{\"available\": 2, \"backordered\": 2}"));
    watched.together(checkout("held", 1, LATER), new Written("InventoryTable", "SKU-1", "pool#pool",
        "{\"available\": 1, \"reserved\": 1, \"backordered\": 2}"));

    assertThat(watched.findings()).anyMatch(it -> it.startsWith("a newcomer gets units for which others wait"));
  }

  /** So many units have come. */
  private void stock(int units) {
    watched.together(new Written("InventoryTable", "adj_1", "adjustment", """
        {"sku": "SKU-1", "location": "here", "pool": "pool", "quantity": %d, "reason": "received"}""".formatted(units)),
        pool(units, 0),
        new Written("InventoryTable", "SKU-1", "location#here",
            "{\"available\": %1$d, \"on_hand\": %1$d, \"entries\": 1}".formatted(units)),
        new Written("InventoryTable", "SKU-1#here", "time#1",
            "{\"number\": 1, \"before\": {}, \"after\": {\"on_hand\": %d}}".formatted(units)));
  }

  private static Written checkout(String status, int units, String until) {
    return new Written("InventoryTable", "res_1", "checkout",
        """
            {%s, "pool": "pool", "order": "%s", "expires_at": "%s", "items": [{"sku": "SKU-1", "quantity": %d}]}"""
            .formatted(
                status.equals("held")
                    ? "\"status\": \"taken\""
                    : "\"status\": \"released\", \"ending\": \"%s\"".formatted(status),
                ORDER, until, units));
  }

  private static Written reservation(String status, int wanted, int moved) {
    return new Written("InventoryTable", ORDER, "reservation", """
        {"status": "%s", "pool": "pool", "moved": %d, "items": [{"sku": "SKU-1", "quantity": %d}]}"""
        .formatted(status, moved, wanted));
  }

  private static Written pool(int available, int reserved) {
    return new Written("InventoryTable", "SKU-1", "pool#pool",
        "{\"available\": %d, \"reserved\": %d}".formatted(available, reserved));
  }
}
