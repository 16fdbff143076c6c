package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.Samples.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.messages.Message;
import waybill.messages.Money;
import waybill.messages.OrderMessages.*;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.*;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.OrderHolds.PlacedHold;

/** What customers hear beside the way of their order to the doorstep. */
class CustomerNewsTest {
  private static final String NAMED = "pi_3QWaybillSample";
  private static final OrderContent CONTENT = reminding(Samples.sample(), 10);
  private static final Instant PAY_BY = CONTENT.payBy(NOON);
  private static final Instant REMINDED = PAY_BY.minus(Duration.ofMinutes(10));

  private static OrderContent reminding(OrderContent it, int minutes) {
    return new OrderContent(it.id(), it.livemode(), it.pool(), it.paymentAccounts(), it.capture(), it.acceptedAt(),
        it.minutesToPay(),
        minutes, "https://shop.example/pay", it.digital(), it.granted(), it.form(), it.trackingUrl());
  }

  private static Life placed(OrderContent content) {
    var life = new Life(content, Samples.placed(content));
    life.hears(new StockReserved(Shop.SAMPLE), NOON);
    life.hears(due(NOON), NOON);
    return life;
  }

  private static OrderDue due(Instant at) {
    return new OrderDue(Shop.SAMPLE, at);
  }

  private static Payment payment(PaymentStatus status, long captured) {
    return new Payment(PaymentId.of("stripe", "shop-eu", NAMED), "stripe", "shop-eu", NAMED, status,
        new Money(captured, "EUR"), new Money(captured, "EUR"), NOON);
  }

  @Test
  void anOrderThatIsNotPaidIsDueForItsReminderAndThenForItsEnd() {
    Life life = placed(CONTENT);
    assertThat(life.state.due()).isEqualTo(REMINDED);
    life.hears(due(REMINDED.minusSeconds(1)), REMINDED.minusSeconds(1));
    assertThat(life.answer).doesNotHaveAnyElementsOfTypes(OrderPaymentDue.class);
    life.hears(due(REMINDED), REMINDED);
    assertThat(life.answer).contains(new OrderPaymentDue(Shop.SAMPLE, REMINDED));
    assertThat(life.state.due()).isEqualTo(PAY_BY);
    life.hears(due(PAY_BY), PAY_BY);
    assertThat(life.answer).doesNotHaveAnyElementsOfTypes(OrderPaymentDue.class);
  }

  @Test
  void aChannelThatDoesNotWantThatRemindsNobody() {
    Life life = placed(reminding(CONTENT, 0));
    assertThat(life.state.due()).isEqualTo(PAY_BY);
    life.hears(due(PAY_BY.minusSeconds(1)), PAY_BY.minusSeconds(1));
    assertThat(life.answer).doesNotHaveAnyElementsOfTypes(OrderPaymentDue.class);
  }

