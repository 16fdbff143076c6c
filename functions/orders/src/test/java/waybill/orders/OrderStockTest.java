package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static waybill.orders.Samples.NOON;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.messages.CancelReason;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;

class OrderStockTest {
  private static final List<SkuQuantity> SHORT = List.of(new SkuQuantity(new Sku("TEA-200"), 1));

  private static OrderStock answered(StockStatus... answers) {
    OrderStock stock = OrderStock.PENDING;
    for (StockStatus it : answers) {
      stock = stock.answered(it, it == StockStatus.REFUSED ? SHORT : List.of());
    }
    return stock;
  }

  @Test
  void itIsAnsweredOnceAndThenOnlyReleased() {
    assertThat(answered(StockStatus.RESERVED, StockStatus.REFUSED)).isEqualTo(answered(StockStatus.RESERVED));
    assertThat(answered(StockStatus.REFUSED, StockStatus.RESERVED)).isEqualTo(answered(StockStatus.REFUSED));
    assertThat(answered(StockStatus.REFUSED).shortOf()).isEqualTo(SHORT);
    assertThat(answered(StockStatus.RESERVED, StockStatus.RELEASED).status()).isEqualTo(StockStatus.RELEASED);
    assertThat(answered(StockStatus.RELEASED, StockStatus.RESERVED).status()).as("a release that came first stands")
        .isEqualTo(StockStatus.RELEASED);
  }

  @Test
  void onlyARefusalEndsTheOrder() {
    assertThat(answered(StockStatus.REFUSED).end()).contains(CancelReason.OUT_OF_STOCK);
    assertThat(answered(StockStatus.RESERVED).end()).isEmpty();
    assertThat(OrderStock.PENDING.end()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OrderPhase.class)
  void itIsDueOnlyWhileAnOrderThatGoesOnHasNoAnswer(OrderPhase phase) {
    assertThat(OrderStock.PENDING.dueAt(phase, NOON))
        .isEqualTo(phase.goesOn() ? NOON.plus(OrderStock.TO_ANSWER) : null);
    assertThat(answered(StockStatus.RESERVED).dueAt(phase, NOON)).isNull();
  }

  @Test
  void anAnswerThatIsTakenBackIsAFault() {
    assertThatExceptionOfType(IllegalTransition.class)
        .isThrownBy(() -> OrderStock.PENDING.after(answered(StockStatus.RESERVED), Shop.SAMPLE))
        .withMessage("%s cannot go from StockStatus RESERVED to PENDING", Shop.SAMPLE);
    assertThatCode(() -> answered(StockStatus.RESERVED).after(OrderStock.PENDING, Shop.SAMPLE))
        .doesNotThrowAnyException();
  }
}
