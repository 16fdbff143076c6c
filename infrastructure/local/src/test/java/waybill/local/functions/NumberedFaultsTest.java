package waybill.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which call a fault with a number strikes. */
class NumberedFaultsTest {
  private final Faults faults = new Faults(Set.of("PlaceOrder"));

  @Test
  void aNumberAloneCountsAllCallsOfTheInvocation() {
    faults.add("PlaceOrder", new Faults.Call(OptionalInt.of(2), Optional.empty()), FaultKind.KILL_AFTER, 1);
    assertThat(faults.strike(made(1, 1, "GetItem"), true)).isEmpty();
    assertThat(faults.strike(made(2, 1, "PutItem"), true)).contains(FaultKind.KILL_AFTER);
  }

  @Test
  void aNumberOfAnOperationCountsTheCallsOfThatOperationOnly() {
    faults.add("PlaceOrder", new Faults.Call(OptionalInt.of(2), Optional.of("PutItem")), FaultKind.KILL_AFTER, 1);
    assertThat(faults.strike(made(2, 1, "PutItem"), true)).isEmpty();
    assertThat(faults.strike(made(3, 2, "GetItem"), true)).isEmpty();
    assertThat(faults.strike(made(5, 2, "PutItem"), true)).contains(FaultKind.KILL_AFTER);
  }

  private static Faults.Made made(int number, int numberOfOperation, String operation) {
    return new Faults.Made("PlaceOrder", number, numberOfOperation, operation, "{}");
  }
}
