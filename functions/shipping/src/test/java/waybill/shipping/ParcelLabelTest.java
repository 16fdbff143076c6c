package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.messages.Money;
import waybill.messages.ShipmentMessages.LabelUncertain;
import waybill.platform.Lease;
import waybill.shipping.ParcelLabel.Draft;
import waybill.shipping.ParcelLabel.Drafted;
import waybill.shipping.ParcelLabel.Labelled;
import waybill.shipping.ParcelLabel.Uncertain;
import waybill.shipping.carrier.Carrier.Label;

class ParcelLabelTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  private static final Instant LATER = NOW.plus(Lease.LENGTH);
  private static final Draft D1 = new Draft(Samples.ACCOUNT, "shp_1", null);
  private static final Draft D2 = new Draft(Samples.ACCOUNT, "shp_2", null);
  private static final Label LABEL = new Label("UPS", "Ground", "1Z1", new Money(812, "EUR"));
  private static final Label OTHER = new Label("UPS", "Ground", "1Z2", new Money(1, "EUR"));

  private final ParcelLabel drafted = ParcelLabel.drafted(LabelWanted.of(Samples.dispatch()), D1, "me", NOW);
  private final ParcelLabel takenOver = drafted.claimed("you", LATER);

  @Test
  void aFreshDraftIsItsWritersAloneForItsLease() {
    assertThat(drafted.stage()).isEqualTo(new Drafted(new Lease("me", LATER), D1, null));
    assertThat(drafted.claimed("me", NOW)).isEqualTo(drafted);
    assertThatThrownBy(() -> drafted.claimed("you", LATER.minusNanos(1))).isInstanceOf(Lease.Held.class);
  }

  @Test
  void anAttemptThatTakesADraftOverIsNotSureThatItIsNotBought() {
    assertThat(((Drafted) drafted.stage()).sure()).isTrue();
    assertThat(takenOver.stage()).isEqualTo(new Drafted(new Lease("you", LATER.plus(Lease.LENGTH)), D1, LATER));
    assertThat(((Drafted) takenOver.stage()).sure()).isFalse();
    assertThat(takenOver.claimed("you", LATER.plusSeconds(1))).isEqualTo(takenOver);
    assertThatThrownBy(() -> takenOver.claimed("me", LATER.plusSeconds(1))).isInstanceOf(Lease.Held.class);
  }

  @Test
  void doubtCountsFromTheFirstAttemptThatTookTheDraftOver() {
    Instant muchLater = LATER.plus(ParcelLabel.PATIENCE);
    var again = (Drafted) takenOver.claimed("third", muchLater).stage();

    assertThat(again.unsureSince()).isEqualTo(LATER);
    assertThat(again.outOfPatience(muchLater)).isTrue();
    assertThat(again.outOfPatience(muchLater.minusNanos(1))).isFalse();
    assertThat(((Drafted) drafted.stage()).outOfPatience(muchLater)).isFalse();
  }

  @Test
  void aLabelStaysWhoeverComesAfter() {
    ParcelLabel labelled = drafted.labelled(D1, LABEL, NOW);

    assertThat(labelled.stage()).isEqualTo(new Labelled(Samples.ACCOUNT, LABEL, NOW, D1));
    assertThat(labelled.labelled(D1, OTHER, LATER)).isEqualTo(labelled);
    assertThat(labelled.uncertain(D1, LATER)).isEqualTo(labelled);
    assertThat(labelled.claimed("you", LATER)).isEqualTo(labelled);
  }

  @Test
  void aLateBuyerOfADraftThatWasTakenOverStillRecordsItsLabel() {
    assertThat(takenOver.labelled(D1, LABEL, LATER).label()).contains(LABEL);
  }

  @Test
  void whatIsUncertainStaysSoUntilItsLabelTurnsUp() {
    ParcelLabel uncertain = takenOver.uncertain(D1, LATER);

    assertThat(uncertain.stage()).isEqualTo(new Uncertain(D1, LATER));
    assertThat(uncertain.uncertain(D1, LATER.plusSeconds(1))).isEqualTo(uncertain);
    assertThat(uncertain.claimed("third", LATER.plus(ParcelLabel.PATIENCE))).isEqualTo(uncertain);
    assertThat(uncertain.labelled(D1, LABEL, LATER).label()).contains(LABEL);
  }

  @Test
  void onlyWhatIsSettledIsSent() {
    assertThat(Emissions.of(drafted)).isEmpty();
    assertThat(Emissions.of(takenOver)).isEmpty();
    assertThat(Emissions.of(takenOver.uncertain(D1, LATER)))
        .containsExactly(new LabelUncertain(Samples.ORDER, Samples.PARCEL, LATER));
    assertThat(Emissions.of(drafted.labelled(D1, LABEL, NOW))).hasSize(1);
  }

  @Test
  void aLabelBoughtElsewhereIsThereAtOnce() {
    assertThat(ParcelLabel.boughtElsewhere(LabelWanted.of(Samples.dispatch()), NOW)).isEmpty();
    assertThat(ParcelLabel.boughtElsewhere(LabelWanted.of(Samples.labelledElsewhere("jd 0123")), NOW)
        .flatMap(ParcelLabel::label))
        .isEqualTo(Optional.of(new Label("DHL", null, "jd 0123", null)));
  }

  @Test
  void anAnswerAboutAnotherDraftIsAFault() {
    assertThatThrownBy(() -> drafted.labelled(D2, LABEL, NOW)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> drafted.uncertain(D2, NOW)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> drafted.uncertain(D1, NOW).labelled(D2, LABEL, NOW))
        .isInstanceOf(IllegalStateException.class);
  }
}
