package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.StockMessages.StockReserved;
import waybill.platform.Json;

class ReadOrdersTest {
  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void aCustomerSeesTheirOwnOrderAndNoOther() {
    shop.place(Shop.sample());
    assertThat(shop.get(Shop.SAMPLE.value(), "de-web/c_881", "orders:own").status()).isEqualTo(200);
    assertThat(shop.get(Shop.SAMPLE.value(), "de-web/c_882", "orders:own").status()).isEqualTo(404);
    assertThat(shop.get(Shop.SAMPLE.value(), "c_881", "catalog:write").status()).isEqualTo(404);
  }

  /** The review of 2026-11 found that a token for customer 1001 of one shop read the orders of another shop's 1001. */
  @ParameterizedTest
  @ValueSource(strings = {"uk-web/c_881", "c_881", "de-web2/c_881", "/c_881", "DE WEB/c_881"})
  void theSameIdInAnotherChannelIsSomebodyElse(String subject) {
    shop.place(Shop.sample());
    assertThat(shop.get(Shop.SAMPLE.value(), subject, "orders:own").status()).isEqualTo(404);
    assertThat(shop.cancel(Shop.SAMPLE, "k", "{}", subject, "orders:own").status()).isEqualTo(404);
  }

  @Test
  void aTokenThatNamesNoChannelIsOfTheStacksOwn() {
    shop.bench.with("CUSTOMER_CHANNEL", "de-web");
    shop.place(Shop.sample());
    assertThat(shop.get(Shop.SAMPLE.value(), "c_881", "orders:own").status()).isEqualTo(200);
    assertThat(shop.get(Shop.SAMPLE.value(), "uk-web/c_881", "orders:own").status()).isEqualTo(404);
  }

  @Test
  void storefrontsAndOperatorsSeeAllOrders() {
    shop.place(Shop.sample());
    assertThat(shop.get(Shop.SAMPLE.value(), "x", "orders:place").status()).isEqualTo(200);
    assertThat(shop.get(Shop.SAMPLE.value(), "x", "orders:operate").status()).isEqualTo(200);
  }

  @Test
  void aGuestsOrderIsNobodysOwn() {
    Map<String, Object> body = Shop.simple("guest", "TEA-200", 1);
    body.put("customer", Map.of("email", "guest@example.com"));
    String id = (String) shop.place(body).body().get("id");
    assertThat(shop.get(id, "de-web/null", "orders:own").status()).isEqualTo(404);
    assertThat(shop.get(id, "de-web/guest@example.com", "orders:own").status()).isEqualTo(404);
    assertThat(shop.get(id, "", "orders:own").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ord_00000000000000000000000000", "ord_", "5512033", "ORD_8wbx56kav7d3kerhkfart51jp5",
    "../x"})
  void whatIsNoOrderIsNotFound(String id) {
    assertThat(shop.get(id, "x", "orders:operate").status()).isEqualTo(404);
  }

  @Test
  void anotherCustomersOrderAndNoOrderLookTheSame() {
    shop.place(Shop.sample());
    assertThat(shop.get(Shop.SAMPLE.value(), "de-web/c_882", "orders:own"))
        .isEqualTo(shop.get("ord_00000000000000000000000000", "de-web/c_882", "orders:own"));
  }

  @Test
  void aDeliveredOrderShowsItsWay() {
    shop.place(Shop.sample());
    shop.bench.clock().advance(Duration.ofHours(1));
    var parcel = Samples.parcel(2, 1);
    shop.advance(new StockReserved(Shop.SAMPLE),
        new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5572, 5572)), Samples.allocated(1),
        Samples.packed(2),
        new ShipmentLabelled(Shop.SAMPLE, parcel, Samples.BERLIN, Samples.sample().pool(), List.of(), "DHL", "Paket",
            "T-1", Samples.NOON),
        new ShipmentDelivered(Shop.SAMPLE, parcel, Samples.NOON.plusSeconds(60), null));
    Map<String, Object> body = shop.get(Shop.SAMPLE.value(), "de-web/c_881", "orders:own").body();
    assertThat(body).containsEntry("payment_status", "paid").containsEntry("stock_status", "partially_shipped")
        .containsEntry("fulfillment_status", "partially_fulfilled")
        .containsEntry("delivery_status", "partially_delivered").containsEntry("awaiting", "fulfillment")
        .containsEntry("revision", 7L)
        .containsEntry("created_at", "2026-11-22T09:00:00.000Z")
        .containsEntry("updated_at", "2026-11-22T10:00:00.000Z");
    assertThat(Json.object(((List<?>) body.get("lines")).get(1)).get("quantities")).isEqualTo(
        Map.of("reserved", 1L, "backordered", 0L, "allocated", 1L, "shipped", 1L, "delivered", 1L, "cancelled", 0L,
            "returned", 0L));
    List<?> fulfillments = (List<?>) body.get("fulfillments");
    assertThat(Json.object(fulfillments.get(0))).containsEntry("id", Samples.fulfillment(1).value())
        .containsEntry("status", "open").containsEntry("parcels", List.of());
    assertThat(Json.object(fulfillments.get(1))).containsEntry("status", "packed").containsEntry("location_id",
        "berlin");
    assertThat(Json.object(((List<?>) Json.object(fulfillments.get(1)).get("parcels")).getFirst()))
        .containsEntry("id", parcel.value()).containsEntry("status", "delivered")
        .containsEntry("carrier", "DHL").containsEntry("tracking_number", "T-1")
        .containsEntry("shipped_at", "2026-11-22T12:00:00.000Z")
        .containsEntry("delivered_at", "2026-11-22T12:01:00.000Z").containsEntry("weight_grams", 100L);
  }

  @Test
  void aPaymentShowsHowItWasNamedAndWhenItWasLastHeardOf() {
    shop.place(Shop.sample());
    Payment captured = Shop.payment(PaymentStatus.CAPTURED, 5572, 5572);
    shop.advance(new PaymentCaptured(Shop.SAMPLE, new Payment(captured.id(), "stripe", "shop-eu", captured.reference(),
        captured.status(), new Money(5572, "EUR"), new Money(5572, "EUR"), Samples.NOON)));
    List<?> payments = (List<?>) shop.get(Shop.SAMPLE.value(), "de-web/c_881", "orders:own").body().get("payments");
    assertThat(Json.object(payments.get(0))).containsEntry("method", null).containsEntry("updated_at",
        "2026-11-22T12:00:00.000Z");
    assertThat(Json.object(payments.get(1))).containsEntry("method", "gift_card").containsEntry("updated_at",
        "2026-11-22T09:00:00.000Z");
  }

  @Test
  void aParameterThatNobodyKnowsIsRefused() {
    shop.place(Shop.sample());
    for (RequestStreamHandler handler : List.of(
        new GetOrderHandler(shop.bench.ports(shop.dynamo)),
        new PlaceOrderHandler(shop.bench.ports(shop.dynamo, shop.sqs)))) {
      assertThat(Shop.run(handler, shop.bench.httpEvent("GET", "/", Map.of("id", Shop.SAMPLE.value()),
          Map.of("expand", "all"), Map.of(), "{}", "x", "orders:operate")).errors()).containsExactly("expand unknown");
    }
  }
}
