package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.StockBackordered;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReserved;

class TakeoverTest {
  private Depot depot;

  @BeforeEach
  void open() {
    depot = new Depot();
    depot.channel("web", "default");
  }

  @AfterEach
  void close() {
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  @Test
  void theOrderThatNamesItTakesItOverWithoutTouchingACounter() {
    depot.holds(TEA, BERLIN, 5).holds(MUG, BERLIN, 5);
    Answer made = depot.keep("k-1", 10, of(2, TEA), of(1, MUG));
    List<Map<String, AttributeValue>> before = counters();

    depot.reserve(naming(made, "mine", of(2, TEA), of(1, MUG)));

    assertThat(depot.sent()).containsExactly(new StockReserved(orderId("mine")));
    assertThat(counters()).as("not even their revisions change").isEqualTo(before);
    assertThat(depot.getReservation(id(made)).body()).containsEntry("status", "ordered").containsEntry("order_id",
        orderId("mine").value());
  }

  @Test
  void itsOwnReservationNeverBlocksAnOrder() {
    depot.holds(TEA, BERLIN, 3);
    Answer made = depot.keep("k-1", 10, of(3, TEA));

    depot.reserve(naming(made, "mine", of(3, TEA)));
    depot.allocate(planned("mine", BERLIN, of(3, TEA)));
    depot.ship(labelled("mine", 1, BERLIN, of(3, TEA)));

    assertThat(depot.inPool(TEA)).isEqualTo(Levels.NONE);
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(Levels.NONE);
  }

  @Test
  void anOrderForMoreTakesOnlyTheDifference() {
    depot.holds(TEA, BERLIN, 5).holds(MUG, BERLIN, 2);
    Answer made = depot.keep("k-1", 10, of(3, TEA));

    depot.reserve(naming(made, "mine", of(5, TEA), of(1, MUG)));

    assertThat(depot.sent()).containsExactly(new StockReserved(orderId("mine")));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 5, 0, 0));
    assertThat(depot.inPool(MUG)).isEqualTo(new Levels(1, 1, 0, 0));
  }

  @Test
  void anOrderForLessGivesTheDifferenceBack() {
    depot.holds(TEA, BERLIN, 5).holds(MUG, BERLIN, 2);
    Answer made = depot.keep("k-1", 10, of(3, TEA), of(2, MUG));

    depot.reserve(naming(made, "mine", of(1, TEA)));

    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(4, 1, 0, 0));
    assertThat(depot.inPool(MUG)).isEqualTo(new Levels(2, 0, 0, 0));
  }

  @Test
  void anOrderForMoreThanThereIsIsRefusedWholeAndTheUnitsAreFree() {
    depot.holds(TEA, BERLIN, 5);
    Answer made = depot.keep("k-1", 10, of(3, TEA));

    depot.reserve(naming(made, "mine", of(6, TEA)));

    assertThat(depot.sent()).containsExactly(new StockRefused(orderId("mine"), List.of(of(1, TEA))));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(5, 0, 0, 0));
  }

  @Test
  void whatTheDifferenceIsShortOfIsOwedIfTheProductIsBackordered() {
    depot.holds(TEA, BERLIN, 4).oversells(TEA, "{\"policy\":\"backorder\",\"limit\":5}");
    Answer made = depot.keep("k-1", 10, of(3, TEA));

    depot.reserve(naming(made, "mine", of(6, TEA)));

    assertThat(depot.sent()).anyMatch(it -> it instanceof StockBackordered);
    assertThat(depot.inPool(TEA).reserved()).isEqualTo(4);
    assertThat(depot.inPool(TEA).get(Level.BACKORDERED)).isEqualTo(2);
    depot.holds(TEA, BERLIN, 2);
    depot.fill(TEA, true);
    assertThat(depot.sent()).contains(new StockReserved(orderId("mine")));
  }

  @Test
  void ofTwoOrdersThatNameItOneHasItAndTheOtherIsServedAsAny() {
    depot.holds(TEA, BERLIN, 3);
    Answer made = depot.keep("k-1", 10, of(2, TEA));

    depot.reserve(naming(made, "one", of(2, TEA)), naming(made, "two", of(1, TEA)), naming(made, "three", of(1, TEA)));

    assertThat(depot.sent()).containsExactlyInAnyOrder(new StockReserved(orderId("one")),
        new StockReserved(orderId("two")), new StockRefused(orderId("three"), List.of(of(1, TEA))));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(0, 3, 0, 0));
  }

  @Test
  void anOrderReceivedTwiceTakesItOverOnce() {
    depot.holds(TEA, BERLIN, 5);
    Answer made = depot.keep("k-1", 10, of(2, TEA));
    OrderPlaced placed = naming(made, "mine", of(2, TEA));

    depot.reserve(placed, placed);
    depot.reserve(placed);

    assertThat(depot.sent()).containsExactly(new StockReserved(orderId("mine")));
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(3, 2, 0, 0));
  }

  @Test
  void anOrderThatWasCancelledFirstTakesNothingOver() {
    depot.holds(TEA, BERLIN, 5);
    Answer made = depot.keep("k-1", 10, of(2, TEA));

    depot.release(cancelled("mine"));
    depot.reserve(naming(made, "mine", of(2, TEA)));

    assertThat(depot.getReservation(id(made)).body()).containsEntry("status", "held");
    depot.bench.clock().advance(Duration.ofMinutes(11));
    depot.expire();
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(5, 0, 0, 0));
  }

  @Test
  void anOrderOfAnotherPoolTakesNothingOver() {
    depot.holds(TEA, VIENNA, 5);
    depot.channel("outlet", "outlet");
    Answer made = depot.keep(Map.of("idempotency-key", "k-1"),
        "{\"channel\":\"outlet\",\"items\":[{\"sku\":\"TEA-200\",\"quantity\":2}],\"minutes\":5}");

    depot.reserve(naming(made, "mine", of(2, TEA)));

    assertThat(depot.sent()).containsExactly(new StockRefused(orderId("mine"), List.of(of(2, TEA))));
    assertThat(depot.getReservation(id(made)).body()).containsEntry("status", "held");
    depot.giveUp(id(made));
  }

  @Test
  void whatTheOrderTookOverIsFreeOnceItIsCancelled() {
    depot.holds(TEA, BERLIN, 5);
    Answer made = depot.keep("k-1", 10, of(2, TEA));
    depot.reserve(naming(made, "mine", of(2, TEA)));

    depot.release(cancelled("mine"));

    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(5, 0, 0, 0));
  }

  @Test
  void anOrderOfHundredsOfProductsTakesOverWhatFitsOrIsReservedInSteps() {
    Sku[] skus = IntStream.range(0, 150).mapToObj(it -> new Sku("SKU-%03d".formatted(it))).toArray(Sku[]::new);
    List.of(skus).forEach(depot::product);
    depot.holds(skus, BERLIN, 2);
    SkuQuantity[] all = List.of(skus).stream().map(it -> of(1, it)).toArray(SkuQuantity[]::new);
    Answer made = depot.keep("k-1", 10, List.of(all).subList(0, 98).toArray(SkuQuantity[]::new));
    Answer small = depot.keep("k-2", 10, all[0]);

    depot.reserve(naming(made, "mine", all));
    depot.reserve(naming(small, "other", all));

    assertThat(depot.sent()).containsExactlyInAnyOrder(new StockReserved(orderId("mine")),
        new StockReserved(orderId("other")));
    assertThat(depot.inPool(skus)).allMatch(it -> it.equals(new Levels(0, 2, 0, 0)));
  }

  @Test
  void anOrderWhoseReservationHasExpiredIsServedAsAny() {
    depot.holds(TEA, BERLIN, 5);
    Answer made = depot.keep("k-1", 10, of(4, TEA));
    depot.bench.clock().advance(Duration.ofMinutes(11));
    depot.expire();

    depot.reserve(naming(made, "mine", of(4, TEA)), naming(made, "late", of(4, TEA)));

    assertThat(depot.sent()).containsExactlyInAnyOrder(new StockReserved(orderId("late")),
        new StockRefused(orderId("mine"), List.of(of(3, TEA))));
  }

  @Test
  void whatAnOrderHasIsNotReleasedByItsCheckout() {
    depot.holds(TEA, BERLIN, 5);
    Answer made = depot.keep("k-1", 10, of(4, TEA));
    depot.reserve(naming(made, "mine", of(4, TEA)));

    Answer refused = depot.giveUp(id(made));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).containsEntry("code", "reservation_ordered").containsEntry("order_id",
        orderId("mine").value());
    depot.bench.clock().advance(Duration.ofHours(1));
    depot.expire();
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(1, 4, 0, 0));
  }

  private List<Map<String, AttributeValue>> counters() {
    return depot.bench.items("inventory").stream().filter(it -> it.get("sk").s().startsWith(Counter.POOL)).toList();
  }
}
