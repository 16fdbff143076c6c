package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.returns.Browser.form;
import static waybill.returns.Browser.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.OrderId;
import waybill.messages.CreditMessages.CreditGranted;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.platform.Json;
import waybill.returns.Browser.Field;
import waybill.returns.Browser.Page;
import waybill.returns.Counter.Answer;

/** What a customer chooses on their page instead of their money, and where the money goes. Every message is received twice. */
class ExchangedOnThePageTest {
  private final Counter counter = new Counter(it -> it.put("exchange_for", List.of("OOLONG", "MUG-BLUE", "LOST")));
  private final Browser browser = new Browser(counter, "en");

  @AfterEach
  void close() {
    counter.close();
  }

  private void isDelivered() {
    counter.product("OOLONG", it -> it.put("name", "Oolong 200 g"));
    counter.isDelivered();
  }

  private List<?> returns() {
    return (List<?>) counter.returns().get("data");
  }

  private Map<String, Object> only() {
    assertThat(returns()).hasSize(1);
    return Json.object(returns().getFirst());
  }

  private static List<Field> instead(int line, String quantity, String sku) {
    var fields = new ArrayList<>(line(line, quantity, "size_too_small", ""));
    fields.add(Field.of("instead.line_" + line, sku));
    return fields;
  }

  private static List<Field> to(String where) {
    return List.of(Field.of("refund_to", where));
  }

  private String comesBack(String id) {
    counter.count(id, Counter.units(1, 1));
    counter.dispose(id, Counter.fate(1, 1, "restocked", "nobody"));
    counter.rest();
    return id;
  }

  @Test
  void theSameAgainAndTheVariantsThatTheShopListsAreOffered() {
    isDelivered();
    String page = browser.opens().body();
    assertThat(page)
        .contains("<select name=\"instead.line_1\">", "<option value=\"\" selected>Nothing else, only the money",
            "<option value=\"TEA-200\">The same again</option>", "<option value=\"OOLONG\">Oolong 200 g</option>",
            "<option value=\"MUG-BLUE\">", "<select name=\"instead.line_2\">",
            "<option value=\"MUG-BLUE\">The same again")
        .doesNotContain("LOST");
    assertThat(page.split("action=\"claims\"")[1]).doesNotContain("instead.", "refund_to");
  }

  @Test
  void aVariantIsChosenOnceAndSentForNothingOnceTheUnitHasComeBack() {
    isDelivered();
    Field[] form = form(browser.opens().form(), instead(1, "1", "OOLONG"));
    assertThat(browser.sends(form).status()).isEqualTo(303);
    assertThat(browser.sends(form).status()).as("sent twice").isEqualTo(303);

    String id = (String) only().get("id");
    assertThat(browser.opens().body()).contains("1 × Assam 200 g: Too small; we send instead: Oolong 200 g",
        "What we send instead is an order of its own");
    comesBack(id);
    Map<String, Object> exchange = Json.object(only().get("exchange"));
    Map<String, Object> sent = Json.object(((List<?>) exchange.get("orders")).getFirst());
    assertThat(sent).containsEntry("price", 1791L).containsEntry("due", 0L);
    Map<String, Object> order = counter.order(new OrderId((String) sent.get("order_id")));
    assertThat(order).containsEntry("total", 0L).containsEntry("replaces", Counter.ORDER.value());
    assertThat(Json.object(((List<?>) order.get("lines")).getFirst())).containsEntry("sku", "OOLONG");
    assertThat(counter.sent(RefundRequested.class)).isEmpty();
    assertThat(only()).containsEntry("status", "refunded");
  }

  @Test
  void whatIsNotListedIsRefusedByLineWithWhatWasFilledIn() {
    isDelivered();
    for (String sku : List.of("LOST", "NOTHING", "' or 1=1", "x".repeat(65))) {
      Page page = browser.sends(form(browser.opens().form(), instead(1, "1", sku)));
      assertThat(page.status()).as(sku).isEqualTo(422);
      assertThat(page.body()).contains("role=\"alert\"", "Assam 200 g: what you chose cannot be sent instead",
          "name=\"quantity.line_1\" min=\"0\" max=\"2\" value=\"1\"").doesNotContain("1=1", "xxxx");
    }
    assertThat(browser.sends(form(browser.opens().form(), instead(1, "0", "OOLONG"))).body())
        .contains("Assam 200 g: please say how many");
    assertThat(browser.sends(form(browser.opens().form(), line(1, "3", "style", ""), instead(1, "3", "OOLONG"))).body())
        .contains("<option value=\"OOLONG\" selected>");
    assertThat(returns()).isEmpty();
  }

  @Test
  void aCustomerOfTheApiMayExchangeForWhatThePageOffers() {
    isDelivered();
    String who = "de-web/c_881";
    assertThat(counter.askAs(who, wanted("LOST"), "").errors()).containsExactly("/lines/0/exchange/sku unknown");
    counter.product("PUER", _ -> {});
    assertThat(counter.askAs(who, wanted("PUER"), "").errors()).containsExactly("/lines/0/exchange not_allowed");
    assertThat(counter.askAs(who, wanted("OOLONG"), "").status()).isEqualTo(201);
  }

