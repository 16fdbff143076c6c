package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static waybill.orders.Samples.NOON;
import static waybill.orders.Samples.parcel;

import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.messages.LineQuantity;

/** The packing of the sample's first line, two units that are packed one by one. */
class OrderPackingTest {
  private static final List<LineQuantity> LINES = List.of(Samples.sample().shippedLines().getFirst());
  private static final OrderFulfillment OPEN = new OrderFulfillment(Samples.fulfillment(1), Samples.BERLIN, LINES, 0,
      0);
  private static final OrderFulfillment PACKED = new OrderFulfillment(OPEN.id(), Samples.BERLIN, LINES, 2, 0);
  private static final OrderParcel PARCEL = OrderParcel.packed(Samples.packed(1).parcels().getFirst(), 0);
  private static final LabelProblem UNCERTAIN = new LabelProblem(Hold.Reason.LABEL_UNCERTAIN, null, NOON);

  @Test
  void whatIsPackedStaysPackedAndKnowsItsParcelsByTheirNumber() {
    OrderPacking packing = OrderPacking.NONE.with(OPEN).with(PACKED).with(OPEN);
    assertThat(packing.isStarted()).isTrue();
    assertThat(packing.parcelIds()).containsExactly(parcel(1, 1), parcel(1, 2));
    assertThat(OrderPacking.NONE.with(OPEN).isStarted()).isFalse();
    assertThat(OrderPacking.NONE.with(OPEN).parcelIds()).isEmpty();
  }

  @Test
  void itGoesOnByUnits() {
    assertThat(OrderPacking.NONE.progress(4)).isEqualTo(FulfillmentProgress.UNFULFILLED);
    assertThat(OrderPacking.NONE.with(OPEN).progress(4)).isEqualTo(FulfillmentProgress.IN_PROGRESS);
    assertThat(OrderPacking.NONE.with(PACKED).progress(4)).isEqualTo(FulfillmentProgress.PARTIALLY_FULFILLED);
    assertThat(OrderPacking.NONE.with(PACKED).progress(2)).isEqualTo(FulfillmentProgress.FULFILLED);
    assertThatExceptionOfType(IllegalTransition.class)
        .isThrownBy(() -> OrderPacking.NONE.with(OPEN).after(FulfillmentProgress.FULFILLED, 2, false, Shop.SAMPLE));
  }

  @Test
  void aHeldParcelIsAHoldUntilItsLabelIsThere() {
    OrderPacking packed = OrderPacking.NONE.with(PACKED);
    OrderPacking held = packed.with(PARCEL.held(UNCERTAIN));
    assertThat(held.holds()).extracting(Hold::reason, Hold::fulfillmentId)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Hold.Reason.LABEL_UNCERTAIN, OPEN.id()));
    assertThat(held.with(PARCEL.held(UNCERTAIN))).isEqualTo(held);
    assertThat(held.with(PARCEL.held(UNCERTAIN).labelled("DHL", null, "T-1", NOON))).isEqualTo(packed);
  }

  @Test
  void itIsDueWhileUnitsOfAReleasedOrderAreNotPlannedAndWhileAParcelIsHeld() {
    assertThat(OrderPacking.NONE.with(OPEN).dueAt(true, 4, NOON)).isEqualTo(NOON.plus(OrderPacking.TO_ANSWER));
    assertThat(OrderPacking.NONE.with(OPEN).dueAt(false, 4, NOON)).isNull();
    assertThat(OrderPacking.NONE.with(OPEN).dueAt(true, 2, NOON)).isNull();
    assertThat(OrderPacking.NONE.with(PACKED).with(PARCEL.held(UNCERTAIN)).dueAt(true, 2, NOON))
        .isEqualTo(NOON.plus(OrderPacking.TO_SETTLE));
  }
}
