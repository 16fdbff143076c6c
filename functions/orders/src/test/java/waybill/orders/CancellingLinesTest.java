package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import waybill.messages.CancelReason;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Money;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.StockMessages.StockAllocated;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.Refunding.Granted;
import waybill.orders.Refunding.Units;
import waybill.platform.Outcome;

/** Cancelling units of lines, as a rule: what goes back, what stays, and what is refused. */
class CancellingLinesTest {

  /** Lines of 60.00 and 40.00, of which 6.00 and 4.00 were taken off for the order. */
  private static LineStory sixtyAndForty() {
    return LineStory.placed(
        LineStory.order(List.of(LineStory.line("TEA-200", 1, 6000, 600), LineStory.line("MUG-BLUE", 1, 4000, 400))));
  }

  @Test
  void aLineTakesItsOwnShareOfTheDiscountWithIt() {
    LineStory story = sixtyAndForty().isPaid(9000);
    Adjustment adjustment = story.cancels(LineStory.units(2, 1));
    assertThat(adjustment.amount()).isEqualTo(3600);
    assertThat(story.back()).isEqualTo(3600);
    assertThat(story.owed()).isEqualTo(5400);
    OrderForm now = OrderLines.of(story.content, story.state.changes(), story.commands).now().form();
    assertThat(now.total()).isEqualTo(5400);
    assertThat(now.lines()).extracting(OrderForm.Line::quantity).containsExactly(1, 0);
    assertThat(now.lines()).extracting(OrderForm.Line::total).containsExactly(5400L, 0L);
  }

  @Test
  void beforeItIsPaidLessIsDue() {
    LineStory story = sixtyAndForty();
    story.cancels(LineStory.units(2, 1));
    assertThat(story.back()).isZero();
    assertThat(story.owed()).isEqualTo(5400);
    assertThat(story.state.isPaid()).isFalse();
  }

  @Test
  void whoPaysAllOfItAfterACancellationGetsTheRestBackOnce() {
    LineStory story = sixtyAndForty();
    story.cancels(LineStory.units(2, 1));
    story.isPaid(9000).isPaid(9000);
    assertThat(story.back()).isEqualTo(3600);
    assertThat(story.owed()).isEqualTo(5400);
    assertThat(story.state.isPaid()).isTrue();
    assertThat(story.state.holds()).isEmpty();
  }

  @Test
  void theUnitsOfALineAreWorthItsTotalTogetherWhoeverTakesThem() {
    // 3 x 3.33 - 1.00 = 8.99
    LineStory story = LineStory
        .placed(
            LineStory.order(List.of(LineStory.line("TEA-200", 3, 333, 100), LineStory.line("MUG-BLUE", 1, 1000, 0))))
        .isPaid(1899);
    assertThat(List.of(story.cancels(LineStory.units(1, 1)).amount(), story.refunds(LineStory.units(1, 1)).amount(),
        story.cancels(LineStory.units(1, 1)).amount())).containsExactly(300L, 300L, 299L);
    assertThat(story.back()).isEqualTo(899);
  }

  @Test
  void noUnitIsPaidBackTwice() {
    LineStory story = sixtyAndForty().isPaid(9000);
    story.refunds(LineStory.units(2, 1));
    assertThat(LineStory.refusals(story.tries(LineStory.units(2, 1))))
        .containsExactly("/lines/0/quantity too_much: of line_2 0 can still be cancelled");
  }

  @Test
  void whatIsDispatchedIsNamedAndTheRestCanStillBeCancelled() {
    LineStory story = LineStory.placed(Samples.sample());
    story.isPaid(5572);
    for (var news : List.of(Samples.allocated(1), Samples.packed(1))) {
      story.state = Advancing.advance(Optional.of(story.state), news, Samples.NOON);
    }
    assertThat(LineStory.refusals(story.tries(LineStory.units(1, 2), LineStory.units(2, 1), LineStory.units(9, 1))))
        .containsExactly("/lines/0/quantity dispatched: of line_1 2 are dispatched: 0 can still be cancelled",
            "/lines/2/line_id unknown: the order has no such line");
    assertThat(story.cancels(LineStory.units(2, 1)).amount()).isEqualTo(1500);
    assertThat(story.state.unitsToShip()).isEqualTo(3);
    assertThat(story.cancels(LineStory.units(3, 1)).amount()).isZero();
    assertThat(story.state.fulfillment()).isEqualTo(FulfillmentProgress.FULFILLED);
    assertThat(story.state.isCancelled()).isFalse();
  }

