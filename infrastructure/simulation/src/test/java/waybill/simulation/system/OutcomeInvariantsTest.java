package waybill.simulation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.simulation.WatchedWorld.FULFILLMENT;
import static waybill.simulation.WatchedWorld.ORDER;
import static waybill.simulation.WatchedWorld.PARCEL;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld;

class OutcomeInvariantsTest {
  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  @Test
  void anOrderThatNobodyPacksIsStuck() {
    watched.placeAndPay();

    assertThat(watched.findingsAtRest())
        .anyMatch(it -> it.startsWith("an order is stuck: %s waits for fulfillment, on []".formatted(ORDER)))
        .contains("a fulfillment waits for ever, or goes on without its order: %s is open".formatted(FULFILLMENT));
  }

  @Test
  void anOrderOnAHoldForItsMoneyIsNotStuck() {
    watched.placeAndPay();
    watched.replace("OrdersTable", ORDER, "state", "money", "EUR", "USD");

    assertThat(watched.findingsAtRest())
        .noneMatch(it -> it.startsWith("an order is stuck") || it.startsWith("an order cannot be read"));
  }

  @Test
  void aParcelWhosePaymentWasLetGoWaitsForAPerson() {
    packWithoutMoney("payment_mismatch");

    assertThat(watched.findingsAtRest()).noneMatch(it -> it.startsWith("a fulfillment waits for ever"));
  }

  @Test
  void aParcelThatWaitsForItsMoneyWithoutThatHoldIsFound() {
    packWithoutMoney("disputed");

    assertThat(watched.findingsAtRest())
        .contains("a fulfillment waits for ever, or goes on without its order: %s is packed".formatted(FULFILLMENT));
  }

  private void packWithoutMoney(String hold) {
    watched.placeAndPay();
    watched.change("FulfillmentTable", ORDER, FULFILLMENT, "{\"status\": \"packed\"}");
    watched.change("OrdersTable", ORDER, "state", """
        {"by_hold": "%s", "packing": {"fulfillments": [{"id": "%s", "location": "warehouse-1", "parcels": 1,
          "lines": [{"line_id": "line_1", "sku": "SKU-1", "quantity": 2}], "change": 0,
          "awaits": {"minor_units": 2000, "currency": "EUR"}}]}}""".formatted(hold, FULFILLMENT));
  }

  @Test
  void anOrderWhoseParcelNeverArrivesIsNotStuckWhereItsCarrierHasIt() {
    watched.deliver();
    watched.replace("OrdersTable", ORDER, PARCEL, "scan", "delivered", "in_transit");

    assertThat(watched.findingsAtRest()).noneMatch(it -> it.startsWith("an order is stuck"))
        .contains(
            "a parcel is shown where it is not: %s of %s, in_transit or delivered and not delivered"
                .formatted(PARCEL, ORDER),
            "an order's delivery is shown otherwise than it is: %s, shipped and not delivered".formatted(ORDER));
  }

  @Test
  void aParcelThatIsTrackedWhereItIsNotIsFound() {
    watched.deliver();
    watched.replace("ShippingTable", "tracking#SIM00001", "tracking", "latest", "delivered", "returned");

    assertThat(watched.findingsAtRest()).containsExactly(
        "a parcel is shown where it is not: %s of %s, delivered or returned and not delivered".formatted(PARCEL,
            ORDER));
  }

  @Test
  void aParcelWhoseStockHasNotLeftIsFound() {
    watched.deliver();
    watched.delete("InventoryTable", PARCEL, "shipment");

    assertThat(watched.findingsAtRest()).contains(
        "a parcel's stock has not left with it: %s of %s".formatted(PARCEL, ORDER),
        "a completed order holds stock: %s has 4 units".formatted(ORDER));
  }

  @Test
  void aCancelledOrderThatHoldsStockIsFound() {
    watched.placeAndPay();
    watched.cancel();
    watched.change("InventoryTable", ORDER, "reservation", "{\"status\": \"taken\"}");

    assertThat(watched.findingsAtRest()).contains("a cancelled order holds stock: %s has 2 units".formatted(ORDER),
        "an order's stock is shown otherwise than it is: %s, released where its promise is taken".formatted(ORDER));
  }

  @Test
  void anotherLabelThanWasBoughtIsFound() {
    watched.deliver();
    watched.asFunction(() -> watched.world.carrier().buy(watched.draft(PARCEL)));

    assertThat(watched.findingsAtRest()).contains(
        "a parcel's label is shown otherwise than it was bought: %s of %s, SIM00001 and not SIM00002".formatted(PARCEL,
            ORDER));
  }

  @Test
  void anOrderThatIsLookedAtForEverIsFound() {
    watched.deliver();
    watched.change("OrdersTable", ORDER, "state", "{\"due\": \"2030-01-01T00:00:00Z\"}");

    assertThat(watched.findingsAtRest()).contains("an order is looked at again: %s is on []".formatted(ORDER));
  }

  @Test
  void anOrderThatCannotBeReadIsFound() {
    watched.placeAndPay();
    watched.delete("OrdersTable", ORDER, "content");

    assertThat(watched.findingsAtRest()).anyMatch(it -> it.startsWith("an order cannot be read: " + ORDER));
  }
}
