package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.FulfillmentMessages.ShortageReported;
import waybill.messages.LineQuantity;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.ShortageReason;
import waybill.messages.StockMessages.MissingPromised;
import waybill.messages.StockMessages.StockCorrected;
import waybill.workbench.Faults;

class CorrectStockTest {
  private Depot depot;

  @BeforeEach
  void open() {
    depot = new Depot();
  }

  @AfterEach
  void close() {
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  /** Eight are promised and allocated in Berlin, of all that there are. */
  private FulfillmentPlanned allocated(int inBerlin) {
    depot.holds(TEA, BERLIN, inBerlin);
    depot.reserve(order("a", 0, of(8, TEA)));
    FulfillmentPlanned planned = planned("a", BERLIN, of(8, TEA));
    depot.allocate(planned);
    depot.bench.forgetSent();
    return planned;
  }

  private static StockCorrected corrected(ShortageReported it, int doubtful) {
    return new StockCorrected(it.order(), it.fulfillment(), it.shortage(),
        doubtful == 0 ? List.of() : List.of(of(doubtful, TEA)));
  }

  @Test
  void whatIsNotThereLeavesWhatIsOnHandAllocatedAndPromised() {
    var report = missing("x", allocated(8), ShortageReason.NOT_IN_STOCK, 3, 5);

    assertThat(depot.correct(report)).isEmpty();

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(0, 0, 5, 5));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 5, 0, 0));
    assertThat(depot.sent()).containsExactly(corrected(report, 0));
  }

  @Test
  void whatThePoolStillHasIsPromisedInItsPlaceAtOnce() {
    var report = missing("x", allocated(10), ShortageReason.NOT_IN_STOCK, 3, 5);

    depot.correct(report);

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(2, 0, 7, 5));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 7, 0, 0));
    assertThat(depot.sent()).containsExactly(corrected(report, 2));
  }

  @Test
  void whatIsBrokenIsCountedAsDamagedAndWhatIsSomethingElseAsQuarantined() {
    FulfillmentPlanned planned = allocated(8);

    depot.correct(missing("x", planned, ShortageReason.DAMAGED, 2, 6));
    depot.correct(missing("y", planned, ShortageReason.MISMATCH, 1, 5));

    assertThat(depot.at(BERLIN, TEA))
        .isEqualTo(new Levels(0, 0, 5, 5).plus(Levels.of(Level.DAMAGED, 2)).plus(Levels.of(Level.QUARANTINED, 1)));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 5, 0, 0));
    assertThat(depot.getStock(TEA).text()).contains("\"damaged\":2,\"quarantined\":1");
  }

  @Test
  void theSameReportTwiceIsCorrectedOnceAndAnsweredEachTime() {
    var report = missing("x", allocated(8), ShortageReason.NOT_IN_STOCK, 3, 5);

    depot.correct(report, report);
    depot.correct(report);

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(0, 0, 5, 5));
    assertThat(depot.sent()).containsExactly(corrected(report, 0));
  }

  @Test
  void aReportThatComesBeforeAnEarlierOneIsRetried() {
    FulfillmentPlanned planned = allocated(8);
    ShortageReported first = missing("x", planned, ShortageReason.NOT_IN_STOCK, 3, 5);
    ShortageReported second = after(first, missing("y", planned, ShortageReason.NOT_IN_STOCK, 1, 4));

    assertThat(depot.correct(second)).hasSize(1);
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(0, 0, 8, 8));
    assertThat(depot.correct(first, second)).isEmpty();

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(0, 0, 4, 4));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 4, 0, 0));
  }

  private static ShortageReported after(ShortageReported first, ShortageReported it) {
    return new ShortageReported(it.order(), it.fulfillment(), it.shortage(), first.shortage(), it.location(),
        it.lines(),
        it.left(), it.planned(), it.reason(), it.actor(), it.counted());
  }

  @Test
  void theLedgerSaysWhyAndWhoAndOfWhat() {
    depot.correct(missing("x", allocated(8), ShortageReason.DAMAGED, 3, 5));

    assertThat(depot.bench.items("inventory")).filteredOn(it -> it.get("sk").s().equals("shortage")).singleElement()
        .satisfies(it -> {
          assertThat(it.get("reason").s()).isEqualTo("damaged");
          assertThat(it.get("actor").s()).isEqualTo("packer");
          assertThat(it.get("fulfillment").s()).isEqualTo(planned("a", BERLIN, of(8, TEA)).fulfillment().value());
          assertThat(it.get("corrected").l()).hasSize(1);
        });
  }

  @Test
  void whatWasReleasedWithItsOrderMeanwhileIsTakenFromWhatIsFree() {
    FulfillmentPlanned planned = allocated(8);
    depot.release(cancelled(planned), cancelled("a"));

    depot.correct(missing("x", planned, ShortageReason.NOT_IN_STOCK, 3, 5));

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(5, 0, 5, 0));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(5, 0, 0, 0));
  }

  @Test
  void whatOthersWerePromisedMeanwhileIsNotTakenFromThem() {
    FulfillmentPlanned planned = allocated(8);
    depot.release(cancelled(planned), cancelled("a"));
    depot.reserve(order("b", 1, of(6, TEA)));

    depot.correct(missing("x", planned, ShortageReason.NOT_IN_STOCK, 3, 5));

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(6, 0, 6, 0));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 6, 0, 0));
  }

  @Test
  void aCancelledOrderGivesBackOnlyWhatItStillHas() {
    FulfillmentPlanned planned = allocated(8);
    depot.correct(missing("x", planned, ShortageReason.NOT_IN_STOCK, 3, 5));

    depot.release(cancelled(planned), cancelled("a"));

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(5, 0, 5, 0));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(5, 0, 0, 0));
  }

  @Test
  void whatIsMissingIsPromisedAgainAsSoonAsThereIsSomeAndNoMore() {
    FulfillmentPlanned planned = allocated(8);
    depot.correct(missing("x", planned, ShortageReason.NOT_IN_STOCK, 3, 5));
    depot.bench.forgetSent();
    depot.promise(planned);
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 5, 0, 0));

    depot.holds(TEA, LEIPZIG, 2);
    depot.promise(planned);
    depot.promise(planned);
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 7, 0, 0));
    depot.holds(TEA, LEIPZIG, 4);
    depot.promise(planned);
    depot.promise(planned);

    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(3, 8, 0, 0));
    assertThat(depot.sent()).containsOnly(new MissingPromised(planned.order(), planned.fulfillment()));
    depot.release(cancelled(planned), cancelled("a"));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(11, 0, 0, 0));
    assertThat(depot.promise(planned)).as("after its end").isEmpty();
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(11, 0, 0, 0));
  }

  @Test
  void linesThatAreCancelledAfterwardsTakeWhatIsMissingFirst() {
    FulfillmentPlanned planned = allocated(8);
    depot.correct(missing("x", planned, ShortageReason.NOT_IN_STOCK, 3, 5));

    depot.reserve(changed(6, 1));
    assertThat(depot.inPool(TEA)).as("one is missing of six").isEqualTo(new Levels(0, 5, 0, 0));
    depot.reserve(changed(4, 2));
    depot.allocate(new FulfillmentPlanned(planned.order(), planned.fulfillment(), BERLIN, tea(planned, 4), 2));

    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(1, 4, 0, 0));
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(1, 0, 5, 4));
    depot.promise(planned);
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(1, 4, 0, 0));
  }

  @Test
  void linesThatAreCancelledBeforeStockIsCorrectedLeaveWhatIsLeftPromised() {
    FulfillmentPlanned planned = allocated(8);
    depot.reserve(changed(5, 1));
    depot.allocate(new FulfillmentPlanned(planned.order(), planned.fulfillment(), BERLIN, tea(planned, 5), 1));

    depot.correct(missing("x", planned, ShortageReason.NOT_IN_STOCK, 3, 5));

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(0, 0, 5, 5));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 5, 0, 0));
    depot.holds(TEA, BERLIN, 4);
    depot.promise(planned);
    assertThat(depot.inPool(TEA)).as("nothing is missing").isEqualTo(new Levels(4, 5, 0, 0));
  }

  @Test
  void aPlanThatIsOlderThanAShortageGivesItsUnitsBackToNobody() {
    FulfillmentPlanned planned = allocated(20);
    depot.correct(missing("x", planned, ShortageReason.NOT_IN_STOCK, 3, 5));

    depot.allocate(planned);
    depot.allocate(new FulfillmentPlanned(planned.order(), planned.fulfillment(), BERLIN, planned.lines(), 1));

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(12, 0, 17, 5));
  }

  private static OrderPlaced changed(int units, int change) {
    OrderPlaced placed = order("a", 0, of(units, TEA));
    return new OrderPlaced(placed.order(), placed.pool(), placed.items(), placed.placedAt(), change);
  }

  private static List<LineQuantity> tea(FulfillmentPlanned planned, int units) {
    LineQuantity line = planned.lines().getFirst();
    return List.of(new LineQuantity(line.lineId(), line.sku(), units));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverItDiesItIsCorrectedOnce(boolean afterEffect) {
    FulfillmentPlanned planned = allocated(8);
    var faults = new Faults();
    int call = 0;
    boolean died = true;
    int left = 8;
    while (died) {
      var report = missing("x" + call, planned, ShortageReason.NOT_IN_STOCK, 1, --left);
      depot.dynamo = faults.in(DynamoDbClient.class, depot.bench.dynamo());
      depot.sqs = faults.in(SqsClient.class, depot.bench.sqs());
      faults.strike(++call, afterEffect, () -> new IllegalStateException("died"));
      died = !depot.correct(report).isEmpty();
      faults.stop();
      assertThat(depot.correct(report)).isEmpty();
      assertThat(depot.at(BERLIN, TEA)).as("call %d", call).isEqualTo(new Levels(0, 0, left, left));
      assertThat(depot.sent()).contains(corrected(report, 0));
    }
    assertThat(call).as("it died at two calls at least").isGreaterThan(2);
  }

  @Test
  void reportsReleasesAndSalesAtOnceLoseNothing() throws Exception {
    depot.holds(TEA, BERLIN, 40);
    depot.reserve(order("a", 0, of(20, TEA)));
    FulfillmentPlanned planned = planned("a", BERLIN, of(20, TEA));
    depot.allocate(planned);
    Depot.inParallel(6, thread -> switch (thread) {
      case 0 -> again(() -> depot.release(cancelled(planned)));
      case 1 -> again(() -> depot.release(cancelled("a")));
      case 2 -> again(() -> depot.reserve(order("b", 1, of(5, TEA))));
      default -> again(() -> depot
          .correct(missing("x" + thread, planned, ShortageReason.NOT_IN_STOCK, 2, 20 - 2 * (thread - 2))));
    });

    assertThat(depot.at(BERLIN, TEA).onHand()).isEqualTo(34);
    assertThat(depot.at(BERLIN, TEA).allocated()).isZero();
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(29, 5, 0, 0));
  }

  private static boolean again(java.util.function.Supplier<List<String>> work) {
    while (!work.get().isEmpty()) {
      Thread.onSpinWait();
    }
    return true;
  }
}
