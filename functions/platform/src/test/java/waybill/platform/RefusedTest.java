package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefusedTest {

  /** The order of {@code Map.copyOf} is another in each JVM: the same request would have another answer. */
  @Test
  void factsStandInTheOrderInWhichTheyWereSaid() {
    Refused refused = Refused.conflict("nothing", "nothing is there").about("ninth", 1).about("not_taken", 2)
        .about("not_taken_count", 3).about("carriers", 4).about("maximum", 5);

    assertThat(refused.about().keySet()).containsExactly("ninth", "not_taken", "not_taken_count", "carriers",
        "maximum");
    assertThat(Problem.of(refused).body().keySet()).endsWith("ninth", "not_taken", "not_taken_count", "carriers",
        "maximum");
  }
}
