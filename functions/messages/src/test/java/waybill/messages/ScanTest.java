package waybill.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.messages.ShipmentStatus.DELIVERED;
import static waybill.messages.ShipmentStatus.IN_TRANSIT;
import static waybill.messages.ShipmentStatus.OUT_FOR_DELIVERY;
import static waybill.messages.ShipmentStatus.RETURNED;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ScanTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @Property
  void scansStandInOneLine(@ForAll("scans") Scan one, @ForAll("scans") Scan two, @ForAll("scans") Scan three) {
    assertThat(Integer.signum(one.compareTo(two))).isEqualTo(-Integer.signum(two.compareTo(one)));
    assertThat(one.compareTo(two) == 0).isEqualTo(one.equals(two));
    if (one.compareTo(two) <= 0 && two.compareTo(three) <= 0) {
      assertThat(one).isLessThanOrEqualTo(three);
    }
  }

  @Property
  void everyOrderOfArrivalEndsTheSame(@ForAll("histories") List<Scan> scans,
      @ForAll("shuffles") java.util.Random random) {
    var reordered = new java.util.ArrayList<>(scans);
    // Each comes twice, anywhere.
    reordered.addAll(scans);
    java.util.Collections.shuffle(reordered, random);
    assertThat(last(reordered)).isEqualTo(last(scans)).isEqualTo(scans.stream().max(Scan::compareTo).orElseThrow());
  }

  @Property
  void whatIsDeliveredIsNeverInTransitAgainWithinTheHour(@ForAll("histories") List<Scan> scans) {
    Scan stands = Scan.later(new Scan(DELIVERED, NOON), last(scans));
    assertThat(stands.status()).isIn(DELIVERED, RETURNED);
  }

  @Test
  void aScanOnTheRoadThatIsMoreThanAnHourLaterRetractsADelivery() {
    var delivered = new Scan(DELIVERED, NOON);
    var onBoard = new Scan(OUT_FOR_DELIVERY, NOON.plusSeconds(3_601));
    var again = new Scan(DELIVERED, NOON.plusSeconds(7_200));
    assertThat(last(List.of(delivered, onBoard))).isEqualTo(onBoard);
    assertThat(last(List.of(onBoard, delivered))).isEqualTo(onBoard);
    assertThat(last(List.of(delivered, new Scan(OUT_FOR_DELIVERY, NOON.plusSeconds(3_600))))).isEqualTo(delivered);
    assertThat(last(List.of(again, onBoard, delivered))).isEqualTo(again);
  }

  @Test
  void whatIsReturnedIsDeliveredToNobodyButTheSender() {
    var returned = new Scan(RETURNED, NOON);
    assertThat(Scan.later(returned, new Scan(DELIVERED, NOON.plusSeconds(86_400)))).isEqualTo(returned);
  }

  @Test
  void whatNobodyKnowsMovesNothing() {
    var scanned = new Scan(ShipmentStatus.PRE_TRANSIT, NOON);
    assertThat(Scan.later(scanned, new Scan(ShipmentStatus.UNKNOWN, NOON.plusSeconds(60)))).isEqualTo(scanned);
  }

  @Test
  void withinAStageTheNewerScanStands() {
    var out = new Scan(OUT_FOR_DELIVERY, NOON);
    var backAtTheDepot = new Scan(IN_TRANSIT, NOON.plusSeconds(1));
    assertThat(Scan.later(out, backAtTheDepot)).isEqualTo(backAtTheDepot);
    assertThat(Scan.later(backAtTheDepot, out)).isEqualTo(backAtTheDepot);
  }

  @Test
  void anOlderDeliveryStillEndsTheWay() {
    var delivered = new Scan(DELIVERED, NOON);
    assertThat(Scan.later(new Scan(IN_TRANSIT, NOON.plusSeconds(60)), delivered)).isEqualTo(delivered);
  }

  @Test
  void nothingIsBeforeEverything() {
    var scan = new Scan(IN_TRANSIT, NOON);
    assertThat(Scan.later(null, scan)).isEqualTo(scan);
    assertThat(Scan.later(scan, null)).isEqualTo(scan);
    assertThat(Scan.later(null, null)).isNull();
  }

  private static Scan last(List<Scan> scans) {
    return scans.stream().reduce(null, Scan::later, Scan::later);
  }

  @Provide
  Arbitrary<Scan> scans() {
    // Few different times, so that scans at the same time are common.
    return Combinators.combine(Arbitraries.of(ShipmentStatus.class), Arbitraries.integers().between(0, 11))
        .as((status, second) -> new Scan(status, NOON.plusSeconds(second % 4), null, second % 3 == 0 ? null : "word",
            second < 4 ? null : new PickupPoint("here", null)));
  }

  @Provide
  Arbitrary<List<Scan>> histories() {
    return scans().list().ofMinSize(1).ofMaxSize(8);
  }

  @Provide
  Arbitrary<java.util.Random> shuffles() {
    return Arbitraries.randoms();
  }
}
