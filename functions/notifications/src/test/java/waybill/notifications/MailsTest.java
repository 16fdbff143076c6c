package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.notifications.Mails.Decision.RETRY_LATER;
import static waybill.notifications.Mails.Decision.DONE;
import static waybill.notifications.Mails.Decision.GIVE_UP;
import static waybill.notifications.Mails.Decision.SEND;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import waybill.platform.Lease;

class MailsTest {
  private static final Instant NOW = Samples.NOW;
  private static final Marker CLAIM = Marker.claimed(Samples.ORDER, "shipped#x", "me", NOW);

  @Test
  void onlyWhoClaimedSends() {
    assertThat(Mails.decide(CLAIM, "me", NOW)).isEqualTo(SEND);
    assertThat(Mails.decide(CLAIM, "other", NOW)).isEqualTo(RETRY_LATER);
  }

  @Test
  void aClaimThatOutlivedItsFunctionIsGivenUp() {
    assertThat(Mails.decide(CLAIM, "other", NOW.plus(Lease.LENGTH).minusMillis(1))).isEqualTo(RETRY_LATER);
    assertThat(Mails.decide(CLAIM, "other", NOW.plus(Lease.LENGTH))).isEqualTo(GIVE_UP);
  }

  @Property
  void whatHasAnEndIsNeverSentAgain(@ForAll @IntRange(max = 10_000_000) int seconds, @ForAll boolean mine,
      @ForAll boolean sent) {
    Marker ended = sent ? CLAIM.sent("ses-1", NOW) : CLAIM.uncertain(NOW);
    assertThat(Mails.decide(ended, mine ? "me" : "other", NOW.plusSeconds(seconds))).isEqualTo(DONE);
  }

  @Test
  void whatIsKnownToBeSentStaysSentAndOvertakesDoubt() {
    assertThat(CLAIM.sent("ses-1", NOW).uncertain(NOW).status()).isEqualTo(Marker.Status.SENT);
    assertThat(CLAIM.uncertain(NOW).sent("ses-1", NOW).sesMessageId()).isEqualTo("ses-1");
    assertThat(CLAIM.sent("ses-1", NOW).sent("ses-2", NOW.plus(Duration.ofDays(1))))
        .isEqualTo(CLAIM.sent("ses-1", NOW));
  }
}
