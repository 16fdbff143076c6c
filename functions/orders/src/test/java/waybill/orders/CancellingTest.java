package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.Samples.NOON;
import static waybill.orders.Samples.allocated;
import static waybill.orders.Samples.packed;
import static waybill.orders.Samples.parcel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import waybill.messages.CancelReason;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Message;
import waybill.messages.Money;
import waybill.messages.OrderMessages.*;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.*;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.messages.ShipmentMessages.*;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.*;
import waybill.platform.Outcome;

/** How orders come to an early end, and what becomes of their money. The sample costs 6072: 5572 by Stripe and a gift card of 500. */
class CancellingTest {
  private static final OrderContent CONTENT = Samples.sample();
  private static final StockReserved RESERVED = new StockReserved(Shop.SAMPLE);
  private static final Instant PAY_BY = CONTENT.payBy(NOON);

  private Life life = new Life(CONTENT, Samples.placed(CONTENT));

  private CancellingTest hears(AdvanceOrder.Input news, Instant at) {
    life.hears(news, at);
    return this;
  }

  private OrderState state() {
    return life.state;
  }

  private List<Message> sent() {
    return life.answer;
  }

  private void begins(OrderState state) {
    life = new Life(CONTENT, state);
  }

  private CancellingTest hears(AdvanceOrder.Input... news) {
    for (AdvanceOrder.Input each : news) {
      hears(each, NOON);
    }
    return this;
  }

  private static PaymentCaptured captured(String reference, long amount) {
    return new PaymentCaptured(Shop.SAMPLE, paid(reference, amount, "EUR"));
  }

  private static Payment paid(String reference, long amount, String currency) {
    return new Payment(PaymentId.of("stripe", "shop-eu", reference), "stripe", "shop-eu", reference,
        PaymentStatus.CAPTURED, new Money(amount, currency), new Money(amount, currency), NOON);
  }

  private static final String NAMED = "pi_3QWaybillSample";
  private static final PaymentCaptured CAPTURED = captured(NAMED, 5572);
  private static final Payment PENDING = Payment.pending(PaymentId.of("stripe", "shop-eu", NAMED), "stripe", "shop-eu",
      NAMED, "EUR", NOON);

  private CancelReason reason() {
    return state().cancellation() == null ? null : state().cancellation().reason();
  }

  private List<Hold.Reason> holds() {
    return state().holds().stream().map(Hold::reason).toList();
  }

  private static RefundRequested refund(Payment payment, RefundReason reason) {
    return new RefundRequested(Shop.SAMPLE, payment, Refund.requested(payment.id(), reason, NOON));
  }

  private static PaymentRefunded refunded(Payment payment, RefundStatus status, long amount) {
    return refunded(payment, status, new Money(amount, "EUR"));
  }

  private static PaymentRefunded voided(Payment payment) {
    return refunded(payment, RefundStatus.VOIDED, null);
  }

  private static PaymentRefunded refunded(Payment payment, RefundStatus status, Money amount) {
    return new PaymentRefunded(Shop.SAMPLE, payment, new Refund(Refund.requested(payment.id(),
        RefundReason.ORDER_CANCELLED, NOON).id(), RefundReason.ORDER_CANCELLED, status, amount, NOON));
  }

  @Test
  void withoutStockAPaidOrderIsCancelledAndItsMoneyGoesBack() {
    hears(CAPTURED, new StockRefused(Shop.SAMPLE, List.of(new SkuQuantity(new Sku("TEA-200"), 1))));
    assertThat(reason()).isEqualTo(CancelReason.OUT_OF_STOCK);
    assertThat(sent()).containsExactlyInAnyOrder(
        new OrderCancelled(Shop.SAMPLE, CancelReason.OUT_OF_STOCK, NOON),
        refund(CAPTURED.payment(), RefundReason.ORDER_CANCELLED));
    assertThat(state().payment()).isEqualTo(PaymentProgress.REFUND_PENDING);
    assertThat(holds()).as("the gift card is the storefront's to give back")
        .containsExactly(Hold.Reason.EXTERNAL_REFUND);

    hears(refunded(CAPTURED.payment(), RefundStatus.SUCCEEDED, 5572));
    assertThat(sent()).isEmpty();
    assertThat(
        state().money().own(state().terms()).stream().mapToLong(it -> it.balance().refunded().minorUnits()).sum())
        .isEqualTo(5572);
  }