  @Test
  void theLastUnitsEndTheOrderAsACancellationDoes() {
    LineStory story = sixtyAndForty().isPaid(9000);
    story.cancels(LineStory.units(1, 1));
    Adjustment last = story.cancels(LineStory.units(2, 1));
    assertThat(last.amount()).isEqualTo(3600);
    assertThat(story.state.isCancelled()).isTrue();
    assertThat(story.state.cancellation().reason()).isEqualTo(CancelReason.CUSTOMER);
    assertThat(story.owed()).isZero();
  }

  @Test
  void whatWasPackedBeforeIsPackedAgainUnlessItIsDispatched() {
    LineStory story = LineStory.placed(Samples.sample());
    story.isPaid(5572);
    story.state = Advancing.advance(Optional.of(story.state), Samples.allocated(1), Samples.NOON);
    story.cancels(LineStory.units(1, 1));
    OrderState late = Advancing.advance(Optional.of(story.state), Samples.packed(1), Samples.NOON);
    assertThat(late.packing().isStarted()).isFalse();

    var left = new StockAllocated(Shop.SAMPLE, Samples.fulfillment(1), Samples.BERLIN,
        List.of(new LineQuantity(new LineId("line_1"), Samples.sample().form().lines().getFirst().sku(), 1)), 1);
    OrderState reduced = Advancing.advance(Optional.of(story.state), left, Samples.NOON);
    assertThat(Advancing.advance(Optional.of(reduced), Samples.allocated(1), Samples.NOON).packing())
        .as("older news of it").isEqualTo(reduced.packing());
  }

  @Test
  void newsOfStockBeforeTheChangeAnswersNothingThatWasAskedSince() {
    LineStory story = LineStory.placed(LineStory.order(List.of(LineStory.line("TEA-200", 2, 1000, 0))));
    story.state = Samples.placed(story.content);
    story.cancels(LineStory.units(1, 1));
    var refused = story.state.withRefused(0, List.of(), Samples.NOON);
    assertThat(refused.stock().status()).as("fewer are asked for").isEqualTo(StockStatus.PENDING);
    assertThat(story.state.withRefused(1, List.of(), Samples.NOON).stock().status()).isEqualTo(StockStatus.REFUSED);
    assertThat(story.state.awaitsStockAnswer()).isTrue();
    OrderState reserved = Advancing.advance(Optional.of(story.state), new StockReserved(story.content.id(), 1),
        Samples.NOON);
    assertThat(reserved.awaitsStockAnswer()).isFalse();
  }

  /** Whatever is refunded and cancelled, in whatever order: never more than was paid, and for all of it to the cent. */
  @Property(tries = 300)
  void allThatIsTakenBackIsTheTotalToTheCent(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 11) Integer> steps,
      @ForAll @IntRange(min = 1, max = 5) int quantity, @ForAll @IntRange(min = 1, max = 999) int price,
      @ForAll @IntRange(min = 0, max = 999) int discount) {
    long total = (long) quantity * price - Math.min(discount, quantity * price);
    OrderContent content = LineStory
        .order(List.of(LineStory.line("TEA-200", quantity, price, Math.min(discount, quantity * price)),
            LineStory.line("MUG-BLUE", 1, 500, 0)));
    LineStory story = LineStory.placed(content).isPaid(total + 500);
    int taken = 0;
    for (int step : steps) {
      int wanted = 1 + step % 2;
      if (taken + wanted > quantity) {
        continue;
      }
      if (step % 3 == 0) {
        story.refunds(LineStory.units(1, wanted));
      } else {
        story.cancels(LineStory.units(1, wanted));
      }
      taken += wanted;
      assertThat(story.back()).isLessThanOrEqualTo(total);
      assertThat(story.owed() + story.back()).isEqualTo(total + 500);
    }
    if (taken < quantity) {
      story.cancels(LineStory.units(1, quantity - taken));
    }
    assertThat(story.back()).isEqualTo(total);
    assertThat(story.owed()).isEqualTo(500);
  }
}
