package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.inventory.Movement.Status;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.StockAllocated;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReleased;
import waybill.messages.StockMessages.StockReserved;

/** Lines of an order are changed after its stock was reserved and allocated: both follow, to the unit. */
class ChangedLinesTest {
  private Depot depot;

  @BeforeEach
  void open() {
    depot = new Depot();
    depot.holds(TEA, BERLIN, 5).holds(MUG, BERLIN, 2);
  }

  @AfterEach
  void close() {
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  /** The order as a change has left it. */
  private static OrderPlaced changed(String reference, int change, SkuQuantity... items) {
    OrderPlaced placed = order(reference, 0, items);
    return new OrderPlaced(placed.order(), placed.pool(), placed.items(), placed.placedAt(), change);
  }

  private static FulfillmentPlanned changed(FulfillmentPlanned planned, int change, SkuQuantity... items) {
    return new FulfillmentPlanned(planned.order(), planned.fulfillment(), planned.location(),
        planned("a", planned.location(), items).lines(), change);
  }

  private List<?> answers() {
    return depot.bench.sentTo(AdvanceOrder.class);
  }

  @Test
  void unitsThatAreWantedNoMoreAreFreeAndTheOthersStayPromised() {
    depot.reserve(order("a", 0, of(3, TEA), of(1, MUG)));
    depot.bench.forgetSent();

    assertThat(depot.reserve(changed("a", 1, of(1, TEA)))).isEmpty();

    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(4, 1, 0, 0));
    assertThat(depot.inPool(MUG)).isEqualTo(new Levels(2, 0, 0, 0));
    assertThat(answers()).hasSize(1).first().isEqualTo(new StockReserved(orderId("a"), 1));
  }

  @Test
  void ofTwoChangesTheHigherCountsInWhateverOrderTheyCome() {
    List<OrderPlaced> all = List.of(order("a", 0, of(3, TEA)), changed("a", 1, of(2, TEA)),
        changed("a", 2, of(1, TEA), of(1, MUG)));
    for (int seed = 0; seed < 6; seed++) {
      var doubled = new ArrayList<>(all);
      doubled.addAll(all);
      Collections.shuffle(doubled, new Random(seed));
      doubled.forEach(it -> assertThat(depot.reserve(it)).isEmpty());
      assertThat(depot.inPool(TEA)).isEqualTo(new Levels(4, 1, 0, 0));
      assertThat(depot.inPool(MUG)).isEqualTo(new Levels(1, 1, 0, 0));
    }
  }

