package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.MoveCredit;
import waybill.messages.Choreography.RecordPayment;
import waybill.messages.Choreography.RefundPayment;
import waybill.messages.CreditId;
import waybill.messages.CreditMessages.CreditReleased;
import waybill.messages.CreditMessages.CreditWanted;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.Payment;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.PaymentFailed;
import waybill.messages.PaymentMessages.PaymentRefunded;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.messages.StockMessages.StockReserved;
import waybill.platform.Json;

/** An order of two teas for 20.00 that is paid out of its customer's store credit. */
class PaidByCreditTest {
  private static final CreditId CREDIT = CreditId.of(new ChannelId("de-web"), "c_881", "EUR");
  private static final OrderId ORDER = OrderId.of(new ChannelId("de-web"), "credit");
  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  private static Map<String, Object> form() {
    Map<String, Object> form = Shop.simple("credit", "TEA-200", 2);
    form.put("payments", List.of(Map.of("provider", "store_credit", "reference", "cart-1", "amount", 2000)));
    return form;
  }

  private CreditWanted wanted() {
    return (CreditWanted) shop.bench.sentTo(MoveCredit.class).getLast();
  }

  private static Payment of(Payment named, PaymentStatus status, long amount) {
    var money = new Money(amount, "EUR");
    return new Payment(named.id(), named.provider(), named.account(), named.reference(), status, money, money,
        Instant.parse("2026-11-22T10:00:00Z"));
  }

  private Map<String, Object> totals() {
    return Json.object(shop.get(ORDER.value(), "op", "orders:operate").body().get("totals"));
  }

  @Test
  void itsCreditIsAskedForOnceItIsPlacedAndItIsPaidByTheAnswer() {
    assertThat(shop.place(form()).status()).isEqualTo(201);
    assertThat(wanted().payment().account()).isEqualTo(CREDIT.value());
    assertThat(wanted().amount()).isEqualTo(new Money(2000, "EUR"));
    assertThat(shop.bench.sentTo(RecordPayment.class)).as("no provider watches it").isEmpty();
    shop.advance(new StockReserved(ORDER));
    assertThat(shop.state(ORDER).isReleased()).isFalse();
    shop.advance(new PaymentCaptured(ORDER, of(wanted().payment(), PaymentStatus.CAPTURED, 2000)));
    assertThat(shop.state(ORDER).isReleased()).isTrue();
    assertThat(shop.place(form()).status()).as("again").isEqualTo(200);
    assertThat(totals()).containsEntry("captured", 2000L).containsEntry("due", 0L);
  }

  @Test
  void aGuestHasNoStoreCreditAndAPaymentOfItNamesNoAccount() {
    Map<String, Object> guest = form();
    guest.put("customer", Map.of("email", "ada@example.com"));
    assertThat(shop.place(guest).errors()).containsExactly("/payments/0/provider guest");
    Map<String, Object> account = form();
    account.put("payments",
        List.of(Map.of("provider", "store_credit", "account", "x", "reference", "cart-1", "amount", 2000)));
    assertThat(shop.place(account).status()).isEqualTo(422);
    assertThat(shop.bench.sent()).isEmpty();
  }

  @Test
  void aPaymentOfNothingIsRefusedAsEachAskingWouldBeAnEntry() {
    Map<String, Object> nothing = form();
    nothing.put("payments", List.of(Map.of("provider", "store_credit", "reference", "cart-1", "amount", 0)));
    assertThat(shop.place(nothing).errors()).containsExactly("/payments/0/amount out_of_range");
  }

  @Test
  void whoseCreditItIsIsNotAskedOfAFormThatIsNotSound() {
    for (String field : List.of("channel", "currency", "customer")) {
      Map<String, Object> unsound = form();
      unsound.put(field, 7);
      assertThat(shop.place(unsound).status()).as(field).isEqualTo(422);
    }
  }

  @Test
  void creditThatWasMissingIsAskedForAgainUntilSomethingElseHasPaid() {
    shop.place(form());
    Payment named = wanted().payment();
    shop.advance(new StockReserved(ORDER), new PaymentFailed(ORDER, of(named, PaymentStatus.FAILED, 0)));
    shop.bench.forgetSent();
    shop.advance(new OrderDue(ORDER, shop.bench.clock().instant()));
    assertThat(shop.bench.sentTo(MoveCredit.class)).hasSize(1);
    Shop.run(new AddPaymentHandler(shop.bench.ports()), shop.bench.httpEvent("POST", "/orders/" + ORDER + "/payments",
        Map.of("id", ORDER.value()), Map.of(), Map.of("idempotency-key", "p"),
        "{\"provider\":\"external\",\"reference\":\"cash\",\"amount\":2000,\"status\":\"captured\"}", "op",
        "orders:operate"));
    shop.bench.forgetSent();
    shop.advance(new OrderDue(ORDER, shop.bench.clock().instant()));
    assertThat(shop.bench.sentTo(MoveCredit.class)).isEmpty();
  }

