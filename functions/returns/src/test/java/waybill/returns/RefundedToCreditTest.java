package waybill.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.returns.Counter.fate;
import static waybill.returns.Counter.units;
import static waybill.returns.Counter.wrong;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.ClaimMessages.ClaimResolved;
import waybill.messages.CreditId;
import waybill.messages.CreditMessages.CreditGranted;
import waybill.messages.Money;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.ReturnMessages.ReturnSettled;
import waybill.platform.Json;
import waybill.returns.Counter.Answer;

/** What goes back as store credit, and not by the payments. Every message is received twice. */
class RefundedToCreditTest {
  private static final CreditId CREDIT = CreditId.of(new waybill.messages.ChannelId("de-web"), "c_881", "EUR");
  private final Counter counter = new Counter();

  @AfterEach
  void close() {
    counter.close();
  }

  private String comesBack(Answer asked) {
    assertThat(asked.status()).as(asked.body().toString()).isEqualTo(201);
    counter.count(asked.id(), units(1, 1));
    counter.dispose(asked.id(), fate(1, 1, "restocked", "nobody"));
    counter.rest();
    return asked.id();
  }

  private Map<String, Object> totals() {
    return Json.object(counter.order().get("totals"));
  }

  private List<CreditGranted> credited() {
    return counter.sent(CreditGranted.class).stream().map(CreditGranted.class::cast).toList();
  }

  @Test
  void aCustomerWhoWantsCreditGetsItOnceAndNoPaymentIsRefunded() {
    counter.isDelivered();
    String id = comesBack(counter.askAs("orders:place", units(1, 1), ",\"refund_to\":\"store_credit\""));
    assertThat(credited()).singleElement().satisfies(it -> {
      assertThat(it.credit()).isEqualTo(CREDIT);
      assertThat(it.amount()).isEqualTo(new Money(1791, "EUR"));
      assertThat(it.reason()).isEqualTo(id);
    });
    assertThat(counter.sent(RefundRequested.class)).isEmpty();
    assertThat(totals()).containsEntry("refunded", 1791L).containsEntry("credited", 1791L).containsEntry("due", 0L)
        .containsEntry("captured", 6072L);
    assertThat(counter.now(id).body()).containsEntry("status", "refunded");
    Map<String, Object> disposition = Json
        .object(((List<?>) counter.now(id).body().get("dispositions")).getFirst());
    assertThat(disposition).containsEntry("refund_to", "store_credit").containsEntry("amount", 1791L);
    assertThat(counter.sent(ReturnSettled.class)).singleElement()
        .satisfies(it -> assertThat(((ReturnSettled) it).credited()).isTrue());
  }

  @Test
  void totalsAddWhatIsCreditedAndWhatIsRefundedAndNeverMoreThanWasPaid() {
    counter.isDelivered();
    comesBack(counter.ask(units(1, 1), ",\"refund_to\":\"store_credit\""));
    comesBack(counter.ask(units(1, 1)));
    assertThat(totals()).containsEntry("refunded", 3582L).containsEntry("credited", 1791L);
    Answer rest = counter.ask(units(2, 1) + "," + units(3, 1));
    counter.count(rest.id(), units(2, 1) + "," + units(3, 1));
    counter.dispose(rest.id(), fate(2, 1, "restocked", "nobody") + "," + fate(3, 1, "restocked", "nobody"));
    counter.rest();
    assertThat(counter.granted().stream().mapToLong(it -> it.amount().minorUnits()).sum())
        .as("with the shipping: all that was paid, and not more").isEqualTo(6072);
  }

  @Test
  void aChannelMayRefundToCreditAndOnlyAnOperatorOverrulesThat() {
    counter.policy("{\"refund_to\":\"store_credit\"}");
    counter.isDelivered();
    assertThat(counter.askAs("orders:place", units(1, 1), ",\"refund_to\":\"original_payment\"").errors())
        .containsExactly("/refund_to not_allowed");
    comesBack(counter.askAs("orders:place", units(1, 1), ""));
    assertThat(credited()).hasSize(1);
    comesBack(counter.ask(units(1, 1), ",\"refund_to\":\"original_payment\""));
    assertThat(credited()).hasSize(1);
    assertThat(totals()).containsEntry("refunded", 3582L).containsEntry("credited", 1791L);
  }

