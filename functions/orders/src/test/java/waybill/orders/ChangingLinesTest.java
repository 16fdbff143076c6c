package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.LineStory.addition;
import static waybill.orders.LineStory.line;
import static waybill.orders.LineStory.order;
import static waybill.orders.LineStory.quantity;
import static waybill.orders.LineStory.refusals;
import static waybill.orders.LineStory.units;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.Refunding.Granted;
import waybill.platform.Outcome;

/** Lines are added, removed and changed: the difference of the price is measured against what was paid. */
class ChangingLinesTest {

  /** One tin of 100.00, which is paid. */
  private static LineStory hundred() {
    return LineStory.placed(order(List.of(line("TEA-200", 1, 10_000, 0)))).isPaid(10_000);
  }

  private static LineStory reserved(LineStory story) {
    return story.hears(new StockReserved(story.content.id(), story.state.changes().number()));
  }

  private static void pays(LineStory story, long amount) {
    story.hears(
        new PaymentCaptured(story.content.id(), Shop.payment("pi_more", PaymentStatus.CAPTURED, amount, amount)));
  }

  private static long due(LineStory story) {
    return MoneyView.due(story.state);
  }

  private static String code(Outcome<Granted> outcome) {
    return ((Outcome.Declined<Granted>) outcome).refused().code();
  }

  @Test
  void whatIsAddedAndTakenOutBeforeItIsPaidRefundsNothing() {
    LineStory story = hundred();
    assertThat(story.changes(addition("MUG-BLUE", 1, 3_000)).amount()).isEqualTo(-3_000);
    reserved(story);
    assertThat(due(story)).isEqualTo(3_000);
    story.changes(quantity(2, 0));
    assertThat(due(story)).isZero();
    assertThat(story.back()).isZero();
    assertThat(story.state.isReleased()).isTrue();
  }

  @Test
  void whatIsAddedPaidAndTakenOutIsRefundedOnce() {
    LineStory story = hundred();
    story.changes(addition("MUG-BLUE", 1, 3_000));
    reserved(story);
    assertThat(story.state.isReleased()).as("the rest is not paid").isFalse();
    pays(story, 3_000);
    assertThat(due(story)).isZero();
    assertThat(story.state.isReleased()).isTrue();
    assertThat(story.state.holds()).isEmpty();
    story.changes(quantity(2, 0));
    assertThat(story.back()).isEqualTo(3_000);
    assertThat(due(story)).isZero();
    assertThat(story.state.holds()).isEmpty();
  }

  @Test
  void whatIsAddedCountsOnceItIsPromisedAndFailsWholeIfItIsNot() {
    LineStory story = hundred();
    story.changes(addition("MUG-BLUE", 2, 3_000), quantity(1, 2));
    assertThat(due(story)).isZero();
    assertThat(story.state.unitsToShip()).isEqualTo(1);
    assertThat(story.state.changes().wanted(OrderLines.of(story.content, story.state.changes(), story.commands).now()
        .shippedLines())).extracting(LineQuantity::quantity).containsExactly(2, 2);
    assertThat(code(story.triesToChange(quantity(1, 3)))).isEqualTo("change_pending");
    assertThat(code(story.tries(units(1, 1)))).isEqualTo("change_pending");

    story.hears(new StockRefused(story.content.id(), List.of(), 1));
    assertThat(due(story)).isZero();
    assertThat(story.state.changes().failed()).containsExactly(1);
    assertThat(story.state.awaitsStockAnswer()).as("what was before is asked for again").isTrue();
    OrderForm form = OrderLines.of(story.content, story.state.changes(), story.commands).now().form();
    assertThat(form.lines()).extracting(OrderForm.Line::quantity).containsExactly(1, 0);
    story.hears(new StockReserved(story.content.id(), 1));
    assertThat(story.state.unitsToShip()).as("late news").isEqualTo(1);

    story.changes(addition("MUG-BLUE", 1, 3_000));
    reserved(story);
    assertThat(story.state.unitsToShip()).isEqualTo(2);
    assertThat(OrderLines.of(story.content, story.state.changes(), story.commands).now().form().lines())
        .extracting(OrderForm.Line::quantity).containsExactly(1, 0, 1);
  }

