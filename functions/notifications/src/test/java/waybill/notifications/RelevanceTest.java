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
import waybill.messages.Message.CustomerNews;
import waybill.messages.Message.OrderDelivered;
import waybill.messages.Message.OrderPaymentFailed;
import waybill.messages.PaymentStatus;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;
import waybill.orders.OrderForm;
import waybill.orders.OrderPayment;
import waybill.orders.OrderState;
import waybill.orders.StockStatus;
import waybill.platform.Stored;

class RelevanceTest {
  private static final OrderForm FORM = Samples.form("en");
  private static final Instant LATER = Samples.NOW.plusSeconds(1);

  @ParameterizedTest
  @MethodSource("waybill.notifications.Samples#everyNews")
  void freshNewsIsMailedUntilItIsTwoDaysOld(CustomerNews news) {
    OrderState state = news instanceof OrderDelivered
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
  void aParcelThatHasMovedOnIsNotToldAbout(String kind, ShipmentStatus scanned, Relevance scannedBefore,
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
    OrderState state = Samples.state(FORM);
    var unanswered = new OrderState(state.id(), state.terms(), StockStatus.PENDING, List.of(), state.payments(),
        List.of(), null, null);
    assertThat(after(Duration.ZERO, Samples.RELEASED, Samples.unpaid(FORM))).isEqualTo(SUPERSEDED);
    assertThat(after(Duration.ZERO, Samples.RELEASED, unanswered)).isEqualTo(SUPERSEDED);
    assertThat(after(Duration.ZERO, Samples.RELEASED, state)).isEqualTo(CURRENT);
  }

  @ParameterizedTest
  @EnumSource(CancelReason.class)
  void anOrderThatIsCancelledIsNeitherConfirmedNorAskedForMoneyButSaidToBeCancelled(CancelReason reason) {
    for (OrderState cancelled : List.of(Samples.cancelled(FORM, reason),
        Samples.cancelled(FORM, reason, Samples.returned(Samples.captured(FORM.total()))))) {
      assertThat(after(Duration.ZERO, Samples.RELEASED, cancelled)).isEqualTo(SUPERSEDED);
      assertThat(after(Duration.ZERO, Samples.PAYMENT_FAILED, cancelled)).isEqualTo(SUPERSEDED);
      assertThat(after(Duration.ZERO, Samples.CANCELLED, cancelled)).isEqualTo(CURRENT);
    }
  }

  @Test
  void whoHasPaidMeanwhileIsNotToldOfAnAttemptThatFailed() {
    long total = FORM.total();
    assertThat(afterFailing(Samples.captured(total))).isEqualTo(SUPERSEDED);
    assertThat(afterFailing(Samples.payment(PaymentStatus.AUTHORIZED, total, 0))).isEqualTo(SUPERSEDED);
    assertThat(afterFailing(Samples.external(total))).isEqualTo(SUPERSEDED);
    assertThat(afterFailing(Samples.captured(total - 1))).as("a part is not enough").isEqualTo(CURRENT);
    assertThat(afterFailing(Samples.payment(PaymentStatus.PENDING, 0, 0))).isEqualTo(CURRENT);
  }

  private static Relevance afterFailing(OrderPayment payment) {
    return after(Duration.ZERO, Samples.PAYMENT_FAILED, Samples.unpaid(FORM, payment));
  }

  @Test
  void whoseTimeToPayIsOverIsNotInvitedToTryAgain() {
    OrderState state = Samples.about(Samples.PAYMENT_FAILED, FORM);
    var fresh = new OrderPaymentFailed(Samples.ORDER, Samples.PAYMENT, Samples.PAY_BY.minusSeconds(60));
    Duration toPay = Duration.between(Samples.NOW, Samples.PAY_BY);
    assertThat(after(toPay.minusMillis(1), fresh, state)).isEqualTo(CURRENT);
    assertThat(after(toPay, fresh, state)).isEqualTo(SUPERSEDED);
  }

  @Test
  void anOrderThatWaitedLongForItsMoneyIsConfirmedWhenItIsThere() {
    Instant paidAt = Samples.NOW.plus(Duration.ofDays(30));
    assertThat(
        Relevance.of(Mail.of(Samples.RELEASED), new Stored<>(Samples.state(FORM), 3, Samples.NOW, paidAt), paidAt))
        .isEqualTo(CURRENT);
  }

  @Test
  void aReleaseIsAsOldAsTheFirstParcelThatLeftHoweverOftenTheOrderMovesLater() {
    Instant now = Samples.NOW.plus(Duration.ofDays(3));
    assertThat(Relevance.of(Mail.of(Samples.RELEASED),
        new Stored<>(Samples.inOneParcel(FORM, null), 9, Samples.NOW, now), now))
        .isEqualTo(STALE);
  }

  private static Relevance after(Duration age, CustomerNews news, OrderState state) {
    return Relevance.of(Mail.of(news), new Stored<>(state, 1, Samples.NOW, Samples.NOW), Samples.NOW.plus(age));
  }
}
