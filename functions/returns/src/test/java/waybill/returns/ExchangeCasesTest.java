package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.returns.Counter.fate;
import static waybill.returns.Counter.units;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.IncidentMessages.RefundAnswered;
import waybill.messages.IncidentMessages.RefundAsked;
import waybill.messages.OrderId;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.ReturnMessages.ReturnSettled;
import waybill.orders.GrantRefundHandler;
import waybill.platform.Json;
import waybill.returns.Counter.Answer;

/** The acceptance cases B4 and B5 of exchanges, with their cents: a tin of tea is worth 17.91. Every message is received twice. */
class ExchangeCasesTest {
  private final Counter counter = new Counter();

  @AfterEach
  void close() {
    counter.close();
  }

  private static String wanted(String exchange) {
    return "{\"line_id\":\"line_1\",\"quantity\":1,\"exchange\":{%s}}".formatted(exchange);
  }

  private static String oolong(int price) {
    return wanted("\"sku\":\"OOLONG\",\"unit_price\":" + price);
  }

  /** One tin is to be exchanged. */
  private String asked(String line, String more) {
    counter.product("OOLONG", _ -> {});
    counter.isDelivered();
    Answer asked = counter.ask(line, more);
    assertThat(asked.status()).as(asked.body().toString()).isEqualTo(201);
    return asked.id();
  }

  private void comesBack(String id) {
    comesBack(id, "restocked", "nobody");
  }

  private void comesBack(String id, String outcome, String fault) {
    assertThat(counter.count(id, units(1, 1)).status()).isEqualTo(201);
    assertThat(counter.dispose(id, fate(1, 1, outcome, fault)).status()).isEqualTo(201);
    counter.rest();
  }

  private Map<String, Object> exchange(String id) {
    return Json.object(counter.now(id).body().get("exchange"));
  }

  private List<Map<String, Object>> orders(String id) {
    return ((List<?>) exchange(id).get("orders")).stream().map(Json::object).toList();
  }

  private OrderId sent(String id) {
    assertThat(orders(id)).hasSize(1);
    return new OrderId((String) orders(id).getFirst().get("order_id"));
  }

  /** A unit of what was sent instead comes back. */
  private String returned(OrderId sent) {
    counter.isDelivered(sent, "OOLONG", 1);
    String id = counter.ask(sent, units(1, 1), "").id();
    comesBack(id);
    return id;
  }

  @Test
  void b4WhatCostsMoreIsSentOnceTheDifferenceIsPaidAndIsRefundedWholeLater() {
    String id = asked(oolong(2490), "");
    comesBack(id);
    assertThat(counter.refunded()).isZero();
    assertThat(counter.stock("TEA-200")).containsExactly(1L, 0L, 0L);
    assertThat(orders(id)).singleElement()
        .satisfies(it -> assertThat(it).containsEntry("price", 2490L).containsEntry("due", 699L));
    OrderId sent = sent(id);
    Map<String, Object> order = counter.order(sent);
    assertThat(order).containsEntry("total", 699L).containsEntry("payment_status", "pending").containsEntry("replaces",
        Counter.ORDER.value());
    Map<String, Object> line = Json.object(((List<?>) order.get("lines")).getFirst());
    assertThat(line).containsEntry("sku", "OOLONG").containsEntry("unit_price", 2490L).containsEntry("total", 699L);
    assertThat(counter.sent(ReturnSettled.class)).singleElement()
        .satisfies(it -> assertThat(((ReturnSettled) it).due().minorUnits()).isEqualTo(699));

    counter.pay(sent, 699);
    assertThat(counter.order(sent)).containsEntry("payment_status", "paid");
    String back = returned(sent);
    assertThat(counter.refunded(sent)).isEqualTo(699);
    assertThat(counter.refunded()).isEqualTo(1791);
    assertThat(counter.now(back).body()).containsEntry("status", "refunded");
    assertThat(counter.now(id).body()).containsEntry("status", "refunded");
    assertThat(counter.stock("OOLONG")).containsExactly(1L, 0L, 0L);
  }