  @Test
  void aFailedPaymentIsNotFinalAndItsCustomerHearsOfIt() {
    Payment failed = Shop.payment(PaymentStatus.FAILED, 0, 0);
    hears(RESERVED, new PaymentFailed(Shop.SAMPLE, failed));
    assertThat(sent()).containsExactly(new OrderPaymentFailed(Shop.SAMPLE, failed.id(), NOON));
    assertThat(life.progress().status()).isEqualTo(OrderStatus.OPEN);
    hears(CAPTURED);
    assertThat(state().isReleased()).isTrue();
    hears(new PaymentFailed(Shop.SAMPLE, failed));
    assertThat(sent()).as("old news of a payment that is there")
        .doesNotHaveAnyElementsOfTypes(OrderPaymentFailed.class);
  }

  @Test
  void anOrderWhosePaymentsAreAllCancelledForGoodEnds() {
    begins(Samples.placed(Samples.content(Shop.simple("5512033", "TEA-200", 1))));
    hears(RESERVED, new PaymentCancelled(Shop.SAMPLE, Shop.payment("pi_1", PaymentStatus.CANCELLED, 0, 0)));
    assertThat(reason()).isEqualTo(CancelReason.PAYMENT_CANCELLED);
    assertThat(sent()).contains(new OrderCancelled(Shop.SAMPLE, CancelReason.PAYMENT_CANCELLED, NOON));
  }

  @Test
  void anOrderThatIsNotPaidInTimeEndsAndOneThatIsDoesNot() {
    hears(RESERVED).hears(new OrderDue(Shop.SAMPLE, NOON), PAY_BY.minusMillis(1));
    assertThat(life.progress().status()).isEqualTo(OrderStatus.OPEN);
    assertThat(state().due()).as("looked at again when its time is up").isEqualTo(PAY_BY);
    OrderState waiting = state();

    hears(new OrderDue(Shop.SAMPLE, PAY_BY), PAY_BY);
    assertThat(life.progress().status()).as("not before its provider was asked").isEqualTo(OrderStatus.OPEN);
    assertThat(life.answer).contains(new PaymentQuestioned(Shop.SAMPLE, PENDING));
    assertThat(state().due()).isEqualTo(PAY_BY.plus(MoneyTimes.TO_ANSWER));

    hears(new PaymentLookedUp(Shop.SAMPLE, PENDING, PAY_BY), PAY_BY);
    assertThat(reason()).isEqualTo(CancelReason.PAYMENT_EXPIRED);
    assertThat(state().due()).as("until its payment is released").isEqualTo(PAY_BY.plus(MoneyTimes.TO_ANSWER));
    hears(CAPTURED);
    assertThat(state().payment()).as("what comes too late goes back").isEqualTo(PaymentProgress.REFUND_PENDING);
    assertThat(sent()).hasAtLeastOneElementOfType(RefundRequested.class);

    life.state = waiting;
    hears(CAPTURED, allocated(1), allocated(2), allocated(3)).hears(new OrderDue(Shop.SAMPLE, PAY_BY), PAY_BY);
    assertThat(life.progress().status()).isEqualTo(OrderStatus.OPEN);
    assertThat(state().due()).isNull();
  }

  @Test
  void heldMoneyKeepsAnOrderAliveBeyondItsTime() {
    hears(RESERVED, new PaymentAuthorized(Shop.SAMPLE, Shop.payment(PaymentStatus.AUTHORIZED, 5572, 0)))
        .hears(new OrderDue(Shop.SAMPLE, PAY_BY), PAY_BY);
    assertThat(life.progress().status()).isEqualTo(OrderStatus.OPEN);
  }

  @Test
  void theStorefrontMovesTheTimeToPay() {
    var body = Shop.set(Shop.sample(), "/payment_expires_at", "2026-11-22T20:00:00Z");
    assertThat(Samples.content(body).payBy(NOON)).isEqualTo(Instant.parse("2026-11-22T20:00:00Z"));
    body.remove("payment_expires_at");
    assertThat(Samples.content(body).payBy(NOON)).as("the channel's minutes")
        .isEqualTo(NOON.plus(Duration.ofMinutes(30)));
  }

