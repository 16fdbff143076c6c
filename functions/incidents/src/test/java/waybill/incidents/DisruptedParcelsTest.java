package waybill.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.RedateParcels;
import waybill.messages.DisruptionId;
import waybill.messages.FulfillmentId;
import waybill.messages.IncidentMessages.DeliveryRedated;
import waybill.messages.IncidentMessages.DisruptionDue;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.platform.Sender;
import waybill.workbench.Bench;

/** What a disruption does to parcels on their way. They left on a Sunday, the 22nd of November 2026, and are promised for Wednesday. */
class DisruptedParcelsTest {
  private static final Instant WEDNESDAY = Instant.parse("2026-11-25T22:59:59Z");
  private static final Instant FRIDAY = Instant.parse("2026-11-27T22:59:59Z");
  /** On Tuesday and Wednesday nothing moves. */
  private static final String STORM = """
      {"reason": "weather", "carrier": "DHL", "country": "DE", "postal_prefix": "04",
       "starts_at": "2026-11-23T23:00:00Z", "ends_at": "2026-11-25T22:00:00Z"}""";
  private static final String CLOSED = STORM.replace("\"carrier\": \"DHL\"", "\"location_id\": \"leipzig\"");
  private static final Duration UNTIL_IT_STARTS = Duration.ofHours(38);
  private static final int DIED = 503;
  private final Depot depot = new Depot();

  @AfterEach
  void close() {
    depot.close();
  }

  private void promiseBoth() {
    depot.promise(Depot.FIRST, WEDNESDAY);
    depot.promise(Depot.SECOND, WEDNESDAY);
  }

  @Test
  void aParcelInItsRegionComesLaterAndItsCustomerHearsOfItOnce() {
    promiseBoth();
    assertThat(depot.disrupted("k1", STORM).status()).isEqualTo(201);
    assertThat(depot.watch(Depot.FIRST).comesBy()).isEqualTo(FRIDAY);
    assertThat(depot.days()).as("both parcels on one day, about which there is one mail")
        .extracting(DeliveryRedated::expectedAt).containsExactly(FRIDAY, FRIDAY);
    depot.bench.forgetSent();
    depot.disrupted("k1", STORM);
    depot.check(0);
    depot.redate();
    assertThat(depot.days()).as("looked at again").isEmpty();

    depot.hears(depot.moving(Depot.FIRST), depot.moving(Depot.SECOND));
    depot.check(4);
    assertThat(depot.incidents()).as("neither late nor silent").isEmpty();
    depot.check(2);
    assertThat(depot.incidents()).as("it did not come on Friday").containsOnly("late open").hasSize(2);
    assertThat(depot.mails()).as("a day after that is news").isNotEmpty();
  }

  @Test
  void whatItDoesNotTouchStaysAsItWasPromised() {
    promiseBoth();
    depot.disrupted("k1", STORM.replace("\"04\"", "\"05\""));
    depot.disrupted("k2", STORM.replace("DHL", "UPS"));
    depot.disrupted("k3", STORM.replace("\"DE\"", "\"AT\""));
    depot.disrupted("k4", STORM.replace("11-23T23", "11-26T23").replace("11-25T22", "11-27T22"));
    depot.hears(depot.delivered(Depot.FIRST));
    depot.disrupted("k5", STORM.replace("\"postal_prefix\": \"04\",", ""));
    assertThat(depot.watch(Depot.FIRST).comesBy()).as("it has come").isEqualTo(WEDNESDAY);
    assertThat(depot.days()).extracting(DeliveryRedated::parcel).containsExactly(Depot.SECOND);
  }

