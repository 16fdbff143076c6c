package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.Samples.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.CancelReason;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.FulfillmentMessages.RepackingDecided;
import waybill.messages.FulfillmentMessages.RepackingRequested;
import waybill.messages.Message;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.OrderMessages.DispatchWithdrawn;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.ShipmentMessages.LabelRefused;
import waybill.messages.ShipmentMessages.ShipmentInTransit;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.WithdrawalAnswered;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.OrderHolds.PlacedHold;

/** The order decides whether what was packed is packed again: at once before its dispatch is approved, then as its labels stand. */
class RepackingTest {
  private static final FulfillmentId TEA = Samples.fulfillment(1);
  private static final FulfillmentPacked PACKED = Samples.packed(1);
  private static final List<ParcelId> PARCELS = PACKED.parcels().stream().map(Parcel::id).toList();
  private static final RepackingRequested REQUESTED = new RepackingRequested(Shop.SAMPLE, TEA, Samples.BERLIN,
      PACKED.lines(), 1, 2, 0);
  private static final Instant LATER = NOON.plus(Duration.ofHours(2));

  private Life life;

  @BeforeEach
  void paid() {
    life = new Life(Samples.sample(), null).isPlaced(NOON);
    life.hears(new StockReserved(Shop.SAMPLE), NOON)
        .hears(new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5572, 5572)), NOON)
        .hears(Samples.allocated(1), NOON).hears(Samples.allocated(2), NOON);
  }

  private static LabelRefused refused(ParcelId parcel) {
    return new LabelRefused(Shop.SAMPLE, parcel, "too heavy", NOON);
  }

  private static RepackingDecided decided(int first, boolean granted) {
    return new RepackingDecided(Shop.SAMPLE, TEA, first, granted);
  }

  private <M extends Message> List<M> answers(Class<M> type) {
    return life.answer.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private FulfillmentPacked secondPacking() {
    var parcel = new Parcel(ParcelId.of(TEA, 3), PACKED.lines(), 100, 1, 1, 1, null, null);
    return new FulfillmentPacked(Shop.SAMPLE, TEA, Samples.BERLIN, PACKED.lines(), List.of(parcel));
  }

  private void held() {
    life.state = life.state.held(new PlacedHold(HoldId.of("h", "1"), Hold.Reason.OTHER, null, null, "?", NOON, null),
        false, NOON).orElseThrow();
  }

  @Test
  void whatIsPackedOnHoldIsPackedAgainAtOnceAndItsFirstPackingNeverLeaves() {
    held();
    life.hears(PACKED, NOON).hears(REQUESTED, NOON);
    assertThat(life.answer).containsExactly(decided(1, true));

    life.state = life.state.released(HoldId.of("h", "1"), null, new OrderHolds.Release("ok", NOON, "k"), "c", NOON)
        .orElseThrow().state();
    life.hears(PACKED, LATER);
    assertThat(answers(DispatchApproved.class)).as("late news of the first packing").isEmpty();
    life.hears(secondPacking(), LATER);

    assertThat(answers(DispatchApproved.class)).extracting(it -> it.parcel().id()).containsExactly(ParcelId.of(TEA, 3));
    life.hears(REQUESTED, LATER);
    assertThat(life.answer).as("late").containsExactly(decided(1, true));
    assertThat(life.state.packing().isPacked(TEA)).isTrue();
  }

  @Test
  void aPackingWhoseLabelsNobodySellsIsPackedAgainOnceNoneCanBeBought() {
    life.hears(PACKED, NOON).hears(refused(PARCELS.getFirst()), NOON).hears(REQUESTED, NOON);
    assertThat(life.answer).containsExactly(new DispatchWithdrawn(Shop.SAMPLE, PARCELS));

    life.hears(new OrderDue(Shop.SAMPLE, LATER), LATER);
    assertThat(answers(DispatchApproved.class)).as("no label is asked for").isEmpty();
    assertThat(answers(DispatchWithdrawn.class)).as("asked again").hasSize(1);
    life.hears(PACKED, LATER);
    assertThat(answers(DispatchApproved.class)).isEmpty();

    life.hears(new WithdrawalAnswered(Shop.SAMPLE, PARCELS, true), LATER);
    assertThat(life.answer).containsExactly(decided(1, true));
    assertThat(life.state.holds()).isEmpty();
    assertThat(life.parcels()).isEmpty();
    assertThat(life.state.isDispatchClosed()).as("it can be cancelled again").isFalse();
    life.hears(refused(PARCELS.getFirst()), LATER);
    assertThat(life.state.holds()).as("a void parcel holds nothing").isEmpty();

    life.hears(secondPacking(), LATER);
    assertThat(answers(DispatchApproved.class)).hasSize(1);
    assertThat(life.state.fulfillment()).isEqualTo(FulfillmentProgress.PARTIALLY_FULFILLED);
  }

  @Test
  void aLabelThatWasBoughtMeanwhileWinsAndTheOthersGoOn() {
    life.hears(PACKED, NOON).hears(REQUESTED, NOON).hears(new ShipmentLabelled(Shop.SAMPLE, PARCELS.getFirst(),
        Samples.BERLIN, life.state.terms().pool(), List.of(), "UPS", null, "1Z1", NOON), NOON);

    life.hears(new WithdrawalAnswered(Shop.SAMPLE, PARCELS, false), LATER);

    assertThat(answers(RepackingDecided.class)).containsExactly(decided(1, false));
    assertThat(answers(DispatchApproved.class)).as("whoever approved it may have died")
        .extracting(it -> it.parcel().id())
        .containsExactly(PARCELS.getLast());
    assertThat(life.parcels()).hasSize(2);
    assertThat(life.progress().leaving(TEA)).as("its label can be voided").isEmpty();
    life.hears(new ShipmentInTransit(Shop.SAMPLE, PARCELS.getFirst(), LATER, null), LATER);
    assertThat(life.progress().leaving(TEA)).hasValueSatisfying(it -> assertThat(it.code()).isEqualTo("scanned"));
  }

  @Test
  void anAnswerThatComesLateOrTwiceChangesNothing() {
    life.hears(PACKED, NOON).hears(REQUESTED, NOON).hears(new WithdrawalAnswered(Shop.SAMPLE, PARCELS, true), NOON)
        .hears(secondPacking(), NOON);
    OrderState packedAgain = life.state;

    life.hears(new WithdrawalAnswered(Shop.SAMPLE, PARCELS, true), LATER);
    assertThat(life.answer).containsExactly(decided(1, true));
    life.hears(new WithdrawalAnswered(Shop.SAMPLE, PARCELS, false), LATER).hears(REQUESTED, LATER);

    assertThat(life.answer).containsExactly(decided(1, true));
    assertThat(life.state.packing()).isEqualTo(packedAgain.packing());
  }

  @Test
  void aPackingThatSurvivedAChangeOfTheLinesSurvivesItPackedAgain() {
    life.hears(PACKED, NOON).hears(refused(PARCELS.getFirst()), NOON);
    life.state = life.state.with(life.state.changes().with(List.of(), true)).after(life.state);
    life.hears(REQUESTED, NOON).hears(new WithdrawalAnswered(Shop.SAMPLE, PARCELS, true), NOON);

    life.hears(secondPacking(), LATER);

    assertThat(answers(DispatchApproved.class)).hasSize(1);
  }

  @Test
  void anOrderThatIsCancelledAnswersThatItIs() {
    held();
    life.hears(PACKED, NOON);
    life.state = life.state.cancelled(CancelReason.OTHER, "k", NOON).orElseThrow();

    life.hears(REQUESTED, NOON);

    assertThat(answers(RepackingDecided.class)).isEmpty();
    assertThat(life.state.packing().isStarted()).isFalse();
  }
}
