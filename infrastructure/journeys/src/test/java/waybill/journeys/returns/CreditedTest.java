package waybill.journeys.returns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Caller;

/** What goes back as store credit pays for the next order, and comes back if that is cancelled. */
class CreditedTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();
  private static final String CUSTOMER = "c-credited-1";

  private final Shop shop = new Shop(CLOUD.get(), "credited");
  private final String location = shop.location("leipzig");

  private JsonNode post(Caller caller, String path, String body, int status) {
    JsonNode answer = caller.post(path, body, path + body.hashCode()).expect(status).json();
    shop.rest();
    return answer;
  }

  private JsonNode credit() {
    return shop.storefront.get("/store-credits?channel=credited&currency=EUR&customer_id=" + CUSTOMER).expect(200)
        .json();
  }

  private String paidByCredit(String reference, String sku) {
    ObjectNode form = shop.form(reference, sku, 1);
    ((ObjectNode) form.path("customer")).put("id", CUSTOMER);
    form.putArray("payments").addObject().put("provider", "store_credit").put("reference", "cart-" + reference)
        .put("amount", 1000);
    String order = shop.place(form);
    shop.rest();
    return order;
  }

  @Test
  void aReturnedUnitIsCreditThatPaysForTheNextOrder() {
    String sku = shop.product("tea", location, 4);
    String order = shop.paidOrder("1", sku, 2);
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    shop.scan("delivered", shop.parcels(order).getFirst());
    String id = post(shop.customer(CUSTOMER), "/returns", """
        {"order_id":"%s","lines":[{"line_id":"line_1","quantity":1}],"refund_to":"store_credit"}""".formatted(order),
        201).path("id").asText();
    String unit = "{\"location_id\":\"%s\",\"lines\":[{\"line_id\":\"line_1\",\"quantity\":1%s}]}";
    post(shop.warehouse, "/returns/" + id + "/receipts", unit.formatted(location, ""), 201);
    post(shop.warehouse, "/returns/" + id + "/dispositions", unit.formatted(location, ",\"outcome\":\"restocked\""),
        201);
    assertThat(shop.refunds("1")).as("the card keeps its money").isEmpty();
    assertThat(credit().path("balance").asInt()).isEqualTo(1000);
    assertThat(shop.order(order).at("/totals/refunded").asInt()).isEqualTo(1000);
    assertThat(shop.order(order).at("/totals/credited").asInt()).isEqualTo(1000);
    assertThat(shop.mails("1"))
        .filteredOn(it -> it.subject().contains("Rücksendung") && it.subject().contains("eingetroffen"))
        .singleElement().satisfies(it -> assertThat(it.text()).contains("Guthaben").doesNotContain("erstatten"));

    String next = paidByCredit("2", sku);
    assertThat(shop.order(next).path("payment_status").asText()).isEqualTo("paid");
    assertThat(credit().path("balance").asInt()).isZero();
    String third = paidByCredit("3", sku);
    assertThat(shop.order(third).path("payment_status").asText()).as("it is spent").isEqualTo("failed");

    post(shop.operator, "/orders/" + next + "/cancellation", "{\"reason\":\"customer\"}", 200);
    assertThat(credit().path("balance").asInt()).as("it goes back by itself").isEqualTo(1000);
    String claim = post(shop.storefront, "/claims", """
        {"order_id":"%s","lines":[{"line_id":"line_1","quantity":1,"reason":"damaged"}]}""".formatted(order), 201)
        .path("id").asText();
    post(shop.operator, "/claims/" + claim + "/resolution",
        "{\"remedy\":\"refund\",\"amount\":300,\"refund_to\":\"store_credit\"}", 200);
    post(shop.operator, "/store-credits/adjustments", """
        {"channel":"credited","customer_id":"%s","currency":"EUR","amount":-100,"reason":"by mistake"}"""
        .formatted(CUSTOMER), 201);
    JsonNode ledger = credit();
    assertThat(ledger.path("balance").asInt()).isEqualTo(1200);
    assertThat(ledger.path("data")).extracting(it -> it.path("type").asText() + " " + it.path("amount").asInt())
        .containsExactly("adjustment -100", "refund 300", "release 1000", "payment -1000", "refund 1000");
    assertThat(shop.refunds("1")).isEmpty();
    assertThat(shop.deadLetters()).isEmpty();
  }
}
