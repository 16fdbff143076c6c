package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.Shop.Answer;
import waybill.platform.Json;

/** An address that nobody delivers to is refused, one that is doubtful holds its order, and all others change nothing. */
class DoubtfulAddressTest {
  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  private static String to(String postalCode, String country) {
    return Json.write(Shop.sample()).replace("\"10827\"", postalCode).replaceFirst("\"country\":\"DE\"",
        "\"country\":\"" + country + "\"");
  }

  private List<Map<String, Object>> holds() {
    return ((List<?>) shop.get(Shop.SAMPLE.value(), "op", "orders:operate").body().get("holds")).stream()
        .map(Json::object).toList();
  }

  private boolean isReleased() {
    shop.advance(new StockReserved(Shop.SAMPLE),
        new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5572, 5572)));
    shop.bench.forgetSent();
    shop.advance(new OrderDue(Shop.SAMPLE, shop.bench.clock().instant()));
    return !shop.bench.sentTo(PlanFulfillment.class).isEmpty();
  }

  private Answer change(String address) {
    return Shop.run(new ChangeOrderHandler(shop.bench.ports(shop.dynamo, shop.sqs)),
        shop.bench.httpEvent("POST", "/orders/" + Shop.SAMPLE + "/changes", Map.of("id", Shop.SAMPLE.value()), Map.of(),
            Map.of("idempotency-key", address),
            "{\"shipping_address\": " + address + ", \"note\": \"Told by telephone\"}", "op", "orders:operate"));
  }

  @Test
  void anOrderWithoutThePostalCodeThatItsCountryRequiresIsRefused() {
    Answer answer = shop.place(to("null", "DE"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(Json.write(answer.body())).contains("/shipping_address/postal_code", "required");
  }

  @Test
  void aRightAddressHoldsNothing() {
    assertThat(shop.place(to("\"10827\"", "DE")).status()).isEqualTo(201);

    assertThat(holds()).isEmpty();
    assertThat(isReleased()).isTrue();
  }

  @Test
  void aDoubtfulAddressHoldsItsOrderAndItsNoteQuotesNothingOfIt() {
    assertThat(shop.place(to("\"1082\"", "DE")).status()).isEqualTo(201);

    assertThat(holds()).singleElement().satisfies(it -> {
      assertThat(it).containsEntry("reason", "address_incorrect").containsEntry("handle", "address-check");
      assertThat(it.get("note").toString()).contains("postal_code is no postal code of this country")
          .doesNotContain("1082");
    });
    assertThat(isReleased()).isFalse();
  }

  @Test
  void whoeverReleasesTheHoldHasTheLastWord() {
    shop.place(to("\"1082\"", "DE"));
    String hold = holds().getFirst().get("id").toString();

    assertThat(shop.release(Shop.SAMPLE, hold, "release", "{\"note\": \"It is right\"}").status()).isEqualTo(200);
    assertThat(holds()).isEmpty();
    assertThat(isReleased()).isTrue();
  }

  @Test
  void aCorrectedAddressEndsTheHoldOnlyIfNothingIsDoubtfulAnyMore() {
    shop.place(to("\"1082\"", "DE"));

    assertThat(change("{\"line1\": \"Hauptstr. 5\", \"city\": \"Berlin\", \"country\": \"DE\"}").status())
        .isEqualTo(422);
    assertThat(
        change("{\"line1\": \"Hauptstr. 5\", \"city\": \"Berlin\", \"postal_code\": \"108\", \"country\": \"DE\"}")
            .status())
        .isEqualTo(200);
    assertThat(holds()).hasSize(1);
    assertThat(
        change("{\"line1\": \"Hauptstr. 5\", \"city\": \"Berlin\", \"postal_code\": \"10827\", \"country\": \"DE\"}")
            .status())
        .isEqualTo(200);
    assertThat(holds()).isEmpty();
    assertThat(isReleased()).isTrue();
  }

  /** The same request again finds the order, whatever the rules say of it. */
  @Test
  void aDoubtfulOrderThatIsPlacedAgainHasOneHold() {
    shop.place(to("\"1082\"", "DE"));

    assertThat(shop.place(to("\"1082\"", "DE")).status()).isEqualTo(200);
    assertThat(holds()).hasSize(1);
  }
}