  @Test
  void whatWasSentInAnExchangeIsNotRefundedForItsDifferenceAlone() {
    String id = asked(oolong(2490), "");
    comesBack(id);
    OrderId sent = sent(id);
    counter.pay(sent, 699);
    counter.isDelivered(sent, "OOLONG", 1);
    String claim = counter.claim(sent, Counter.wrong(1, 1, "damaged"), "").id();
    Answer refused = counter.resolve(claim, "{\"remedy\":\"refund\"}");
    assertThat(refused.body()).containsEntry("code", "paid_by_exchange").containsEntry("order_id",
        Counter.ORDER.value());
    counter.receive(new GrantRefundHandler(counter.bench.ports()), new RefundAsked(sent, "inc_1", 1,
        List.of(Counter.line(1, "OOLONG", 1)), null, "lost", false, "op"));
    assertThat(counter.sent(RefundAnswered.class)).singleElement().satisfies(
        it -> assertThat(((RefundAnswered) it).refused()).contains(Counter.ORDER.value()));
    counter.rest();
    assertThat(counter.refunded(sent)).isZero();
    assertThat(counter.resolve(claim, "{\"remedy\":\"replacement\"}").status()).isEqualTo(200);
  }

  @Test
  void b4TheDifferenceIsWaivedByAPersonsWordAndIsThenNotRefunded() {
    String id = asked(oolong(2490), "");
    assertThat(counter.exchange(id, "waive").status()).isEqualTo(200);
    comesBack(id);
    OrderId sent = sent(id);
    assertThat(counter.order(sent)).containsEntry("total", 0L).containsEntry("payment_status", "paid");
    assertThat(Json.object(exchange(id).get("waived"))).containsEntry("by", "op").containsEntry("reason", "said so");
    returned(sent);
    assertThat(counter.refunded()).isEqualTo(1791);
    assertThat(counter.exchange(id, "waive").status()).as("repeated").isEqualTo(200);
  }

  @Test
  void b5WhatCostsLessIsSentForNothingAndTheRestGoesBack() {
    String id = asked(oolong(1200), "");
    comesBack(id);
    assertThat(counter.refunded()).isEqualTo(591);
    OrderId sent = sent(id);
    assertThat(counter.order(sent)).containsEntry("total", 0L);
    returned(sent);
    assertThat(counter.refunded()).isEqualTo(1791);
  }

  @Test
  void b5TheSamePriceMovesNoMoneyAndCallsNoProvider() {
    String id = asked(wanted(""), "");
    comesBack(id);
    assertThat(counter.sent(RefundRequested.class)).isEmpty();
    assertThat(counter.order(sent(id))).containsEntry("total", 0L);
    assertThat(orders(id)).singleElement()
        .satisfies(it -> assertThat(it).containsEntry("price", 1791L).containsEntry("due", 0L));
    assertThat(counter.now(id).body()).containsEntry("status", "refunded");
    assertThat(counter.exchange(id, "waive").body()).containsEntry("code", "exchange_sent");
  }

