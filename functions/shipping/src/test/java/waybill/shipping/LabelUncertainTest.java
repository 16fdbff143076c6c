package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.ShipmentMessages.LabelUncertain;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.platform.Lease;
import waybill.shipping.carrier.Carrier;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** Attempts that crashed while they bought: what the next one finds out, and what nobody can. */
class LabelUncertainTest extends LabelFixture {
  @Test
  void anAttemptThatTakesOverAsksBeforeItBuys() {
    crashWhileBuying(true);

    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isTrue();

    assertThat(carrier.finds()).isEqualTo(1);
    assertThat(carrier.purchases()).isEqualTo(1);
    assertThat(labelled()).hasSize(1);
  }

  @Test
  void ifTheCarrierCannotSayTheLabelIsUncertainAndNothingIsBought() {
    crashWhileBuying(true);
    carrier.memory = RecordingCarrier.Memory.NONE;
    Instant since = bench.clock().instant();

    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isTrue();
    bench.clock().advance(Duration.ofDays(14));
    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isTrue();

    assertThat(bench.sent()).extracting(Bench.Sent::message).containsExactly(uncertain(since), uncertain(since));
    assertThat(bench.sentTo(AdvanceOrder.class)).hasSize(2);
    assertThat(carrier.finds()).isEqualTo(2);
    assertThat(carrier.purchases()).isEqualTo(1);
  }

  @Test
  void aLabelThatTurnsUpEndsTheUncertainty() {
    crashWhileBuying(true);
    carrier.memory = RecordingCarrier.Memory.NONE;
    handle(handler(), bench.sqsEvent(Samples.dispatch()));
    bench.forgetSent();
    carrier.memory = RecordingCarrier.Memory.GOOD;

    handle(handler(), bench.sqsEvent(Samples.dispatch()));

    assertThat(labelled()).extracting(ShipmentLabelled::trackingNumber).containsExactly("1Z000001");
    assertThat(bench.sentTo(AdvanceOrder.class)).containsExactlyElementsOf(labelled());
    assertThat(carrier.purchases()).isEqualTo(1);
  }

  @Test
  void whatIsUncertainIsNotBoughtEvenIfTheCarrierSaysLaterThatItWasNot() {
    crashWhileBuying(false);
    carrier.memory = RecordingCarrier.Memory.NONE;
    Instant since = bench.clock().instant();
    handle(handler(), bench.sqsEvent(Samples.dispatch()));
    carrier.memory = RecordingCarrier.Memory.GOOD;

    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isTrue();

    assertThat(carrier.purchases()).isZero();
    assertThat(bench.sent()).extracting(Bench.Sent::message).containsExactly(uncertain(since), uncertain(since));
  }

  @Test
  void aCarrierThatDoesNotAnswerIsAskedForTwentyMinutesAndThenTheLabelIsUncertain() {
    crashWhileBuying(true);
    carrier.memory = RecordingCarrier.Memory.AWAY;
    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isFalse();
    bench.clock().advance(ParcelLabel.PATIENCE.minusMillis(1));
    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isFalse();
    assertThat(bench.sent()).isEmpty();

    bench.clock().advance(Lease.LENGTH);
    Instant since = bench.clock().instant();
    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isTrue();
    assertThat(done(handle(handler(), bench.sqsEvent(Samples.dispatch())))).isTrue();

    assertThat(bench.sent()).extracting(Bench.Sent::message).containsExactly(uncertain(since), uncertain(since));
    assertThat(carrier.purchases()).isEqualTo(1);
  }

  @Test
  void whereverAnAttemptCrashesAnUncertainLabelIsReportedAndNotBoughtAgain() {
    int struck = 0;
    boolean went = true;
    while (went) {
      struck++;
      carrier = new RecordingCarrier();
      DispatchApproved dispatch = nextDispatch();
      var dying = new Faults();
      dying.strike(2, true, Death::new);
      handle(handler(bench.dynamo(), bench.sqs(), dying.in(Carrier.class, carrier)), bench.sqsEvent(dispatch));
      bench.clock().advance(PAST_THE_LEASE);
      carrier.memory = RecordingCarrier.Memory.NONE;
      var faults = new Faults();
      var handler = handler(faults);
      faults.strike(struck, true, Death::new);
      handle(handler, bench.sqsEvent(dispatch));
      went = faults.calls() >= struck;
      faults.stop();
      redeliverUntilDone(handler, dispatch);
      assertThat(carrier.purchases()).isEqualTo(1);
      assertThat(bench.sent()).as("told when struck at call %d", struck).isNotEmpty()
          .extracting(Bench.Sent::message).containsOnly(bench.sent().getFirst().message())
          .hasOnlyElementsOfType(LabelUncertain.class);
    }
    assertThat(struck).isGreaterThan(6);
  }
}
