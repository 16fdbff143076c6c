package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.LEIPZIG;
import static waybill.inventory.Depot.MUG;
import static waybill.inventory.Depot.TEA;
import static waybill.inventory.Depot.VIENNA;
import static waybill.inventory.Depot.cancelled;
import static waybill.inventory.Depot.labelled;
import static waybill.inventory.Depot.missing;
import static waybill.inventory.Depot.of;
import static waybill.inventory.Depot.order;
import static waybill.inventory.Depot.planned;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.messages.ShortageReason;
import waybill.messages.Sku;
import waybill.messages.StockMessages.StockFellShort;
import waybill.workbench.CapturedLog;
import waybill.workbench.Faults;

class ReconcileStockTest {
  private static final Reconciliation.Limits A_BIT = new Reconciliation.Limits(3, 2, 1_000);
  private final Depot depot = new Depot();

  @AfterEach
  void close() {
    depot.close();
  }

  private void run(Reconciliation.Limits limits) {
    new ReconcileStockHandler(depot.bench.ports(depot.dynamo, depot.sqs), limits).run();
  }

  /** What is reported once a whole pass has ended that began after all was quiet. */
  private List<Map<String, Object>> drifts(Reconciliation.Limits limits) {
    depot.bench.clock().advance(Duration.ofHours(1));
    try (CapturedLog log = CapturedLog.open()) {
      for (int i = 0; i < 1_000
          && log.lines().stream().noneMatch(it -> it.get("message").equals("Stock reconciled")); i++) {
        run(limits);
      }
      return log.measured("StockDrifted");
    }
  }

  private List<Map<String, Object>> drifts() {
    return drifts(Reconciliation.Limits.USUAL);
  }

  /** All that can happen to stock. */
  private void aDay() {
    depot.oversells(TEA, "{\"policy\":\"backorder\",\"limit\":50}");
    depot.holds(TEA, BERLIN, 20).holds(TEA, LEIPZIG, 5).holds(MUG, BERLIN, 9).holds(MUG, VIENNA, 9);
    depot.expects("PO-1", BERLIN, 4, of(40, TEA), of(12, MUG));
    depot.receives("PO-1", "pallet", """
        {"lines":[{"sku":"TEA-200","quantity":4,"damaged":1}]}""");
    depot.reserve(order("a", 1, of(3, TEA), of(1, MUG)), order("b", 2, of(4, TEA)), order("c", 3, of(2, TEA)),
        order("d", 4, of(30, TEA)));
    var first = planned("a", BERLIN, of(3, TEA), of(1, MUG));
    var second = planned("b", BERLIN, of(4, TEA));
    depot.allocate(first, second, planned("c", LEIPZIG, of(2, TEA)));
    depot.ship(labelled("a", 1, BERLIN, of(3, TEA), of(1, MUG)));
    depot.correct(missing("key", second, ShortageReason.DAMAGED, 1, 3));
    depot.release(cancelled("c"), cancelled(planned("c", LEIPZIG, of(2, TEA))), cancelled("never placed"));
    depot.adjust(TEA, "count", "{\"location_id\":\"leipzig\",\"counted\":3}");
    depot.adjust(TEA, "quarantine", "{\"location_id\":\"leipzig\",\"quantity\":-1,\"reason\":\"quarantined\"}");
    depot.fill(TEA, true);
    String transfer = depot.sends(VIENNA, BERLIN, 5, of(6, MUG));
    depot.arrives(transfer, "lorry", "{\"lines\":[{\"sku\":\"MUG-BLUE\",\"quantity\":2,\"damaged\":1}]}");
    depot.sends(VIENNA, LEIPZIG, 6, of(2, MUG));
    depot.channel("web", "default");
    depot.keep("checkout 1", 15, of(1, MUG));
    depot.giveUp(Depot.id(depot.keep("checkout 2", 15, of(2, MUG))));
    depot.reserve(Depot.naming(depot.keep("checkout 3", 15, of(3, MUG)), "kept", of(3, MUG)));
  }

  @Test
  void whateverHappensToStockNothingDrifts() {
    aDay();
    assertThat(drifts()).isEmpty();
    assertThat(drifts(A_BIT)).isEmpty();
    assertThat(drifts(new Reconciliation.Limits(5, 1, 3))).isEmpty();
  }