  @Test
  void b5AnOrderThatIsExchangedWholeKeepsItsShippingWhichCarriesWhatIsSentInstead() {
    counter.isDelivered();
    String id = counter.ask("""
        {"line_id":"line_1","quantity":2,"exchange":{}}, {"line_id":"line_2","quantity":1,"exchange":{}},
        {"line_id":"line_3","quantity":1,"exchange":{}}""").id();
    counter.count(id, units(1, 2) + "," + units(2, 1) + "," + units(3, 1));
    counter.dispose(id, fate(1, 2, "restocked", "nobody") + "," + fate(2, 1, "restocked", "nobody") + ","
        + fate(3, 1, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.sent(RefundRequested.class)).isEmpty();
    assertThat(counter.refunded()).isZero();
    assertThat(orders(id)).isNotEmpty();
  }

  @Test
  void shippingIsKeptIfOfAllThatCameBackOneUnitWasExchanged() {
    counter.isDelivered();
    String id = counter.ask(wanted("") + "," + units(2, 1) + "," + units(3, 1)).id();
    comesBack(id);
    String other = counter.ask(units(1, 1)).id();
    counter.count(id, units(2, 1) + "," + units(3, 1));
    counter.dispose(id, fate(2, 1, "restocked", "nobody") + "," + fate(3, 1, "restocked", "nobody"));
    comesBack(other);
    assertThat(counter.refunded()).as("17.91 + 15.00, without the shipping of 9.90").isEqualTo(3291);
  }

  @Test
  void whatTheCustomerHasDamagedPaysForNothingAndNothingIsSent() {
    String id = asked(oolong(1200), "");
    comesBack(id, "not_restocked", "customer");
    assertThat(orders(id)).isEmpty();
    assertThat(counter.refunded()).isZero();
  }

  @Test
  void whatIsCancelledBeforeItIsPaidGivesTheMoneyBackOnce() {
    String id = asked(oolong(2490), "");
    comesBack(id);
    assertThat(counter.exchange(id, "refund").body()).containsEntry("code", "exchange_not_cancelled");
    assertThat(counter.cancel(sent(id)).status()).isLessThan(300);
    assertThat(counter.exchange(id, "refund").status()).isEqualTo(200);
    assertThat(counter.exchange(id, "refund").status()).isEqualTo(200);
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(1791);
    assertThat(counter.now(id).body()).containsEntry("status", "refunded");
  }

  @Test
  void whatIsSentInAdvanceIsOrderedAtOnceAndItsUnitsAreNotPaidForAgainWhenTheyCome() {
    String id = asked(wanted(""), ",\"in_advance\":true");
    counter.rest();
    assertThat(counter.order(sent(id))).containsEntry("total", 0L);
    assertThat(counter.now(id).body()).containsEntry("status", "approved");
    assertThat(exchange(id)).containsEntry("owed", 1791L);
    assertThat(counter.decide(id, "cancel").body()).containsEntry("code", "exchange_sent");
    assertThat(counter.exchange(id, "charge").body()).containsEntry("code", "nothing_owed");
    comesBack(id);
    assertThat(exchange(id)).containsEntry("owed", 0L);
    assertThat(orders(id)).hasSize(1);
    assertThat(counter.refunded()).isZero();
    assertThat(counter.stock("TEA-200")).containsExactly(1L, 0L, 0L);
    assertThat(counter.now(id).body()).containsEntry("status", "refunded");
    returned(sent(id));
    assertThat(counter.refunded()).isEqualTo(1791);
  }

  private String two(String more) {
    counter.product("OOLONG", _ -> {});
    counter.isDelivered();
    return counter.ask("{\"line_id\":\"line_1\",\"quantity\":2,\"exchange\":{\"sku\":\"OOLONG\",\"unit_price\":1200}}",
        more).id();
  }

  /** A unit of what is sent instead is not there, so its order goes on without it. */
  private void loses(OrderId sent, int units) {
    assertThat(counter.cancel(sent, units).status()).isLessThan(300);
    counter.rest();
  }

  @Test
  void whatIsKeptForAUnitThatIsTakenOutOfTheOrderGoesBackAloneAndOnce() {
    String id = two("");
    counter.count(id, units(1, 2));
    counter.dispose(id, fate(1, 2, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.refunded()).as("35.82 without 24.00").isEqualTo(1182);
    OrderId sent = sent(id);
    assertThat(counter.exchange(id, "refund").body()).containsEntry("code", "exchange_not_cancelled");
    loses(sent, 1);
    assertThat(counter.exchange(id, "refund").status()).isEqualTo(200);
    assertThat(counter.exchange(id, "refund").status()).as("repeated").isEqualTo(200);
    counter.rest();
    assertThat(counter.refunded()).as("and the 12.00 of one").isEqualTo(2382);
    loses(sent, 1);
    assertThat(counter.exchange(id, "refund").status()).isEqualTo(200);
    assertThat(counter.exchange(id, "refund").status()).isEqualTo(200);
    counter.rest();
    assertThat(counter.refunded()).as("and of the other").isEqualTo(3582);
    assertThat(counter.now(id).body()).containsEntry("status", "refunded");
  }

  @Test
  void forAUnitThatIsTakenOutOfTheOrderThatWasSentInAdvanceNothingIsOwed() {
    String id = two(",\"in_advance\":true");
    counter.rest();
    loses(sent(id), 1);
    counter.later(Duration.ofDays(31));
    counter.sweep();
    assertThat(counter.exchange(id, "charge").status()).isEqualTo(200);
    assertThat(Json.object(exchange(id).get("ended"))).as("one of 12.00, not two").containsEntry("amount", 1200L);
  }

  @Test
  void aUnitThatNeverCameAndOneThatIsNotSentForItAreEven() {
    String id = two(",\"in_advance\":true");
    counter.rest();
    loses(sent(id), 1);
    comesBack(id);
    counter.later(Duration.ofDays(31));
    counter.sweep();
    long refunded = counter.refunded();
    assertThat(counter.exchange(id, "charge").body()).containsEntry("code", "nothing_owed");
    assertThat(counter.exchange(id, "refund").body()).containsEntry("code", "units_expected");
    loses(sent(id), 1);
    assertThat(counter.exchange(id, "refund").status()).isEqualTo(200);
    assertThat(counter.exchange(id, "refund").status()).as("repeated").isEqualTo(200);
    counter.rest();
    assertThat(counter.refunded() - refunded).as("of the one that came, though the other never did").isEqualTo(1200);
  }

  @Test
  void whatItsCarrierLostPaysForWhatWasToBeSentInAdvanceAndIsRefundedIfThatIsCancelled() {
    String id = asked(wanted(""), ",\"in_advance\":true");
    counter.rest();
    OrderId sent = sent(id);
    assertThat(counter.cancel(sent).status()).isLessThan(300);
    assertThat(counter.exchange(id, "refund").body()).containsEntry("code", "units_expected");
    counter.dispose(id, "{\"line_id\":\"line_1\",\"quantity\":1,\"outcome\":\"missing\",\"fault\":\"carrier\"}");
    counter.rest();
    assertThat(counter.refunded()).isZero();
    assertThat(counter.exchange(id, "refund").status()).isEqualTo(200);
    counter.rest();
    assertThat(counter.refunded()).isEqualTo(1791);
  }

  @Test
  void whatCameWorthNothingIsNotRefundedIfWhatWasToBeSentInAdvanceIsCancelled() {
    String id = asked(wanted(""), ",\"in_advance\":true");
    counter.rest();
    comesBack(id, "not_restocked", "customer");
    assertThat(counter.cancel(sent(id)).status()).isLessThan(300);
    assertThat(counter.exchange(id, "refund").body()).containsEntry("code", "units_expected");
    assertThat(counter.exchange(id, "charge").body()).containsEntry("code", "nothing_owed");
    counter.rest();
    assertThat(counter.refunded()).isZero();
  }

  @Test
  void whatWasExchangedInAdvanceComesByItsOwnReturnAloneHoweverLate() {
    String id = asked(wanted(""), ",\"in_advance\":true");
    counter.rest();
    counter.later(Duration.ofDays(31));
    counter.sweep();
    assertThat(counter.now(id).body()).containsEntry("status", "expired");
    assertThat(counter.ask(units(1, 2), ",\"override_reason\":\"late\"").errors())
        .as("in another return it would be worth nothing").containsExactly("/lines/0/quantity too_much");
    counter.exchange(id, "charge");
    counter.later(Duration.ofDays(60));
    assertThat(counter.count(id, units(1, 1)).body()).containsEntry("code", "return_expired");
    assertThat(counter.count(id, units(1, 1), ",\"accept_late\":true", "late").status()).isEqualTo(201);
    counter.dispose(id, fate(1, 1, "restocked", "nobody"));
    counter.rest();
    assertThat(exchange(id)).as("what was charged is owed no more").containsEntry("owed", 0L);
    assertThat(counter.refunded()).isZero();
    assertThat(counter.stock("TEA-200")).containsExactly(1L, 0L, 0L);
  }

  @Test
  void whatNeverCameThoughAnotherWasSentIsChargedOrWrittenOffByAPerson() {
    String id = asked(wanted(""), ",\"in_advance\":true");
    counter.rest();
    counter.later(Duration.ofDays(31));
    counter.sweep();
    assertThat(counter.now(id).body()).containsEntry("status", "expired");
    assertThat(counter.exchange(id, "charge").status()).isEqualTo(200);
    assertThat(Json.object(exchange(id).get("ended"))).containsEntry("charged", true).containsEntry("amount", 1791L);
    assertThat(counter.exchange(id, "write_off").body()).containsEntry("code", "exchange_decided");
    assertThat(counter.refunded()).isZero();
  }

  @Test
  void whatCameSpoiledThoughAnotherWasSentInAdvanceIsOwedAsThePolicySays() {
    String id = asked(wanted(""), ",\"in_advance\":true");
    counter.rest();
    comesBack(id, "not_restocked", "customer");
    assertThat(exchange(id)).containsEntry("owed", 1791L);
    assertThat(counter.exchange(id, "charge").status()).isEqualTo(200);
    assertThat(Json.object(exchange(id).get("ended"))).containsEntry("charged", true).containsEntry("amount", 1791L);
    assertThat(counter.refunded()).isZero();
  }

  @Test
  void aPersonsShareOfWhatCameForWhatWasSentInAdvanceCountsAndMovesNoMoneyByItself() {
    String id = asked(wanted(""), ",\"in_advance\":true");
    counter.rest();
    counter.count(id, units(1, 1));
    assertThat(exchange(id)).as("nobody has decided yet").containsEntry("owed", 0L);
    counter.dispose(id, "{\"line_id\":\"line_1\",\"quantity\":1,\"outcome\":\"restocked\","
        + "\"override\":{\"refund_percent\":50,\"reason\":\"worn\"}}");
    counter.rest();
    Map<String, Object> decided = Json.object(((List<?>) counter.now(id).body().get("dispositions")).getLast());
    assertThat(Json.object(((List<?>) decided.get("lines")).getFirst())).containsEntry("refund_percent", 50L)
        .containsEntry("override_reason", "worn");
    assertThat(decided).containsEntry("amount", 0L);
    assertThat(exchange(id)).as("17.91 without the half of it, rounded up").containsEntry("owed", 895L);
    assertThat(counter.refunded()).isZero();
    assertThat(orders(id)).hasSize(1);
  }

  @Test
  void aCustomerExchangesForAnotherOfTheSameAndNamesNoPrice() {
    counter.isDelivered();
    counter.product("OOLONG", _ -> {});
    String who = "de-web/" + customer();
    assertThat(counter.askAs(who, oolong(0), "").errors()).containsExactly("/lines/0/exchange not_allowed");
    assertThat(counter.askAs(who, wanted(""), ",\"in_advance\":true").errors())
        .containsExactly("/in_advance not_allowed");
    assertThat(counter.askAs(who, wanted(""), "").status()).isEqualTo(201);
  }

  private String customer() {
    return (String) Json.object(counter.order().get("customer")).get("id");
  }

  @Test
  void whatCannotBeSentIsRefusedAndNothingIsChanged() {
    counter.isDelivered();
    assertThat(counter.ask(wanted("\"sku\":\"NOTHING\"")).errors())
        .containsExactly("/lines/0/exchange/sku unknown");
    assertThat(counter.ask(wanted("\"unit_price\":-1")).errors())
        .containsExactly("/lines/0/exchange/unit_price out_of_range");
    assertThat((List<?>) counter.returns().get("data")).isEmpty();
    String id = counter.ask(units(1, 1)).id();
    assertThat(counter.exchange(id, "waive").body()).containsEntry("code", "no_exchange");
  }
}
