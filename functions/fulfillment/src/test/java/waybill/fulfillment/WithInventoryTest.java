package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;
import static waybill.fulfillment.Floor.order;
import static waybill.fulfillment.Floor.released;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.catalog.PutProductHandler;
import waybill.inventory.AdjustStockHandler;
import waybill.inventory.AllocateStockHandler;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.Message;
import waybill.messages.StockMessages.MissingPromised;
import waybill.workbench.Bench;

/** Plans over what inventory really holds, and inventory allocates them; each function as the template makes it. */
class WithInventoryTest {
  private final Floor floor = new Floor();
  private final Bench bench = floor.bench;
  private final RequestStreamHandler plan = new PlanFulfillmentHandler(bench.ports());
  private final RequestStreamHandler allocate = new AllocateStockHandler(bench.ports());

  @AfterEach
  void close() {
    floor.close();
  }

  @Test
  void ofTwoOrdersForTheLastUnitOfALocationOneIsAllocatedAndTheOtherPlannedAgain() {
    receive("berlin", "TEA", 1);
    receive("leipzig", "TEA", 1);

    deliver(plan, released(1, line(0, "TEA", 1)), released(2, line(0, "TEA", 1)));
    assertThat(floor.planned()).extracting(it -> it.location().value()).containsExactly("berlin", "berlin");
    run();

    assertThat(floor.list(Map.of("location_id", "berlin")).ids()).hasSize(1);
    assertThat(floor.list(Map.of("location_id", "leipzig")).ids()).hasSize(1);
    assertThat(List.of(floor.status(fulfillment(1, 1)), floor.status(fulfillment(2, 1))))
        .containsExactlyInAnyOrder("open", "refused");
  }

  @Test
  void anOrderThatTwoLocationsHoldTogetherIsOpenAtBoth() {
    receive("berlin", "TEA", 3);
    receive("leipzig", "TEA", 2);

    deliver(plan, released(1, line(0, "TEA", 4)));
    run();

    assertThat(floor.get(fulfillment(1, 1)).body()).containsEntry("status", "open").containsEntry("location_id",
        "berlin");
    assertThat(floor.get(fulfillment(1, 2)).body()).containsEntry("status", "open").containsEntry("location_id",
        "leipzig");
  }

  @Test
  void whatIsAllocatedIsNotPlannedAgain() {
    receive("berlin", "TEA", 3);
    deliver(plan, released(1, line(0, "TEA", 2)));
    run();

    deliver(plan, released(2, line(0, "TEA", 2)));
    assertThat(floor.items(2)).containsExactly("1 planned r1", "2 short r1 listed");
    run();

    receive("leipzig", "TEA", 1);
    deliver(plan, new MissingPromised(order(2), fulfillment(2, 2)));
    assertThat(floor.planned()).extracting(it -> it.location().value()).containsExactly("leipzig");
  }

  /** Carries messages between the two functions until there are none. */
  private void run() {
    List<FulfillmentPlanned> planned = floor.planned();
    while (!planned.isEmpty()) {
      bench.forgetSent();
      deliver(allocate, planned.toArray(Message[]::new));
      Message[] answers = bench.sentTo(PlanFulfillment.class).toArray(Message[]::new);
      bench.forgetSent();
      deliver(plan, answers);
      planned = floor.planned();
    }
  }

  private String deliver(RequestStreamHandler function, Message... messages) {
    return Bench.output(function, bench.sqsEvent(messages));
  }

  private void receive(String location, String sku, int quantity) {
    floor.location(location, true, "default");
    Bench.output(new PutProductHandler(bench.ports()),
        bench.httpEvent("PUT", "/products/" + sku, Map.of("sku", sku), Map.of(), Map.of(), "{\"name\": \"x\"}",
            "operator"));
    String body = "{\"location_id\": \"%s\", \"quantity\": %d, \"reason\": \"received\"}".formatted(location, quantity);
    String answer = Bench.output(new AdjustStockHandler(bench.ports()),
        bench.httpEvent("POST",
            "/stock/" + sku + "/adjustments", Map.of("sku", sku), Map.of(), Map.of("idempotency-key", location + sku),
            body, "operator"));
    assertThat(answer).contains("\"statusCode\":201");
  }
}