  @Test
  void whatIsCancelledGivesTheOldDayBackAndALongerOneIsNews() {
    promiseBoth();
    depot.hears(depot.moving(Depot.FIRST));
    depot.disrupted("k1", STORM);
    depot.bench.forgetSent();
    depot.endDisruption("k1", "{\"kind\": \"end\", \"ends_at\": \"2026-11-24T22:00:00Z\"}");
    assertThat(depot.watch(Depot.FIRST).comesBy()).as("a day earlier").isEqualTo(FRIDAY.minus(Duration.ofDays(1)));
    assertThat(depot.days()).as("nobody hears that theirs comes earlier").isEmpty();
    depot.bench.forgetSent();
    depot.endDisruption("k1", "{\"kind\": \"end\", \"ends_at\": \"2026-11-27T22:00:00Z\"}");
    assertThat(depot.days()).extracting(DeliveryRedated::expectedAt)
        .containsOnly(Instant.parse("2026-12-01T22:59:59Z"));
    depot.bench.forgetSent();
    depot.endDisruption("k1", "{\"kind\": \"cancel\"}");
    assertThat(depot.watch(Depot.FIRST).comesBy()).isEqualTo(WEDNESDAY);
    depot.check(4);
    assertThat(depot.incidents()).as("late, as it was promised").contains("late open");
    assertThat(depot.days()).isEmpty();
  }

  @Test
  void aClosedLocationDelaysWhatItHasNotHandedOverForGood() {
    promiseBoth();
    depot.hears(depot.moving(Depot.FIRST));
    depot.pass(UNTIL_IT_STARTS).disrupted("k1", CLOSED);
    depot.redate();
    assertThat(depot.watch(Depot.FIRST).delay()).as("it had left").isNull();
    assertThat(depot.watch(Depot.SECOND).comesBy()).isEqualTo(FRIDAY);
    depot.pass(Duration.ofHours(10)).check(1);
    assertThat(depot.incidents()).as("nobody can hand it over").isEmpty();
    depot.hears(depot.moving(Depot.SECOND));
    depot.check(0);
    depot.redate();
    assertThat(depot.watch(Depot.SECOND).comesBy()).as("it left late").isEqualTo(FRIDAY);
  }

  @Test
  void aLocationThatIsToCloseDelaysOnlyWhatStillLiesThereThen() {
    promiseBoth();
    depot.disrupted("k1", CLOSED);
    assertThat(List.of(Depot.FIRST, Depot.SECOND)).allSatisfy(it -> assertThat(depot.watch(it).delay()).isNull());
    assertThat(depot.days()).as("both may leave before").isEmpty();
    depot.hears(depot.moving(Depot.FIRST));
    depot.pass(UNTIL_IT_STARTS).check(0);
    depot.redate();
    assertThat(depot.watch(Depot.FIRST).comesBy()).isEqualTo(WEDNESDAY);
    assertThat(depot.watch(Depot.SECOND).comesBy()).isEqualTo(FRIDAY);
    assertThat(depot.days()).extracting(DeliveryRedated::parcel).containsExactly(Depot.SECOND);
  }

  @Test
  void whatIsSilentBetweenTwoStormsIsNoticedThen() {
    promiseBoth();
    depot.hears(depot.moving(Depot.FIRST), depot.moving(Depot.SECOND));
    depot.disrupted("k1", STORM);
    depot.disrupted("k2", STORM.replace("2026-11-23", "2026-12-20").replace("2026-11-25", "2026-12-22"));
    depot.check(9);
    assertThat(depot.incidents()).as("a day before").noneMatch(it -> it.startsWith("silent"));
    depot.check(1);
    assertThat(depot.incidents()).as("four working days after the first").contains("silent open");
  }

  @Test
  void aParcelThatFailsKeepsNoOtherFromItsNewDay() {
    depot.hears(depot.moving(Depot.FIRST));
    depot.disrupted("k1", STORM.replace("DHL", "UPS").replace("2026-11-25", "2026-12-05"));
    depot.bench.forgetSent();
    depot.bench.refuseNextSends(1);
    assertThatThrownBy(() -> depot.check(8)).hasRootCauseInstanceOf(Sender.NotSent.class);
    assertThat(depot.bench.sentTo(RedateParcels.class)).containsExactly(DisruptionDue.of(DisruptionId.of("k1")));
  }