  @Test
  void anotherAmountThanWasNamedHoldsTheOrder() {
    hears(RESERVED, captured(NAMED, 5571));
    assertThat(holds()).containsExactly(Hold.Reason.PAYMENT_MISMATCH);
    hears(new OrderDue(Shop.SAMPLE, PAY_BY), PAY_BY);
    assertThat(life.progress().status()).as("a person decides, not the clock").isEqualTo(OrderStatus.OPEN);
    begins(Samples.placed(CONTENT));
    hears(RESERVED, captured(NAMED, 9999));
    assertThat(state().payment()).isEqualTo(PaymentProgress.PAID);
    assertThat(state().isReleased()).isFalse();
    assertThat(holds()).containsExactly(Hold.Reason.PAYMENT_MISMATCH);
  }

  @Test
  void anotherCurrencyHoldsTheOrder() {
    hears(RESERVED, new PaymentCaptured(Shop.SAMPLE, paid(NAMED, 5572, "USD")));
    assertThat(holds()).containsExactly(Hold.Reason.PAYMENT_MISMATCH);
    assertThat(state().isReleased()).isFalse();
  }

  @Test
  void moneyThatTheOrderDidNotNameMustMakeUpTheTotal() {
    begins(Samples.placed(Samples.content(Shop.simple("5512033", "TEA-200", 1))));
    hears(RESERVED, captured("pi_1", 600));
    assertThat(holds()).containsExactly(Hold.Reason.PAYMENT_MISMATCH);
    hears(captured("pi_2", 400));
    assertThat(holds()).as("now it does").isEmpty();
    assertThat(state().isReleased()).isTrue();
  }

  @Test
  void whatIsPaidTwiceGoesBackOnceAndTheOrderGoesOn() {
    hears(RESERVED, CAPTURED, captured("pi_again", 6072));
    assertThat(state().isReleased()).isTrue();
    // The latest goes back; of two at the same moment, always the same.
    List<OrderPayment> back = state().money().payments().stream().filter(it -> !it.counts()).toList();
    assertThat(back).isNotEmpty();
    assertThat(sent().stream().filter(RefundRequested.class::isInstance)).hasSize(1);
    hears(captured("pi_again", 6072));
    assertThat(state().money().payments().stream().filter(it -> !it.counts())).isEqualTo(back).as("decided once");
  }

  @Test
  void aStubOfADayIsGivenUpAndItsMoneyGoesBackAlsoWhereTheOrderComesAfterAll() {
    begins(null);
    hears(CAPTURED);
    assertThat(state().due()).isEqualTo(NOON.plus(Duration.ofDays(1)));
    Instant later = NOON.plus(Duration.ofDays(1));
    hears(new OrderDue(Shop.SAMPLE, later), later);
    assertThat(sent()).singleElement().isInstanceOfSatisfying(RefundRequested.class,
        it -> assertThat(it.refund().reason()).isEqualTo(RefundReason.NO_ORDER));
    assertThat(state().due()).as("until its money is on its way").isEqualTo(later.plus(MoneyTimes.TO_SETTLE));
    hears(new OrderDue(Shop.SAMPLE, state().due()), state().due());
    assertThat(sent()).hasOnlyElementsOfType(RefundRequested.class);
    hears(refunded(CAPTURED.payment(), RefundStatus.SUCCEEDED, 5572));
    assertThat(state().due()).isNull();
    life.state = state().join(CONTENT, NOON);
    hears(RESERVED);
    assertThat(state().isReleased()).isFalse();
    hears(new OrderDue(Shop.SAMPLE, PAY_BY), PAY_BY);
    assertThat(reason()).isEqualTo(CancelReason.PAYMENT_EXPIRED);
  }

  @Test
  void theRefundOfAStubsProcessingPaymentIsNotRequestedAgainByTheAnswerThatItWaits() {
    begins(null);
    hears(CAPTURED);
    Instant later = NOON.plus(Duration.ofDays(1));
    hears(new OrderDue(Shop.SAMPLE, later), later);
    assertThat(sent()).hasOnlyElementsOfType(RefundRequested.class);
    hears(new PaymentRefunded(Shop.SAMPLE, CAPTURED.payment(),
        Refund.requested(CAPTURED.payment().id(), RefundReason.NO_ORDER, later)));
    assertThat(sent()).as("or it would be, for as long as the payment processes").isEmpty();
    hears(new OrderDue(Shop.SAMPLE, state().due()), state().due());
    assertThat(sent()).hasOnlyElementsOfType(RefundRequested.class);
  }

