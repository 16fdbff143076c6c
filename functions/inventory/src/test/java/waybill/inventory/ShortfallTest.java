package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.FulfillmentMessages.ShortageReported;
import waybill.messages.ShortageReason;
import waybill.messages.StockMessages.BackordersDue;
import waybill.messages.StockMessages.AllocationRefused;
import waybill.messages.StockMessages.StockFellShort;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReserved;

/** A location that is short is corrected below what it has promised: the books are right, and what is promised beyond is a shortfall. */
class ShortfallTest {
  private Depot depot;
  private int keys;

  @BeforeEach
  void open() {
    depot = new Depot();
  }

  @AfterEach
  void close() {
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  private Answer lost(int units) {
    return adjust(-units, "lost");
  }

  private Answer adjust(int units, String reason) {
    Answer answer = depot.adjust(TEA, "short-" + ++keys,
        "{\"location_id\":\"berlin\",\"quantity\":%d,\"reason\":\"%s\"}".formatted(units, reason));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer;
  }

  private void count(int units) {
    Answer answer = depot.adjust(TEA, "count-" + ++keys,
        "{\"location_id\":\"berlin\",\"counted\":%d}".formatted(units));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private FulfillmentPlanned allocated(String order, int units) {
    depot.reserve(order(order, 0, of(units, TEA)));
    FulfillmentPlanned planned = planned(order, BERLIN, of(units, TEA));
    depot.allocate(planned);
    return planned;
  }

  private static ShortageReported counted(FulfillmentPlanned planned, int units, int left) {
    ShortageReported it = missing("count", planned, ShortageReason.NOT_IN_STOCK, units, left);
    return new ShortageReported(it.order(), it.fulfillment(), it.shortage(), null, it.location(), it.lines(), it.left(),
        it.planned(), it.reason(), it.actor(), true);
  }

  @Test
  void whatIsPromisedBeyondWhatIsThereIsShownAndNothingMoreIsSold() {
    depot.holds(TEA, BERLIN, 10);
    depot.reserve(order("a", 0, of(8, TEA)));

    Answer answer = lost(5);

    assertThat(answer.text()).contains("\"available\":0,\"reserved\":8", "\"shortfall\":3}],",
        "\"on_hand\":5,\"allocated\":0,\"available\":5,\"damaged\":0,\"quarantined\":0,\"in_transit\":0,\"shortfall\":0");
    depot.bench.forgetSent();
    depot.reserve(order("b", 1, of(1, TEA)));
    assertThat(depot.sent()).containsExactly(new StockRefused(orderId("b"), List.of(of(1, TEA))));
  }

  @Test
  void theLocationsOpenFulfillmentsHearOfAllocatedUnitsThatAreNotThere() {
    depot.holds(TEA, BERLIN, 10);
    allocated("a", 8);
    depot.bench.forgetSent();

    Answer answer = lost(5);

    assertThat(answer.text()).contains(
        "\"on_hand\":5,\"allocated\":8,\"available\":0,\"damaged\":0,\"quarantined\":0,\"in_transit\":0,\"shortfall\":3");
    assertThat(depot.sent()).as("it is sold out, too").containsExactly(
        new StockFellShort((String) answer.body().get("adjustment_id"), TEA, BERLIN, 3, "ada"),
        new BackordersDue(TEA, POOL, true));
    depot.fill(TEA, true);
    depot.bench.forgetSent();
    lost(1);
    assertThat(depot.sent()).singleElement().satisfies(it -> assertThat(((StockFellShort) it).units()).isEqualTo(1));
  }

  @Test
  void theSameRequestAgainSaysTheSameToThem() {
    depot.holds(TEA, BERLIN, 10);
    allocated("a", 8);
    depot.bench.forgetSent();
    String body = "{\"location_id\":\"berlin\",\"counted\":5}";

    depot.adjust(TEA, "k", body);
    depot.adjust(TEA, "k", body);

    assertThat(depot.bench.sent()).as("that it fell short, and that it is sold out, twice").hasSize(4);
    assertThat(depot.sent()).hasSize(2);
    assertThat(depot.movements(TEA, BERLIN)).hasSize(2);
  }

  @Test
  void whatTheyDoWithoutCoversTheShortfallAndIsMissingOfTheirOrder() {
    depot.holds(TEA, BERLIN, 10);
    FulfillmentPlanned planned = allocated("a", 8);
    lost(5);

    depot.correct(counted(planned, 3, 5));

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(0, 0, 5, 5));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 5, 0, 0));
    depot.holds(TEA, LEIPZIG, 2);
    depot.promise(planned);
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 7, 0, 0));
  }

  @Test
  void ordersKeepTheirPromiseIfOtherLocationsCanKeepIt() {
    depot.holds(TEA, BERLIN, 8).holds(TEA, LEIPZIG, 4);
    FulfillmentPlanned planned = allocated("a", 8);
    lost(3);
    assertThat(depot.inPool(TEA)).as("the other location's unit are fewer for others")
        .isEqualTo(new Levels(1, 8, 0, 0));

    depot.correct(counted(planned, 3, 5));

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(0, 0, 5, 5));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(1, 8, 0, 0));
  }

  @Test
  void aPackerWhoReportsWhatACountHasFoundTakesItOffOnce() {
    depot.holds(TEA, BERLIN, 8);
    FulfillmentPlanned planned = allocated("a", 8);
    lost(3);

    depot.correct(missing("x", planned, ShortageReason.NOT_IN_STOCK, 4, 4));

    assertThat(depot.at(BERLIN, TEA)).as("one more than was known").isEqualTo(new Levels(0, 0, 4, 4));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 4, 0, 0));
  }

  @Test
  void whatIsDamagedWasNotWhatIsGone() {
    depot.holds(TEA, BERLIN, 8);
    FulfillmentPlanned planned = allocated("a", 8);
    lost(3);

    depot.correct(missing("x", planned, ShortageReason.DAMAGED, 2, 6));

    assertThat(Physical.of(depot.at(BERLIN, TEA))).isEqualTo(new Physical(3, 2, 0));
    assertThat(depot.at(BERLIN, TEA).get(Level.SHORTFALL)).isEqualTo(3);
  }

  @Test
  void aCountTakesNoMoreFromFulfillmentsThanItFound() {
    depot.holds(TEA, BERLIN, 8);
    FulfillmentPlanned planned = allocated("a", 8);
    lost(3);
    adjust(3, "found");

    depot.correct(counted(planned, 3, 5));

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(3, 0, 8, 5));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 8, 0, 0));
  }

  @Test
  void whatComesCoversTheShortfallFirst() {
    depot.holds(TEA, BERLIN, 8);
    allocated("a", 8);
    lost(3);

    adjust(5, "received");

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(2, 0, 10, 8));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(2, 8, 0, 0));
  }

  @Test
  void whatIsReleasedCoversTheShortfallFirst() {
    depot.holds(TEA, BERLIN, 8);
    FulfillmentPlanned planned = allocated("a", 8);
    lost(3);

    depot.release(cancelled(planned), cancelled("a"));

    assertThat(depot.getStock(TEA).text()).contains("\"available\":5,\"reserved\":0",
        "\"on_hand\":5,\"allocated\":0,\"available\":5,\"damaged\":0,\"quarantined\":0,\"in_transit\":0,\"shortfall\":0");
    depot.bench.forgetSent();
    depot.reserve(order("b", 1, of(6, TEA)), order("c", 2, of(5, TEA)));
    assertThat(depot.sent()).containsExactlyInAnyOrder(new StockRefused(orderId("b"), List.of(of(1, TEA))),
        new StockReserved(orderId("c")));
    depot.allocate(planned("c", BERLIN, of(5, TEA)));
    adjust(1, "received");
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(1, 0, 6, 5));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(1, 5, 0, 0));
  }

  @Test
  void whatIsShortIsAllocatedToNobody() {
    depot.holds(TEA, BERLIN, 8);
    depot.reserve(order("a", 0, of(8, TEA)));
    lost(3);
    depot.bench.forgetSent();

    depot.allocate(planned("a", BERLIN, of(8, TEA)));

    assertThat(depot.sent()).singleElement().isInstanceOf(AllocationRefused.class);
  }

  @Test
  void whatLeavesThoughItWasCountedAsGoneWasThere() {
    depot.holds(TEA, BERLIN, 8);
    allocated("a", 8);
    lost(3);

    depot.ship(labelled("a", 1, BERLIN, of(8, TEA)));

    assertThat(Physical.of(depot.at(BERLIN, TEA))).isEqualTo(new Physical(0, 0, 0));
    adjust(4, "received");
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(4, 0, 4, 0));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(4, 0, 0, 0));
  }

  @Test
  void aCountSaysWhatIsThere() {
    depot.holds(TEA, BERLIN, 8);
    allocated("a", 2);

    count(5);
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(3, 0, 5, 2));
    count(9);
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(7, 0, 9, 2));
    count(0);
    assertThat(depot.getStock(TEA).text()).contains("\"on_hand\":0,\"allocated\":2,\"available\":0");
    assertThat(depot.movements(TEA, BERLIN)).extracting(it -> it.change().onHand()).containsExactly(8L, -3L, 4L, -9L);
  }

  @Test
  void aCountOfWhatTheBooksSayIsInTheLedgerToo() {
    depot.holds(TEA, BERLIN, 8);

    count(8);

    assertThat(depot.movements(TEA, BERLIN)).extracting(LedgerEntry::reason)
        .containsExactly(LedgerEntry.Reason.RECEIVED, LedgerEntry.Reason.COUNTED);
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(8, 0, 8, 0));
  }

  /** 100 were expected, 4 left while it was counted, 95 were counted: one is missing, not five. */
  @Test
  void whatMovesWhileItIsCountedIsNoDifference() {
    depot.holds(TEA, BERLIN, 100);
    allocated("a", 4);
    String then = depot.bench.clock().instant().toString();
    depot.bench.clock().advance(java.time.Duration.ofMinutes(5));
    depot.ship(labelled("a", 1, BERLIN, of(4, TEA)));
    depot.bench.clock().advance(java.time.Duration.ofMinutes(5));

    String body = "{\"location_id\":\"berlin\",\"counted\":99,\"counted_at\":\"%s\"}".formatted(then);
    assertThat(depot.adjust(TEA, "k", body).status()).isEqualTo(201);

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(95, 0, 95, 0));
    assertThat(depot.adjust(TEA, "later", body.replace(then, "2999-01-01T00:00:00Z")).text())
        .contains("\"pointer\":\"/counted_at\",\"code\":\"in_the_future\"");
  }

  @Test
  void countsSalesAndParcelsAtOnceLeaveTheBooksRight() throws Exception {
    depot.holds(TEA, BERLIN, 40);
    FulfillmentPlanned planned = allocated("a", 20);
    Depot.inParallel(6, thread -> switch (thread) {
      case 0 -> again(() -> depot.ship(labelled("a", 1, BERLIN, of(5, TEA))));
      case 1 -> again(() -> depot.release(cancelled(planned("b", BERLIN, of(1, TEA)))));
      case 2 -> again(() -> depot.reserve(order("c", 1, of(15, TEA))));
      default -> depot.adjust(TEA, "p-" + thread,
          "{\"location_id\":\"berlin\",\"quantity\":-10,\"reason\":\"lost\"}").status();
    });

    assertThat(Physical.of(depot.at(BERLIN, TEA)).onHand()).isEqualTo(5);
    assertThat(planned.lines()).hasSize(1);
  }

  private static boolean again(java.util.function.Supplier<List<String>> work) {
    while (!work.get().isEmpty()) {
      Thread.onSpinWait();
    }
    return true;
  }
}
