package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.inParallel;
import static waybill.inventory.Depot.of;
import static waybill.inventory.LotYard.A;
import static waybill.inventory.LotYard.B;
import static waybill.inventory.LotYard.CREAM;
import static waybill.inventory.LotYard.shipped;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.LotQuantity;

/** Many at the same lots at once. */
class LotContentionTest {

  @Test
  void noUnitOfALotIsAllocatedTwiceWhoeverIsAtItAtTheSameTime() throws Exception {
    try (var yard = new LotYard()) {
      yard.holds(BERLIN, A, "2027-03-31", 17).holds(BERLIN, B, "2027-06-30", 23);
      List<FulfillmentPlanned> planned = IntStream.range(0, 20).mapToObj(it -> yard.ordered("o" + it, of(2, CREAM)))
          .toList();

      inParallel(8, thread -> {
        for (int i = thread; i < planned.size(); i += 8) {
          while (!yard.depot.allocate(planned.get(i)).isEmpty()) {
            Thread.onSpinWait();
          }
        }
        return null;
      });

      List<LotQuantity> lots = planned.stream().flatMap(it -> yard.lotsOf(it).orElseThrow().stream()).toList();
      assertThat(lots.stream().filter(it -> it.lot().equals(A)).mapToInt(LotQuantity::quantity).sum()).isEqualTo(17);
      assertThat(lots.stream().filter(it -> it.lot().equals(B)).mapToInt(LotQuantity::quantity).sum()).isEqualTo(23);
      yard.requireExact();

      inParallel(8, thread -> {
        for (int i = thread; i < planned.size(); i += 8) {
          var parcel = shipped("o" + i, yard.lotsOf(planned.get(i)).orElseThrow(), of(2, CREAM));
          while (!yard.depot.ship(parcel).isEmpty()) {
            Thread.onSpinWait();
          }
        }
        return null;
      });

      assertThat(yard.lot(BERLIN, A)).isEqualTo(Levels.NONE);
      assertThat(yard.lot(BERLIN, B)).isEqualTo(Levels.NONE);
    }
  }

  @Test
  void whoeverHasBadLuckTriesAgainAndNothingIsDoubled() {
    try (var yard = new LotYard()) {
      yard.holds(BERLIN, A, "2027-03-31", 30);
      List<FulfillmentPlanned> orders = IntStream.range(0, 10).mapToObj(it -> yard.ordered("o" + it, of(2, CREAM)))
          .toList();
      yard.depot.unlucky(0.3);
      for (int i = 0; i < 10; i++) {
        FulfillmentPlanned planned = orders.get(i);
        while (!yard.depot.allocate(planned).isEmpty()) {
          Thread.onSpinWait();
        }
        if (i % 2 == 0) {
          var parcel = shipped("o" + i, yard.lotsOf(planned).orElseThrow(), of(2, CREAM));
          while (!yard.depot.ship(parcel).isEmpty()) {
            Thread.onSpinWait();
          }
        }
      }
      assertThat(yard.lot(BERLIN, A)).isEqualTo(new Levels(10, 0, 20, 10));
    }
  }
}
