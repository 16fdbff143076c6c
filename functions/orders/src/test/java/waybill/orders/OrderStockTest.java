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
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;

class OrderStockTest {
  private static final List<SkuQuantity> SHORT = List.of(new SkuQuantity(new Sku("TEA-200"), 1));

  private static final LineId LINE = new LineId("line_1");
  private static final List<LineQuantity> FOLLOWS = List.of(new LineQuantity(LINE, new Sku("TEA-200"), 3));

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

  @Test
  void whatIsThereLeavesBeforeTheRestAndWhatFollowsOnlyBecomesLess() {
    OrderStock partial = OrderStock.PENDING.backordered(FOLLOWS, 5);
    assertThat(partial.status()).isEqualTo(StockStatus.PARTIALLY_RESERVED);
    assertThat(partial.isPromised()).isTrue();
    assertThat(partial.waiting(LINE)).isEqualTo(3);
    OrderStock none = OrderStock.PENDING.backordered(FOLLOWS, 3);
    assertThat(none.status()).as("nothing is there").isEqualTo(StockStatus.BACKORDERED);
    assertThat(none.isPromised()).isFalse();
    assertThat(none.backordered(FOLLOWS, 5)).as("something has come").isEqualTo(partial);
    assertThat(partial.backordered(FOLLOWS, 3).status()).as("what was there is wanted no more")
        .isEqualTo(StockStatus.PARTIALLY_RESERVED);
    assertThat(partial.answered(StockStatus.RESERVED, List.of()).waiting()).isEmpty();
    assertThat(answered(StockStatus.RESERVED).backordered(FOLLOWS, 5)).as("an old report")
        .isEqualTo(answered(StockStatus.RESERVED));
  }

  @Test
  void itIsPlannableSinceUnitsOfItCameLast() {
    OrderStock none = OrderStock.PENDING.backordered(FOLLOWS, 3);
    OrderStock partial = none.backordered(FOLLOWS, 5);
    assertThat(partial.filled(none, NOON).filledAt()).isEqualTo(NOON);
    assertThat(partial.filled(partial, NOON).filledAt()).as("nothing came").isNull();
    assertThat(partial.filled(OrderStock.PENDING, NOON).filledAt()).as("it was there").isNull();
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
