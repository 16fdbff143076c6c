package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.shipping.Carrier.Label;
import waybill.shipping.Shipment.Claimed;
import waybill.shipping.Shipment.Drafted;
import waybill.shipping.Shipment.Labelled;

class ShipmentTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  private static final Instant LATER = NOW.plus(Shipment.LEASE);
  private static final Label LABEL = new Label("UPS", "Ground", "1Z1", 812, "EUR");

  private final Shipment claimed = Shipment.claim(Optional.empty(), Samples.dispatch(), NOW);
  private final Claimed claim = (Claimed) claimed.stage();

  @Test
  void aClaimHoldsForItsLease() {
    assertThat(claim).isEqualTo(new Claimed(1, LATER));
    assertThatThrownBy(() -> Shipment.claim(Optional.of(claimed), Samples.dispatch(), LATER.minusNanos(1)))
        .isInstanceOf(Shipment.Busy.class);
  }

  @Test
  void aClaimThatRanOutIsTakenOverAndItsFirstHolderLosesIt() {
    Shipment taken = Shipment.claim(Optional.of(claimed), Samples.dispatch(), LATER);

    assertThat(taken.stage()).isEqualTo(new Claimed(2, LATER.plus(Shipment.LEASE)));
    assertThatThrownBy(() -> taken.drafted(claim, "shp_1")).isInstanceOf(Shipment.Busy.class);
  }

  @Test
  void aDraftWrittenTwiceByOneHolderIsOneDraft() {
    Shipment drafted = claimed.drafted(claim, "shp_1");

    assertThat(drafted.stage()).isEqualTo(new Drafted(1, LATER, "shp_1", false));
    assertThat(drafted.drafted(claim, "shp_1")).isEqualTo(drafted);
  }

  @Test
  void whoTakesADraftOverMustLookWhetherItIsBought() {
    Shipment taken = Shipment.claim(Optional.of(claimed.drafted(claim, "shp_1")), Samples.dispatch(), LATER);

    assertThat(taken.stage()).isEqualTo(new Drafted(2, LATER.plus(Shipment.LEASE), "shp_1", true));
  }

  @Test
  void aLabelStaysWhoeverComesAfter() {
    Shipment labelled = claimed.drafted(claim, "shp_1").labelled("shp_1", LABEL, NOW);

    assertThat(labelled.stage()).isEqualTo(new Labelled(LABEL, NOW));
    assertThat(labelled.labelled("shp_1", new Label("UPS", "Ground", "1Z2", 1, "EUR"), LATER)).isEqualTo(labelled);
    assertThat(Shipment.claim(Optional.of(labelled), Samples.dispatch(), LATER)).isEqualTo(labelled);
  }

  @Test
  void aLateBuyerOfADraftThatWasTakenOverStillRecordsItsLabel() {
    Shipment taken = Shipment.claim(Optional.of(claimed.drafted(claim, "shp_1")), Samples.dispatch(), LATER);

    assertThat(taken.labelled("shp_1", LABEL, LATER).label()).contains(LABEL);
  }

  @Test
  void aLabelOfAnotherDraftIsAFault() {
    assertThatThrownBy(() -> claimed.drafted(claim, "shp_1").labelled("shp_2", LABEL, NOW))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> claimed.labelled("shp_1", LABEL, NOW)).isInstanceOf(IllegalStateException.class);
  }
}