  @Test
  void ifThereIsNotAsMuchItsCustomerHearsOfItAndItEndsAsAnyThatIsNotPaid() {
    shop.place(form());
    Payment named = wanted().payment();
    shop.advance(new StockReserved(ORDER), new PaymentFailed(ORDER, of(named, PaymentStatus.FAILED, 0)));
    assertThat(shop.state(ORDER).isReleased()).isFalse();
    for (int i = 0; i < 40 && !shop.state(ORDER).isCancelled(); i++) {
      shop.bench.clock().advance(Duration.ofHours(1));
      shop.advance(shop.sweep().toArray(waybill.messages.Message[]::new));
    }
    assertThat(shop.state(ORDER).isCancelled()).isTrue();
  }

  @Test
  void whatACancelledOrderHasTakenGoesBackToTheCreditAndToNoProvider() {
    shop.place(form());
    Payment named = wanted().payment();
    shop.advance(new StockReserved(ORDER), new PaymentCaptured(ORDER, of(named, PaymentStatus.CAPTURED, 2000)));
    shop.bench.forgetSent();
    shop.cancel(ORDER, "k", "{\"reason\":\"customer\"}", "op", "orders:operate");
    shop.advance(shop.bench.sentTo(waybill.messages.Choreography.AdvanceOrder.class)
        .toArray(waybill.messages.Message[]::new));
    assertThat(shop.bench.sentTo(RefundPayment.class)).isEmpty();
    var asked = (CreditReleased) shop.bench.sentTo(MoveCredit.class).getLast();
    assertThat(asked.refund().reason()).isEqualTo(RefundReason.ORDER_CANCELLED);
    shop.advance(new PaymentRefunded(ORDER, of(named, PaymentStatus.CAPTURED, 2000), new Refund(asked.refund().id(),
        asked.refund().reason(), RefundStatus.SUCCEEDED, new Money(2000, "EUR"), shop.bench.clock().instant())));
    assertThat(totals()).containsEntry("refunded", 2000L);
    assertThat(shop.state(ORDER).holds()).isEmpty();
  }

  @Test
  void whatWentBackOnAnotherWayBeforeItWasCancelledDoesNotGoBackAgain() {
    shop.place(form());
    Payment named = wanted().payment();
    shop.advance(new StockReserved(ORDER), new PaymentCaptured(ORDER, of(named, PaymentStatus.CAPTURED, 2000)));
    Shop.run(new RefundOrderHandler(shop.bench.ports()), shop.bench.httpEvent("POST", "/orders/" + ORDER + "/refunds",
        Map.of("id", ORDER.value()), Map.of(), Map.of("idempotency-key", "r"),
        "{\"amount\":700,\"done_elsewhere\":true}", "op", "orders:operate"));
    shop.cancel(ORDER, "k", "{\"reason\":\"customer\"}", "op", "orders:operate");
    shop.advance(shop.bench.sentTo(waybill.messages.Choreography.AdvanceOrder.class)
        .toArray(waybill.messages.Message[]::new));
    var asked = (CreditReleased) shop.bench.sentTo(MoveCredit.class).getLast();
    assertThat(asked.refund().amount()).isEqualTo(new Money(1300, "EUR"));
    shop.advance(new PaymentRefunded(ORDER, of(named, PaymentStatus.CAPTURED, 2000), new Refund(asked.refund().id(),
        asked.refund().reason(), RefundStatus.SUCCEEDED, new Money(1300, "EUR"), shop.bench.clock().instant())));
    assertThat(totals()).containsEntry("refunded", 2000L);
    assertThat(shop.state(ORDER).holds()).isEmpty();
  }

  @Test
  void itsRefundGoesBackToTheCredit() {
    shop.place(form());
    Payment named = wanted().payment();
    shop.advance(new StockReserved(ORDER), new PaymentCaptured(ORDER, of(named, PaymentStatus.CAPTURED, 2000)));
    Shop.run(new RefundOrderHandler(shop.bench.ports()), shop.bench.httpEvent("POST", "/orders/" + ORDER + "/refunds",
        Map.of("id", ORDER.value()), Map.of(), Map.of("idempotency-key", "r"), "{\"amount\":700,\"reason\":\"kind\"}",
        "op",
        "orders:operate"));
    shop.advance(shop.bench.sentTo(waybill.messages.Choreography.AdvanceOrder.class)
        .toArray(waybill.messages.Message[]::new));
    var asked = (CreditReleased) shop.bench.sentTo(MoveCredit.class).getLast();
    assertThat(asked.refund().amount()).isEqualTo(new Money(700, "EUR"));
    assertThat(shop.bench.sentTo(RefundPayment.class)).isEmpty();
  }
}
