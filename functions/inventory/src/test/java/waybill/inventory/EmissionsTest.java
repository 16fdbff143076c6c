package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.inventory.Depot.*;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.inventory.Movement.Status;
import waybill.messages.StockMessages.AllocationRefused;
import waybill.messages.StockMessages.StockAllocated;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReleased;
import waybill.messages.StockMessages.StockReserved;

class EmissionsTest {

  @ParameterizedTest
  @EnumSource
  void aReservationTellsWhatItIsNow(Status status) {
    Reservation it = Reservation.of(order("a", 0, of(1, TEA))).with(status, 0, List.of(of(1, TEA)));

    assertThat(Emissions.of(it)).isEqualTo(switch (status) {
      case TAKEN -> List.of(new StockReserved(orderId("a")));
      case REFUSED -> List.of(new StockRefused(orderId("a"), List.of(of(1, TEA))));
      case RELEASED -> List.of(new StockReleased(orderId("a")));
      case TAKING, RETURNING, RELEASING -> List.of();
    });
  }

  @ParameterizedTest
  @EnumSource
  void whoWantedItReleasedHearsThatNothingIsPromisedAndNeverWhileSomethingIs(Status status) {
    Reservation it = Reservation.of(order("a", 0, of(1, TEA))).with(status, 0, List.of());

    if (status == Status.RELEASED || status == Status.REFUSED) {
      assertThat(Emissions.ofReleased(it)).containsExactly(new StockReleased(orderId("a")));
    } else {
      assertThatThrownBy(() -> Emissions.ofReleased(it)).isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAllocationTellsWhetherItStandsAndNothingOnceItIsReleased(Status status) {
    var planned = planned("a", BERLIN, of(1, TEA));
    Allocation it = Allocation.of(planned).with(status, 0, List.of(of(1, TEA)));

    assertThat(Emissions.of(it)).isEqualTo(switch (status) {
      case TAKEN ->
        List.of(new StockAllocated(planned.order(), planned.fulfillment(), BERLIN, planned.lines()));
      case REFUSED ->
        List.of(new AllocationRefused(planned.order(), planned.fulfillment(), BERLIN, List.of(of(1, TEA))));
      case TAKING, RETURNING, RELEASING, RELEASED -> List.of();
    });
  }
}
