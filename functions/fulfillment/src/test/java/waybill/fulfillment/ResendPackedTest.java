package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static waybill.fulfillment.Floor.approved;
import static waybill.fulfillment.Floor.cancelled;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LocationId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Message;
import waybill.platform.Repeats;
import waybill.platform.Sender;
import waybill.platform.Sweep;
import waybill.workbench.CapturedLog;
import waybill.workbench.Bench;

class ResendPackedTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final Floor floor = new Floor();

  @AfterEach
  void close() {
    floor.close();
  }

  /** Packed, and whoever packed it vanished before the order was told. */
  private FulfillmentId packed(int order) {
    floor.holds("berlin", "TEA", 1);
    FulfillmentId id = floor.open(order, line(0, "TEA", 1));
    floor.bench.refuseNextSends(1);
    assertThat(floor.pack(id, 0, 1).status()).isEqualTo(503);
    return id;
  }

  private List<FulfillmentId> resent() {
    return floor.packed().stream().map(FulfillmentPacked::fulfillment).toList();
  }

  @Test
  void whatNobodyHasAnsweredForAMinuteIsHandedOverAgainEveryMinute() {
    FulfillmentId id = packed(1);
    List<String> items = floor.items(1);

    floor.resend();
    assertThat(resent()).isEmpty();
    floor.bench.clock().advance(MINUTE);
    floor.resend();
    assertThat(resent()).containsExactly(id);
    floor.bench.clock().advance(MINUTE);
    floor.resend();
    assertThat(resent()).containsExactly(id, id);

    assertThat(floor.items(1)).as("nothing is written").isEqualTo(items);
  }

  @Test
  void whatStaysUnansweredIsHandedOverLessAndLessOften() {
    packed(1);
    var handler = new ResendPackedHandler(floor.bench.ports());
    for (int minute = 1; minute <= 60; minute++) {
      floor.bench.clock().advance(MINUTE);
      Bench.output(handler, InputStream.nullInputStream());
    }
    assertThat(resent()).as("at 1, 2, 4, 8, 16 and 32 minutes").hasSize(6);
  }

  @Test
  void whatIsAnsweredOrNotPackedIsLeftAlone() {
    packed(1);
    floor.bench.clock().advance(MINUTE);
    floor.resend();
    floor.plan(approved(floor.packed().getFirst()).toArray(Message[]::new));
    packed(2);
    floor.cancel(cancelled(2));
    packed(3);
    floor.holds("berlin", "TEA", 1);
    floor.open(4, line(0, "TEA", 1));
    floor.bench.clock().advance(MINUTE);
    floor.bench.forgetSent();

    floor.resend();

    assertThat(resent()).containsExactly(fulfillment(3, 1));
  }

  @Test
  void oneThatCannotBeSentStopsNoOtherAndIsToldAtTheEnd() {
    List<FulfillmentId> packed = IntStream.rangeClosed(1, 25).mapToObj(this::packed).toList();
    floor.bench.clock().advance(MINUTE);
    floor.bench.refuseNextSends(2);

    assertThatExceptionOfType(Sweep.Unfinished.class).isThrownBy(floor::resend)
        .withMessage("2 failed and are left for the next run");

    assertThat(resent()).hasSize(23).isSubsetOf(packed);
    floor.resend();
    assertThat(resent()).hasSize(48).containsAll(packed);
  }

  @Test
  void howeverMuchIsOpenOnlyWhatIsPackedIsRead() {
    var table = FulfillmentTable.fulfillments(floor.bench.ports());
    IntStream.rangeClosed(2, 50).forEach(order -> table.insert(Fulfillment
        .planned(fulfillment(order, 1), new LocationId("berlin"), List.of(line(0, "TEA", 1)), 0)
        .open(floor.bench.clock().instant())));
    FulfillmentId id = packed(1);
    floor.bench.clock().advance(MINUTE);
    var handler = new ResendPackedHandler(table, new Repeats<>(), new Sender<>(floor.bench.ports()),
        floor.bench.clock(), 1, 50);

    Bench.output(handler, InputStream.nullInputStream());

    assertThat(resent()).containsExactly(id);
  }

  @Test
  void allPagesAreReadAndOfVeryManyEachHasItsTurn() {
    var table = FulfillmentTable.fulfillments(floor.bench.ports());
    var handler = new ResendPackedHandler(table, new Repeats<>(), new Sender<>(floor.bench.ports()),
        floor.bench.clock(), 120, 50);
    List<FulfillmentId> all = IntStream.rangeClosed(1, 130).mapToObj(order -> fulfillment(order, 1)).toList();
    all.forEach(id -> table.insert(Fulfillment.planned(id, new LocationId("berlin"), List.of(line(0, "TEA", 1)), 0)
        .open(floor.bench.clock().instant()).pack("key", List.of(new Parcel(
            ParcelId.of(id, 1), List.of(line(0, "TEA", 1)), 100, 1, 1, 1, null, null)))
        .orElseThrow()));
    floor.bench.clock().advance(MINUTE);

    Bench.output(handler, InputStream.nullInputStream());
    assertThat(resent()).hasSize(120).doesNotHaveDuplicates();
    floor.bench.clock().advance(MINUTE);
    Bench.output(handler, InputStream.nullInputStream());

    assertThat(resent()).hasSize(240).containsAll(all);
  }

  @Test
  void whereNothingIsPackedNothingHappens() {
    floor.resend();

    assertThat(floor.bench.sent()).isEmpty();
  }

  @Test
  void theLongestWaitForAPackerAndForAnApprovalAreMeasured() {
    try (CapturedLog log = CapturedLog.open()) {
      floor.holds("berlin", "TEA", 9).holds("berlin-2", "MUG", 9).location("empty", true, "default");
      floor.open(1, line(0, "MUG", 1));
      floor.bench.clock().advance(MINUTE);
      floor.open(2, line(0, "TEA", 1));
      floor.open(3, line(0, "TEA", 1));
      floor.bench.clock().advance(MINUTE);
      floor.resend();
      assertThat(log.measured("OpenFulfillmentAge")).singleElement()
          .satisfies(
              it -> assertThat(it).containsEntry("location", "berlin-2").containsEntry("OpenFulfillmentAge", 120L));
      assertThat(log.measured("UnapprovedPackingAge")).isEmpty();

      packed(4);
      floor.bench.clock().advance(Duration.ofMinutes(20));
      floor.resend();
      assertThat(log.measured("UnapprovedPackingAge")).singleElement()
          .satisfies(it -> assertThat(it).containsEntry("order", Floor.order(4).value())
              .containsEntry("UnapprovedPackingAge", 1200L));
    }
  }
}