  @Test
  void aPersonCancelsUntilSomethingIsPacked() {
    hears(RESERVED, CAPTURED, allocated(1));
    OrderState cancelled = state().cancelled(CancelReason.CUSTOMER, "key", NOON).orElseThrow();
    assertThat(cancelled.isCancelled()).isTrue();
    assertThat(cancelled.due()).as("until the arbiter has told everybody").isEqualTo(NOON.plus(OrderState.TO_SEND));
    assertThat(cancelled.cancelled(CancelReason.CUSTOMER, "key", NOON.plusSeconds(9)))
        .isEqualTo(Outcome.of(cancelled));
    refuses("already_cancelled", cancelled.cancelled(CancelReason.CUSTOMER, "other", NOON));
    refuses("idempotency_key_reused", cancelled.cancelled(CancelReason.FRAUD, "key", NOON));
    hears(packed(1));
    refuses("dispatch_closed", state().cancelled(CancelReason.CUSTOMER, "key", NOON));
  }

  private static void refuses(String code, Outcome<OrderState> cancelling) {
    assertThat(cancelling).isInstanceOfSatisfying(Outcome.Declined.class,
        it -> assertThat(it.refused().code()).isEqualTo(code));
  }

  @Test
  void whatIsPackedOfACancelledOrderGetsNoLabel() {
    hears(RESERVED, CAPTURED, allocated(1));
    life.state = state().cancelled(CancelReason.CUSTOMER, "key", NOON).orElseThrow();
    hears(packed(1));
    assertThat(sent()).doesNotHaveAnyElementsOfTypes(DispatchApproved.class)
        .contains(new OrderCancelled(Shop.SAMPLE, CancelReason.CUSTOMER, NOON));
    assertThat(state().isDispatchClosed()).isFalse();
  }

  @Test
  void aLatePromiseToACancelledOrderIsAnsweredWithARelease() {
    life.state = state().cancelled(CancelReason.CUSTOMER, "key", NOON).orElseThrow();
    hears(RESERVED);
    assertThat(sent()).contains(new OrderCancelled(Shop.SAMPLE, CancelReason.CUSTOMER, NOON));
    hears(new StockReleased(Shop.SAMPLE));
    assertThat(sent()).as("or it would go round and round").isEmpty();
    assertThat(state().stock().status()).isEqualTo(StockStatus.RELEASED);
    hears(RESERVED);
    assertThat(state().stock().status()).isEqualTo(StockStatus.RELEASED);
  }

  @Test
  void moneyThatComesAfterItWasLetGoIsAskedForAgain() {
    life.state = state().cancelled(CancelReason.CUSTOMER, "key", NOON).orElseThrow();
    Payment pending = Shop.payment(PaymentStatus.PENDING, 0, 0);
    hears(voided(pending));
    assertThat(sent()).isEmpty();
    hears(voided(CAPTURED.payment()));
    assertThat(sent()).containsExactly(refund(CAPTURED.payment(), RefundReason.ORDER_CANCELLED));
    hears(refunded(CAPTURED.payment(), RefundStatus.SUCCEEDED, 5572));
    assertThat(sent()).isEmpty();
  }

  @Test
  void aRefundThatFailsForGoodIsAHold() {
    hears(CAPTURED);
    life.state = state().cancelled(CancelReason.CUSTOMER, "key", NOON).orElseThrow();
    hears(refunded(CAPTURED.payment(), RefundStatus.FAILED, 5572));
    assertThat(holds()).contains(Hold.Reason.REFUND_FAILED);
    assertThat(sent()).singleElement().isInstanceOf(OrderRefundFailed.class);
  }

  @Test
  void aLabelThatNobodyKnowsOfIsAHoldUntilItTurnsUp() {
    hears(RESERVED, CAPTURED, packed(1), new LabelUncertain(Shop.SAMPLE, parcel(1, 1), NOON));
    assertThat(state().holds()).singleElement().satisfies(it -> {
      assertThat(it.reason()).isEqualTo(Hold.Reason.LABEL_UNCERTAIN);
      assertThat(it.fulfillmentId()).isEqualTo(parcel(1, 1).fulfillment());
    });
    hears(new ShipmentLabelled(Shop.SAMPLE, parcel(1, 1), Samples.BERLIN, CONTENT.pool(), List.of(), "DHL", null,
        "T-1", NOON));
    assertThat(holds()).isEmpty();
  }

