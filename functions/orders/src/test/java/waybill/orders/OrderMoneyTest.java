package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.Samples.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.messages.CancelReason;
import waybill.messages.Payment;
import waybill.messages.PaymentStatus;
import waybill.messages.RefundReason;

/** The money of an order of 60.00 that named no payment. */
class OrderMoneyTest {
  private static final OrderTerms TERMS = Samples.placed(Samples.content(Shop.simple("1", "TEA-200", 6))).terms();
  private static final Payment ALL = Shop.payment("pi_1", PaymentStatus.CAPTURED, 6000, 6000);
  private static final Payment HELD = Shop.payment("pi_2", PaymentStatus.AUTHORIZED, 6000, 0);

  private static OrderMoney money(Payment... payments) {
    OrderMoney money = OrderMoney.NONE;
    for (Payment it : payments) {
      money = money.with(OrderPayment.of(it));
    }
    return money;
  }

  private static List<RefundReason> refunds(OrderMoney money) {
    return money.payments().stream().filter(it -> !it.counts()).map(it -> it.refund().reason()).toList();
  }

  private static MoneyTimes times(OrderMoney money) {
    return new MoneyTimes(money, TERMS, OrderPhase.OPEN);
  }

  private static Instant dueAt(OrderMoney money, OrderPhase phase, Instant now) {
    return new MoneyTimes(money, TERMS, phase).dueAt(now);
  }

  @Test
  void aStubOwesNothingYetAndIsNotPaid() {
    assertThat(money(ALL).progress(null)).isEqualTo(PaymentProgress.PENDING);
    assertThat(money(ALL).holds(null, OrderPhase.STUB)).isEmpty();
  }

  @Test
  void paymentsAreJoinedByTheirIdsWhateverCameFirst() {
    Payment early = Shop.payment("pi_1", PaymentStatus.AUTHORIZED, 6000, 0);
    assertThat(money(early, ALL)).isEqualTo(money(ALL, early));
    assertThat(money(ALL, HELD)).isEqualTo(money(HELD, ALL));
  }

  @Test
  void moneyOfAnotherAmountIsAHoldAndDoesNotSettle() {
    OrderMoney less = money(Shop.payment("pi_1", PaymentStatus.CAPTURED, 5999, 5999));
    assertThat(less.holds(TERMS, OrderPhase.OPEN)).extracting(Hold::reason)
        .containsExactly(Hold.Reason.PAYMENT_MISMATCH);
    assertThat(less.isSettled(TERMS, OrderPhase.OPEN)).isFalse();
    assertThat(less.holds(TERMS, OrderPhase.CANCELLED)).as("it goes back whatever it is").isEmpty();
    assertThat(money(ALL).isSettled(TERMS, OrderPhase.OPEN)).isTrue();
  }

  @Test
  void allOfItGoesBackIfThereIsNoOrderOrItIsCancelled() {
    assertThat(refunds(money(ALL, HELD).refunded(null, OrderPhase.STUB, NOON))).containsOnly(RefundReason.NO_ORDER);
    assertThat(refunds(money(ALL, HELD).refunded(TERMS, OrderPhase.CANCELLED, NOON)))
        .containsOnly(RefundReason.ORDER_CANCELLED).hasSize(2);
  }

  @Test
  void whatAnOrderThatGoesOnCannotUseGoesBackOnce() {
    OrderMoney once = money(ALL, HELD).refunded(TERMS, OrderPhase.OPEN, NOON);
    assertThat(refunds(once)).containsExactly(RefundReason.PAID_TWICE);
    assertThat(once.refunded(TERMS, OrderPhase.OPEN, NOON.plusSeconds(9))).isEqualTo(once);
    assertThat(money(ALL).refunded(TERMS, OrderPhase.DISPATCHING, NOON)).isEqualTo(money(ALL));
  }

  @Test
  void itEndsAnOrderThatIsNotPaidInTimeButOnlyWhenItsTimeIsLookedAt() {
    Instant payBy = TERMS.payBy();
    assertThat(times(money()).end(true, payBy)).contains(CancelReason.PAYMENT_EXPIRED);
    assertThat(times(money()).end(false, payBy)).isEmpty();
    assertThat(times(money()).end(true, payBy.minusMillis(1))).isEmpty();
    assertThat(times(money(HELD)).end(true, payBy)).as("held money is there").isEmpty();
    assertThat(times(money(Shop.payment("pi_1", PaymentStatus.CANCELLED, 0, 0))).end(false, NOON))
        .contains(CancelReason.PAYMENT_CANCELLED);
  }

  @Test
  void itIsDueWhenItsTimeIsUpAndSoonerForARefundThatNobodyAnswers() {
    assertThat(dueAt(money(), OrderPhase.OPEN, NOON)).isEqualTo(TERMS.payBy());
    assertThat(dueAt(money(), OrderPhase.OPEN, TERMS.payBy())).isEqualTo(TERMS.payBy().plus(MoneyTimes.TO_ANSWER));
    assertThat(dueAt(money(ALL), OrderPhase.OPEN, NOON)).isNull();
    assertThat(dueAt(money(), OrderPhase.CANCELLED, NOON)).isNull();
    OrderMoney twice = money(ALL, HELD).refunded(TERMS, OrderPhase.OPEN, NOON);
    assertThat(dueAt(twice, OrderPhase.OPEN, NOON)).isEqualTo(NOON.plus(Duration.ofHours(1)));
  }
}
