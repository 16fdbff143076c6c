package waybill.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.simulation.WatchedWorld.ORDER;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.orders.OrderItem;
import waybill.simulation.world.Document;
import waybill.simulation.world.Transition;

class InvariantsTest {
  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  @Test
  void nothingIsFoundInAnOrderThatIsDelivered() {
    watched.deliver();

    assertThat(watched.findingsAtRest()).isEmpty();
    assertThat(order().axes()).containsEntry("status", "completed");
  }

  @Test
  void nothingIsFoundInAnOrderThatIsCancelled() {
    watched.placeAndPay();
    watched.cancel();

    assertThat(watched.findingsAtRest()).isEmpty();
    assertThat(order().axes()).containsEntry("status", "cancelled").containsEntry("payment_status", "refunded");
  }

  private OrderItem order() {
    var parcel = new Document(watched.item("OrdersTable", ORDER, WatchedWorld.PARCEL));
    return new OrderItem(new Document(watched.item("OrdersTable", ORDER, "state")),
        parcel.exists() ? List.of(parcel) : List.of());
  }

  @Test
  void theStepsThatAreTakenAreMet() {
    watched.deliver();

    assertThat(watched.world.coverage().times()).containsKeys(new Transition("payment_status", "pending", "paid"),
        new Transition("reservation", "absent", "taken"), new Transition("mail", "claimed", "sent"));
    assertThat(Invariants.transitions()).contains(new Transition("payment_status", "pending", "paid"));
  }

  @Test
  void aMessageThatWaitsForEverIsFound() {
    watched.world.cloud().queues().values().stream().filter(it -> !it.isFed()).findFirst().orElseThrow().send("{}");

    assertThat(watched.findingsAtRest()).anyMatch(it -> it.startsWith("a message waits for ever in "));
  }
}