  @Test
  void aLabelThatNobodySellsIsAHoldWithItsReasonAndIsAskedForAgainEveryHour() {
    hears(RESERVED, CAPTURED, packed(1), new LabelRefused(Shop.SAMPLE, parcel(1, 1), "ups/a is for test orders", NOON));
    assertThat(state().holds()).singleElement().satisfies(it -> {
      assertThat(it.reason()).isEqualTo(Hold.Reason.LABEL_REFUSED);
      assertThat(it.fulfillmentId()).isEqualTo(parcel(1, 1).fulfillment());
      assertThat(it.note()).startsWith("ups/a is for test orders (");
    });
    assertThat(state().due()).isNotNull();
    hears(new OrderDue(Shop.SAMPLE, NOON));
    assertThat(sent()).hasAtLeastOneElementOfType(DispatchApproved.class);

    hears(new LabelUncertain(Shop.SAMPLE, parcel(1, 1), NOON.plusSeconds(2)),
        new LabelRefused(Shop.SAMPLE, parcel(1, 1), "late news", NOON.plusSeconds(1)));
    assertThat(holds()).containsExactly(Hold.Reason.LABEL_UNCERTAIN);
    hears(new ShipmentLabelled(Shop.SAMPLE, parcel(1, 1), Samples.BERLIN, CONTENT.pool(), List.of(), "DHL", null,
        "T-1", NOON));
    assertThat(holds()).isEmpty();
  }

  @Test
  void anAnswerThatIsNotAnsweredLeavesTheMarkOfACancelThatNobodyHeardOf() {
    hears(RESERVED, CAPTURED, captured("pi_again", 6072));
    Payment again = state().money().payments().stream().filter(it -> !it.counts()).findFirst().orElseThrow().payment();
    life.state = state().cancelled(CancelReason.CUSTOMER, "key", NOON).orElseThrow();
    hears(refunded(again, RefundStatus.SUCCEEDED, again.captured()));
    assertThat(sent()).isEmpty();
    assertThat(state().due()).isEqualTo(NOON.plus(OrderState.TO_SEND));
    hears(new OrderDue(Shop.SAMPLE, NOON));
    assertThat(sent()).hasAtLeastOneElementOfType(OrderCancelled.class);
  }

  @Test
  void anOrderThatEndsByARefundIsToldOfWhenItIsDue() {
    begins(Samples.placed(Samples.content(Shop.simple("5512033", "TEA-200", 1))));
    Payment cancelled = Shop.payment("pi_1", PaymentStatus.CANCELLED, 1000, 0);
    hears(RESERVED, voided(cancelled));
    assertThat(reason()).isEqualTo(CancelReason.PAYMENT_CANCELLED);
    assertThat(state().due()).isEqualTo(NOON.plus(OrderState.TO_SEND));
  }

  @Test
  void moneyOnAnAccountThatIsNotTheChannelsGoesBack() {
    Payment foreign = new Payment(PaymentId.of("stripe", "shop-us", "pi_1"), "stripe", "shop-us", "pi_1",
        PaymentStatus.CAPTURED, new Money(1000, "EUR"), new Money(1000, "EUR"), NOON);
    hears(RESERVED, new PaymentCaptured(Shop.SAMPLE, foreign));
    assertThat(sent()).containsExactly(refund(foreign, RefundReason.WRONG_ACCOUNT));
    assertThat(state().payment()).as("the gift card alone").isEqualTo(PaymentProgress.PARTIALLY_PAID);
    assertThat(holds()).isEmpty();
  }

  @Test
  void anOrderOfNothingToShipIsNotCompletedByTheWrongMoney() {
    begins(Samples.placed(Samples.content(Shop.simple("5512033", "E-BOOK", 1))));
    hears(captured("pi_1", 1200));
    assertThat(holds()).containsExactly(Hold.Reason.PAYMENT_MISMATCH);
    assertThat(life.progress().status()).isEqualTo(OrderStatus.OPEN);
    assertThat(state().cancelled(CancelReason.OTHER, "key", NOON).orElseThrow().isCancelled()).isTrue();
  }