  @Test
  void whatTheOrderHasNotOrIsAKitIsRefusedByItsLine() {
    isDelivered();
    assertThat(counter.askAs("de-web/c_881", wanted("OOLONG").replace("line_1", "line_9"), "").errors())
        .containsExactly("/lines/0/line_id unknown", "/lines/0/exchange not_allowed");
    try (var other = new Counter()) {
      other.isDeliveredAsAKit();
      assertThat(other.ask("{\"line_id\":\"line_1\",\"quantity\":1,\"exchange\":{}}").errors())
          .containsExactly("/lines/0/exchange not_allowed");
    }
  }

  private static String wanted(String sku) {
    return "{\"line_id\":\"line_1\",\"quantity\":1,\"exchange\":{\"sku\":\"%s\"}}".formatted(sku);
  }

  @Test
  void thePolicySaysWhatCustomersMayExchangeFor() {
    isDelivered();
    counter.policy("{\"exchanges\":\"same\"}");
    assertThat(browser.opens().body()).contains("The same again").doesNotContain("Oolong");
    assertThat(browser.sends(form(browser.opens().form(), instead(1, "1", "OOLONG"))).status()).isEqualTo(422);
    counter.policy("{\"exchanges\":\"never\"}");
    assertThat(browser.opens().body()).doesNotContain("instead.line_");
    assertThat(browser.sends(form(browser.opens().form(), instead(1, "1", "TEA-200"))).status()).isEqualTo(422);
    assertThat(counter.askAs("de-web/c_881", wanted("TEA-200"), "").errors())
        .containsExactly("/lines/0/exchange not_allowed");
    assertThat(returns()).isEmpty();
    assertThat(counter.ask(wanted("OOLONG")).status()).as("a person may").isEqualTo(201);
  }

  @Test
  void whatWasSentInAnExchangeAndAKitAreOfferedForMoneyAlone() {
    isDelivered();
    String id = counter.ask(wanted("OOLONG")).id();
    comesBack(id);
    var sent = new OrderId(
        (String) Json.object(((List<?>) Json.object(only().get("exchange")).get("orders")).getFirst())
            .get("order_id"));
    counter.isDelivered(sent, "OOLONG", 1);
    Page page = browser.opens(browser.token(sent));
    assertThat(page.body()).contains("<legend>Oolong 200 g</legend>").doesNotContain("name=\"instead.");
    try (var other = new Counter()) {
      other.isDeliveredAsAKit();
      assertThat(new Browser(other, "en").opens().body()).contains("<legend>Tea set</legend>")
          .doesNotContain("instead.line_1\"");
    }
  }

  @Test
  void whoeverWantsStoreCreditChoosesItAndGetsItOnce() {
    isDelivered();
    Page page = browser.opens();
    assertThat(page.body()).contains("<option value=\"original_payment\" selected>Back to how I paid",
        "<option value=\"store_credit\">To my store credit");
    Field[] form = form(page.form(), line(1, "1", "style", ""), to("store_credit"));
    assertThat(browser.sends(form).status()).isEqualTo(303);
    assertThat(browser.sends(form).status()).isEqualTo(303);
    assertThat(browser.opens().body()).contains("The money goes to your store credit.");
    comesBack((String) only().get("id"));
    assertThat(counter.sent(CreditGranted.class)).singleElement()
        .satisfies(it -> assertThat(((CreditGranted) it).amount().minorUnits()).isEqualTo(1791));
    assertThat(counter.sent(RefundRequested.class)).isEmpty();
    assertThat(browser.sends(form(form[0].value(), line(1, "1", "style", ""), to("original_payment"))).body())
        .as("the same form with something else in it").contains("This form was sent before");
  }

  @Test
  void whereTheChannelRefundsToCreditThePageSaysSoAndNoCustomerOverrulesIt() {
    isDelivered();
    counter.policy("{\"refund_to\":\"store_credit\"}");
    Page page = browser.opens();
    assertThat(page.body()).contains("The money goes to your store credit.").doesNotContain("name=\"refund_to\"");
    Page refused = browser.sends(form(page.form(), line(1, "1", "style", ""), to("original_payment")));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).contains("The money cannot go where you chose.");
    assertThat(browser.sends(form(page.form(), line(1, "1", "style", ""), to("godot"))).status()).isEqualTo(422);
    assertThat(returns()).isEmpty();
  }

  @Test
  void aGuestIsAskedNothingAndRefundedToWhatTheyPaidByWhateverThePolicySays() {
    counter.policy("{\"refund_to\":\"store_credit\"}");
    counter.asGuest();
    isDelivered();
    Page page = browser.opens();
    assertThat(page.body()).doesNotContain("name=\"refund_to\"", "store credit");
    assertThat(browser.sends(form(page.form(), line(1, "1", "style", ""), to("store_credit"))).status()).isEqualTo(422);
    assertThat(browser.sends(form(page.form(), line(1, "1", "style", ""))).status()).isEqualTo(303);
    comesBack((String) only().get("id"));
    assertThat(Json.object(only().get("policy"))).containsEntry("refund_to", "original_payment");
    assertThat(counter.sent(CreditGranted.class)).isEmpty();
    assertThat(counter.refunded()).isEqualTo(1791);
  }

  @Test
  void whatIsClaimedTakesNeither() {
    isDelivered();
    Page page = browser.claims(form(browser.opens().form(), instead(1, "1", "OOLONG")));
    assertThat(page.status()).isEqualTo(422);
    var fields = new ArrayList<>(line(1, "1", "damaged", ""));
    fields.addAll(to("store_credit"));
    assertThat(browser.claims(form(browser.opens().form(), fields)).status()).isEqualTo(422);
    assertThat((List<?>) counter.returns().get("claims")).isEmpty();
  }
}
