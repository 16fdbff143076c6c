package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.messages.Message.LabelUncertain;
import waybill.messages.Money;
import waybill.shipping.Carrier.Label;
import waybill.shipping.Shipment.Drafted;
import waybill.shipping.Shipment.Labelled;
import waybill.shipping.Shipment.Uncertain;

class ShipmentTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  private static final Instant LATER = NOW.plus(Shipment.LEASE);
  private static final Label LABEL = new Label("UPS", "Ground", "1Z1", new Money(812, "EUR"));
  private static final Label OTHER = new Label("UPS", "Ground", "1Z2", new Money(1, "EUR"));

  private final Shipment drafted = Shipment.drafted(Samples.dispatch(), "shp_1", "me", NOW);
  private final Shipment takenOver = drafted.claimed("you", LATER);

  @Test
  void aFreshDraftIsItsWritersAloneForItsLease() {
    assertThat(drafted.stage()).isEqualTo(new Drafted("me", LATER, "shp_1", null));
    assertThat(drafted.claimed("me", NOW)).isEqualTo(drafted);
    assertThatThrownBy(() -> drafted.claimed("you", LATER.minusNanos(1))).isInstanceOf(Shipment.Busy.class);
  }

  @Test
  void whoTakesADraftOverIsNotSureThatItIsNotBought() {
    assertThat(((Drafted) drafted.stage()).sure()).isTrue();
    assertThat(takenOver.stage()).isEqualTo(new Drafted("you", LATER.plus(Shipment.LEASE), "shp_1", LATER));
    assertThat(((Drafted) takenOver.stage()).sure()).isFalse();
    assertThat(takenOver.claimed("you", LATER.plusSeconds(1))).isEqualTo(takenOver);
    assertThatThrownBy(() -> takenOver.claimed("me", LATER.plusSeconds(1))).isInstanceOf(Shipment.Busy.class);
  }

  @Test
  void aDayOfDoubtCountsFromTheFirstWhoTookTheDraftOver() {
    Instant muchLater = LATER.plus(Shipment.PATIENCE);
    var again = (Drafted) takenOver.claimed("third", muchLater).stage();

    assertThat(again.unsureSince()).isEqualTo(LATER);
    assertThat(again.outOfPatience(muchLater)).isTrue();
    assertThat(again.outOfPatience(muchLater.minusNanos(1))).isFalse();
    assertThat(((Drafted) drafted.stage()).outOfPatience(muchLater)).isFalse();
  }

  @Test
  void aLabelStaysWhoeverComesAfter() {
    Shipment labelled = drafted.labelled("shp_1", LABEL, NOW);

    assertThat(labelled.stage()).isEqualTo(new Labelled(LABEL, NOW));
    assertThat(labelled.labelled("shp_1", OTHER, LATER)).isEqualTo(labelled);
    assertThat(labelled.uncertain("shp_1", LATER)).isEqualTo(labelled);
    assertThat(labelled.claimed("you", LATER)).isEqualTo(labelled);
  }

  @Test
  void aLateBuyerOfADraftThatWasTakenOverStillRecordsItsLabel() {
    assertThat(takenOver.labelled("shp_1", LABEL, LATER).label()).contains(LABEL);
  }

  @Test
  void whatIsUncertainStaysSoUntilItsLabelTurnsUp() {
    Shipment uncertain = takenOver.uncertain("shp_1", LATER);

    assertThat(uncertain.stage()).isEqualTo(new Uncertain("shp_1", LATER));
    assertThat(uncertain.uncertain("shp_1", LATER.plusSeconds(1))).isEqualTo(uncertain);
    assertThat(uncertain.claimed("third", LATER.plus(Shipment.PATIENCE))).isEqualTo(uncertain);
    assertThat(uncertain.labelled("shp_1", LABEL, LATER).label()).contains(LABEL);
  }

  @Test
  void onlyWhatIsSettledIsTold() {
    assertThat(Emissions.of(drafted)).isEmpty();
    assertThat(Emissions.of(takenOver)).isEmpty();
    assertThat(Emissions.of(takenOver.uncertain("shp_1", LATER)))
        .containsExactly(new LabelUncertain(Samples.ORDER, Samples.PARCEL, LATER));
    assertThat(Emissions.of(drafted.labelled("shp_1", LABEL, NOW))).hasSize(1);
  }

  @Test
  void aLabelBoughtElsewhereIsThereAtOnce() {
    assertThat(Shipment.boughtElsewhere(Samples.dispatch(), NOW)).isEmpty();
    assertThat(Shipment.boughtElsewhere(Samples.labelledElsewhere("jd 0123"), NOW).flatMap(Shipment::label))
        .isEqualTo(Optional.of(new Label("DHL", null, "jd 0123", null)));
  }

  @Test
  void anAnswerAboutAnotherDraftIsAFault() {
    assertThatThrownBy(() -> drafted.labelled("shp_2", LABEL, NOW)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> drafted.uncertain("shp_2", NOW)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> drafted.uncertain("shp_1", NOW).labelled("shp_2", LABEL, NOW))
        .isInstanceOf(IllegalStateException.class);
  }
}