  @Test
  void aChangeThatAddsAndTakesOutIsOneAndItsTakenUnitsAreReleasedAfterwards() {
    LineStory story = LineStory.placed(order(List.of(line("TEA-200", 2, 2_000, 0)))).isPaid(4_000);
    Adjustment edit = story.changes(quantity(1, 1), addition("MUG-BLUE", 1, 1_500));
    assertThat(edit.amount()).isEqualTo(500);
    assertThat(edit.lines()).extracting(it -> it.lineId() + " " + it.quantity() + " " + it.amount())
        .containsExactly("line_1 1 2000", "line_2 -1 -1500");
    assertThat(story.state.unitsToShip()).isEqualTo(2);
    assertThat(story.back()).isZero();
    reserved(story);
    assertThat(story.back()).isEqualTo(500);
    assertThat(story.state.changes().awaitStock()).as("the unit is to be released").isTrue();
    assertThat(story.state.changes().reduced()).isEqualTo(2);
  }

  @Test
  void aUnitThatIsDispatchedWhileTheChangeWaitsForStockLetsItFail() {
    LineStory story = LineStory.placed(Samples.sample()).isPaid(5572);
    story.hears(Samples.allocated(1));
    story.changes(quantity(1, 1), addition("MUG-BLUE", 1, 1_500));
    story.hears(Samples.packed(1));
    reserved(story);
    assertThat(story.state.changes().failed()).containsExactly(1);
    assertThat(story.back()).isZero();
    assertThat(story.state.unitsToShip()).isEqualTo(4);
  }

  @Test
  void anEditAndADispatchAreDecidedByWhichIsFirst() {
    LineStory story = LineStory.placed(Samples.sample()).isPaid(5572).hears(Samples.allocated(1), Samples.packed(1));
    assertThat(refusals(story.triesToChange(quantity(1, 1))))
        .containsExactly("/lines/0/quantity dispatched: of line_1 2 are dispatched: 0 can still be cancelled");
    LineStory other = LineStory.placed(Samples.sample()).isPaid(5572).hears(Samples.allocated(1));
    other.changes(quantity(1, 1));
    assertThat(other.hears(Samples.packed(1)).state.packing().isStarted()).isFalse();
  }

  @Test
  void aLineKeepsItsAgreedPriceHoweverManyUnitsItHas() {
    // 3 x 3.33 - 1.00 = 8.99
    LineStory story = LineStory.placed(order(List.of(line("TEA-200", 3, 333, 100)))).isPaid(899);
    story.changes(quantity(1, 6));
    reserved(story);
    assertThat(due(story)).isEqualTo(899);
    OrderForm.Line now = OrderLines.of(story.content, story.state.changes(), story.commands).now().form().lines()
        .getFirst();
    assertThat(now.total()).isEqualTo(1_798);
    assertThat(now.discounts()).extracting(OrderForm.Discount::amount).containsExactly(200L);
    story.changes(quantity(1, 3));
    assertThat(due(story)).isZero();
    assertThat(story.back()).isZero();
  }

  @Test
  void whatIsAddedCanBeRefunded() {
    LineStory story = hundred();
    story.changes(addition("MUG-BLUE", 2, 1_500));
    reserved(story);
    pays(story, 3_000);
    assertThat(story.refunds(units(2, 2)).amount()).isEqualTo(3_000);
    assertThat(refusals(story.triesToChange(quantity(2, 1)))).hasSize(1);
  }

  @Test
  void timeToPayEndsNoOrderThatWasPaidBeforeSomethingWasAdded() {
    LineStory story = hundred();
    story.changes(addition("MUG-BLUE", 1, 3_000));
    reserved(story);
    var late = Samples.NOON.plus(Duration.ofDays(30));
    OrderState asked = Advancing.advance(Optional.of(story.state), new OrderDue(story.content.id(), late), late);
    assertThat(asked.isCancelled()).isFalse();
    assertThat(MoneyView.due(asked)).isEqualTo(3_000);
    assertThat(story.state.holds()).as("nothing to look at").isEmpty();
  }

  @Test
  void whatIsAddedToAnOrderThatIsNotPaidDoesNotKeepItFromExpiring() {
    LineStory story = LineStory.placed(order(List.of(line("TEA-200", 1, 10_000, 0))));
    story.changes(addition("MUG-BLUE", 1, 3_000));
    reserved(story);
    var late = Samples.NOON.plus(Duration.ofDays(30));
    assertThat(story.state.times().unanswered(late)).isNotEmpty();
    story.isPaid(10_000);
    assertThat(due(story)).isEqualTo(3_000);
    assertThat(story.state.holds()).isEmpty();
  }