  @Test
  void aRepetitionFindsItsReturnThoughThePolicyRefundsToCreditByNow() {
    counter.isDelivered();
    Answer asked = counter.askAs("orders:place", units(1, 1), "");
    Answer explicit = counter.askAs("orders:place", units(1, 1), ",\"refund_to\":\"original_payment\"");
    counter.policy("{\"refund_to\":\"store_credit\"}");
    counter.again(2);
    assertThat(counter.askAs("orders:place", units(1, 1), "").id()).isEqualTo(asked.id());
    assertThat(counter.askAs("orders:place", units(1, 1), ",\"refund_to\":\"original_payment\"").id())
        .isEqualTo(explicit.id());
    counter.again(1);
    assertThat(counter.askAs("orders:place", units(1, 1), ",\"refund_to\":\"store_credit\"").body())
        .containsEntry("code", "idempotency_key_reused");
  }

  @Test
  void whatWasNeverDeliveredIsRefundedToWhatWasPaidByWhateverThePolicySays() {
    counter.policy("{\"refund_to\":\"store_credit\"}");
    counter.isReturnedToSender();
    String id = (String) Json.object(((List<?>) counter.returns().get("data")).getFirst()).get("id");
    counter.count(id, units(1, 2));
    counter.dispose(id, fate(1, 2, "restocked", "carrier"));
    counter.rest();
    assertThat(credited()).isEmpty();
    assertThat(counter.refunded()).isEqualTo(3582);
  }

  @Test
  void aGuestHasNoCreditAndIsRefundedToWhatTheyPaidBy() {
    counter.policy("{\"refund_to\":\"store_credit\"}");
    counter.asGuest();
    counter.isDelivered();
    assertThat(counter.ask(units(1, 1), ",\"refund_to\":\"store_credit\"").errors())
        .containsExactly("/refund_to guest");
    comesBack(counter.ask(units(1, 1)));
    assertThat(credited()).isEmpty();
    assertThat(counter.refunded()).isEqualTo(1791);
    String claim = counter.claim(wrong(1, 1, "damaged")).id();
    assertThat(counter.resolve(claim, "{\"remedy\":\"refund\",\"refund_to\":\"store_credit\"}").errors())
        .containsExactly("/refund_to guest");
  }

  @Test
  void whatIsLessThanTheWorthInAnExchangeGoesToCreditToo() {
    counter.product("OOLONG", _ -> {});
    counter.isDelivered();
    comesBack(
        counter.ask("{\"line_id\":\"line_1\",\"quantity\":1,\"exchange\":{\"sku\":\"OOLONG\",\"unit_price\":1200}}",
            ",\"refund_to\":\"store_credit\""));
    assertThat(credited()).singleElement().satisfies(it -> assertThat(it.amount().minorUnits()).isEqualTo(591));
    assertThat(counter.sent(RefundRequested.class)).isEmpty();
  }

  @Test
  void aClaimIsMadeGoodByCreditOnceThoughItIsAskedForTwice() {
    counter.isDelivered();
    String id = counter.claim(wrong(1, 1, "damaged")).id();
    String body = "{\"remedy\":\"refund\",\"amount\":500,\"refund_to\":\"store_credit\"}";
    assertThat(counter.resolve(id, body).status()).isEqualTo(200);
    assertThat(counter.resolve(id, body).status()).isEqualTo(200);
    counter.rest();
    assertThat(credited()).singleElement().satisfies(it -> assertThat(it.amount().minorUnits()).isEqualTo(500));
    assertThat(totals()).containsEntry("refunded", 500L).containsEntry("credited", 500L);
    assertThat(counter.sent(ClaimResolved.class)).singleElement()
        .satisfies(it -> assertThat(((ClaimResolved) it).credited()).isTrue());
    assertThat(counter.resolve(counter.claim(wrong(2, 1, "damaged")).id(),
        "{\"remedy\":\"replacement\",\"refund_to\":\"store_credit\"}").errors())
        .containsExactly("/refund_to not_allowed");
  }
}
