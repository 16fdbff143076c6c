package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import waybill.platform.Lease.Standing;

class LeaseTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  private final Lease lease = Lease.begin("one", NOW);

  @Test
  void anAttemptRecognisesItsOwnClaimHoweverOldItIs() {
    assertThat(lease.standing("one", NOW)).isEqualTo(Standing.OWN);
    assertThat(lease.standing("one", NOW.plus(Lease.LENGTH))).isEqualTo(Standing.OWN);
  }

  @Test
  void anotherAttemptWaitsUntilTheLeaseHasExpired() {
    assertThat(lease.standing("other", NOW)).isEqualTo(Standing.RUNNING);
    assertThat(lease.standing("other", NOW.plus(Lease.LENGTH).minusMillis(1))).isEqualTo(Standing.RUNNING);
    assertThat(lease.standing("other", NOW.plus(Lease.LENGTH))).isEqualTo(Standing.EXPIRED);
  }

  @Test
  void aClockThatIsBehindTakesNothingOver() {
    assertThat(lease.standing("other", NOW.minusSeconds(10))).isEqualTo(Standing.RUNNING);
  }
}
