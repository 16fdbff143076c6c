package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.messages.Money;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;
import waybill.shipping.LabelVoid.NotApplicable;
import waybill.shipping.LabelVoid.Refunded;
import waybill.shipping.LabelVoid.Rejected;
import waybill.shipping.LabelVoid.Requested;
import waybill.shipping.LabelVoid.Submitted;
import waybill.shipping.LabelVoid.TooEarly;
import waybill.shipping.ParcelLabel.Draft;
import waybill.shipping.carrier.Carrier.Label;
import waybill.shipping.carrier.Carrier.RefundStanding;

class LabelVoidTest {
  private static final Instant BOUGHT = Instant.parse("2026-11-02T10:00:00Z");
  private static final Money COST = new Money(820, "USD");
  private static final Draft DRAFT = new Draft(Samples.ACCOUNT, "shp_1", COST);

  private static Instant day(int number) {
    return BOUGHT.plus(Duration.ofDays(number));
  }

  private static ParcelLabel labelled(String carrier) {
    return ParcelLabel.drafted(LabelWanted.of(Samples.dispatch()), DRAFT, "me", BOUGHT)
        .labelled(DRAFT, new Label(carrier, "Ground", "1Z1", COST), BOUGHT);
  }

  private static LabelVoid requested(String carrier) {
    return LabelVoid.of(labelled(carrier), null, BOUGHT).orElseThrow();
  }

  private static Tracking tracked(ShipmentStatus status) {
    return Tracking.of(new TrackingNumber("1Z1"), Samples.PARCEL, BOUGHT)
        .join(Tracking.of(new TrackingNoticed("1Z1", List.of(new Scan(status, day(1))), null, "evt_1"), day(1)));
  }

  private static Refused refused(Outcome<LabelVoid> answer) {
    assertThat(answer).isInstanceOf(Outcome.Declined.class);
    return ((Outcome.Declined<LabelVoid>) answer).refused();
  }

  @Test
  void aVoidThatIsRejectedOnTheDayOfThePurchaseIsRequestedAgainTheNextDayAndRefunded() {
    LabelVoid early = requested("USPS").seen(RefundStanding.REJECTED, day(0));
    assertThat(early.stage()).isInstanceOf(TooEarly.class);
    assertThat(early.dueAt()).contains(day(1));
    assertThat(early.asks(RefundStanding.REJECTED)).isTrue();

    LabelVoid submitted = early.seen(RefundStanding.SUBMITTED, day(1));
    assertThat(submitted.stage()).isEqualTo(new Submitted(day(1), day(2), null));
    assertThat(submitted.asks(RefundStanding.SUBMITTED)).isFalse();

    LabelVoid refunded = submitted.seen(RefundStanding.SUBMITTED, day(2)).seen(RefundStanding.REFUNDED, day(18));
    assertThat(refunded.stage()).isEqualTo(new Refunded(COST, day(18)));
    assertThat(refunded.dueAt()).isEmpty();
  }

  @Test
  void aLabelIsVoidedUntilTheLastMomentOfItsCarriersWindow() {
    assertThat(LabelVoid.of(labelled("USPS"), null, day(30).minusMillis(1))).isInstanceOf(Outcome.Accepted.class);
    assertThat(LabelVoid.of(labelled("FedEx"), null, day(90).minusMillis(1))).isInstanceOf(Outcome.Accepted.class);
    assertThat(LabelVoid.of(labelled("Purolator"), null, day(400))).isInstanceOf(Outcome.Accepted.class);

    Refused late = refused(LabelVoid.of(labelled("USPS"), null, day(30)));
    assertThat(late.code()).isEqualTo("void_window_over");
    assertThat(late.violations())
        .containsExactly(new Violation("/labelled_at", "too_old", "is at most 30 days ago for USPS"));
    assertThat(late.about()).containsEntry("window_ends_at", "2026-12-02T10:00:00.000Z");
    assertThat(refused(LabelVoid.of(labelled("UPS"), null, day(90))).code()).isEqualTo("void_window_over");
  }

