package waybill.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.incidents.Incident.EndKind;
import waybill.messages.IncidentKind;
import waybill.messages.LocationId;
import waybill.messages.ShipmentMessages.ShipmentInTransit;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.StockPool;

/** What is decided of a parcel whose carrier nobody expects to scan it. */
class CaseTest {
  /** A Monday. */
  private static final Instant LABELLED = Instant.parse("2026-11-16T09:00:00Z");
  private static final Instant PROMISED = LABELLED.plus(Duration.ofDays(1));
  private final Case labelled = Case.of(Depot.FIRST).with(ParcelWatch.of(Depot.FIRST)
      .labelled(new ShipmentLabelled(Depot.ORDER, Depot.FIRST, new LocationId("leipzig"), new StockPool("default"),
          List.of(), "DHL", "paket", "N1", LABELLED), PROMISED, null));

  private static Instant day(int days) {
    return LABELLED.plus(Duration.ofDays(days));
  }

  @Test
  void aParcelThatNobodyScansIsNotLateAsNothingIsKnownOfIt() {
    Case looked = labelled.at(day(30), _ -> false);
    assertThat(looked.incidents()).isEmpty();
    assertThat(looked.news()).isEmpty();
    assertThat(looked.watch().due()).as("nobody looks any more").isNull();
  }

  @Test
  void whatALabelLeftOpenEndsOnceItIsVoid() {
    Case open = labelled.at(day(3), _ -> true);
    assertThat(open.incidents()).extracting(Incident::kind).containsExactlyInAnyOrder(IncidentKind.NOT_HANDED_OVER,
        IncidentKind.LATE);
    Case after = open.at(day(6), _ -> false);
    assertThat(after.incidents()).extracting(it -> it.ending().kind()).containsOnly(EndKind.RESOLVED_ITSELF);
    assertThat(after.informed(List.of(), after.events(), day(6)).watch().due())
        .as("nobody looks any more, once that was sent").isNull();
  }

  @Test
  void whatIsScannedAllTheSameIsLateAsAnyParcel() {
    Case scanned = labelled.at(day(2), _ -> false);
    Case moving = scanned.with(scanned.watch().moved(new ShipmentInTransit(Depot.ORDER, Depot.FIRST, day(3), null)));
    assertThat(moving.at(day(3), _ -> false).incidents()).extracting(Incident::kind)
        .containsExactly(IncidentKind.LATE);
  }
}
