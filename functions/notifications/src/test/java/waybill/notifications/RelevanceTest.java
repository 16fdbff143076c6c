package waybill.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.notifications.Relevance.CURRENT;
import static waybill.notifications.Relevance.STALE;
import static waybill.notifications.Relevance.SUPERSEDED;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.messages.CancelReason;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.OrderMessages.OrderDelivered;
import waybill.messages.OrderMessages.OrderPaymentFailed;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;
import waybill.orders.Awaiting;
import waybill.orders.DeliveryProgress;
import waybill.orders.OrderForm;
import waybill.orders.OrderSummary;
import waybill.orders.PaymentProgress;

class RelevanceTest {
  private static final OrderForm FORM = Samples.form("en");
  private static final Instant LATER = Samples.NOW.plusSeconds(1);

  @ParameterizedTest
  @MethodSource("waybill.notifications.Samples#everyNews")
  void freshNewsIsMailedUntilItIsTwoDaysOld(NotifyCustomer.Input news) {
    OrderSummary state = news instanceof OrderDelivered
        ? Samples.inOneParcel(FORM, new Scan(ShipmentStatus.DELIVERED, Samples.NOW))
        : Samples.about(news, FORM);
    assertThat(after(Duration.ZERO, news, state)).isEqualTo(CURRENT);
    assertThat(after(Relevance.FRESH, news, state)).isEqualTo(CURRENT);
    assertThat(after(Relevance.FRESH.plusMillis(1), news, state)).isEqualTo(STALE);
    assertThat(after(Duration.ofDays(14), news, state)).isNotEqualTo(CURRENT);
  }

  @ParameterizedTest
  @CsvSource({
    "out_for_delivery, IN_TRANSIT, CURRENT, CURRENT", "out_for_delivery, OUT_FOR_DELIVERY, CURRENT, CURRENT",
    "out_for_delivery, DELIVERY_FAILED, CURRENT, SUPERSEDED",
    "out_for_delivery, DELIVERED, SUPERSEDED, SUPERSEDED", "out_for_delivery, RETURNED, SUPERSEDED, SUPERSEDED",
    "delivery_failed, DELIVERY_FAILED, CURRENT, CURRENT", "delivery_failed, OUT_FOR_DELIVERY, CURRENT, SUPERSEDED",
    "delivery_failed, READY_FOR_PICKUP, CURRENT, SUPERSEDED",
    "delivery_failed, DELIVERED, SUPERSEDED, SUPERSEDED", "delivery_failed, RETURNED, SUPERSEDED, SUPERSEDED",
    "shipped, IN_TRANSIT, CURRENT, CURRENT",
    "shipped, OUT_FOR_DELIVERY, CURRENT, CURRENT", "shipped, DELIVERED, SUPERSEDED, SUPERSEDED",
    "delivered, RETURNED, SUPERSEDED, SUPERSEDED",
    "confirmed, DELIVERED, CURRENT, CURRENT"})
  void aParcelThatHasMovedOnIsNotMailedAbout(String kind, ShipmentStatus scanned, Relevance scannedBefore,
      Relevance scannedAfter) {
    assertThat(after(Duration.ZERO, Samples.news(kind),
        Samples.inOneParcel(FORM, new Scan(scanned, Samples.NOW.minusSeconds(1))))).isEqualTo(scannedBefore);
    if (scanned != ShipmentStatus.IN_TRANSIT) {
      assertThat(after(Duration.ZERO, Samples.news(kind), Samples.inOneParcel(FORM, new Scan(scanned, LATER))))
          .isEqualTo(scannedAfter);
    }
  }

  @Test
  void anOrderThatWaitsForStockOrMoneyIsNotConfirmed() {
    OrderSummary state = Samples.released(FORM);
    OrderSummary unanswered = Samples.summary(FORM, Awaiting.STOCK, PaymentProgress.PAID, DeliveryProgress.PENDING,
        null, List.of());
    assertThat(after(Duration.ZERO, Samples.RELEASED, Samples.unpaid(FORM, PaymentProgress.PENDING)))
        .isEqualTo(SUPERSEDED);
    assertThat(after(Duration.ZERO, Samples.RELEASED, unanswered)).isEqualTo(SUPERSEDED);
    assertThat(after(Duration.ZERO, Samples.RELEASED, state)).isEqualTo(CURRENT);
  }

  @ParameterizedTest
  @EnumSource(CancelReason.class)
  void anOrderThatIsCancelledIsNeitherConfirmedNorAskedForMoneyButSaidToBeCancelled(CancelReason reason) {
    for (OrderSummary cancelled : List.of(Samples.cancelled(FORM, Samples.end(reason)),
        Samples.cancelled(FORM, Samples.refunded(reason, FORM.total())))) {
      assertThat(after(Duration.ZERO, Samples.RELEASED, cancelled)).isEqualTo(SUPERSEDED);
      assertThat(after(Duration.ZERO, Samples.PAYMENT_FAILED, cancelled)).isEqualTo(SUPERSEDED);
      assertThat(after(Duration.ZERO, Samples.CANCELLED, cancelled)).isEqualTo(CURRENT);
    }
  }

  @Test
  void whoHasPaidMeanwhileGetsNoMailAboutAnAttemptThatFailed() {
    for (PaymentProgress payment : PaymentProgress.values()) {
      boolean there = payment == PaymentProgress.PAID || payment == PaymentProgress.AUTHORIZED;
      assertThat(after(Duration.ZERO, Samples.PAYMENT_FAILED, Samples.unpaid(FORM, payment))).as("%s", payment)
          .isEqualTo(there ? SUPERSEDED : CURRENT);
    }
  }

  @Test
  void whoseTimeToPayIsOverIsNotInvitedToTryAgain() {
    OrderSummary state = Samples.about(Samples.PAYMENT_FAILED, FORM);
    var fresh = new OrderPaymentFailed(Samples.ORDER, Samples.PAYMENT, Samples.PAY_BY.minusSeconds(60));
    Duration toPay = Duration.between(Samples.NOW, Samples.PAY_BY);
    assertThat(after(toPay.minusMillis(1), fresh, state)).isEqualTo(CURRENT);
    assertThat(after(toPay, fresh, state)).isEqualTo(SUPERSEDED);
  }

  @Test
  void anOrderThatWaitedLongForItsMoneyIsConfirmedWhenItIsThere() {
    Instant paidAt = Samples.NOW.plus(Duration.ofDays(30));
    assertThat(
        Relevance.of(Mail.of(Samples.RELEASED), Samples.updated(Samples.released(FORM), paidAt), paidAt))
        .isEqualTo(CURRENT);
  }

  @Test
  void aReleaseIsAsOldAsTheFirstParcelThatLeftHoweverOftenTheOrderMovesLater() {
    Instant now = Samples.NOW.plus(Duration.ofDays(3));
    assertThat(Relevance.of(Mail.of(Samples.RELEASED),
        Samples.updated(Samples.inOneParcel(FORM, null), now), now))
        .isEqualTo(STALE);
  }

  private static Relevance after(Duration age, NotifyCustomer.Input news, OrderSummary state) {
    return Relevance.of(Mail.of(news), state, Samples.NOW.plus(age));
  }
}
