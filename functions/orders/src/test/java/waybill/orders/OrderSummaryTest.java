package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.Samples.NOON;

import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.messages.CancelReason;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.ShipmentStatus;
import waybill.orders.OrderSummary.End;

/** What the others are shown of an order. The sample costs 60.72: 55.72 by Stripe and a gift card of 5.00. */
class OrderSummaryTest {
  private static final OrderContent CONTENT = Samples.sample();

  private static OrderSummary of(OrderState state) {
    return OrderSummary.of(new Life(CONTENT, state).progress());
  }

  private static End end(OrderPayment... payments) {
    OrderState state = Samples.placed(Samples.content(Shop.simple("5512033", "TEA-200", 6)));
    for (OrderPayment it : payments) {
      state = state.withPayment(it);
    }
    return of(state.cancelled(CancelReason.OTHER, "key", NOON).orElseThrow()).end();
  }

  private static OrderPayment captured(String account, String reference, long amount, String currency) {
    return payment(account, reference, PaymentStatus.CAPTURED, amount, amount, currency);
  }

  private static OrderPayment payment(String account, String reference, PaymentStatus status, long authorized,
      long captured, String currency) {
    String provider = account.isEmpty() ? "external" : "stripe";
    return OrderPayment.of(new Payment(PaymentId.of(provider, account, reference), provider, account, reference, status,
        new Money(authorized, currency), new Money(captured, currency), NOON));
  }

  private static List<Money> euros(long... cents) {
    return java.util.Arrays.stream(cents).mapToObj(it -> new Money(it, "EUR")).toList();
  }

  @Test
  void anOrderThatGoesOnHasNoEnd() {
    OrderSummary placed = of(Samples.placed(CONTENT));
    assertThat(placed.end()).isNull();
    assertThat(placed.isCancelled()).isFalse();
    assertThat(placed.status()).isEqualTo(OrderStatus.OPEN);
    assertThat(placed.awaiting()).isEqualTo(Awaiting.STOCK);
    assertThat(placed.owing().payBy()).isEqualTo(CONTENT.payBy(NOON));
    assertThat(placed.unitsToShip()).isEqualTo(4);
  }

  @Test
  void whatWasCapturedIsRefundedByItsProviderAndTheShopOwesWhatItTookItself() {
    assertThat(end(captured("shop-eu", "pi_1", 4072, "EUR"), captured("", "R-17", 2000, "EUR")))
        .isEqualTo(new End(CancelReason.OTHER, euros(4072), euros(2000), false));
  }

  @Test
  void whatTheProviderRefusesForGoodTheShopOwes() {
    OrderPayment it = captured("shop-eu", "pi_1", 6072, "EUR");
    Refund asked = Refund.requested(it.id(), RefundReason.ORDER_CANCELLED, NOON);
    var failed = new Refund(asked.id(), asked.reason(), RefundStatus.FAILED, new Money(6072, "EUR"), NOON);
    assertThat(end(OrderPayment.refunded(it.payment(), failed)))
        .isEqualTo(new End(CancelReason.OTHER, List.of(), euros(6072), false));
  }

  @Test
  void moneyThatWasOnlyHeldIsVoided() {
    assertThat(end(payment("shop-eu", "pi_1", PaymentStatus.AUTHORIZED, 6000, 0, "EUR")))
        .isEqualTo(new End(CancelReason.OTHER, List.of(), List.of(), true));
    assertThat(end()).isEqualTo(new End(CancelReason.OTHER, List.of(), List.of(), false));
  }

  @Test
  void moneyOfEachCurrencyIsASumOfItsOwn() {
    assertThat(end(captured("shop-eu", "pi_1", 4000, "EUR"), captured("shop-eu", "pi_2", 500, "USD"),
        captured("shop-eu", "pi_3", 72, "EUR")).refunded())
        .containsExactly(new Money(4072, "EUR"), new Money(500, "USD"));
  }

  @Test
  void moneyThatIsNotTheOrdersIsNotInItsSummary() {
    assertThat(end(captured("someone", "pi_1", 999, "EUR")))
        .isEqualTo(new End(CancelReason.OTHER, List.of(), List.of(), false));
  }

  @Test
  void aParcelIsShownAsItsOwnItemKnowsIt() {
    Life life = new Life(CONTENT, Samples.placed(CONTENT)).hears(Samples.packed(1), NOON);
    var delivered = new ShipmentDelivered(Shop.SAMPLE, Samples.parcel(1, 2), NOON, null);
    OrderSummary summary = OrderSummary.of(life.hears(delivered, NOON).progress());
    assertThat(summary.parcels()).hasSize(2);
    assertThat(summary.parcel(Samples.parcel(1, 2)).orElseThrow().scan())
        .isEqualTo(new Scan(ShipmentStatus.DELIVERED, NOON));
    assertThat(summary.parcel(Samples.parcel(1, 1)).orElseThrow().scan()).isNull();
    assertThat(summary.parcel(Samples.parcel(2, 1))).isEmpty();
    assertThat(summary.delivery()).isEqualTo(DeliveryProgress.PARTIALLY_DELIVERED);
  }
}
