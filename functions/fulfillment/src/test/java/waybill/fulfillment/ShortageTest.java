package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.cancelled;
import static waybill.fulfillment.Floor.corrected;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;
import static waybill.fulfillment.Floor.order;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.CorrectStock;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.FulfillmentMessages.ShortageDue;
import waybill.messages.FulfillmentMessages.ShortageReported;
import waybill.messages.FulfillmentMessages.UnitsShort;
import waybill.messages.LocationId;
import waybill.messages.OrderMessages.LinesChanged;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.messages.ShortageId;
import waybill.messages.ShortageReason;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.MissingPromised;
import waybill.messages.StockMessages.StockCorrected;
import waybill.workbench.CapturedLog;

class ShortageTest {
  private static final LocationId BERLIN = new LocationId("berlin");
  private static final LocationId LEIPZIG = new LocationId("leipzig");
  private static final Sku TEA = new Sku("TEA");
  private final Floor floor = new Floor();

  @AfterEach
  void close() {
    floor.close();
  }

  /** Eight of a line are to be packed in Berlin, where nothing else is. */
  private FulfillmentId open() {
    floor.holds("berlin", "TEA", 8);
    return floor.open(1, line(0, "TEA", 8));
  }

  @Test
  void whatAPackerDoesNotFindLeavesTheFulfillmentAtOnceAndTheRestIsPacked() {
    FulfillmentId id = open();

    Floor.Answer answer = floor.report(id, "short", 0, 3, "not_in_stock");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).containsEntry("status", "open").containsEntry("lines",
        List.of(Map.of("line_id", "line_0", "sku", "TEA", "quantity", 5L)));
    assertThat(floor.reported()).containsExactly(new ShortageReported(order(1), id, ShortageId.of(id, "short"), null,
        BERLIN, List.of(line(0, "TEA", 3)), List.of(line(0, "TEA", 5)), List.of(new SkuQuantity(TEA, 5)),
        ShortageReason.NOT_IN_STOCK, "packer", false));
    assertThat(floor.items(1)).as("the missing units wait until stock is corrected").containsExactly("1 open r3 listed",
        "2 short r1");
    assertThat(floor.pack(id, 0, 8).errors()).containsExactly("/parcels too_many_units");
    assertThat(floor.pack(id, 0, 5).status()).isEqualTo(200);
    assertThat(floor.packed().getFirst().lines()).containsExactly(line(0, "TEA", 5));
  }

  @Test
  void itIsPlannedWhereThereIsSomeAndTheOrderHearsOfIt() {
    FulfillmentId id = open();
    floor.report(id, "short", 0, 3, "not_in_stock");
    floor.holds("leipzig", "TEA", 4);

    assertThat(floor.plan(corrected(floor.reported().getFirst()))).isEmpty();

    assertThat(floor.items(1)).containsExactly("1 open r3 listed", "2 refused r2", "3 planned r1");
    assertThat(floor.planned()).contains(
        new FulfillmentPlanned(order(1), id, BERLIN, List.of(line(0, "TEA", 5))),
        new FulfillmentPlanned(order(1), fulfillment(1, 3), LEIPZIG, List.of(line(0, "TEA", 3))));
    assertThat(floor.bench.sentTo(AdvanceOrder.class))
        .containsExactly(new UnitsShort(order(1), fulfillment(1, 2), List.of(), floor.bench.clock().instant()));
  }

  @Test
  void aFulfillmentOfWhichNothingIsThereIsReplaced() {
    FulfillmentId id = open();
    floor.holds("leipzig", "TEA", 8);
    assertThat(floor.report(id, "short", 0, 8, "damaged").body()).containsEntry("status", "refused");

    floor.plan(corrected(floor.reported().getFirst()));

    assertThat(floor.items(1)).containsExactly("1 refused r3", "2 refused r2", "3 planned r1");
    assertThat(floor.planned()).contains(new FulfillmentPlanned(order(1), id, BERLIN, List.of()));
    assertThat(floor.plan(Floor.allocated(floor.planned().getFirst()))).as("told late").isEmpty();
    assertThat(floor.status(id)).isEqualTo("refused");
  }

  @Test
  void whatNobodyHasIsShortAndLookedForAgain() {
    FulfillmentId id = open();
    try (CapturedLog log = CapturedLog.open()) {
      floor.report(id, "short", 0, 3, "mismatch");
      floor.report(id, "short", 0, 3, "mismatch");
      assertThat(log.measured("UnitsWrongAtPack")).as("once").extracting(it -> it.get("UnitsWrongAtPack"))
          .containsExactly(3L);
    }
    floor.holds("leipzig", "TEA", 1);

    floor.plan(corrected(floor.reported().getFirst()));

    assertThat(floor.items(1)).containsExactly("1 open r3 listed", "2 short r2 listed", "3 planned r1");
    assertThat(floor.bench.sentTo(AdvanceOrder.class)).contains(new UnitsShort(order(1), fulfillment(1, 2),
        List.of(line(0, "TEA", 2)), floor.bench.clock().instant()));
    floor.bench.forgetSent();
    floor.resendShortages();
    assertThat(floor.bench.sentTo(CorrectStock.class)).containsExactly(new ShortageDue(order(1), fulfillment(1, 2)));
  }

  @Test
  void whatIsNotPromisedAgainIsNotPlannedThoughItLiesElsewhere() {
    FulfillmentId id = open();
    floor.holds("leipzig", "TEA", 8).unpromised("TEA", 2);
    floor.report(id, "short", 0, 3, "not_in_stock");

    floor.plan(corrected(floor.reported().getFirst()));
    assertThat(floor.items(1)).containsExactly("1 open r3 listed", "2 short r2 listed", "3 planned r1");
    assertThat(floor.planned()).contains(
        new FulfillmentPlanned(order(1), fulfillment(1, 3), LEIPZIG, List.of(line(0, "TEA", 1))));

    floor.plan(new MissingPromised(order(1), fulfillment(1, 2)));
    assertThat(floor.items(1)).hasSize(3);
    floor.unpromised("TEA", 0).plan(new MissingPromised(order(1), fulfillment(1, 2)));
    assertThat(floor.items(1)).containsExactly("1 open r3 listed", "2 refused r3", "3 planned r1", "4 planned r1");
  }

  @Test
  void linesThatAreCancelledComeFirstOutOfWhatIsShort() {
    FulfillmentId id = open();
    floor.report(id, "short", 0, 3, "not_in_stock");
    floor.plan(corrected(floor.reported().getFirst()));

    floor.plan(new LinesChanged(order(1), Floor.POOL, List.of(line(0, "TEA", 6)), 1, List.of()));
    assertThat(floor.get(id).body().get("lines").toString()).contains("quantity=5");
    assertThat(floor.get(fulfillment(1, 2)).body()).containsEntry("status", "short").containsEntry("location_id", null);
    floor.plan(new LinesChanged(order(1), Floor.POOL, List.of(line(0, "TEA", 4)), 2, List.of()));

    assertThat(floor.get(id).body().get("lines").toString()).contains("quantity=4");
    assertThat(floor.items(1)).containsSequence("2 refused r4");
    assertThat(floor.bench.sentTo(AdvanceOrder.class)).last()
        .isEqualTo(new UnitsShort(order(1), fulfillment(1, 2), List.of(), floor.bench.clock().instant()));
  }

  @Test
  void whatIsShortAndHeldIsShortAgainOnceItIsReleasedUntilItIsPromised() {
    FulfillmentId id = open();
    floor.unpromised("TEA", 3).report(id, "short", 0, 3, "not_in_stock");
    floor.plan(corrected(floor.reported().getFirst()));
    floor.holds("leipzig", "TEA", 8);
    floor.plan(new LinesChanged(order(1), Floor.POOL, List.of(line(0, "TEA", 5)), 1, List.of()));
    assertThat(floor.items(1)).containsSequence("2 refused r3");
    floor.bench.forgetSent();

    floor.plan(new OrderReleased(order(1), Floor.POOL, List.of(line(0, "TEA", 8)), 2, List.of()));

    FulfillmentId shortAgain = fulfillment(1, 4);
    assertThat(floor.items(1)).containsExactly("1 open r5 listed", "2 refused r3", "3 refused tombstone r1",
        "4 short r1 listed");
    floor.resendShortages();
    assertThat(floor.bench.sentTo(CorrectStock.class)).containsExactly(new ShortageDue(order(1), shortAgain));
    assertThat(floor.bench.sentTo(AdvanceOrder.class)).contains(new UnitsShort(order(1), shortAgain,
        List.of(line(0, "TEA", 3)), floor.bench.clock().instant()));
    floor.unpromised("TEA", 1).plan(new MissingPromised(order(1), shortAgain));
    assertThat(floor.planned()).last().isEqualTo(
        new FulfillmentPlanned(order(1), fulfillment(1, 5), LEIPZIG, List.of(line(0, "TEA", 2)), 2));
  }

  @Test
  void aChangeWhileStockIsNotCorrectedYetPlansTheMissingUnitsNowhere() {
    FulfillmentId id = open();
    floor.holds("leipzig", "TEA", 9);
    floor.report(id, "short", 0, 3, "not_in_stock");
    floor.bench.forgetSent();

    floor.plan(new MissingPromised(order(1), fulfillment(1, 2)), Floor.released(1, line(0, "TEA", 8)));
    assertThat(floor.items(1)).containsExactly("1 open r3 listed", "2 short r1");
    assertThat(floor.bench.sent()).isEmpty();
    floor.plan(new LinesChanged(order(1), Floor.POOL, List.of(line(0, "TEA", 5)), 1, List.of()));
    floor.plan(new StockCorrected(order(1), id, ShortageId.of(id, "short"), List.of()));

    assertThat(floor.items(1)).containsExactly("1 open r4 listed", "2 refused tombstone r2", "3 refused tombstone r1");
  }

  @Test
  void anOrderIsNotSentBackToWhereItsUnitsWereMissingUntilMoreComesThere() {
    FulfillmentId id = open();
    floor.report(id, "short", 0, 3, "not_in_stock");
    floor.putFree(TEA, BERLIN, 2);

    floor.plan(corrected(floor.reported().getFirst(), new SkuQuantity(TEA, 2)));
    assertThat(floor.items(1)).containsExactly("1 open r3 listed", "2 short r2 listed");

    floor.putFree(TEA, BERLIN, 22);
    floor.plan(new MissingPromised(order(1), fulfillment(1, 2)));
    assertThat(floor.items(1)).containsExactly("1 open r3 listed", "2 refused r3", "3 planned r1");
  }

  @Test
  void whatTwoLocationsDidNotHaveGoesToNeitherAgainAndSaysSo() {
    floor.holds("berlin", "TEA", 2).holds("cologne", "TEA", 2);
    FulfillmentId atBerlin = floor.open(1, line(0, "TEA", 2));
    floor.report(atBerlin, "first", 0, 2, "not_in_stock");
    floor.putFree(TEA, BERLIN, 0);
    floor.plan(corrected(floor.reported().getLast()));
    FulfillmentPlanned next = floor.planned().getLast();
    assertThat(next.location()).as("elsewhere within one hop").isEqualTo(new LocationId("cologne"));
    floor.plan(floor.allocate(next));
    floor.report(next.fulfillment(), "second", 0, 2, "not_in_stock");
    floor.putFree(TEA, new LocationId("cologne"), 0);

    floor.plan(corrected(floor.reported().getLast()));

    FulfillmentId waits = fulfillment(1, 4);
    assertThat(floor.status(waits)).isEqualTo("short");
    assertThat(floor.bench.sentTo(AdvanceOrder.class).getLast()).isEqualTo(
        new UnitsShort(order(1), waits, List.of(line(0, "TEA", 2)), floor.bench.clock().instant()));
    assertThat(floor.get(waits).body().get("sourcing").toString())
        .contains("berlin", "cologne", "reason=A packer did not find 2 units there.").doesNotContain("leipzig");
    floor.plan(new MissingPromised(order(1), waits));
    assertThat(floor.planned()).extracting(FulfillmentPlanned::location).endsWith(new LocationId("cologne"))
        .filteredOn(BERLIN::equals).as("never back").hasSize(2);
  }

  @Test
  void aDayLaterItIsSentWhereverUnitsAreCounted() {
    FulfillmentId id = open();
    floor.report(id, "short", 0, 3, "not_in_stock");
    floor.putFree(TEA, BERLIN, 3);
    floor.plan(corrected(floor.reported().getFirst(), new SkuQuantity(TEA, 3)));

    floor.bench.clock().advance(Duration.ofDays(1));
    floor.plan(new MissingPromised(order(1), fulfillment(1, 2)));

    assertThat(floor.items(1)).containsExactly("1 open r3 listed", "2 refused r3", "3 planned r1");
  }

  @Test
  void theSameReportTwiceIsOneAndAnotherUnderItsKeyIsRefused() {
    FulfillmentId id = open();

    floor.report(id, "short", 0, 3, "not_in_stock");
    Floor.Answer again = floor.report(id, "short", 0, 3, "not_in_stock");
    Floor.Answer other = floor.report(id, "short", 0, 2, "not_in_stock");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().get("lines").toString()).contains("quantity=5");
    assertThat(floor.reported()).hasSize(2).containsOnly(floor.reported().getFirst());
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.body()).containsEntry("code", "idempotency_key_reused");
  }

  @Test
  void aReportThatIsRepeatedAfterAllWasMissingIsStillTheSame() {
    FulfillmentId id = open();
    floor.report(id, "short", 0, 8, "not_in_stock");

    assertThat(floor.report(id, "short", 0, 8, "not_in_stock").status()).isEqualTo(200);
    assertThat(floor.report(id, "more", 0, 1, "not_in_stock").body()).containsEntry("code", "refused");
  }

  @Test
  void stockIsCorrectedTwiceAndPlannedOnce() {
    FulfillmentId id = open();
    floor.report(id, "short", 0, 3, "not_in_stock");
    floor.holds("leipzig", "TEA", 9);

    floor.plan(corrected(floor.reported().getFirst()), corrected(floor.reported().getFirst()));

    assertThat(floor.items(1)).containsExactly("1 open r3 listed", "2 refused r2", "3 planned r1");
  }

  @Test
  void twoReportsTakeTheirUnitsOneAfterTheOther() {
    FulfillmentId id = open();

    floor.report(id, "first", 0, 3, "not_in_stock");
    floor.report(id, "second", 0, 4, "damaged");
    Floor.Answer tooMany = floor.report(id, "third", 0, 2, "damaged");

    assertThat(tooMany.errors()).containsExactly("/lines/0/quantity too_many_units");
    assertThat(floor.get(id).body().get("lines").toString()).contains("quantity=1");
    assertThat(floor.reported()).extracting(ShortageReported::previous).containsExactly(null,
        ShortageId.of(id, "first"));
    assertThat(floor.reported()).extracting(ShortageReported::planned)
        .containsExactly(List.of(new SkuQuantity(TEA, 5)), List.of(new SkuQuantity(TEA, 1)));
  }

  @Test
  void whatIsNotOpenIsRefusedByName() {
    floor.holds("berlin", "TEA", 9);
    floor.plan(Floor.released(2, line(0, "TEA", 1)));
    FulfillmentId planned = floor.planned().getLast().fulfillment();
    FulfillmentId id = open();
    assertThat(floor.report(planned, "a", 0, 1, "damaged").body()).containsEntry("code", "not_allocated");
    floor.pack(id, 0, 8);
    assertThat(floor.report(id, "a", 0, 1, "damaged").body()).containsEntry("code", "already_packed");
    floor.plan(Floor.approved(floor.packed().getFirst()).toArray(new waybill.messages.Message[0]));
    assertThat(floor.report(id, "a", 0, 1, "damaged").body()).containsEntry("code", "dispatched");
    floor.cancel(cancelled(2));
    assertThat(floor.report(planned, "a", 0, 1, "damaged").body()).containsEntry("code", "cancelled");
    assertThat(floor.report(fulfillment(7, 1), "a", 0, 1, "damaged").status()).isEqualTo(404);
    assertThat(floor.reported()).isEmpty();
  }

  @Test
  void aReportThatBreaksRulesChangesNothingAndNamesEachField() {
    FulfillmentId id = open();
    var key = Map.of("idempotency-key", "bad");

    assertThat(floor.report(id, Map.of(), "{}").status()).isEqualTo(400);
    assertThat(floor.report(id, key, "{}").errors()).containsExactlyInAnyOrder("/lines required", "/reason required");
    assertThat(floor
        .report(id, key,
            """
                {"lines": [{"line_id": "line_0", "quantity": 0}, {"line_id": "line_0", "quantity": 1}, {"line_id": "x", "quantity": 1}],
                 "reason": "eaten", "note": "", "colour": "blue"}""")
        .errors()).containsExactlyInAnyOrder(
            "/lines/0/quantity out_of_range", "/lines/1/line_id duplicate", "/lines/2/line_id invalid",
            "/reason unknown_value", "/note empty", "/colour unknown");
    assertThat(floor.report(id, key, """
        {"lines": [{"line_id": "line_0", "quantity": 9}, {"line_id": "line_7", "quantity": 1}], "reason": "damaged"}""")
        .errors()).containsExactly("/lines/0/quantity too_many_units", "/lines/1/line_id unknown_line");
    assertThat(floor.items(1)).containsExactly("1 open r2 listed");
  }

  @Test
  void aReportOfAnOrderThatIsCancelledMeanwhileIsPlannedNowhere() {
    FulfillmentId id = open();
    floor.report(id, "short", 0, 3, "not_in_stock");
    floor.holds("leipzig", "TEA", 9);
    floor.cancel(cancelled(1));
    floor.bench.forgetSent();

    assertThat(floor.plan(new StockCorrected(order(1), id, ShortageId.of(id, "short"),
        List.of()))).isEmpty();

    assertThat(floor.items(1)).containsExactly("1 cancelled r4", "2 cancelled tombstone r2",
        "3 cancelled tombstone r1");
    assertThat(floor.bench.sent()).isEmpty();
    floor.bench.clock().advance(Duration.ofMinutes(5));
    floor.resendShortages();
    assertThat(floor.bench.sent()).isEmpty();
  }

  @Test
  void unitsThatAreShortEndWithTheirOrder() {
    FulfillmentId id = open();
    floor.report(id, "short", 0, 8, "not_in_stock");
    floor.plan(corrected(floor.reported().getFirst()));

    floor.cancel(cancelled(1));
    floor.holds("leipzig", "TEA", 9);
    floor.plan(new MissingPromised(order(1), fulfillment(1, 2)));

    assertThat(floor.items(1)).containsExactly("1 refused r3", "2 cancelled r3", "3 cancelled tombstone r1");
    assertThat(floor.letGo()).as("nothing is allocated to it").isEmpty();
  }

  @Test
  void aReportWhoseCallerVanishedIsSentAgain() {
    FulfillmentId id = open();
    floor.bench.refuseNextSends(1);
    assertThat(floor.report(id, "short", 0, 3, "not_in_stock").status()).isEqualTo(503);
    floor.resendShortages();
    assertThat(floor.reported()).as("a caller may still be at it").isEmpty();

    floor.bench.clock().advance(Duration.ofMinutes(1));
    floor.resendShortages();

    assertThat(floor.reported()).hasSize(1);
    floor.plan(corrected(floor.reported().getFirst()));
    floor.bench.forgetSent();
    floor.bench.clock().advance(Duration.ofHours(1));
    floor.resendShortages();
    assertThat(floor.reported()).isEmpty();
  }

  @Test
  void ofAReportAndAPackingAtOnceOneIsRefused() throws Exception {
    for (int order = 1; order <= 20; order++) {
      floor.holds("berlin", "TEA", 8);
      FulfillmentId id = floor.open(order, line(0, "TEA", 8));

      List<Integer> answers = atOnce(() -> floor.pack(id, 0, 8).status(),
          () -> floor.report(id, "short", 0, 3, "damaged").status());

      boolean packed = answers.getFirst() == 200;
      assertThat(answers.getLast()).isEqualTo(packed ? 409 : 200);
      assertThat(floor.items(order)).hasSize(packed ? 1 : 2);
      assertThat(floor.get(id).body().get("lines").toString()).contains("quantity=" + (packed ? 8 : 5));
    }
  }

  @Test
  void ofAReportAndACancelAtOnceNothingIsLeftToPlan() throws Exception {
    for (int number = 1; number <= 20; number++) {
      int order = number;
      floor.holds("berlin", "TEA", 8).holds("leipzig", "TEA", 8);
      FulfillmentId id = floor.open(order, line(0, "TEA", 8));

      atOnce(() -> floor.cancel(cancelled(order)).size(), () -> floor.report(id, "short", 0, 3, "damaged").status());
      floor.cancel(cancelled(order));
      floor.bench.sentTo(CorrectStock.class).stream().map(ShortageReported.class::cast)
          .filter(it -> it.order().equals(order(order))).forEach(it -> floor.plan(corrected(it)));

      assertThat(floor.items(order)).allMatch(it -> it.contains("cancelled"));
    }
  }

  private static List<Integer> atOnce(Callable<Integer> one, Callable<Integer> other) throws Exception {
    try (var people = Executors.newFixedThreadPool(2)) {
      var answers = new ArrayList<Integer>();
      for (Future<Integer> answer : people.invokeAll(List.of(one, other))) {
        answers.add(answer.get());
      }
      return answers;
    }
  }
}
