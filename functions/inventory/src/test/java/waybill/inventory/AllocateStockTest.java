package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.StockMessages.AllocationRefused;
import waybill.messages.StockMessages.StockAllocated;
import waybill.platform.Json;
import waybill.workbench.Faults;

class AllocateStockTest {
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

  @Test
  void aLocationKeepsTheUnitsForTheFulfillment() {
    depot.holds(TEA, BERLIN, 3).holds(TEA, LEIPZIG, 3);
    FulfillmentPlanned planned = planned("a", BERLIN, of(2, TEA));

    assertThat(depot.allocate(planned)).isEmpty();

    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(1, 0, 3, 2));
    assertThat(depot.at(LEIPZIG, TEA)).isEqualTo(new Levels(3, 0, 3, 0));
    assertThat(depot.inPool(TEA)).as("the promise does not move").isEqualTo(new Levels(6, 0, 0, 0));
    assertThat(depot.bench.sentTo(PlanFulfillment.class))
        .containsExactly(new StockAllocated(planned.order(), planned.fulfillment(), BERLIN, planned.lines()));
    assertThat(depot.bench.sentTo(AdvanceOrder.class)).hasSize(1);
  }

  @Test
  void ofTwoFulfillmentsOnTheLastUnitOneIsRefused() {
    depot.holds(TEA, BERLIN, 1);

    depot.allocate(planned("a", BERLIN, of(1, TEA)), planned("b", BERLIN, of(1, TEA)));

    assertThat(depot.sent().stream().filter(StockAllocated.class::isInstance)).hasSize(1);
    assertThat(depot.sent()).filteredOn(AllocationRefused.class::isInstance).singleElement()
        .satisfies(it -> assertThat(((AllocationRefused) it).shortOf()).containsExactly(of(1, TEA)));
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(0, 0, 1, 1));
  }

  @Test
  void aRefusedFulfillmentIsRefusedAgainThoughStockHasCome() {
    FulfillmentPlanned planned = planned("a", BERLIN, of(1, TEA));
    depot.allocate(planned);
    depot.holds(TEA, BERLIN, 5);
    depot.bench.forgetSent();

    depot.allocate(planned, planned);

    assertThat(depot.sent())
        .containsExactly(new AllocationRefused(planned.order(), planned.fulfillment(), BERLIN, List.of(of(1, TEA))));
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(5, 0, 5, 0));
  }

  @Test
  void twoLinesOfOneSkuAreCountedTogether() {
    depot.holds(TEA, BERLIN, 3);
    var planned = planned("a", BERLIN, of(2, TEA), of(2, TEA));

    depot.allocate(planned);

    assertThat(depot.sent())
        .containsExactly(new AllocationRefused(planned.order(), planned.fulfillment(), BERLIN, List.of(of(1, TEA))));
  }

  @Test
  void whateverCallDiesItIsAllocatedOnceWhenItComesAgain() {
    FulfillmentPlanned planned = planned("a", BERLIN, of(2, TEA), of(1, MUG));
    for (boolean afterItsEffect : new boolean[]{false, true}) {
      for (int call = 1; call <= 3; call++) {
        try (var fresh = new Depot().holds(TEA, BERLIN, 5).holds(MUG, BERLIN, 5)) {
          var faults = new Faults();
          fresh.dynamo = faults.in(DynamoDbClient.class, fresh.dynamo);
          faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
          assertThat(fresh.allocate(planned)).hasSize(1);
          faults.stop();

          assertThat(fresh.allocate(planned)).isEmpty();

          assertThat(fresh.sent())
              .containsExactly(new StockAllocated(planned.order(), planned.fulfillment(), BERLIN, planned.lines()));
          assertThat(fresh.at(BERLIN, TEA)).isEqualTo(new Levels(3, 0, 5, 2));
        }
      }
    }
  }

  @Test
  void aPlanWithoutLinesOrOfAnotherKindFailsAlone() {
    depot.holds(TEA, BERLIN, 3);
    var handler = new AllocateStockHandler(depot.bench.ports(depot.dynamo, depot.bench.sqs()));

    List<String> failed = depot.queue(handler,
        depot.bench.sqsEvent(1, Json.write(planned("a", BERLIN, of(1, TEA))), Json.write(order("b", 0, of(1, TEA))),
            Json.write(planned("c", BERLIN, of(0, TEA)))));

    assertThat(failed).containsExactly("m-2", "m-3");
    assertThat(depot.at(BERLIN, TEA)).isEqualTo(new Levels(2, 0, 3, 1));
  }

  @Test
  void thePlannerReadsWhatIsFree() {
    depot.holds(TEA, BERLIN, 3).holds(TEA, LEIPZIG, 2);
    depot.allocate(planned("a", BERLIN, of(2, TEA)));
    var reader = new StockReader(depot.bench.ports(depot.dynamo));

    assertThat(reader.free(List.of(TEA, MUG, TEA), List.of(BERLIN, LEIPZIG, VIENNA)))
        .isEqualTo(Map.of(TEA, Map.of(BERLIN, 1, LEIPZIG, 2), MUG, Map.of()));
    assertThat(reader.free(List.of(), List.of())).isEmpty();
  }

  @Test
  void theRecordKeepsItsLines() {
    depot.holds(TEA, BERLIN, 3);
    depot.allocate(planned("a", BERLIN, of(2, TEA)));

    assertThat(depot.bench.items("inventory")).anySatisfy(item -> {
      assertThat(item.get("sk").s()).isEqualTo("allocation");
      assertThat(item.get("status").s()).isEqualTo("taken");
      assertThat(item.get("lines").l()).hasSize(1);
    });
  }
}
