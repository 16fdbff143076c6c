package waybill.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import waybill.catalog.Destination;
import waybill.catalog.Workdays;
import waybill.messages.LocationId;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;

class LaneTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Lane.Way WAY = new Lane.Way(new LocationId("leipzig"), "standard", null, null);

  private static Lane lane(int... daysOfParcels) {
    Lane lane = WAY.to(new Destination("DE", null, "10827")).getFirst();
    for (int days : daysOfParcels) {
      lane = lane.with(days, null);
    }
    return lane;
  }

  /** Case C3: half took a day, 85 of a hundred two, 95 three, 97 four, the rest six. */
  @Test
  void percentilesAreThoseOfTheParcelsThatWereSeen() {
    Lane lane = lane();
    for (int i = 0; i < 100; i++) {
      lane = lane.with(i < 50 ? 1 : i < 85 ? 2 : i < 95 ? 3 : i < 97 ? 4 : 6, null);
    }
    assertThat(lane.percentile(50)).isEqualTo(1);
    assertThat(lane.percentile(75)).isEqualTo(2);
    assertThat(lane.percentile(85)).isEqualTo(2);
    assertThat(lane.percentile(90)).isEqualTo(3);
    assertThat(lane.percentile(95)).isEqualTo(3);
    assertThat(lane.percentile(97)).isEqualTo(4);
    assertThat(lane.percentile(99)).isEqualTo(6);
    assertThat(lane.transit()).contains(new Transit(1, 3, 95));
    LocalDate friday = LocalDate.of(2026, 12, 4);
    assertThat(Workdays.MONDAY_TO_FRIDAY.plus(friday, lane.transit().orElseThrow().latest()))
        .isEqualTo(LocalDate.of(2026, 12, 9));
  }

  @Test
  void tooFewParcelsPromiseNothing() {
    assertThat(lane(1, 1, 2).transit()).isEmpty();
    assertThat(lane().percentile(95)).isZero();
  }

  @Test
  void aLaneHasTheRegionAndTheCountry() {
    assertThat(WAY.to(new Destination("GB", null, "sw1a 1aa"))).extracting(Lane::id)
        .containsExactly("leipzig#standard###GB#SW", "leipzig#standard###GB#");
    assertThat(WAY.to(new Destination("HK", null, null))).extracting(Lane::id)
        .containsExactly("leipzig#standard###HK#");
  }

  @Test
  void keptAndLatePromisesAreCountedAlsoIfNobodyKnowsTheDays() {
    Lane lane = lane().with(null, true).with(2, true).with(70, false).with(1, null);
    assertThat(lane.kept()).isEqualTo(2);
    assertThat(lane.late()).isEqualTo(1);
    assertThat(lane.parcels()).isEqualTo(3);
    assertThat(lane.percentile(99)).as("what takes for ever counts as the longest").isEqualTo(60);
  }

  private static Scan scan(ShipmentStatus status, String at) {
    return new Scan(status, Instant.parse(at));
  }

  @Test
  void daysAreThoseOnWhichTheCarrierWorkedFromItsFirstScanToItsFirstAttempt() {
    List<Scan> scans = List.of(scan(ShipmentStatus.DELIVERED, "2026-12-09T10:00:00Z"),
        scan(ShipmentStatus.DELIVERY_FAILED, "2026-12-08T11:00:00Z"),
        scan(ShipmentStatus.OUT_FOR_DELIVERY, "2026-12-08T07:00:00Z"),
        scan(ShipmentStatus.IN_TRANSIT, "2026-12-06T03:00:00Z"),
        scan(ShipmentStatus.IN_TRANSIT, "2026-12-03T23:30:00Z"),
        scan(ShipmentStatus.PRE_TRANSIT, "2026-12-01T08:00:00Z"));
    Workdays week = Workdays.MONDAY_TO_FRIDAY;

    assertThat(Journeys.days(scans, week, BERLIN)).as("from Friday, half past midnight in Berlin").contains(2);
    assertThat(Journeys.days(scans, new Workdays(week.weekdays(), Set.of(LocalDate.of(2026, 12, 7)), Set.of()), BERLIN))
        .as("Monday was free").contains(1);
    assertThat(Journeys.days(List.of(scans.getFirst()), week, BERLIN)).isEqualTo(Optional.empty());
  }
}