  @Test
  void ofTwoChangesInOneBatchTheHigherCounts() {
    assertThat(depot.reserve(changed("a", 2, of(1, TEA)), order("a", 0, of(3, TEA)), changed("a", 1, of(2, TEA))))
        .isEmpty();
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(4, 1, 0, 0));
  }

  @Test
  void unitsThatAreAddedArePromisedAllOrNone() {
    depot.reserve(order("a", 0, of(1, TEA)));
    depot.bench.forgetSent();

    depot.reserve(changed("a", 1, of(2, TEA), of(3, MUG)), changed("a", 1, of(2, TEA), of(3, MUG)));

    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(4, 1, 0, 0));
    assertThat(answers()).hasSize(2);
    assertThat(depot.sent()).containsExactlyInAnyOrder(new StockReserved(orderId("a")),
        new StockRefused(orderId("a"), List.of(of(1, MUG)), 1));

    depot.holds(MUG, BERLIN, 1);
    depot.reserve(changed("a", 1, of(2, TEA), of(3, MUG)));
    assertThat(depot.inPool(MUG)).as("a refusal stands").isEqualTo(new Levels(3, 0, 0, 0));

    depot.bench.forgetSent();
    depot.reserve(changed("a", 3, of(2, TEA), of(3, MUG)));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(3, 2, 0, 0));
    assertThat(depot.inPool(MUG)).isEqualTo(new Levels(0, 3, 0, 0));
    assertThat(depot.sent()).containsExactly(new StockReserved(orderId("a"), 3));
  }

  @Test
  void anOrderThatWasRefusedIsPromisedTheFewerUnitsThatItWantsNow() {
    depot.reserve(order("a", 0, of(9, TEA)));
    depot.bench.forgetSent();
    depot.reserve(changed("a", 1, of(8, TEA)));
    assertThat(depot.sent()).containsExactly(new StockRefused(orderId("a"), List.of(of(3, TEA)), 1));
    depot.reserve(changed("a", 2, of(5, TEA)));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 5, 0, 0));
    assertThat(depot.sent()).contains(new StockReserved(orderId("a"), 2));
  }

  @Test
  void aCancelledOrderReleasesWhatAChangeHasLeftItAndAChangeAfterwardsTakesNothing() {
    depot.reserve(order("a", 0, of(3, TEA)));
    depot.reserve(changed("a", 1, of(1, TEA)));
    depot.release(cancelled("a"));
    depot.bench.forgetSent();
    depot.reserve(changed("a", 2, of(2, TEA)));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(5, 0, 0, 0));
    assertThat(depot.sent()).containsExactly(new StockReleased(orderId("a")));
  }

  @Test
  void anAllocationGivesUpWhatIsWantedNoMoreAndSaysWhatItHolds() {
    FulfillmentPlanned planned = planned("a", BERLIN, of(3, TEA), of(1, MUG));
    depot.allocate(planned);
    depot.bench.forgetSent();
    FulfillmentPlanned less = changed(planned, 1, of(2, TEA));
    assertThat(depot.allocate(less, less, planned)).isEmpty();
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(3, 0, 5, 2));
    assertThat(depot.at(BERLIN, MUG)).isEqualTo(new Levels(2, 0, 2, 0));
    assertThat(depot.sent()).containsExactly(
        new StockAllocated(planned.order(), planned.fulfillment(), BERLIN, less.lines(), 1));

    depot.allocate(changed(planned, 2));
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(5, 0, 5, 0));
    depot.release(cancelled(planned));
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(5, 0, 5, 0));
  }

  @Test
  void whatAFulfillmentWasLeftCountsBeforeItIsAllocatedToo() {
    FulfillmentPlanned planned = planned("a", BERLIN, of(3, TEA));
    depot.allocate(changed(planned, 1, of(1, TEA)));
    depot.allocate(planned);
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(4, 0, 5, 1));
    FulfillmentPlanned other = planned("b", BERLIN, of(4, TEA));
    depot.allocate(new FulfillmentPlanned(other.order(), other.fulfillment(), BERLIN, List.of(), 1));
    depot.allocate(other);
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(4, 0, 5, 1));
  }

  @Test
  void manyLinesGiveUpTheirUnitsInStepsAndEndWholeWhateverFails() {
    Sku[] skus = IntStream.range(0, 230).mapToObj(it -> new Sku("S-%03d".formatted(it))).toArray(Sku[]::new);
    depot.holds(skus, BERLIN, 2);
    SkuQuantity[] all = IntStream.range(0, 230).mapToObj(it -> of(2, skus[it])).toArray(SkuQuantity[]::new);
    SkuQuantity[] half = IntStream.range(0, 230).mapToObj(it -> of(1, skus[it])).toArray(SkuQuantity[]::new);
    depot.reserve(order("a", 0, all));
    var unlucky = depot.unlucky(0.4);
    for (int i = 0; i < 20 && !depot.reserve(changed("a", 1, half)).isEmpty(); i++) {
      assertThat(unlucky).isNotNull();
    }
    assertThat(depot.inPool(skus)).allSatisfy(it -> assertThat(it).isEqualTo(new Levels(1, 1, 0, 0)));
    assertThat(depot.status("reservation", orderId("a").value())).isEqualTo(Status.TAKEN);
  }
}
