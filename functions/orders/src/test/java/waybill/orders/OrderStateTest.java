package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.platform.Stored;

class OrderStateTest {
  private static final OrderState PLACED = Samples.placed(Samples.content(Shop.simple("1", "TEA-200", 6)));

  @Test
  void everyValueOfEveryAxisCanBeReached() {
    assertThat(reachable(StockStatus.PENDING, StockStatus::next)).containsExactlyInAnyOrder(StockStatus.values());
    assertThat(reachable(PaymentProgress.PENDING, PaymentProgress::next))
        .containsExactlyInAnyOrder(PaymentProgress.values());
    assertThat(reachable(FulfillmentProgress.UNFULFILLED, FulfillmentProgress::next))
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.range(FulfillmentProgress.UNFULFILLED, FulfillmentProgress.FULFILLED));
  }

  private static <E extends Enum<E>> Set<E> reachable(E start, Function<E, Set<E>> next) {
    Set<E> reached = EnumSet.of(start);
    while (reached.addAll(EnumSet.copyOf(reached).stream().flatMap(it -> next.apply(it).stream()).toList())) {
      // Until nothing is new.
    }
    return reached;
  }

  @Test
  void paymentIsWhatThePaymentsAmountTo() {
    assertThat(paid()).isEqualTo(PaymentProgress.PENDING);
    assertThat(paid(one(PaymentStatus.PENDING, 0, 0))).isEqualTo(PaymentProgress.PENDING);
    assertThat(paid(one(PaymentStatus.FAILED, 0, 0))).isEqualTo(PaymentProgress.FAILED);
    assertThat(paid(one(PaymentStatus.CANCELLED, 6000, 0))).isEqualTo(PaymentProgress.CANCELLED);
    assertThat(paid(one(PaymentStatus.CANCELLED, 0, 0), two(PaymentStatus.PENDING, 0, 0)))
        .isEqualTo(PaymentProgress.PENDING);
    assertThat(paid(one(PaymentStatus.AUTHORIZED, 5999, 0))).isEqualTo(PaymentProgress.PENDING);
    assertThat(paid(one(PaymentStatus.AUTHORIZED, 6000, 0))).isEqualTo(PaymentProgress.AUTHORIZED);
    assertThat(paid(one(PaymentStatus.AUTHORIZED, 3000, 0), two(PaymentStatus.CAPTURED, 3000, 3000)))
        .isEqualTo(PaymentProgress.AUTHORIZED);
    assertThat(paid(one(PaymentStatus.CAPTURED, 3000, 3000))).isEqualTo(PaymentProgress.PARTIALLY_PAID);
    assertThat(paid(one(PaymentStatus.CAPTURED, 3000, 3000), two(PaymentStatus.CAPTURED, 3000, 3000)))
        .isEqualTo(PaymentProgress.PAID);
  }

  @Test
  void aCaptureOfAPartLetsGoOfTheRest() {
    assertThat(paid(one(PaymentStatus.CAPTURED, 6000, 100))).isEqualTo(PaymentProgress.PARTIALLY_PAID);
  }

  @Test
  void moneyOfAnAccountThatIsNotTheChannelsPaysNothing() {
    var account = new Payment(PaymentId.of("stripe", "test", "pi_1"), "stripe", "test", "pi_1", PaymentStatus.CAPTURED,
        new Money(6000, "EUR"), new Money(6000, "EUR"), null);
    assertThat(paid(account)).isEqualTo(PaymentProgress.PENDING);
    assertThat(paid(account, one(PaymentStatus.CAPTURED, 3000, 3000))).isEqualTo(PaymentProgress.PARTIALLY_PAID);
    assertThat(OrderState.stub(PLACED.id()).withPayment(OrderPayment.of(account))
        .join(Samples.content(Shop.simple("1", "TEA-200", 6)), Samples.NOON).payment())
        .isEqualTo(PaymentProgress.PENDING);
  }

  @Test
  void nothingOwedIsPaid() {
    assertThat(PaymentProgress.of(List.of(), Money.zero("EUR"))).isEqualTo(PaymentProgress.PAID);
  }

  @Test
  void fulfillmentGoesByUnits() {
    assertThat(FulfillmentProgress.of(0, 0, 6)).isEqualTo(FulfillmentProgress.UNFULFILLED);
    assertThat(FulfillmentProgress.of(6, 0, 6)).isEqualTo(FulfillmentProgress.IN_PROGRESS);
    assertThat(FulfillmentProgress.of(6, 5, 6)).isEqualTo(FulfillmentProgress.PARTIALLY_FULFILLED);
    assertThat(FulfillmentProgress.of(6, 6, 6)).isEqualTo(FulfillmentProgress.FULFILLED);
  }

  @Test
  void deliveryGoesByUnits() {
    assertThat(DeliveryProgress.of(0, 0, 6)).isEqualTo(DeliveryProgress.PENDING);
    assertThat(DeliveryProgress.of(5, 0, 6)).isEqualTo(DeliveryProgress.PARTIALLY_SHIPPED);
    assertThat(DeliveryProgress.of(6, 0, 6)).isEqualTo(DeliveryProgress.SHIPPED);
    assertThat(DeliveryProgress.of(6, 5, 6)).isEqualTo(DeliveryProgress.PARTIALLY_DELIVERED);
    assertThat(DeliveryProgress.of(6, 6, 6)).isEqualTo(DeliveryProgress.DELIVERED);
  }

  @Test
  void moneyThatWasCapturedIsNeverTakenBack() {
    OrderState paid = PLACED.withPayment(OrderPayment.of(one(PaymentStatus.CAPTURED, 6000, 6000)));
    OrderState partly = PLACED.withPayment(OrderPayment.of(one(PaymentStatus.CAPTURED, 3000, 3000)));
    assertThatExceptionOfType(IllegalTransition.class).isThrownBy(() -> PLACED.after(paid))
        .withMessage("%s cannot go from PaymentProgress PAID to PENDING", PLACED.id());
    assertThatExceptionOfType(IllegalTransition.class).isThrownBy(() -> partly.after(paid));
    assertThatExceptionOfType(IllegalTransition.class).isThrownBy(() -> PLACED.after(partly));
    assertThat(paid.after(partly)).isEqualTo(paid);
  }

  @Test
  void anAnswerAboutStockIsGivenOnce() {
    OrderState reserved = PLACED.withStock(StockStatus.RESERVED, List.of());
    OrderState refused = PLACED.withStock(StockStatus.REFUSED, List.of());
    assertThat(reserved.withStock(StockStatus.REFUSED, List.of())).isEqualTo(reserved);
    assertThatExceptionOfType(IllegalTransition.class).isThrownBy(() -> refused.after(reserved));
    assertThatExceptionOfType(IllegalTransition.class).isThrownBy(() -> reserved.after(refused));
    assertThatExceptionOfType(IllegalTransition.class).isThrownBy(() -> PLACED.after(reserved));
  }

  @Test
  void whatIsPackedStaysPacked() {
    OrderState sample = Samples.placed(Samples.sample());
    OrderState allocated = Advancing.advance(java.util.Optional.of(sample), Samples.allocated(1),
        Samples.NOON);
    OrderState packed = Advancing.advance(java.util.Optional.of(allocated), Samples.packed(1),
        Samples.NOON);
    assertThat(List.of(sample.fulfillment(), allocated.fulfillment(), packed.fulfillment())).containsExactly(
        FulfillmentProgress.UNFULFILLED, FulfillmentProgress.IN_PROGRESS,
        FulfillmentProgress.PARTIALLY_FULFILLED);
    assertThatExceptionOfType(IllegalTransition.class).isThrownBy(() -> allocated.after(packed));
    assertThatExceptionOfType(IllegalTransition.class).isThrownBy(() -> sample.after(packed));
  }

  @Test
  void unitsLeaveWhatIsAllocatedInWhateverOrderTheNewsCome() {
    OrderState sample = Samples.placed(Samples.sample());
    var news = List.of(Samples.allocated(1), Samples.reduced(1, 1), Samples.reduced(1, 0));
    var ends = new java.util.HashSet<OrderPacking>();
    for (List<Integer> order : List.of(List.of(0, 1, 2), List.of(2, 1, 0), List.of(1, 0, 2), List.of(2, 0, 1, 0))) {
      OrderState state = sample;
      for (int next : order) {
        state = Advancing.advance(java.util.Optional.of(state), news.get(next), Samples.NOON);
      }
      ends.add(state.packing());
    }
    assertThat(ends).singleElement().satisfies(it -> {
      assertThat(it.fulfillments()).singleElement().satisfies(one -> assertThat(one.units()).isZero());
      assertThat(it.progress(sample.unitsToShip())).isEqualTo(FulfillmentProgress.UNFULFILLED);
    });
  }

  @Test
  void unitsThatNoLocationHasAreShownAsShortUntilOthersReplaceThem() {
    OrderState sample = Samples.placed(Samples.sample());
    OrderState lacking = Advancing.advance(java.util.Optional.of(sample), Samples.lacking(1, 1), Samples.NOON);
    assertThat(lacking.packing().fulfillments()).singleElement().satisfies(it -> assertThat(it.isShort()).isTrue());
    OrderState found = Advancing.advance(java.util.Optional.of(lacking), Samples.lacking(1, 0), Samples.NOON);
    assertThat(found.packing().fulfillments()).singleElement().satisfies(it -> assertThat(it.isShort()).isFalse());
    assertThat(Advancing.advance(java.util.Optional.of(found), Samples.lacking(1, 1), Samples.NOON)).isEqualTo(found);
  }

  @Test
  void aStubHasNoTotalSoItIsNotPaid() {
    OrderState stub = OrderState.stub(Shop.SAMPLE);
    assertThat(stub.payment()).isEqualTo(PaymentProgress.PENDING);
    assertThat(progress(stub).status()).isEqualTo(OrderStatus.OPEN);
    assertThat(stub.isReleased()).isFalse();
  }

  @Test
  void anOpenOrderTellsWhatItWaitsForFirst() {
    assertThat(progress(PLACED).awaiting()).isEqualTo(Awaiting.STOCK);
    OrderState reserved = PLACED.withStock(StockStatus.RESERVED, List.of());
    assertThat(progress(reserved).awaiting()).isEqualTo(Awaiting.PAYMENT);
    assertThat(progress(reserved.withPayment(OrderPayment.of(one(PaymentStatus.AUTHORIZED, 6000, 0)))).awaiting())
        .isEqualTo(Awaiting.PAYMENT);
    assertThat(progress(reserved.withPayment(OrderPayment.of(one(PaymentStatus.CAPTURED, 6000, 6000)))).awaiting())
        .isEqualTo(Awaiting.FULFILLMENT);
  }

  private static OrderProgress progress(OrderState state) {
    return new OrderProgress(new Stored<>(state, 1, Samples.NOON, Samples.NOON), List.of(), Optional.empty(),
        Optional.empty(), Optional.empty());
  }

  private static PaymentProgress paid(Payment... payments) {
    OrderState state = PLACED;
    for (Payment payment : payments) {
      state = state.withPayment(OrderPayment.of(payment)).after(state);
    }
    return state.payment();
  }

  private static Payment one(PaymentStatus status, long authorized, long captured) {
    return Shop.payment("pi_1", status, authorized, captured);
  }

  private static Payment two(PaymentStatus status, long authorized, long captured) {
    return Shop.payment("pi_2", status, authorized, captured);
  }
}
