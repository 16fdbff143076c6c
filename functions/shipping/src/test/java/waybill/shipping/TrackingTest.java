package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Example;
import waybill.messages.Bill;
import waybill.messages.Money;
import waybill.messages.ParcelId;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;

class TrackingTest {
  private static final TrackingNumber NUMBER = new TrackingNumber("1Z1");
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

  private static Tracking scanned(Scan... scans) {
    return Tracking.of(new TrackingNoticed("1z1", List.of(scans), null, "evt_1"), START);
  }

  private static Scan scan(ShipmentStatus status, int minutes) {
    return new Scan(status, START.plusSeconds(60L * minutes));
  }

  @Provide
  Arbitrary<Tracking> tracking() {
    Arbitrary<Scan> scan = Combinators
        .combine(Arbitraries.of(ShipmentStatus.class), Arbitraries.integers().between(0, 50)).as(TrackingTest::scan);
    Arbitrary<Instant> estimate = Arbitraries.integers().between(0, 5).map(day -> START.plusSeconds(86_400L * day))
        .injectNull(0.3);
    Arbitrary<Instant> heard = Arbitraries.integers().between(0, 90).map(minute -> START.plusSeconds(60L * minute));
    Arbitrary<Tracking> news = Combinators
        .combine(scan.list().ofMaxSize(12), estimate, heard, heard.injectNull(0.7))
        .as((scans, at, heardAt, reportedAt) -> {
          Bill bill = scans.size() % 3 == 0
              ? new Bill("inv_" + scans.size() % 2, new Money(scans.size(), "USD"), heardAt)
              : null;
          Tracking tracking = Tracking.of(new TrackingNoticed("1Z1", scans, at, "evt_1", bill), heardAt);
          return reportedAt == null ? tracking : tracking.reported(reportedAt);
        });
    Arbitrary<Tracking> label = Arbitraries.integers().between(1, 3)
        .map(n -> Tracking.of(NUMBER, ParcelId.of(Samples.FULFILLMENT, n), START));
    return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(4, news), net.jqwik.api.Tuple.of(1, label));
  }

  @Provide
  Arbitrary<List<Tracking>> trackings() {
    return tracking().list().ofMinSize(1).ofMaxSize(8);
  }

  @Property
  void joiningIsCommutativeAssociativeAndIdempotent(@ForAll("tracking") Tracking a, @ForAll("tracking") Tracking b,
      @ForAll("tracking") Tracking c) {
    assertThat(a.join(b)).isEqualTo(b.join(a));
    assertThat(a.join(b).join(c)).isEqualTo(a.join(b.join(c)));
    assertThat(a.join(a)).isEqualTo(a);
    assertThat(a.join(b).join(b)).isEqualTo(a.join(b));
  }

  @Property
  void everyOrderOfArrivalWithDoublesEndsTheSameAndSendsTheSame(@ForAll("trackings") List<Tracking> news,
      @ForAll Random random) {
    Tracking inOrder = news.stream().reduce(Tracking::join).orElseThrow();
    var shuffled = new ArrayList<>(news);
    shuffled.addAll(news);
    Collections.shuffle(shuffled, random);
    Tracking reordered = shuffled.stream().reduce(Tracking::join).orElseThrow();

    assertThat(reordered).isEqualTo(inOrder);
    assertThat(Emissions.of(reordered)).isEqualTo(Emissions.of(inOrder));
  }

  @Property
  void aParcelNeverGoesBack(@ForAll("trackings") List<Tracking> news) {
    Tracking tracking = news.getFirst();
    for (Tracking more : news) {
      Tracking next = tracking.join(more);
      assertThat(Scan.later(tracking.latest(), next.latest())).isEqualTo(next.latest());
      tracking = next;
    }
  }

  @Example
  void aLateInTransitAfterDeliveredChangesNothingButTheHistory() {
    Tracking delivered = scanned(scan(ShipmentStatus.DELIVERED, 10)).join(Tracking.of(NUMBER, Samples.PARCEL, START));
    Tracking late = delivered.join(scanned(scan(ShipmentStatus.IN_TRANSIT, 20)));

    assertThat(late.status()).isEqualTo(ShipmentStatus.DELIVERED);
    assertThat(late.history()).containsExactly(scan(ShipmentStatus.IN_TRANSIT, 20), scan(ShipmentStatus.DELIVERED, 10));
    assertThat(Emissions.of(late))
        .containsExactly(new ShipmentDelivered(Samples.ORDER, Samples.PARCEL, START.plusSeconds(600), null));
  }

  @Example
  void theThirtyNewestScansAreKeptAndTheGreatestIsNotForgotten() {
    Scan[] many = IntStream.range(0, 50).mapToObj(i -> scan(ShipmentStatus.IN_TRANSIT, 10 + i)).toArray(Scan[]::new);
    Tracking tracking = scanned(many).join(scanned(scan(ShipmentStatus.DELIVERED, 1)));

    assertThat(tracking.history()).hasSize(30).startsWith(many[49]).endsWith(many[20]);
    assertThat(tracking.status()).isEqualTo(ShipmentStatus.DELIVERED);
    assertThat(Tracking.significant(java.util.stream.Stream.concat(java.util.Arrays.stream(many),
        java.util.stream.Stream.of(scan(ShipmentStatus.DELIVERED, 1))).toList())).hasSize(31)
        .contains(scan(ShipmentStatus.DELIVERED, 1));
  }

  /** News and labels of the parcels of three years that one after the other bear the number. */
  @Provide
  Arbitrary<List<Tracking>> years() {
    Arbitrary<Instant> day = Combinators
        .combine(Arbitraries.integers().between(0, 2), Arbitraries.integers().between(0, 29))
        .as((year, d) -> START.plus(Duration.ofDays(365L * year + d)));
    Arbitrary<Tracking> news = Combinators.combine(Arbitraries.of(ShipmentStatus.class), day)
        .as((status, at) -> Tracking
            .of(new TrackingNoticed("1Z1", List.of(new Scan(status, at)), at.plusSeconds(60), "evt_1"), at));
    Arbitrary<Tracking> label = Combinators.combine(Arbitraries.integers().between(1, 9), day)
        .as((n, at) -> Tracking.of(NUMBER, ParcelId.of(Samples.FULFILLMENT, n), at));
    return Arbitraries.oneOf(news, label).list().ofMinSize(1).ofMaxSize(20);
  }

  @Property
  void aNumberThatIsUsedAgainEndsTheSameInEveryOrderOfArrival(@ForAll("years") List<Tracking> news,
      @ForAll Random random) {
    everyOrderOfArrivalWithDoublesEndsTheSameAndSendsTheSame(news, random);
    Tracking all = news.stream().reduce(Tracking::join).orElseThrow();
    if (!all.parcels().isEmpty()) {
      Instant newest = all.parcels().stream().map(Tracking.Bearer::labelledAt).max(Comparator.naturalOrder())
          .orElseThrow();
      assertThat(all.history())
          .allSatisfy(it -> assertThat(it.at()).isAfterOrEqualTo(newest.minus(Duration.ofDays(30))));
      assertThat(all.parcels())
          .allSatisfy(it -> assertThat(it.labelledAt()).isAfterOrEqualTo(newest.minus(Duration.ofDays(30))));
    }
  }

  @Example
  void anOldDeliveryNeverEndsTheNewOrderOfANumberThatIsUsedAgain() {
    Tracking old = Tracking.of(NUMBER, Samples.PARCEL, START).join(scanned(scan(ShipmentStatus.DELIVERED, 60)));
    ParcelId next = ParcelId.of(Samples.FULFILLMENT, 2);
    Instant year = START.plus(Duration.ofDays(365));
    Tracking again = old.join(Tracking.of(NUMBER, next, year));

    assertThat(again.status()).isEqualTo(ShipmentStatus.PRE_TRANSIT);
    assertThat(Emissions.of(again)).isEmpty();
    assertThat(again.isOf(Samples.PARCEL)).isFalse();
    Tracking late = again.join(scanned(scan(ShipmentStatus.DELIVERED, 60)));
    assertThat(late).as("the old news comes once more").isEqualTo(again);
    Tracking moved = again.join(scanned(new Scan(ShipmentStatus.IN_TRANSIT, year.plusSeconds(60))));
    assertThat(Emissions.of(moved)).extracting(it -> it.parcel()).containsExactly(next);
    assertThat(Tracking.of(NUMBER, Samples.PARCEL, START).join(moved)).as("the old label comes once more")
        .isEqualTo(moved);
  }

  @Example
  void theEstimateOfTheNewestNewsStands() {
    Instant first = START.plusSeconds(86_400);
    Instant second = START.plusSeconds(2 * 86_400);
    Tracking older = Tracking
        .of(new TrackingNoticed("1Z1", List.of(scan(ShipmentStatus.IN_TRANSIT, 1)), second, "evt_1"), START);
    Tracking newer = Tracking
        .of(new TrackingNoticed("1Z1", List.of(scan(ShipmentStatus.IN_TRANSIT, 2)), first, "evt_2"), START);

    assertThat(newer.join(older).estimatedDeliveryAt()).isEqualTo(first);
    assertThat(newer.join(scanned(scan(ShipmentStatus.IN_TRANSIT, 3))).estimatedDeliveryAt()).isEqualTo(first);
  }

  @Example
  void everyParcelUnderANumberMovesWithIt() {
    ParcelId other = ParcelId.of(Samples.FULFILLMENT, 2);
    Tracking tracking = Tracking.of(NUMBER, other, START).join(Tracking.of(NUMBER, Samples.PARCEL, START))
        .join(scanned(scan(ShipmentStatus.OUT_FOR_DELIVERY, 1)));

    assertThat(Emissions.of(tracking)).extracting(it -> it.parcel()).containsExactly(Samples.PARCEL, other);
  }

  @Example
  void whatTheCarrierHasNotSeenIsNotSent() {
    assertThat(
        Emissions.of(scanned(scan(ShipmentStatus.PRE_TRANSIT, 1)).join(Tracking.of(NUMBER, Samples.PARCEL, START))))
        .isEmpty();
    assertThat(Emissions.of(scanned(scan(ShipmentStatus.DELIVERED, 1)))).isEmpty();
  }

  @Example
  void whatCameBeforeItsLabelIsOverdueAfterADayUntilThatIsReported() {
    Tracking early = Tracking.of(new TrackingNoticed("1Z1", List.of(), null, "evt_1"), START);
    Tracking stub = early.join(Tracking.of(new TrackingNoticed("1Z1", List.of(), null, "evt_2"),
        START.plusSeconds(3_600)));
    Instant dayAfter = START.plus(Tracking.LATEST_LABEL);

    assertThat(stub.overdue(dayAfter.minusNanos(1))).isFalse();
    assertThat(stub.overdue(dayAfter)).isTrue();
    Tracking reported = stub.reported(dayAfter);
    assertThat(reported.overdue(dayAfter)).isFalse();
    assertThat(reported.reported(dayAfter.plusSeconds(1))).isEqualTo(reported);
    assertThat(reported.join(early).overdue(dayAfter)).isFalse();
  }

  @Property
  void whatHasItsLabelKeepsNothingOfHavingWaited(@ForAll("trackings") List<Tracking> news) {
    Tracking labelled = news.stream().reduce(Tracking.of(NUMBER, Samples.PARCEL, START),
        (one, other) -> other.join(one));

    assertThat(labelled.unlabelled()).isNull();
    assertThat(labelled.overdue(START.plus(Duration.ofDays(100)))).isFalse();
    assertThat(labelled.reported(START)).isEqualTo(labelled);
  }

  @Example
  void aBillThatComesTwiceCountsOnceAndACorrectionReplacesIt() {
    Tracking labelled = Tracking.of(NUMBER, Samples.PARCEL, START);
    var first = new Bill("inv_1", new Money(1_350, "USD"), START.plusSeconds(60));
    var corrected = new Bill("inv_1", new Money(1_120, "USD"), START.plusSeconds(120));
    var second = new Bill("inv_2", new Money(1_500, "USD"), START.plusSeconds(90));

    assertThat(labelled.join(billed(first)).join(billed(first)).bills()).containsExactly(first);
    assertThat(labelled.join(billed(corrected)).join(billed(second)).join(billed(first)).bills())
        .containsExactly(corrected, second);
    assertThat(labelled.join(billed(first)).status()).isEqualTo(ShipmentStatus.PRE_TRANSIT);
    assertThat(Tracking.of(NUMBER, Samples.PARCEL, START.plus(Duration.ofDays(365))).join(billed(first)).bills())
        .as("of an earlier parcel").isEmpty();
  }

  private static Tracking billed(Bill bill) {
    return Tracking.of(new TrackingNoticed("1Z1", List.of(), null, "evt_1", bill), START);
  }

  @Example
  void aNumberIsOneHoweverItIsWritten() {
    assertThat(new TrackingNumber(" 1z 999 aa1 ")).isEqualTo(new TrackingNumber("1Z999AA1"));
  }
}