  @Test
  void whatIsEndedWithATimeThatIsPastIsLookedAtThoughItsCallerVanished() {
    promiseBoth();
    depot.disrupted("k1", STORM);
    depot.pass(Duration.ofDays(4));
    depot.bench.refuseNextSends(1);
    assertThatThrownBy(() -> depot.endDisruption("k1", "{\"kind\": \"end\", \"ends_at\": \"2026-11-24T22:00:00Z\"}"))
        .hasMessageContaining("503");
    depot.bench.forgetSent();
    depot.check(0);
    depot.redate();
    assertThat(depot.watch(Depot.FIRST).comesBy()).isEqualTo(FRIDAY.minus(Duration.ofDays(1)));
    depot.bench.forgetSent();
    depot.pass(Duration.ofHours(3)).check(0);
    assertThat(depot.bench.sentTo(RedateParcels.class)).as("it is over").isEmpty();
  }

  @Test
  void whatLeavesWhileItLastsIsDelayedAndWhatItsCallerDidNotSendIsFoundWithinTheHour() {
    var third = ParcelId.of(Depot.FULFILLMENT, 3);
    depot.bench.refuseNextSends(1);
    assertThat(depot.disrupted("k1", STORM).status()).isEqualTo(DIED);
    Bench.output(new WatchParcelHandler(depot.ports()), depot.bench.sqsEvent(depot.labelled(third)));
    assertThat(depot.watch(third).delay().by()).containsExactly(DisruptionId.of("k1"));
    promiseBoth();
    depot.bench.forgetSent();
    depot.check(0);
    depot.redate();
    assertThat(depot.days()).hasSize(2);
    depot.check(6);
    assertThat(depot.bench.sentTo(RedateParcels.class)).as("it is over").hasSize(1);
  }

  private static ParcelId parcel(int number) {
    return ParcelId.of(FulfillmentId.of(OrderId.of(new ChannelId("de-web"), "many-" + number), 1), 1);
  }

  /** With two pages in a part at least. */
  @Test
  void manyParcelsAreLookedAtPageByPageWhicheverCallDiesAndEachIsRedatedOnce() {
    List<ParcelId> many = IntStream.range(0, 30).mapToObj(DisruptedParcelsTest::parcel).toList();
    many.forEach(it -> depot.promise(it, WEDNESDAY));
    String everywhere = STORM.replaceAll("\"country\".*\"04\",", "").replace("23T23", "24T00");
    depot.disrupted("k0", everywhere.replace("DHL", "nobody"));
    depot.bench.forgetSent();
    var report = DisruptionDue.of(DisruptionId.of("k1"));
    depot.bench.refuseNextSends(1);
    depot.disrupted("k1", everywhere);
    int deaths = 0;
    String done;
    do {
      depot.faults.strike(++deaths * 7, deaths % 2 == 0, () -> new IllegalStateException("died"));
      done = Bench.output(new RedateParcelsHandler(depot.ports()), depot.bench.sqsEvent(report));
    } while (!done.equals("{\"batchItemFailures\":[]}"));
    depot.faults.stop();
    assertThat(deaths).as("calls that died").isGreaterThan(5);
    assertThat(many).allSatisfy(it -> assertThat(depot.watch(it).comesBy()).isEqualTo(FRIDAY));
    var told = new ArrayList<>(depot.days());
    assertThat(told).extracting(DeliveryRedated::parcel).containsExactlyInAnyOrderElementsOf(many);
    depot.bench.forgetSent();
    List<Message> again = IntStream.range(0, IncidentsTable.PARTS)
        .<Message>mapToObj(it -> new DisruptionDue(DisruptionId.of("k1"), it, null, 0)).toList();
    again.forEach(it -> Bench.output(new RedateParcelsHandler(depot.ports()), depot.bench.sqsEvent(it)));
    assertThat(depot.days()).as("doubled").isEmpty();
  }

  @Test
  void aMessageThatIsDeliveredAfterTheDisruptionIsForgottenDoesNothing() {
    promiseBoth();
    assertThat(Bench.output(new RedateParcelsHandler(depot.ports()),
        depot.bench.sqsEvent(DisruptionDue.of(DisruptionId.of("gone"))))).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(depot.days()).isEmpty();
  }
}
