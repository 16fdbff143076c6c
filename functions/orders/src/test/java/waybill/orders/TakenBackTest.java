package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.Samples.NOON;
import static waybill.orders.Samples.packed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.messages.Alert;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Money;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.Payment;
import waybill.messages.PaymentMessages.*;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.StockMessages.StockReserved;

/** What happens to an order's money at its provider, beside us, before its parcels leave. The sample was paid 55.72 by card. */
class TakenBackTest {
  private static final OrderContent CONTENT = Samples.sample();
  private static final Payment CARD = Shop.payment(PaymentStatus.CAPTURED, 5572, 5572);

  private final Life life = new Life(CONTENT, Samples.placed(CONTENT));

  @BeforeEach
  void isReleasedAndAllocated() {
    hears(new StockReserved(Shop.SAMPLE), new PaymentCaptured(Shop.SAMPLE, CARD), Samples.allocated(1),
        Samples.allocated(2), Samples.allocated(3));
    assertThat(life.state.isReleased()).isTrue();
  }

  private void hears(AdvanceOrder.Input... news) {
    for (AdvanceOrder.Input each : news) {
      life.hears(each, NOON);
    }
  }

  private static PaymentAlerted alert(Alert.Kind kind, Alert.Status status, Instant at) {
    return new PaymentAlerted(Shop.SAMPLE, CARD, new Alert(kind, "dp_1", status,
        kind == Alert.Kind.DISPUTE && status != Alert.Status.CLOSED ? new Money(5572, "EUR") : null, at));
  }

  private static PaymentRefunded elsewhere(long amount) {
    return new PaymentRefunded(Shop.SAMPLE, CARD, new Refund(RefundId.of(CARD.id(), "re_1"),
        RefundReason.MADE_ELSEWHERE, RefundStatus.SUCCEEDED, new Money(amount, "EUR"), NOON));
  }

  private void assertStopped(Hold.Reason reason) {
    assertThat(life.state.holds()).extracting(Hold::reason).contains(reason);
    assertThat(life.state.isReleased()).isFalse();
    hears(packed(1));
    assertThat(life.answer).as("nothing leaves").noneMatch(DispatchApproved.class::isInstance);
    assertThat(life.state.isDispatchClosed()).as("it can be cancelled").isFalse();
  }

  private void assertGoesOn() {
    assertThat(life.state.holds()).isEmpty();
    hears(packed(1));
    assertThat(life.answer).hasAtLeastOneElementOfType(DispatchApproved.class);
  }

  @ParameterizedTest
  @CsvSource({"DISPUTE, DISPUTED", "FRAUD_WARNING, FRAUD_WARNING", "REVIEW, PAYMENT_REVIEW"})
  void whatIsReportedBeforePackingStopsTheOrderUntilItIsClosed(Alert.Kind kind, Hold.Reason reason) {
    hears(alert(kind, Alert.Status.OPEN, NOON));
    assertStopped(reason);
    hears(alert(kind, Alert.Status.CLOSED, NOON.plusSeconds(60)));
    assertGoesOn();
  }

  @Test
  void a12ADisputeTakesTheMoneyAndGivesItBackWhenItIsWon() {
    hears(alert(Alert.Kind.DISPUTE, Alert.Status.OPEN, NOON));
    assertThat(PaymentProgress.kept(life.state.money().payments(), "EUR").minorUnits()).as("the gift card")
        .isEqualTo(500);
    hears(alert(Alert.Kind.DISPUTE, Alert.Status.CLOSED, NOON.plusSeconds(60)),
        alert(Alert.Kind.DISPUTE, Alert.Status.OPEN, NOON));
    assertThat(PaymentProgress.kept(life.state.money().payments(), "EUR").minorUnits()).isEqualTo(6072);
    assertGoesOn();
  }

  @Test
  void aDisputeThatIsLostStopsWhatHasNotLeft() {
    hears(alert(Alert.Kind.DISPUTE, Alert.Status.LOST, NOON));
    assertStopped(Hold.Reason.MONEY_TAKEN_BACK);
  }

  @Test
  void aRefundInTheProvidersDashboardStopsTheOrderUntilSomebodySaysThatItWasMeant() {
    hears(elsewhere(1000));
    assertStopped(Hold.Reason.MONEY_TAKEN_BACK);
    life.state = life.state.withRefund(CARD.id(), new Refund(RefundId.of(CARD.id(), "adj_1"),
        RefundReason.DONE_ELSEWHERE, RefundStatus.SUCCEEDED, new Money(1000, "EUR"), NOON));
    assertGoesOn();
  }

