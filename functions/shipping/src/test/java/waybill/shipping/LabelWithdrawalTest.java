package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.OrderMessages.DispatchWithdrawn;
import waybill.messages.ParcelId;
import waybill.messages.ShipmentMessages.WithdrawalAnswered;
import waybill.platform.Refused;
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

  @Test
  void aLabelThatIsBoughtStandsAndKeepsTheOthersFromBeingWithdrawn() {
    handle(handler(), bench.sqsEvent(Samples.dispatch(SECOND)));

    withdraw();
    handle(handler(), bench.sqsEvent(Samples.dispatch()));

    assertThat(answers()).containsExactly(false);
    assertThat(labelled()).hasSize(2);
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
