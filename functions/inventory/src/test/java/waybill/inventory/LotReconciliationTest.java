package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.BERLIN;
import static waybill.inventory.Depot.LEIPZIG;
import static waybill.inventory.Depot.of;
import static waybill.inventory.LotYard.A;
import static waybill.inventory.LotYard.B;
import static waybill.inventory.LotYard.CREAM;
import static waybill.inventory.LotYard.shipped;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.messages.StockMessages.StockFellShort;
import waybill.workbench.CapturedLog;

/** Lots are compared with their location, their allocations and their ledger. */
class LotReconciliationTest {
  private final LotYard yard = new LotYard();

  @AfterEach
  void close() {
    yard.depot.close();
  }

  private List<Map<String, Object>> drifts() {
    yard.depot.bench.clock().advance(Duration.ofHours(1));
    try (CapturedLog log = CapturedLog.open()) {
      new ReconcileStockHandler(yard.depot.bench.ports()).run();
      return log.measured("StockDrifted");
    }
  }

  private void aDay() {
    yard.holds(BERLIN, A, "2027-03-31", 9).holds(BERLIN, B, "2027-06-30", 9).holds(LEIPZIG, B, "2027-06-30", 3);
    var first = yard.allocated("one", 4);
    yard.allocated("two", 4);
    yard.depot.ship(shipped("one", yard.lotsOf(first).orElseThrow(), of(4, CREAM)));
    yard.adjust("\"counted\":3,\"lot\":\"A\"");
    yard.adjust("\"quantity\":-2,\"reason\":\"quarantined\",\"lot\":\"B\"");
    yard.adjust(LEIPZIG, "\"quantity\":-1,\"reason\":\"damaged\",\"lot\":\"B\"");
    var transfer = (String) yard.depot.drafts("transfer", """
        {"from":"berlin","to":"leipzig","expected_at":"2026-12-02T09:00:00Z",
         "lines":[{"sku":"CREAM-50","quantity":2,"lot":"B"}]}""").body().get("id");
    yard.depot.dispatches(transfer, "{}");
  }

  @Test
  void whateverHappensToLotsNothingDrifts() {
    aDay();
    assertThat(drifts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"lot#berlin#A,allocated,allocated_and_allocations,lot#berlin#A",
    "lot#berlin#A,available,on_hand_and_its_parts,lot#berlin#A",
    "lot#berlin#A,on_hand,on_hand_and_ledger,lot#berlin#A",
    "lot#berlin#B,quarantined,quarantined_and_ledger,lot#berlin#B",
    "lot#leipzig#B,damaged,damaged_and_ledger,lot#leipzig#B",
    "lot#leipzig#B,in_transit,in_transit_and_ledger,lot#leipzig#B",
    "lot#berlin#B,available,location_and_lots,location#berlin",
    "location#leipzig,damaged,location_and_lots,location#leipzig"})
  void whatDriftsIsNamed(String place, String number, String pair, String named) {
    aDay();
    yard.depot.bench.dynamo().updateItem(request -> request
        .tableName(yard.depot.bench.ports().environment().get("INVENTORY_TABLE"))
        .key(Map.of("pk", AttributeValue.fromS(CREAM.value()), "sk", AttributeValue.fromS(place)))
        .updateExpression("add #number :units").expressionAttributeNames(Map.of("#number", number))
        .expressionAttributeValues(Map.of(":units", AttributeValue.fromN("2"))));

    assertThat(drifts()).anySatisfy(it -> {
      assertThat(it.get("pair").toString()).isEqualToIgnoringCase(pair);
      assertThat(it).containsEntry("place", named);
    });
  }

  @Test
  void aLotThatIsShortIsSentAgainIfWhoeverCountedVanished() {
    aDay();
    yard.adjust("\"counted\":1,\"lot\":\"A\"");
    yard.depot.bench.forgetSent();

    drifts();

    assertThat(yard.depot.sent()).filteredOn(StockFellShort.class::isInstance).singleElement().satisfies(it -> {
      assertThat(((StockFellShort) it).lot()).isEqualTo(A);
      assertThat(((StockFellShort) it).units()).isEqualTo(3);
    });
  }
}
