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
import waybill.messages.Message.CustomerNews;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;
import waybill.orders.OrderForm;
import waybill.orders.OrderState;
import waybill.orders.StockStatus;
import waybill.platform.Stored;

class RelevanceTest {
  private static final OrderForm FORM = Samples.form("en");
  private static final Instant LATER = Samples.NOW.plusSeconds(1);

  @ParameterizedTest
  @EnumSource(Kind.class)
  void freshNewsIsMailedUntilItIsTwoDaysOld(Kind kind) {
    ShipmentStatus status = kind == Kind.DELIVERED ? ShipmentStatus.DELIVERED : ShipmentStatus.OUT_FOR_DELIVERY;
    OrderState state = Samples.inOneParcel(FORM, new Scan(status, Samples.NOW));
    assertThat(after(Duration.ZERO, Samples.news(kind), state)).isEqualTo(CURRENT);
    assertThat(after(Relevance.NEWS, Samples.news(kind), state)).isEqualTo(CURRENT);
    assertThat(after(Relevance.NEWS.plusMillis(1), Samples.news(kind), state)).isEqualTo(STALE);
  }

  @ParameterizedTest
  @CsvSource({
    "OUT_FOR_DELIVERY, IN_TRANSIT, CURRENT, CURRENT", "OUT_FOR_DELIVERY, OUT_FOR_DELIVERY, CURRENT, CURRENT",
    "OUT_FOR_DELIVERY, DELIVERY_FAILED, CURRENT, SUPERSEDED",
    "OUT_FOR_DELIVERY, DELIVERED, SUPERSEDED, SUPERSEDED", "OUT_FOR_DELIVERY, RETURNED, SUPERSEDED, SUPERSEDED",
    "SHIPPED, IN_TRANSIT, CURRENT, CURRENT",
    "SHIPPED, OUT_FOR_DELIVERY, CURRENT, CURRENT", "SHIPPED, DELIVERED, SUPERSEDED, SUPERSEDED",
    "DELIVERED, RETURNED, SUPERSEDED, SUPERSEDED",
    "CONFIRMED, DELIVERED, CURRENT, CURRENT"})
  void aParcelThatHasMovedOnIsNotToldAbout(Kind kind, ShipmentStatus scanned, Relevance scannedBefore,
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
    var unpaid = new OrderState(state.id(), state.terms(), StockStatus.RESERVED, List.of(), List.of(), List.of(),
        false);
    var refused = new OrderState(state.id(), state.terms(), StockStatus.REFUSED, List.of(), state.payments(), List.of(),
        false);
    assertThat(after(Duration.ZERO, Samples.RELEASED, unpaid)).isEqualTo(SUPERSEDED);
    assertThat(after(Duration.ZERO, Samples.RELEASED, refused)).isEqualTo(SUPERSEDED);
    assertThat(after(Duration.ZERO, Samples.RELEASED, state)).isEqualTo(CURRENT);
  }

  @Test
  void anOrderThatWaitedLongForItsMoneyIsConfirmedWhenItIsThere() {
    Instant paidAt = Samples.NOW.plus(Duration.ofDays(30));
    assertThat(Relevance.of(Samples.RELEASED, new Stored<>(Samples.state(FORM), 3, Samples.NOW, paidAt), paidAt))
        .isEqualTo(CURRENT);
  }

  @Test
  void aReleaseIsAsOldAsTheFirstParcelThatLeftHoweverOftenTheOrderMovesLater() {
    Instant now = Samples.NOW.plus(Duration.ofDays(3));
    assertThat(Relevance.of(Samples.RELEASED, new Stored<>(Samples.inOneParcel(FORM, null), 9, Samples.NOW, now), now))
        .isEqualTo(STALE);
  }

  private static Relevance after(Duration age, CustomerNews news, OrderState state) {
    return Relevance.of(news, new Stored<>(state, 1, Samples.NOW, Samples.NOW), Samples.NOW.plus(age));
  }
}
