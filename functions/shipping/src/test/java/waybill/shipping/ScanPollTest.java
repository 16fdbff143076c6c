package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;

/** When a number is looked up of which nothing is heard. */
class ScanPollTest {
  private static final Instant LABELLED = Instant.parse("2026-11-30T10:00:00Z");
  private static final TrackingNumber NUMBER = new TrackingNumber("1Z000001");
  private static final ScanPoll BEGUN = ScanPoll.begun(NUMBER, Samples.ACCOUNT, LABELLED);

  private static Tracking tracking(ShipmentStatus status) {
    return Tracking.of(NUMBER, Samples.PARCEL, LABELLED).join(Tracking.of(
        new TrackingNoticed("1Z000001", List.of(new Scan(status, LABELLED.plusSeconds(60))), null, "e"), LABELLED));
  }

  private static Instant after(long hours) {
    return LABELLED.plus(Duration.ofHours(hours));
  }

  @Test
  void itIsFirstDueSixHoursAfterItsLabelThenFourTimesADayAndAfterTwoQuietDaysOnceADay() {
    assertThat(BEGUN.isDue(after(5))).isFalse();
    assertThat(BEGUN.isDue(after(6))).isTrue();
    assertThat(BEGUN.heard(after(4)).dueAt()).isEqualTo(after(10));
    assertThat(BEGUN.asked(after(4), after(10)).dueAt()).isEqualTo(after(16));
    assertThat(BEGUN.asked(after(4), after(52)).dueAt()).isEqualTo(after(76));
  }

  @Test
  void anAccountThatDoesNotAnswerIsLeftAloneForTwiceAsLongEachTimeUpToADay() {
    ScanPoll poll = BEGUN;
    for (int hours : List.of(1, 2, 4, 8, 16, 24, 24, 24)) {
      poll = poll.failed(LABELLED);
      assertThat(poll.dueAt()).isEqualTo(after(hours));
    }
    assertThat(poll.asked(LABELLED, LABELLED).failed(LABELLED).dueAt()).isEqualTo(after(1));
  }

  @Test
  void itEndsWhenTheParcelHasArrivedOrIsVoidAndAfterSixtyDays() {
    for (ShipmentStatus status : ShipmentStatus.values()) {
      assertThat(BEGUN.isOver(tracking(status), after(7))).as(status.name())
          .isEqualTo(status == ShipmentStatus.DELIVERED || status == ShipmentStatus.RETURNED);
    }
    Tracking moving = tracking(ShipmentStatus.IN_TRANSIT);
    assertThat(BEGUN.isOver(moving, after(60 * 24 - 1))).isFalse();
    assertThat(BEGUN.isOver(moving, after(60 * 24))).isTrue();
    assertThat(BEGUN.isOver(moving.join(Tracking.voided(NUMBER, Samples.PARCEL, LABELLED)), after(7))).isTrue();
    assertThat(BEGUN.ended().isDue(after(60 * 24))).isFalse();
  }

  @Test
  void theSameLabelChangesNothingAndAMuchLaterOneIsAnotherParcels() {
    ScanPoll ended = BEGUN.ended();
    assertThat(ended.join(ScanPoll.begun(NUMBER, Samples.ACCOUNT, LABELLED))).isEqualTo(ended);
    assertThat(ended.join(ScanPoll.begun(NUMBER, Samples.ACCOUNT, after(24)))).isEqualTo(ended);
    ScanPoll later = ScanPoll.begun(NUMBER, Samples.ACCOUNT, after(31 * 24));
    assertThat(ended.join(later)).isEqualTo(later);
  }
}
