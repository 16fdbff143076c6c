package waybill.simulation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.simulation.WatchedWorld.FULFILLMENT;
import static waybill.simulation.WatchedWorld.ORDER;
import static waybill.simulation.WatchedWorld.PARCEL;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld;

class AgreementInvariantsTest {
  private static final List<String> AXES = List.of("an order takes a step", "an order forgets");

  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  @Test
  void anOrderThatKnowsAllOfItAgrees() {
    watched.deliver();

    assertThat(watched.findingsAfterADay()).isEmpty();
  }

  @Test
  void anOrderThatWaitsForItsPackerAgrees() {
    watched.placeAndPay();

    assertThat(watched.findingsAfterADay()).isEmpty();
  }

  @Test
  void anotherPaymentThanIsRecordedIsFound() {
    watched.placeAndPay();
    watched.replace("OrdersTable", ORDER, "state", "money", "captured", "authorized");

    assertThat(found()).hasSize(1).first().asString()
        .startsWith("an order knows another payment than is recorded: pay_")
        .endsWith(" of %s is authorized and not captured".formatted(ORDER));
  }

  @Test
  void anotherAnswerAboutStockThanWasGivenIsFound() {
    watched.placeAndPay();
    watched.change("OrdersTable", ORDER, "state", "{\"stock\": {\"status\": \"pending\"}}");

    assertThat(found()).containsExactly(
        "an order knows another answer about its stock than was given: %s is pending and not taken".formatted(ORDER));
  }

  @Test
  void aFulfillmentThatItsOrderDoesNotKnowIsFound() {
    watched.placeAndPay();
    watched.change("OrdersTable", ORDER, "state", "{\"packing\": {}}");

    assertThat(found())
        .containsExactly(
            "an order does not know of its fulfillment: %s is open, and it knows {}".formatted(FULFILLMENT));
  }

  @Test
  void aFulfillmentThatOthersReplaceIsFoundUnlessItsOrderIsCancelled() {
    watched.placeAndPay();
    watched.replace("FulfillmentTable", ORDER, FULFILLMENT, "status", "open", "refused");
    String counted = "an order counts on a fulfillment that others replace: " + FULFILLMENT;
    assertThat(found()).contains(counted);

    watched.change("OrdersTable", ORDER, "state",
        "{\"cancellation\": {\"reason\": \"customer\", \"at\": \"2026-11-22T09:00:00Z\"}}");
    assertThat(found()).as("no more of it").containsOnlyOnce(counted);
  }

  @Test
  void aParcelThatItsOrderTakesToBeElsewhereIsFound() {
    watched.deliver();
    watched.replace("OrdersTable", ORDER, PARCEL, "scan", "delivered", "in_transit");

    assertThat(found()).containsExactly(
        "an order does not know where its parcel is: %s is delivered and not in_transit".formatted(PARCEL));
  }

  /** That an order is moved back by hand is found too, by others. */
  private List<String> found() {
    return watched.findingsAfterADay().stream().filter(it -> AXES.stream().noneMatch(it::startsWith)).toList();
  }
}
