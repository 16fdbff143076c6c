package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
  private static final Refused FULL = Refused.conflict("full", "the shelf is full");

  @Test
  void whatIsAcceptedGoesOnAndWhatIsRefusedStaysRefused() {
    assertThat(Outcome.of(20).map(it -> it + 1).then(it -> Outcome.of("is " + it))).isEqualTo(Outcome.of("is 21"));
    assertThat(Outcome.of(20).then(_ -> FULL.outcome()).map(it -> {
      throw new AssertionError("a refusal has nothing to go on with: " + it);
    })).isEqualTo(FULL.outcome());
  }

  @Test
  void aRefusalThatNobodyExpectsIsAFault() {
    assertThat(Outcome.of(20).orElseThrow()).isEqualTo(20);
    assertThatIllegalStateException().isThrownBy(() -> FULL.outcome().orElseThrow())
        .withMessage("refused: full, the shelf is full");
  }

  @ParameterizedTest
  @CsvSource({"MALFORMED, 400", "ABSENT, 404", "CONFLICT, 409", "OUTDATED, 412", "TOO_LARGE, 413", "INVALID, 422"})
  void eachKindOfRefusalHasAStatusOfHttp(Refused.Kind kind, int status) {
    Problem problem = Problem.of(Refused.of(kind, "code", "detail").about("order_id", "ord_1"));
    assertThat(problem.status()).isEqualTo(status);
    assertThat(problem.body()).containsEntry("status", status).containsEntry("code", "code")
        .containsEntry("detail", "detail").containsEntry("order_id", "ord_1").doesNotContainKey("errors");
  }

  @Test
  void theEdgeTurnsARefusalIntoAProblemAndLetsAValueThrough() {
    assertThat(Http.orProblem(Outcome.of(20))).isEqualTo(20);
    var violation = new Violation("/name", "empty", "must not be empty");
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> Http.orProblem(Refused.invalid(List.of(violation)).outcome()))
        .satisfies(it -> assertThat(it.body()).containsEntry("code", "invalid_request")
            .containsEntry("detail", "must not be empty").containsEntry("errors", List.of(violation)));
    assertThat(Refused.invalid(List.of(violation, violation)).detail()).isEqualTo("2 fields break a rule");
    assertThat(Refused.conflict("code", "detail").about("a", 1).about("b", 2).about())
        .isEqualTo(Map.of("a", 1, "b", 2));
  }
}