  @Test
  void theMostUrgentHoldComesFirst() {
    hears(CAPTURED);
    life.state = state().cancelled(CancelReason.CUSTOMER, "key", NOON).orElseThrow();
    hears(refunded(CAPTURED.payment(), RefundStatus.FAILED, 5572));
    assertThat(holds()).containsExactly(Hold.Reason.REFUND_FAILED, Hold.Reason.EXTERNAL_REFUND);
  }

  @Test
  void heldMoneyThatAPaidOrderDoesNotNeedIsLetGoWhicheverCameFirst() {
    Payment held = Shop.payment("pi_held", PaymentStatus.AUTHORIZED, 6072, 0);
    hears(RESERVED, new PaymentAuthorized(Shop.SAMPLE, held), CAPTURED);
    assertThat(state().isReleased()).isTrue();
    assertThat(sent()).contains(refund(held, RefundReason.PAID_TWICE));
    OrderState one = state();
    begins(Samples.placed(CONTENT));
    hears(RESERVED, CAPTURED, new PaymentAuthorized(Shop.SAMPLE, held));
    assertThat(state().money().payments()).isEqualTo(one.money().payments());
  }

  @Test
  void aLabelThatNobodyKnowsOfIsAskedForEveryHour() {
    hears(RESERVED, CAPTURED, packed(1), allocated(2), allocated(3),
        new LabelUncertain(Shop.SAMPLE, parcel(1, 1), NOON));
    assertThat(state().due()).isEqualTo(NOON.plus(MoneyTimes.TO_SETTLE));
    hears(new OrderDue(Shop.SAMPLE, NOON));
    assertThat(sent()).filteredOn(DispatchApproved.class::isInstance).singleElement()
        .isInstanceOfSatisfying(DispatchApproved.class,
            it -> assertThat(it.parcel().id()).isEqualTo(parcel(1, 1)));
  }

  @Test
  void aReleasedOrderThatIsNotPlannedIsReleasedAgain() {
    hears(RESERVED, CAPTURED);
    Instant later = state().due();
    hears(new OrderDue(Shop.SAMPLE, later), later);
    assertThat(sent()).hasAtLeastOneElementOfType(OrderReleased.class);
    assertThat(state().due()).isEqualTo(later.plus(OrderStock.TO_ANSWER));
  }

  @Test
  void aMarkForALongTimeToPayDoesNotPutOffARefund() {
    var patient = Samples.content(Shop.set(Shop.sample(), "/payment_expires_at", "2026-12-22T12:00:00Z"));
    begins(Samples.placed(patient));
    hears(RESERVED, new OrderDue(Shop.SAMPLE, NOON));
    assertThat(state().due()).isEqualTo(patient.payBy(NOON));
    hears(new PaymentCancelled(Shop.SAMPLE, Shop.payment(PaymentStatus.CANCELLED, 0, 0)), CAPTURED,
        captured("pi_again", 6072));
    assertThat(sent()).hasAtLeastOneElementOfType(RefundRequested.class);
    assertThat(state().due()).isBeforeOrEqualTo(NOON.plus(MoneyTimes.TO_SETTLE));
  }

  @Test
  void aPaymentThatWasNeverHeardOfIsAskedForOnceMoreThoughAnotherHasPaid() {
    hears(RESERVED, captured("pi_other", 5572), allocated(1), allocated(2), allocated(3));
    assertThat(state().due()).as("perhaps nobody was told to watch for it").isEqualTo(NOON.plus(OrderState.TO_SEND));
    hears(new OrderDue(Shop.SAMPLE, NOON));
    assertThat(sent()).hasAtLeastOneElementOfType(PaymentExpected.class)
        .hasAtLeastOneElementOfType(PaymentQuestioned.class);
    assertThat(state().due()).as("until its provider has answered").isEqualTo(NOON.plus(MoneyTimes.TO_ANSWER));
    Payment unheard = state().money().payments().stream().map(OrderPayment::payment)
        .filter(it -> it.status() == PaymentStatus.PENDING).findFirst().orElseThrow();
    hears(new PaymentLookedUp(Shop.SAMPLE, unheard, NOON.plusSeconds(1)));
    hears(new OrderDue(Shop.SAMPLE, state().due()), state().due());
    assertThat(state().due()).as("it may be paid until then").isEqualTo(state().terms().payBy());
    hears(new PaymentLookedUp(Shop.SAMPLE, unheard, state().due()));
    hears(new OrderDue(Shop.SAMPLE, state().due()), state().due());
    assertThat(state().due()).isNull();
  }

