package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.ShipStock;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.OrderMessages.DispatchWithdrawn;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.ShipmentMoved;
import waybill.messages.ShipmentMessages.ShipmentVoided;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentMessages.WithdrawalAnswered;
import waybill.messages.ShipmentStatus;
import waybill.platform.Outcome.Declined;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.workbench.Faults;

/** What is packed again gets no label: of buying and withdrawing only one happens. */
class LabelWithdrawalTest extends LabelFixture {
  private static final List<ParcelId> BOTH = List.of(Samples.PARCEL, SECOND);

  private boolean withdraw() {
    return done(handle(handler(), bench.sqsEvent(new DispatchWithdrawn(Samples.ORDER, BOTH))));
  }

  private List<Boolean> answers() {
    return bench.sentTo(AdvanceOrder.class).stream().filter(WithdrawalAnswered.class::isInstance)
        .map(it -> ((WithdrawalAnswered) it).withdrawn()).toList();
  }

  @Test
  void labelsThatNobodyHasAskedForAreNeverBought() {
    assertThat(withdraw()).isTrue();
    assertThat(withdraw()).as("again").isTrue();
    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch(), Samples.dispatch(SECOND))))).isTrue();

    assertThat(answers()).containsExactly(true, true);
    assertThat(carrier.purchases()).isZero();
    assertThat(labelled()).isEmpty();
  }

  @Test
  void aLabelThatNobodySellsIsAskedForNoMore() {
    carrier.refusal = Refused.conflict("too_heavy", "takes at most 30 kg");
    handle(handler(), bench.sqsEvent(Samples.dispatch()));
    carrier.refusal = null;

    withdraw();
    handle(handler(), bench.sqsEvent(Samples.dispatch()));

    assertThat(answers()).containsExactly(true);
    assertThat(carrier.purchases()).isZero();
  }

  private List<ShipmentVoided> voided() {
    return bench.sentTo(ShipStock.class).stream().filter(ShipmentVoided.class::isInstance)
        .map(ShipmentVoided.class::cast).toList();
  }

  private void track(Scan scan) {
    var noticed = new TrackingNoticed(labelled().getFirst().trackingNumber(), List.of(scan), null, "evt_1");
    try {
      new TrackShipmentHandler(bench.ports()).handleRequest(bench.sqsEvent(noticed), new ByteArrayOutputStream(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<LabelVoid> money(ParcelId parcel) {
    return ShippingTable.voids(bench.ports()).find(ShippingTable.voidKey(parcel)).map(Stored::value);
  }

  @Test
  void aLabelThatIsBoughtAndNotUsedIsVoidedAndItsUnitsHaveNotLeft() {
    handle(handler(), bench.sqsEvent(Samples.dispatch(SECOND)));

    assertThat(withdraw()).isTrue();
    assertThat(withdraw()).as("again").isTrue();
    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch(), Samples.dispatch(SECOND))))).isTrue();

    assertThat(answers()).containsExactly(true, true);
    assertThat(labelled()).hasSize(1);
    assertThat(carrier.purchases()).isEqualTo(1);
    ShipmentLabelled left = labelled().getFirst();
    assertThat(voided()).as("the same for the double").hasSize(2).containsOnly(new ShipmentVoided(left.order(), SECOND,
        left.location(), left.pool(), left.items(), left.at(), left.lots()));
    assertThat(money(SECOND)).hasValueSatisfying(it -> assertThat(it.status()).isEqualTo(LabelVoid.Status.REQUESTED));
    assertThat(money(Samples.PARCEL)).isEmpty();
    assertThat(new SoldLabels(bench.ports()).find(SECOND)).as("nothing prints it any more")
        .isInstanceOfSatisfying(Declined.class, it -> assertThat(it.refused().code()).isEqualTo("label_void"));
  }

  @Test
  void aScanThatIsFasterThanTheWithdrawalKeepsTheLabelAndTheOthers() {
    handle(handler(), bench.sqsEvent(Samples.dispatch(SECOND)));
    track(new Scan(ShipmentStatus.IN_TRANSIT, bench.clock().instant()));

    withdraw();
    handle(handler(), bench.sqsEvent(Samples.dispatch()));

    assertThat(answers()).containsExactly(false);
    assertThat(labelled()).hasSize(2);
    assertThat(voided()).isEmpty();
    assertThat(money(SECOND)).isEmpty();
  }

  @Test
  void aScanWhoseCodeNoTableKnowsMayBeTheFirstAndKeepsTheLabel() {
    handle(handler(), bench.sqsEvent(Samples.dispatch(SECOND)));
    track(new Scan(ShipmentStatus.UNKNOWN, bench.clock().instant()));

    withdraw();

    assertThat(answers()).containsExactly(false);
    assertThat(voided()).isEmpty();
  }

  @Test
  void aScanThatIsWrittenBetweenTheLookAndTheWriteWins() {
    handle(handler(), bench.sqsEvent(Samples.dispatch(SECOND)));
    var faults = new Faults();
    // Two labels, two looks at the number and one at the void are read; the transaction is next.
    faults.strike(6, false, () -> {
      track(new Scan(ShipmentStatus.IN_TRANSIT, bench.clock().instant()));
      return null;
    });
    handle(handler(faults.in(DynamoDbClient.class, bench.dynamo()), bench.sqs(), carrier),
        bench.sqsEvent(new DispatchWithdrawn(Samples.ORDER, BOTH)));

    if (answers().isEmpty()) {
      withdraw();
    }
    assertThat(answers()).containsExactly(false);
    assertThat(voided()).isEmpty();
  }

  @Test
  void whatTheCarrierScansAfterTheVoidMovesNoParcel() {
    handle(handler(), bench.sqsEvent(Samples.dispatch(SECOND)));
    withdraw();
    bench.sentTo(AdvanceOrder.class);
    track(new Scan(ShipmentStatus.IN_TRANSIT, bench.clock().instant()));

    assertThat(bench.sentTo(AdvanceOrder.class)).noneMatch(ShipmentMoved.class::isInstance);
    assertThat(withdraw()).as("what is void stays void").isTrue();
    assertThat(answers()).containsExactly(true, true);
  }

  @Test
  void aLabelThatWasBoughtElsewhereStands() {
    handle(handler(), bench.sqsEvent(Samples.dispatch()));
    DispatchApproved own = Samples.dispatch(SECOND);
    var parcel = own.parcel();
    handle(handler(),
        bench.sqsEvent(new DispatchApproved(own.order(), own.location(), own.pool(),
            new Parcel(parcel.id(), parcel.lines(), parcel.weightGrams(), parcel.lengthMm(), parcel.widthMm(),
                parcel.heightMm(), "DHL", "JD01", parcel.lots()))));

    withdraw();

    assertThat(answers()).containsExactly(false);
    assertThat(voided()).isEmpty();
  }

  @Test
  void whileALabelIsBeingBoughtTheAnswerWaitsAndWhatMayBeBoughtStands() {
    var faults = new Faults();
    faults.strike(2, true, Death::new);
    handle(handler(bench.dynamo(), bench.sqs(), faults.in(waybill.shipping.carrier.Carrier.class, carrier)),
        bench.sqsEvent(Samples.dispatch()));

    assertThat(withdraw()).as("somebody may be buying it").isFalse();
    bench.clock().advance(PAST_THE_LEASE);
    assertThat(withdraw()).isTrue();

    assertThat(answers()).containsExactly(false);
    handle(handler(), bench.sqsEvent(Samples.dispatch()));
    assertThat(labelled()).hasSize(1);
  }

  @TestFactory
  Stream<DynamicTest> whereverItDiesBothAreWithdrawnOrNone() {
    return Stream.iterate(1, call -> call <= 4, call -> call + 1)
        .flatMap(
            call -> Stream.of(true, false).map(after -> DynamicTest.dynamicTest("call " + call + " " + after, () -> {
              bench.forgetSent();
              var dispatch = new DispatchWithdrawn(Samples.ORDER,
                  List.of(ParcelId.of(Samples.FULFILLMENT, 100 + 10 * call + (after ? 1 : 3)),
                      ParcelId.of(Samples.FULFILLMENT, 100 + 10 * call + (after ? 2 : 4))));
              var faults = new Faults();
              faults.strike(call, after, Death::new);
              handle(handler(faults), bench.sqsEvent(dispatch));
              long known = dispatch.parcels().stream()
                  .filter(it -> labels().find(ShippingTable.key(Samples.ORDER, it)).isPresent()).count();
              assertThat(known).isIn(0L, 2L);
              assertThat(done(handle(handler(), bench.sqsEvent(dispatch)))).isTrue();
              assertThat(answers()).last().isEqualTo(true);
            })));
  }
}
