package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.StockReserved;
import waybill.workbench.Faults;

/** What begins to wait is in the queue, and within the limit, from its first write on. */
class FirstBackordersTest {
  private static final int CALLS = 12;

  private final Faults faults = new Faults();
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

  private Sku product(int number, int limit) {
    var sku = new Sku("RARE-" + number);
    depot.oversells(sku, "{\"policy\":\"backorder\",\"limit\":%d}".formatted(limit));
    return sku;
  }

  private long backordered(Sku sku) {
    return InventoryTable.counters(depot.bench.ports()).readWhole(List.of(Counter.of(sku, POOL)))
        .getOrDefault(Counter.of(sku, POOL), Levels.NONE).get(Level.BACKORDERED);
  }

  @Test
  void ofTwoFirstOrdersAtOnceNoMoreIsPromisedThanTheLimitAlthoughThereIsNoCounterYet() {
    DynamoDbClient sound = depot.dynamo;
    for (int call = 1; call <= CALLS; call++) {
      Sku sku = product(call, 1);
      OrderPlaced one = order("one-" + call, 0, of(1, sku));
      OrderPlaced other = order("other-" + call, 1, of(1, sku));
      faults.strike(call, false, () -> {
        depot.dynamo = sound;
        assertThat(depot.reserve(other)).isEmpty();
        return null;
      });
      depot.dynamo = faults.in(DynamoDbClient.class, sound);
      assertThat(depot.reserve(one)).isEmpty();
      faults.stop();
      depot.dynamo = sound;
      depot.reserve(other);

      assertThat(backordered(sku)).as("the other comes at call %d", call).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoBeganToWaitAndDiedIsNotOvertaken(boolean afterItsEffect) {
    DynamoDbClient sound = depot.dynamo;
    int waited = 0;
    for (int call = 1; call <= CALLS; call++) {
      Sku sku = product(call, 9);
      OrderPlaced first = order("first-" + call, 0, of(1, sku));
      faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
      depot.dynamo = faults.in(DynamoDbClient.class, sound);
      depot.reserve(first);
      faults.stop();
      depot.dynamo = sound;
      boolean waits = backordered(sku) == 1;
      waited += waits ? 1 : 0;
      depot.reserve(order("later-" + call, 1, of(1, sku)));
      depot.holds(sku, BERLIN, 1);
      depot.bench.forgetSent();

      depot.fill(sku, true);

      assertThat(depot.sent()).as("call %d", call)
          .contains(new StockReserved(orderId((waits ? "first-" : "later-") + call)));
      depot.reserve(first);
      assertThat(backordered(sku)).isEqualTo(1);
    }
    assertThat(waited).as("it died after it began to wait, too").isPositive();
  }

  @Test
  void anOrderThatOwesAsMuchAsATransactionHoldsHasAllItsPlaces() {
    for (int size : List.of(49, 50, 99)) {
      Sku[] skus = IntStream.range(0, size).mapToObj(it -> product(1_000 * size + it, 9)).toArray(Sku[]::new);
      SkuQuantity[] items = List.of(skus).stream().map(it -> of(1, it)).toArray(SkuQuantity[]::new);

      assertThat(depot.reserve(order("large-" + size, 0, items), order("small-" + size, 1, items[0]))).isEmpty();

      assertThat(depot.bench.items("inventory")).filteredOn(it -> it.get("pk").s().startsWith("waiting#RARE-" + size))
          .hasSize(size + 1);
      for (Sku sku : skus) {
        depot.holds(sku, BERLIN, 1);
        depot.fill(sku, true);
      }
      assertThat(depot.sent()).contains(new StockReserved(orderId("large-" + size)));
      assertThat(Map.of(skus[0], backordered(skus[0]))).containsEntry(skus[0], 1L);
    }
  }

  @Test
  void anOrderThatTakesACheckoutOverAndOwesTheRestHasItsPlaceWithIt() {
    depot.channel("web", "default");
    Sku sku = product(1, 9);
    depot.holds(sku, BERLIN, 1);
    Answer kept = depot.keep("k-1", 10, of(1, sku));
    faults.strike(100, true, () -> null);
    depot.dynamo = faults.in(DynamoDbClient.class, depot.bench.dynamo());
    depot.reserve(naming(kept, "mine", of(3, sku)));

    assertThat(depot.bench.items("inventory")).filteredOn(it -> it.get("pk").s().equals("waiting#" + sku)).hasSize(1);
    assertThat(backordered(sku)).isEqualTo(2);
  }
}