  @Test
  void whatIsRefusedUntilItsWindowEndsIsRejectedForGood() {
    LabelVoid it = requested("USPS");
    int attempts = 0;
    while (it.dueAt().isPresent()) {
      it = it.refused("too early", it.dueAt().get());
      attempts++;
    }

    assertThat(attempts).isEqualTo(30);
    assertThat(it.stage()).isEqualTo(new Rejected("void_window_over", "too early", day(29)));
  }

  @Test
  void aScannedParcelsLabelIsUsedAndOneThatIsOnlyPrintedIsNot() {
    assertThat(refused(LabelVoid.of(labelled("UPS"), tracked(ShipmentStatus.IN_TRANSIT), day(2))).code())
        .isEqualTo("scanned");
    assertThat(LabelVoid.of(labelled("UPS"), tracked(ShipmentStatus.PRE_TRANSIT), day(2)))
        .isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void aParcelThatGoesItsWayAfterAllIsNotAskedForButWhatWasSubmittedIsFollowed() {
    LabelVoid submitted = requested("UPS").seen(RefundStanding.SUBMITTED, day(1));

    assertThat(requested("UPS").used(day(1)).stage()).isInstanceOf(Rejected.class);
    assertThat(submitted.used(day(2))).isEqualTo(submitted);
  }

  @Test
  void aSubmittedRefundThatIsRejectedIsRequestedAgain() {
    LabelVoid rejected = requested("UPS").seen(RefundStanding.SUBMITTED, day(1)).seen(RefundStanding.REJECTED, day(9));

    assertThat(rejected.stage()).isEqualTo(new TooEarly(1, "the carrier has rejected the refund", day(10)));
  }

  @Test
  void aCarrierThatChargesByScansHasNothingToRefundForEver() {
    LabelVoid none = requested("UPS").seen(RefundStanding.NOT_APPLICABLE, day(1));

    assertThat(none.stage()).isEqualTo(new NotApplicable(day(1)));
    assertThat(none.later(day(2))).isEqualTo(none);
  }

  @Test
  void moneyThatTakesLongerThanAMonthIsReportedOnceAndStillFollowed() {
    LabelVoid submitted = requested("UPS").seen(RefundStanding.SUBMITTED, day(1));
    assertThat(submitted.overdue(day(31).minusMillis(1))).isFalse();
    assertThat(submitted.overdue(day(31))).isTrue();

    LabelVoid reported = submitted.reported(day(31));
    assertThat(reported.overdue(day(60))).isFalse();
    assertThat(reported.seen(RefundStanding.SUBMITTED, day(32)).overdue(day(60))).isFalse();
    assertThat(reported.dueAt()).isPresent();
  }

  @Test
  void whatCannotBeAskedNowIsAskedTomorrow() {
    assertThat(requested("UPS").later(day(1)).stage()).isEqualTo(new Requested(day(2)));
    assertThat(requested("UPS").seen(RefundStanding.SUBMITTED, day(1)).seen(RefundStanding.NONE, day(2)).stage())
        .isEqualTo(new Submitted(day(1), day(3), null));
  }

  @Test
  void whatHasNoLabelOrOneFromElsewhereIsNotVoided() {
    assertThat(refused(
        LabelVoid.of(ParcelLabel.drafted(LabelWanted.of(Samples.dispatch()), DRAFT, "me", BOUGHT), null, BOUGHT))
        .code())
        .isEqualTo("not_labelled");
    ParcelLabel elsewhere = ParcelLabel.boughtElsewhere(LabelWanted.of(Samples.labelledElsewhere("JD1")), BOUGHT)
        .orElseThrow();
    assertThat(refused(LabelVoid.of(elsewhere, null, BOUGHT)).code()).isEqualTo("bought_elsewhere");
  }
}