  private void tamper(String pk, String sk, String number, int units) {
    depot.bench.dynamo()
        .updateItem(request -> request.tableName(depot.bench.ports().environment().get("INVENTORY_TABLE"))
            .key(Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk)))
            .updateExpression("add #number :units").expressionAttributeNames(Map.of("#number", number))
            .expressionAttributeValues(Map.of(":units", AttributeValue.fromN("" + units))));
  }

  @ParameterizedTest
  @CsvSource({"pool#default,reserved,reserved_and_reservations",
    "pool#default,backordered,backordered_and_reservations",
    "pool#default,incoming,incoming_and_expected", "pool#default,available,pool_and_locations",
    "pool#default,reserved,pool_and_locations", "location#berlin,allocated,allocated_and_allocations",
    "location#berlin,allocated,on_hand_and_its_parts", "location#berlin,on_hand,on_hand_and_ledger",
    "location#berlin,on_hand,pool_and_locations", "location#berlin,damaged,damaged_and_ledger",
    "location#berlin,quarantined,quarantined_and_ledger", "location#berlin,in_transit,in_transit_and_ledger",
    "location#berlin,entries,entries_and_ledger"})
  void whatDriftsIsNamed(String place, String number, String pair) {
    aDay();
    tamper("TEA-200", place, number, 2);
    for (Reconciliation.Limits limits : List.of(Reconciliation.Limits.USUAL, A_BIT)) {
      assertThat(drifts(limits)).anySatisfy(it -> {
        assertThat(it).containsEntry("sku", "TEA-200");
        assertThat(it.get("pair").toString()).isEqualToIgnoringCase(pair);
        assertThat(it.get("place")).isEqualTo(pair.equals("pool_and_locations") ? "pool#default" : place);
        assertThat(Math.abs(((Number) it.get("units")).longValue())).isEqualTo(2);
      }).allSatisfy(it -> assertThat(it).containsEntry("sku", "TEA-200"));
    }
  }

  @Test
  void aReservationWhoseCounterForgotItAndAnEntryThatIsLostAreFound() {
    aDay();
    depot.bench.items("inventory").stream().filter(it -> it.get("sk").s().equals("reservation")
        && it.get("pk").s().equals(Depot.orderId("b").value())).forEach(this::delete);
    depot.bench.items("inventory").stream().filter(it -> it.get("pk").s().equals("MUG-BLUE#vienna")
        && it.get("number").n().equals("2")).forEach(this::delete);
    assertThat(drifts())
        .extracting(it -> it.get("sku") + " " + it.get("place") + " " + it.get("pair") + " " + it.get("units"))
        .map(it -> it.toLowerCase(java.util.Locale.ROOT))
        .containsExactlyInAnyOrder("tea-200 pool#default reserved_and_reservations 3",
            "mug-blue location#vienna on_hand_and_ledger -6", "mug-blue location#vienna entries_and_ledger 1");
  }

  private void delete(Map<String, AttributeValue> item) {
    depot.bench.dynamo()
        .deleteItem(request -> request.tableName(depot.bench.ports().environment().get("INVENTORY_TABLE"))
            .key(Map.of("pk", item.get("pk"), "sk", item.get("sk"))));
  }

  @Test
  void whatMovesWhileAPassIsUnderWayIsNotSaidToHaveDrifted() {
    aDay();
    depot.bench.clock().advance(Duration.ofHours(1));
    run(A_BIT);
    depot.reserve(order("late", 9, of(1, MUG)));
    depot.receives("PO-1", "late pallet", of(7, TEA));
    try (CapturedLog log = CapturedLog.open()) {
      for (int i = 0; i < 100; i++) {
        run(A_BIT);
        if (log.lines().stream().anyMatch(it -> it.get("message").equals("Stock reconciled"))) {
          break;
        }
      }
      assertThat(log.measured("StockDrifted")).isEmpty();
    }
    assertThat(drifts()).isEmpty();
  }

  @Test
  void anOrderThatTakesOverWhatACheckoutKeepsWhileAPassIsUnderWayIsNoDrift() {
    aDay();
    Depot.Answer made = depot.keep("checkout 4", 15, of(1, MUG));
    depot.bench.clock().advance(Duration.ofMinutes(5));
    String order = Depot.orderId("taken").value();
    assertThat(order).as("it is read before the checkout").isLessThan(Depot.id(made));
    try (CapturedLog log = CapturedLog.open()) {
      for (boolean taken = false; log.lines().stream().noneMatch(it -> it.get("message").equals("Stock reconciled"));) {
        run(new Reconciliation.Limits(1, 1, 1_000));
        if (!taken && cursor().compareTo(order) > 0) {
          depot.reserve(Depot.naming(made, "taken", of(1, MUG)));
          taken = true;
        }
      }
      assertThat(log.measured("StockDrifted")).isEmpty();
      assertThat(log.lines()).anySatisfy(it -> assertThat(it).containsEntry("moved_meanwhile", 1L));
    }
  }

  /** The partition that a pass has come to. */
  private String cursor() {
    return depot.bench.items("inventory").stream().filter(it -> it.get("sk").s().equals("pass"))
        .map(it -> it.containsKey("cursor") ? it.get("cursor").m().get("pk").s() : "").findFirst().orElseThrow();
  }

  @Test
  void aRunReadsSoManyPagesAndTheNextGoesOn() {
    aDay();
    int items = depot.bench.items("inventory").size();
    depot.bench.clock().advance(Duration.ofHours(1));
    try (CapturedLog log = CapturedLog.open()) {
      int runs = 0;
      while (log.lines().stream().noneMatch(it -> it.get("message").equals("Stock reconciled"))) {
        run(A_BIT);
        runs++;
      }
      assertThat(runs).isBetween(items / 6, items / 6 + 5);
    }
  }

  @Test
  void aRunThatDiesIsRepeatedOnceItsTimeIsOver() {
    aDay();
    tamper("TEA-200", "location#berlin", "damaged", 1);
    depot.bench.clock().advance(Duration.ofHours(1));
    try (CapturedLog log = CapturedLog.open()) {
      for (int call = 1; call < 12; call++) {
        var faults = new Faults();
        faults.strike(call, call % 2 == 0, () -> new IllegalStateException("dies"));
        depot.dynamo = faults.in(software.amazon.awssdk.services.dynamodb.DynamoDbClient.class, depot.bench.dynamo());
        try {
          run(A_BIT);
        } catch (IllegalStateException _) {
          depot.dynamo = depot.bench.dynamo();
          run(A_BIT); // somebody may be at it still
        }
        depot.bench.clock().advance(Duration.ofMinutes(6));
      }
      depot.dynamo = depot.bench.dynamo();
      assertThat(log.measured("StockDrifted")).allSatisfy(it -> assertThat(it).containsEntry("sku", "TEA-200"));
    }
    assertThat(drifts(A_BIT)).singleElement().satisfies(it -> assertThat(it).containsEntry("counted", 3L)
        .containsEntry("written", 2L));
  }

  @Test
  void twoDoNotReconcileAtOnce() {
    aDay();
    var faults = new Faults();
    faults.strike(5, false, () -> new IllegalStateException("dies"));
    depot.dynamo = faults.in(software.amazon.awssdk.services.dynamodb.DynamoDbClient.class, depot.bench.dynamo());
    assertThatThrownBy(() -> run(A_BIT)).isInstanceOf(IllegalStateException.class);
    depot.dynamo = depot.bench.dynamo();
    try (CapturedLog log = CapturedLog.open()) {
      run(A_BIT);
      assertThat(log.lines()).extracting(it -> it.get("message")).containsExactly("Stock is being reconciled already");
    }
  }

  @Test
  void ofManyProductsAPassLooksAtASlice() {
    List<Sku> skus = IntStream.range(0, 40).mapToObj(it -> new Sku("SKU-" + it)).toList();
    skus.forEach(it -> {
      depot.product(it);
      depot.holds(it, BERLIN, 5);
    });
    tamper("SKU-7", "location#berlin", "quarantined", 3);
    tamper("SKU-31", "location#berlin", "quarantined", 4);
    depot.bench.clock().advance(Duration.ofHours(1));
    try (CapturedLog log = CapturedLog.open()) {
      for (int i = 0; i < 200; i++) {
        run(new Reconciliation.Limits(10, 3, 30));
      }
      assertThat(log.measured("StockDrifted")).extracting(it -> it.get("sku")).contains("SKU-7", "SKU-31")
          .containsOnly("SKU-7", "SKU-31");
    }
  }

  private List<StockFellShort> shared() {
    return depot.sent().stream().filter(StockFellShort.class::isInstance).map(StockFellShort.class::cast).toList();
  }

  @Test
  void aShortfallThatNobodySharedIsSentAgainUntilItIsCovered() {
    depot.holds(TEA, BERLIN, 5);
    depot.reserve(order("a", 1, of(4, TEA)));
    depot.allocate(planned("a", BERLIN, of(4, TEA)));
    depot.bench.forgetSent();
    depot.bench.refuseNextSends(10);
    assertThat(depot.adjust(TEA, "count", "{\"location_id\":\"berlin\",\"counted\":1}").status()).isEqualTo(503);
    depot.bench.refuseNextSends(0);
    run(Reconciliation.Limits.USUAL);
    assertThat(shared()).as("its caller may be about to send it").isEmpty();

    depot.bench.clock().advance(Duration.ofMinutes(11));
    run(Reconciliation.Limits.USUAL);
    assertThat(shared()).singleElement().satisfies(it -> {
      assertThat(it.sku()).isEqualTo(TEA);
      assertThat(it.location()).isEqualTo(BERLIN);
      assertThat(it.units()).isEqualTo(3);
      assertThat(it.actor()).isEqualTo("ada");
      assertThat(it.reference()).startsWith("adj_");
    });
    depot.bench.forgetSent();
    depot.holds(TEA, BERLIN, 3);
    run(Reconciliation.Limits.USUAL);
    assertThat(shared()).isEmpty();
  }
}
