package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Money that comes late or elsewhere, and money that goes back in parts. */
class MoneyTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String sku;

  private void open(String name) {
    shop = new Shop(CLOUD.get(), name);
    sku = shop.product("tea", shop.location("leipzig"), 9);
  }

  private String place(String reference, int quantity) {
    ObjectNode form = shop.form(reference, sku, quantity);
    form.putArray("payments");
    String order = shop.place(form);
    shop.rest();
    return order;
  }

  private String path(String order) {
    return "/orders/" + order;
  }

  @Test
  void aBankTransferIsWaitedForComesAndGoesBackInParts() {
    open("transfer");
    String order = place("1", 2);
    shop.operator.post(path(order) + "/payments", """
        {"provider": "external", "method": "bank_transfer", "reference": "BT-1", "amount": 2000}""", "named")
        .expect(200);
    shop.pass(Duration.ofMinutes(31));
    assertThat(shop.order(order).path("status").asText()).as("a transfer takes days").isEqualTo("open");

    String payment = shop.order(order).at("/payments/0/id").asText();
    shop.operator.post(path(order) + "/payments/" + payment + "/captures", "{}", "came").expect(200);
    shop.rest();
    assertThat(shop.order(order).path("payment_status").asText()).isEqualTo("paid");
    assertThat(shop.order(order).path("fulfillment_status").asText()).isEqualTo("in_progress");

    shop.operator.post(path(order) + "/refunds", """
        {"lines": [{"line_id": "line_1", "quantity": 1}], "done_elsewhere": true}""", "back").expect(200);
    JsonNode refunded = shop.order(order);
    assertThat(refunded.at("/totals/refunded").asLong()).isEqualTo(1000);
    assertThat(refunded.at("/totals/due").asLong()).isZero();
    assertThat(refunded.at("/adjustments/0/status").asText()).isEqualTo("completed");
  }

  @Test
  void aCardIsRefundedInPartsToTheCentAndTooMuchIsRefused() {
    open("parts");
    String order = shop.paidOrder("1", sku, 3);
    shop.operator.post(path(order) + "/refunds", "{\"lines\": [{\"line_id\": \"line_1\", \"quantity\": 1}]}", "one")
        .expect(200);
    shop.operator.post(path(order) + "/refunds", "{\"kind\": \"goodwill\", \"amount\": 500}", "sorry").expect(200);
    shop.rest();
    assertThat(shop.refunds("1")).containsExactlyInAnyOrder("succeeded 1000", "succeeded 500");
    assertThat(shop.order(order).at("/totals/refunded").asLong()).isEqualTo(1500);
    JsonNode refused = shop.operator.post(path(order) + "/refunds", "{\"amount\": 1501}", "greedy").expect(422).json();
    assertThat(refused.path("maximum").asLong()).isEqualTo(1500);
  }

  @Test
  void aPaymentThatNobodyWaitsForIsVoided() {
    open("void");
    String order = place("1", 1);
    shop.operator.post(path(order) + "/payments", """
        {"provider": "external", "method": "invoice", "reference": "R-1", "amount": 1000}""", "named").expect(200);
    String payment = shop.order(order).at("/payments/0/id").asText();
    shop.operator.post(path(order) + "/payments/" + payment + "/voids", "{}", "void").expect(200);
    assertThat(shop.order(order).at("/payments/0/status").asText()).isEqualTo("cancelled");
  }
}
