package waybill.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

  @Test
  void aDeliveryIsTriedTenTimesOverSeventyFiveHours() {
    var tries = new ArrayList<Duration>();
    Optional<Instant> next = Optional.of(START);
    while (next.isPresent()) {
      tries.add(Duration.between(START, next.get()));
      next = Attempts.next(tries.size(), next.get(), null);
    }
    assertThat(tries.stream().map(Duration::toString)).isEqualTo(List.of("PT0S", "PT5S", "PT5M5S", "PT35M5S",
        "PT2H35M5S", "PT7H35M5S", "PT17H35M5S", "PT31H35M5S", "PT51H35M5S", "PT75H35M5S"));
  }

  @Test
  void aReceiverMayAskForMoreTimeAndNotForLess() {
    assertThat(Attempts.next(1, START, Duration.ofSeconds(120))).contains(START.plusSeconds(120));
    assertThat(Attempts.next(1, START, Duration.ofSeconds(1))).contains(START.plusSeconds(5));
    assertThat(Attempts.next(1, START, Duration.ofDays(400))).contains(START.plus(Duration.ofDays(1)));
    assertThat(Attempts.pause(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(Attempts.pause(Duration.ofDays(400))).isEqualTo(Duration.ofDays(1));
  }
}