  @Test
  void anOrderThatIsCancelledHasNoneOfTheseHolds() {
    hears(alert(Alert.Kind.REVIEW, Alert.Status.OPEN, NOON));
    life.state = life.state.cancelled(waybill.messages.CancelReason.FRAUD, "k", NOON).orElseThrow();
    assertThat(life.state.holds()).extracting(Hold::reason).doesNotContain(Hold.Reason.PAYMENT_REVIEW);
  }

  private void timePasses() {
    for (int day = 1; day < 60; day++) {
      Instant later = NOON.plus(Duration.ofDays(day));
      life.hears(new OrderDue(Shop.SAMPLE, later), later);
    }
  }

  @Test
  void anOrderWhosePaidMoneyIsTakenBackDoesNotEndWhenItsTimeToPayIsUp() {
    hears(alert(Alert.Kind.DISPUTE, Alert.Status.OPEN, NOON));
    timePasses();
    assertThat(life.state.isCancelled()).as("a dispute").isFalse();
    assertThat(life.state.due()).as("only a person can end it").isNull();
    hears(alert(Alert.Kind.DISPUTE, Alert.Status.CLOSED, NOON.plusSeconds(60)), elsewhere(1000));
    timePasses();
    assertThat(life.state.isCancelled()).as("a refund in the dashboard").isFalse();
    assertStopped(Hold.Reason.MONEY_TAKEN_BACK);
  }

  @Test
  void whoPaysAgainAfterTheirMoneyWasTakenBackHasNotPaidTwice() {
    hears(alert(Alert.Kind.DISPUTE, Alert.Status.LOST, NOON),
        new PaymentCaptured(Shop.SAMPLE, Shop.payment("pi_again", PaymentStatus.CAPTURED, 5572, 5572)));
    assertThat(life.state.money().payments()).allMatch(OrderPayment::counts);
    assertThat(life.state.isPaid()).isTrue();
  }

  @Test
  void whoPaysAgainDuringADisputeHasPaidTwiceOnceItIsWon() {
    hears(alert(Alert.Kind.DISPUTE, Alert.Status.OPEN, NOON),
        new PaymentCaptured(Shop.SAMPLE, Shop.payment("pi_again", PaymentStatus.CAPTURED, 5572, 5572)));
    assertThat(life.state.money().payments()).allMatch(OrderPayment::counts);
    hears(alert(Alert.Kind.DISPUTE, Alert.Status.CLOSED, NOON.plusSeconds(60)));
    assertThat(life.state.money().payments().stream().filter(it -> !it.counts())).singleElement()
        .satisfies(it -> assertThat(it.refund().reason()).isEqualTo(RefundReason.PAID_TWICE));
  }

  @Test
  void aDisputeThatIsLostAfterAllHasLeftOpensNothingAgain() {
    hears(packed(1), packed(2), packed(3));
    hears(alert(Alert.Kind.DISPUTE, Alert.Status.LOST, NOON));
    assertThat(life.state.holds()).isEmpty();
    assertThat(life.state.due()).isNull();
    assertThat(life.progress().awaiting()).isEqualTo(Awaiting.DELIVERY);
    List.copyOf(life.parcels.keySet()).forEach(it -> hears(new ShipmentDelivered(Shop.SAMPLE, it, NOON, null)));
    assertThat(life.progress().status()).isEqualTo(OrderStatus.COMPLETED);
  }

  /** The one that nothing is shipped for: an e-book, paid by card. */
  private static Life digital() {
    OrderContent book = Samples.content(Shop.simple("book", "E-BOOK", 1));
    var life = new Life(book, Samples.placed(book));
    Payment card = Shop.payment("pi_book", PaymentStatus.CAPTURED, book.form().total(), book.form().total());
    life.hears(new PaymentCaptured(book.id(), card), NOON);
    assertThat(life.progress().status()).isEqualTo(OrderStatus.COMPLETED);
    return life;
  }

  @ParameterizedTest
  @EnumSource(value = Alert.Status.class, names = {"OPEN", "LOST"})
  void aDisputeOpensNoDigitalOrderAgain(Alert.Status status) {
    Life life = digital();
    Payment card = life.state.money().payments().getFirst().payment();
    life.hears(new PaymentAlerted(life.content.id(), card,
        new Alert(Alert.Kind.DISPUTE, "dp_1", status, card.captured(), NOON)), NOON);

    assertThat(life.progress().status()).isEqualTo(OrderStatus.COMPLETED);
    assertThat(life.state.holds()).isEmpty();
    assertThat(life.state.cancelled(waybill.messages.CancelReason.CUSTOMER, "k", NOON)).as("it is completed")
        .isInstanceOf(waybill.platform.Outcome.Declined.class);
  }
}