  @Test
  void aPaymentOfWhatIsThenDueIsNoMismatch() {
    LineStory story = LineStory.placed(order(List.of(line("TEA-200", 2, 2_000, 0))));
    story.changes(quantity(1, 1));
    story.isPaid(2_000);
    assertThat(story.state.holds()).isEmpty();
    assertThat(story.state.isPaid()).isTrue();
    assertThat(due(story)).isZero();
  }

  @Test
  void whatMakesNoSenseIsRefusedWithFieldAndRule() {
    LineStory story = hundred();
    assertThat(refusals(story.triesToChange(quantity(7, 1), quantity(1, 1), addition("NOTHING", 1, 1))))
        .containsExactly("/lines/0/line_id unknown: the order has no such line",
            "/lines/1/quantity unchanged: is 1 already", "/lines/2/sku unknown: there is no such product");
    assertThat(refusals(story.triesToChange(quantity(1, 2), quantity(1, 3))))
        .containsExactly("/lines/1/line_id repeated: the line is named twice");
    assertThat(refusals(story.triesToChange(quantity(1, 0))))
        .containsExactly("/lines nothing_left: nothing would be left: cancel the order");
    story.state = Samples.placed(story.content);
    assertThat(code(story.triesToChange(quantity(1, 2)))).isEqualTo("stock_pending");
    OrderId id = story.content.id();
    story.hears(new StockRefused(id, List.of()));
    assertThat(code(story.triesToChange(quantity(1, 2)))).isEqualTo("order_cancelled");
  }

  @Test
  void whatHasLeftWholeTakesNoMore() {
    LineStory story = LineStory.placed(Samples.sample()).isPaid(5572);
    for (int line = 1; line <= 3; line++) {
      story.hears(Samples.allocated(line), Samples.packed(line));
    }
    assertThat(code(story.triesToChange(addition("TEA-200", 1, 100)))).isEqualTo("dispatch_closed");
  }

  /** Whatever is added, taken out, refunded and paid: what is kept and still owed is always what the lines are worth. */
  @Property(tries = 300)
  void moneyFollowsLines(@ForAll @Size(min = 1, max = 14) List<@IntRange(min = 0, max = 47) Integer> steps,
      @ForAll @IntRange(min = 1, max = 4) int quantity, @ForAll @IntRange(min = 1, max = 999) int price,
      @ForAll @IntRange(min = 0, max = 500) int discount) {
    long off = Math.min(discount, (long) quantity * price);
    LineStory story = LineStory.placed(order(List.of(line("TEA-200", quantity, price, off),
        line("MUG-BLUE", 1, 1_000, 0)))).isPaid(quantity * (long) price - off + 1_000);
    for (int step : steps) {
      var line = new LineId("line_" + (1 + step % 2));
      OrderLines lines = OrderLines.of(story.content, story.state.changes(), story.commands);
      int open = new OpenUnits(lines, story.state, story.commands).of(line);
      switch (step % 4) {
        case 0, 1 -> {
          if (!(story.triesToChange(quantity(1 + step % 2, step / 6)) instanceof Outcome.Declined)) {
            story.changes(quantity(1 + step % 2, step / 6));
            reserved(story);
          }
        }
        case 2 -> {
          if (open > 0 && story.state.money().counted(story.state.terms()).getFirst().balance().refundable()
              .minorUnits() >= lines.worth(line, 1) + 1) {
            story.refunds(units(1 + step % 2, 1));
          }
        }
        default -> {
          if (due(story) > 0 && story.state.money().payments().size() < 2) {
            pays(story, due(story));
          }
        }
      }
      OrderForm now = OrderLines.of(story.content, story.state.changes(), story.commands).now().form();
      long refunded = story.commands.stream().map(OrderCommand::adjustment)
          .filter(it -> !it.type().isOfLines()).mapToLong(Adjustment::amount).sum();
      assertThat(story.owed()).isEqualTo(now.total() - refunded);
      assertThat(story.back()).isLessThanOrEqualTo(
          PaymentProgress.captured(story.state.money().payments(), "EUR").minorUnits());
      assertThat(due(story)).as("nothing more is kept than is owed").isNotNegative();
    }
  }
}
