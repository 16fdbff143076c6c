package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  private final Repeats<String> repeats = new Repeats<>();

  @Test
  void whatStaysDueIsSentLessAndLessOften() {
    int[] minutes = IntStream.range(0, 200).filter(this::sweep).toArray();
    assertThat(minutes).containsExactly(0, 1, 3, 7, 15, 31, 61, 91, 121, 151, 181);
  }

  @Test
  void whatIsDueAgainAfterItWasSettledIsSentAtOnceAndAMinuteLater() {
    IntStream.range(0, 16).forEach(this::sweep);
    assertThat(IntStream.range(60, 65).filter(this::sweep).toArray()).containsExactly(60, 61, 63);
  }

  @Test
  void oneDoesNotWaitForAnother() {
    sweep(0);
    assertThat(repeats.isTime("other", NOW)).isTrue();
  }

  @Test
  void veryMuchThatIsDueIsForgottenOnceItIsOver() {
    IntStream.range(0, 50_001).forEach(it -> repeats.sent("key-" + it, NOW));
    assertThat(repeats.isTime("key-0", NOW)).isFalse();
    assertThat(repeats.isTime("key-50000", NOW)).as("no more is remembered").isTrue();
    Instant later = NOW.plus(Duration.ofMinutes(7));
    repeats.sent("key-50000", later);
    assertThat(repeats.isTime("key-50000", later)).isFalse();
  }

  private boolean sweep(int minute) {
    Instant now = NOW.plus(Duration.ofMinutes(minute));
    boolean isTime = repeats.isTime("order", now);
    if (isTime) {
      repeats.sent("order", now);
    }
    return isTime;
  }
}
