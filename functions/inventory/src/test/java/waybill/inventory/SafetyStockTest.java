package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.Sku;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReserved;

/** What a pool keeps is counted as before, and promised to nobody. */
class SafetyStockTest {
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

  private void keeps(int units) {
    assertThat(depot.keeps(TEA, "default", "{\"safety_stock\":%d}".formatted(units)).status()).isEqualTo(200);
  }

  @Test
  void theLastUnitsArePromisedToNobodyUntilFewerAreKept() {
    depot.holds(TEA, BERLIN, 5);
    keeps(2);

    depot.reserve(order("a", 0, of(4, TEA)), order("b", 1, of(3, TEA)));
    assertThat(depot.sent()).containsExactlyInAnyOrder(new StockRefused(orderId("a"), List.of(of(1, TEA))),
        new StockReserved(orderId("b")));
    depot.bench.forgetSent();
    keeps(0);
    depot.reserve(order("c", 2, of(2, TEA)));

    assertThat(depot.sent()).containsExactly(new StockReserved(orderId("c")));
  }

  @Test
  void theShopSeesWhatItMaySellAndTheLocationWhatItHas() {
    depot.holds(TEA, BERLIN, 5);

    Answer answer = depot.keeps(TEA, "default", "{\"safety_stock\":2}");

    assertThat(answer.body()).isEqualTo(depot.getStock(TEA).body());
    assertThat(answer.text()).contains("\"available\":3,\"reserved\":0", "\"safety_stock\":2",
        "\"on_hand\":5,\"allocated\":0,\"available\":5");
    keeps(9);
    assertThat(depot.getStock(TEA).text()).contains("\"pool\":\"default\",\"available\":0,");
  }

  @Test
  void whatIsPromisedAlreadyIsShippedThoughMoreIsKeptThanThereIs() {
    depot.holds(TEA, BERLIN, 5);
    depot.reserve(order("a", 0, of(5, TEA)));
    keeps(9);

    FulfillmentPlanned planned = planned("a", BERLIN, of(5, TEA));
    depot.allocate(planned);
    depot.ship(labelled("a", 1, BERLIN, of(5, TEA)));

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(Levels.NONE);
  }

  @Test
  void keptUnitsAreNotPromisedAgainInPlaceOfMissingOnes() {
    depot.holds(TEA, BERLIN, 5);
    depot.reserve(order("a", 0, of(3, TEA)));
    FulfillmentPlanned planned = planned("a", BERLIN, of(3, TEA));
    depot.allocate(planned);
    keeps(2);

    depot.correct(missing("x", planned, waybill.messages.ShortageReason.DAMAGED, 1, 2));
    depot.promise(planned);

    assertThat(depot.getStock(TEA).text()).contains("\"available\":0,\"reserved\":2");
  }

  @Test
  void aPoolThatHoldsNothingYetKeepsWhatIsReceivedFirst() {
    keeps(2);
    depot.holds(TEA, BERLIN, 3);

    depot.reserve(order("a", 0, of(2, TEA)), order("b", 1, of(1, TEA)));

    assertThat(depot.sent()).containsExactlyInAnyOrder(new StockRefused(orderId("a"), List.of(of(1, TEA))),
        new StockReserved(orderId("b")));
  }

  @Test
  void manyWhoWantTheLastUnitsGetNoneOfTheKeptOnes() throws Exception {
    depot.holds(TEA, BERLIN, 10);
    keeps(7);

    Depot.inParallel(8, thread -> depot.reserve(order("order-" + thread, thread, of(1, TEA))));

    assertThat(depot.sent()).filteredOn(StockReserved.class::isInstance).hasSize(3);
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThat(depot.keeps(TEA, "default", "{\"safety_stock\":-1}").text()).contains("/safety_stock");
    assertThat(depot.keeps(TEA, "default", "{\"safety_stock\":1.5,\"colour\":1}").text()).contains("/safety_stock",
        "/colour");
    assertThat(depot.keeps(TEA, "default", "{}").status()).isEqualTo(422);
    assertThat(depot.keeps(TEA, "atlantis", "{\"safety_stock\":1}").status()).isEqualTo(404);
    assertThat(depot.keeps(new Sku("NOTHING"), "default", "{\"safety_stock\":1}").status()).isEqualTo(404);
    assertThat(depot.bench.items("inventory")).isEmpty();
  }
}