  @Test
  void whatIsDueIsSentAgain() {
    hears(new OrderDue(Shop.SAMPLE, NOON));
    assertThat(sent()).hasAtLeastOneElementOfType(OrderPlaced.class).hasAtLeastOneElementOfType(PaymentExpected.class);
    assertThat(state().due()).isEqualTo(NOON.plus(OrderStock.TO_ANSWER));
    hears(RESERVED, CAPTURED);
    assertThat(state().due()).as("until it is planned").isNotNull();
    hears(allocated(1), allocated(2), allocated(3));
    assertThat(state().due()).as("all that was waited for is there").isNull();
  }

  @Test
  void anOrderOfWhichAPartIsAllocatedIsReleasedAgainForTheRest() {
    hears(RESERVED, CAPTURED, allocated(1));
    assertThat(state().due()).as("until the rest is planned").isNotNull();
    hears(new OrderDue(Shop.SAMPLE, NOON));
    assertThat(sent()).hasAtLeastOneElementOfType(OrderReleased.class);
    assertThat(state().due()).isEqualTo(NOON.plus(OrderStock.TO_ANSWER));
  }

  /**
   * A cancel races everything: whatever comes when, doubled and in any order, the end is one of two worlds. The others are played
   * here as they are: promises end released, what was captured is given back when it is asked for.
   */
  @Property(tries = 1000)
  void everyRaceOfACancelEndsInOneConsistentWorld(@ForAll Random random) {
    var life = new CancellingTest();
    var underway = new ArrayList<AdvanceOrder.Input>(List.of(RESERVED, RESERVED, CAPTURED, CAPTURED));
    var answered = new HashSet<Message>();
    boolean asked = false;
    boolean refusedToCancel = false;
    boolean approved = false;
    while (!underway.isEmpty() || !asked) {
      if (!asked && random.nextInt(8) == 0) {
        asked = true;
        switch (life.state().cancelled(CancelReason.CUSTOMER, "key", NOON)) {
          case Outcome.Accepted<OrderState>(OrderState cancelled) -> {
            life.life.state = cancelled;
            underway.add(new OrderDue(Shop.SAMPLE, NOON));
          }
          case Outcome.Declined<OrderState> _ -> refusedToCancel = true;
        }
      }
      if (!underway.isEmpty()) {
        life.hears(underway.remove(random.nextInt(underway.size())));
        approved |= life.sent().stream().anyMatch(DispatchApproved.class::isInstance);
        for (Message sent : Set.copyOf(life.sent())) {
          if (answered.add(sent)) {
            underway.addAll(answers(sent));
            underway.addAll(answers(sent));
          }
        }
      }
    }
    for (int looks = 0; looks < 3 && life.state().due() != null; looks++) {
      life.hears(new OrderDue(Shop.SAMPLE, life.state().due()), life.state().due());
    }
    OrderState end = life.state();
    assertThat(end.isCancelled()).isNotEqualTo(refusedToCancel);
    if (end.isCancelled()) {
      assertThat(approved).as("no parcel leaves").isFalse();
      assertThat(end.stock().status()).isEqualTo(StockStatus.RELEASED);
      assertThat(end.money().payments()).noneMatch(OrderPayment::counts).noneMatch(OrderPayment::awaitsRefund);
    } else {
      assertThat(end.stock().status()).isEqualTo(StockStatus.RESERVED);
      assertThat(end.payment()).isEqualTo(PaymentProgress.PAID);
      assertThat(end.money().payments()).allMatch(OrderPayment::counts);
    }
    assertThat(end.due()).isNull();
  }

  private static List<AdvanceOrder.Input> answers(Message sent) {
    return switch (sent) {
      case OrderPlaced _ -> List.of(RESERVED);
      case OrderReleased _ -> List.of(allocated(1), packed(1), allocated(2), packed(2), allocated(3), packed(3));
      case OrderCancelled _ -> List.of(new StockReleased(Shop.SAMPLE));
      case RefundRequested it -> it.payment().captured().isPositive()
          ? List.of(refunded(it.payment(), RefundStatus.PENDING, it.payment().captured()),
              refunded(it.payment(), RefundStatus.SUCCEEDED, it.payment().captured()))
          : List.of(voided(it.payment()));
      default -> List.of();
    };
  }
}
