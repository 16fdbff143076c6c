package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.workbench.Faults;

/** Wherever attempts crash, one label is bought. */
class LabelCrashTest extends LabelFixture {
  /** Something that strikes at the k-th of all calls: to the store, to the queues, to the carrier. */
  private record Strike(boolean afterItsEffect, RuntimeException fault) {
    @Override
    public String toString() {
      return (afterItsEffect ? "after" : "before") + " its effect with " + fault.getClass().getSimpleName();
    }
  }

  @Test
  void whereverAnAttemptCrashesOneLabelIsBought() {
    for (boolean afterItsEffect : new boolean[]{false, true}) {
      for (RuntimeException fault : List.of(new Death(), SdkClientException.create("timed out"))) {
        everyCallStruck(new Strike(afterItsEffect, fault));
      }
    }
  }

  private void everyCallStruck(Strike strike) {
    int struck = 0;
    boolean went = true;
    while (went) {
      struck++;
      carrier = new RecordingCarrier();
      DispatchApproved dispatch = nextDispatch();
      var faults = new Faults();
      var handler = handler(faults);
      faults.strike(struck, strike.afterItsEffect, () -> strike.fault);
      handle(handler, bench.sqsEvent(dispatch));
      went = faults.calls() >= struck;
      faults.stop();
      redeliverUntilDone(handler, dispatch);
      assertThat(carrier.purchases()).describedAs("labels bought when struck at call %d %s", struck, strike)
          .isEqualTo(1);
      assertThat(labelled()).describedAs("news when struck at call %d %s", struck, strike).isNotEmpty()
          .containsOnly(labelled().getFirst());
    }
    assertThat(struck).isGreaterThan(10);
  }

  @Test
  void attemptsMayCrashAtAnyTwoCalls() {
    int calls = 14;
    for (int first = 1; first <= calls; first++) {
      for (int second = 1; second <= calls; second++) {
        carrier = new RecordingCarrier();
        DispatchApproved dispatch = nextDispatch();
        var faults = new Faults();
        var handler = handler(faults);
        faults.strike(first, true, Death::new);
        handle(handler, bench.sqsEvent(dispatch));
        bench.clock().advance(PAST_THE_LEASE);
        faults.strike(second, true, Death::new);
        handle(handler, bench.sqsEvent(dispatch));
        faults.stop();
        redeliverUntilDone(handler, dispatch);
        assertThat(carrier.purchases())
            .describedAs("labels bought when struck at call %d, then at call %d", first, second).isEqualTo(1);
      }
    }
  }
}