  @Test
  void whoHasLessTimeToPayThanThatIsNotRemindedAsSoonAsTheyHaveOrdered() {
    Life life = placed(reminding(CONTENT, 30));
    assertThat(life.state.terms().remindAt()).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"PROCESSING", "CAPTURED"})
  void whoseMoneyIsOnItsWayOrThereIsNotReminded(PaymentStatus status) {
    Life life = placed(CONTENT);
    Payment paid = payment(status, status == PaymentStatus.CAPTURED ? 5572 : 0);
    life.hears(status == PaymentStatus.CAPTURED
        ? new PaymentCaptured(Shop.SAMPLE, paid)
        : new PaymentProcessing(Shop.SAMPLE, paid), NOON);
    life.hears(due(REMINDED), REMINDED);
    assertThat(life.answer).doesNotHaveAnyElementsOfTypes(OrderPaymentDue.class);
  }

  @Test
  void aHeldOrderRemindsNobodyAsItsTimeStandsStill() {
    Life life = placed(CONTENT);
    life.state = life.state.held(hold(Hold.Reason.OTHER), false, NOON).orElseThrow();
    life.hears(due(REMINDED), REMINDED);
    assertThat(life.answer).doesNotHaveAnyElementsOfTypes(OrderPaymentDue.class);
  }

  @Test
  void aTransferIsRemindedOfTwoDaysBeforeItIsDue() {
    Instant dueAt = NOON.plus(Duration.ofDays(7));
    Life life = placed(CONTENT);
    var transfer = new OrderForm.NamedPayment("external", "", "BT-1", "bank_transfer", 1000, false, dueAt);
    life.state = life.state.withPayment(OrderPayment.added(transfer, Shop.SAMPLE, "EUR", Duration.ofMinutes(30), NOON));
    life.hears(due(REMINDED), REMINDED);
    assertThat(life.answer).doesNotHaveAnyElementsOfTypes(OrderPaymentDue.class);
    assertThat(life.state.due()).isEqualTo(dueAt.minus(Duration.ofDays(2)));
    life.hears(due(life.state.due()), life.state.due());
    assertThat(life.answer).hasAtLeastOneElementOfType(OrderPaymentDue.class);
    assertThat(OrderSummary.Owing.of(life.state))
        .isEqualTo(new OrderSummary.Owing(new Money(5572, "EUR"), dueAt, true));
  }

  @Test
  void aPersonWhoDoubtsTheAddressHasItsCustomerAskedAndAnyOtherHoldAsksNobody() {
    Life life = placed(CONTENT);
    life.state = life.state.held(hold(Hold.Reason.ADDRESS_INCORRECT), false, NOON).orElseThrow();
    life.hears(due(NOON), NOON);
    assertThat(life.answer).contains(new OrderAddressDoubted(Shop.SAMPLE, "hold_" + "0".repeat(26), NOON));
    Life other = placed(CONTENT);
    other.state = other.state.held(hold(Hold.Reason.FRAUD_SUSPECTED), false, NOON).orElseThrow();
    other.hears(due(NOON), NOON);
    assertThat(other.answer).doesNotHaveAnyElementsOfTypes(OrderAddressDoubted.class);
  }

  private static PlacedHold hold(Hold.Reason reason) {
    return new PlacedHold(new HoldId("hold_" + "0".repeat(26)), reason, null, null, "Look", NOON, null);
  }

  @Test
  void aRefundThatMovesItsMoneyIsNewsAndSoIsOneThatFailsEvenAfterwards() {
    Life life = paid();
    Refund back = part(RefundReason.GRANTED, RefundStatus.SUCCEEDED);
    assertThat(news(life, back)).containsExactly(new OrderRefunded(Shop.SAMPLE, back.id(), NOON));
    Refund failed = part(RefundReason.GRANTED, RefundStatus.FAILED);
    assertThat(news(life, failed)).containsExactly(new OrderRefundFailed(Shop.SAMPLE, failed.id(), NOON));
    assertThat(news(life, back)).as("late news of the success").containsExactly(
        new OrderRefundFailed(Shop.SAMPLE, failed.id(), NOON));
  }

  @Test
  void whatIsOnlyRequestedAndWhatWentBackElsewhereIsNoNews() {
    assertThat(news(paid(), part(RefundReason.GRANTED, RefundStatus.PENDING))).isEmpty();
    assertThat(news(paid(), part(RefundReason.DONE_ELSEWHERE, RefundStatus.SUCCEEDED))).isEmpty();
    assertThat(news(paid(), part(RefundReason.LOSS_ACCEPTED, RefundStatus.SUCCEEDED))).isEmpty();
  }

  private static Life paid() {
    Life life = placed(CONTENT);
    life.hears(new PaymentCaptured(Shop.SAMPLE, payment(PaymentStatus.CAPTURED, 5572)), NOON);
    return life;
  }

  private static Refund part(RefundReason reason, RefundStatus status) {
    PaymentId payment = payment(PaymentStatus.CAPTURED, 5572).id();
    return new Refund(RefundId.of(payment, "adj_1"), reason, status, new Money(100, "EUR"), NOON);
  }

  private static List<Message> news(Life life, Refund refund) {
    life.hears(new PaymentRefunded(Shop.SAMPLE, payment(PaymentStatus.CAPTURED, 5572), refund), NOON);
    return life.answer.stream().filter(it -> it instanceof OrderRefunded || it instanceof OrderRefundFailed)
        .toList();
  }
}
