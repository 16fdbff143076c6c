package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReserved;

/** What lies at a closed location is counted as before, and promised to nobody. */
class ClosedLocationTest {
  private Depot depot;

  @BeforeEach
  void open() {
    depot = new Depot();
  }

  @AfterEach
  void close() {
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  private void close(boolean closed) {
    depot.location(BERLIN, "default", !closed);
  }

  @Test
  void whatLiesThereIsNotPromisedUntilItIsOpenedAgain() {
    depot.holds(TEA, BERLIN, 5).holds(TEA, LEIPZIG, 2);
    close(true);

    depot.reserve(order("a", 0, of(3, TEA)), order("b", 1, of(2, TEA)));
    assertThat(depot.sent()).containsExactlyInAnyOrder(new StockRefused(orderId("a"), List.of(of(1, TEA))),
        new StockReserved(orderId("b")));
    depot.bench.forgetSent();
    close(false);
    depot.reserve(order("c", 2, of(5, TEA)));

    assertThat(depot.sent()).containsExactly(new StockReserved(orderId("c")));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 7, 0, 0));
  }

  @Test
  void whatIsAllocatedThereIsKeptAndTakesNothingFromOthers() {
    depot.holds(TEA, BERLIN, 5).holds(TEA, LEIPZIG, 2);
    depot.reserve(order("a", 0, of(4, TEA)));
    FulfillmentPlanned planned = planned("a", BERLIN, of(4, TEA));
    depot.allocate(planned);
    close(true);
    depot.bench.forgetSent();

    depot.reserve(order("b", 1, of(2, TEA)), order("c", 2, of(1, TEA)));

    assertThat(depot.sent()).contains(new StockReserved(orderId("b")),
        new StockRefused(orderId("c"), List.of(of(1, TEA))));
    depot.release(cancelled(planned), cancelled("a"));
    depot.bench.forgetSent();
    depot.reserve(order("d", 3, of(1, TEA)));
    assertThat(depot.sent()).containsExactly(new StockRefused(orderId("d"), List.of(of(1, TEA))));
  }

  @Test
  void aLocationOfAnotherPoolTakesNothingFromThisOne() {
    depot.holds(TEA, BERLIN, 2).holds(TEA, VIENNA, 9);
    depot.location(VIENNA, "outlet", false);

    depot.reserve(order("a", 0, of(2, TEA)));

    assertThat(depot.sent()).containsExactly(new StockReserved(orderId("a")));
  }

  @Test
  void theShopSeesWhatItMaySellAndTheLocationWhatItHas() {
    depot.holds(TEA, BERLIN, 5).holds(TEA, LEIPZIG, 2);
    close(true);

    assertThat(depot.getStock(TEA).text()).contains("\"available\":2,\"reserved\":0",
        "\"location_id\":\"berlin\",\"on_hand\":5,\"allocated\":0,\"available\":5");
    close(false);
    assertThat(depot.getStock(TEA).text()).contains("\"available\":7,\"reserved\":0");
  }

  @Test
  void whatIsMissingIsNotPromisedAgainFromThere() {
    depot.holds(TEA, LEIPZIG, 2);
    depot.reserve(order("a", 0, of(2, TEA)));
    FulfillmentPlanned planned = planned("a", LEIPZIG, of(2, TEA));
    depot.allocate(planned);
    depot.holds(TEA, BERLIN, 5);
    close(true);

    depot.correct(missing("x", planned, waybill.messages.ShortageReason.DAMAGED, 2, 0));
    depot.promise(planned);
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(5, 0, 0, 0));
    close(false);
    depot.promise(planned);

    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(3, 2, 0, 0));
  }

  @Test
  void manyWhoWantTheLastOpenUnitsGetNoneOfTheClosedOnes() throws Exception {
    depot.holds(TEA, BERLIN, 50).holds(TEA, LEIPZIG, 3);
    close(true);

    Depot.inParallel(8, thread -> depot.reserve(order("order-" + thread, thread, of(1, TEA))));

    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(50, 3, 0, 0));
    assertThat(depot.sent()).filteredOn(StockReserved.class::isInstance).hasSize(3);
  }
}
