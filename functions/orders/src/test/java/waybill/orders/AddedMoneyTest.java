package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.LineStory.addition;
import static waybill.orders.LineStory.line;
import static waybill.orders.LineStory.order;
import static waybill.orders.LineStory.quantity;
import static waybill.orders.Samples.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.PaymentLookedUp;
import waybill.messages.PaymentStatus;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.Hold.Resolution;
import waybill.orders.OrderHolds.Release;
import waybill.orders.OrderCommands.Decided;
import waybill.platform.Outcome;

/** What a change added and is never paid keeps all of the order waiting: somebody looks, and there are ways out. */
class AddedMoneyTest {
  private static final Instant NEXT_DAY = NOON.plus(Duration.ofDays(1));

  /** One tin of 100.00, which is paid, and a cup of 30.00, which was added and is not. */
  private static LineStory unpaid() {
    LineStory story = LineStory.placed(order(List.of(line("TEA-200", 1, 10_000, 0)))).isPaid(10_000);
    story.changes(addition("MUG-BLUE", 1, 3_000));
    return story.hears(new StockReserved(story.content.id(), 1));
  }

  private static LineStory looks(LineStory story, Instant at) {
    story.state = Advancing.advance(Optional.of(story.state), new OrderDue(story.content.id(), at), at);
    return story;
  }

  private static LineStory overdue() {
    return looks(unpaid(), NEXT_DAY);
  }

  private static List<Hold.Reason> holds(LineStory story) {
    return story.state.holds().stream().map(Hold::reason).toList();
  }

  private static void pays(LineStory story, String reference, long amount) {
    story.hears(new PaymentCaptured(story.content.id(), Shop.payment(reference, PaymentStatus.CAPTURED, amount,
        amount)));
  }

  private static Outcome<Decided> releases(LineStory story, Resolution how) {
    return story.state.released(story.state.holds().getFirst().id(), how, new Release("a gift", NEXT_DAY, "k1"),
        "adj_9",
        NEXT_DAY);
  }

  @Test
  void somebodyLooksADayAfterItWasAdded() {
    LineStory story = unpaid();
    assertThat(story.state.isReleased()).isFalse();
    assertThat(holds(story)).as("its customer may still pay").isEmpty();
    looks(story, NOON.plusSeconds(60));
    assertThat(story.state.due()).isEqualTo(NEXT_DAY);
    assertThat(holds(story)).isEmpty();

    looks(story, NEXT_DAY);
    assertThat(holds(story)).containsExactly(Hold.Reason.CHANGE_UNPAID);
    assertThat(story.state.isCancelled()).isFalse();
    assertThat(story.state.due()).as("it may be paid without being heard of").isAfter(NEXT_DAY);
    OrderState held = story.state;
    looks(story, NEXT_DAY.plus(Duration.ofHours(12)));
    assertThat(story.state.holds()).isEqualTo(held.holds());
  }

  @Test
  void itEndsWhenItIsPaidOrTakenOutAgain() {
    LineStory paid = overdue();
    pays(paid, "pi_rest", 3_000);
    assertThat(holds(paid)).isEmpty();
    assertThat(paid.state.isReleased()).isTrue();

    LineStory taken = overdue();
    taken.changes(quantity(2, 0));
    looks(taken, NEXT_DAY.plusSeconds(1));
    assertThat(holds(taken)).isEmpty();
    assertThat(taken.state.isReleased()).isTrue();
    assertThat(taken.back()).isZero();
  }

  @Test
  void whatIsNotPaidIsAcceptedAndWhatComesAllTheSameGoesBack() {
    LineStory story = overdue();
    assertThat(releases(story, null)).isInstanceOf(Outcome.Declined.class);
    assertThat(releases(story, Resolution.WAIT)).isInstanceOf(Outcome.Declined.class);
    story.state = releases(story, Resolution.ACCEPT_DIFFERENCE).orElseThrow().state();
    assertThat(holds(story)).isEmpty();
    assertThat(story.state.isReleased()).isTrue();
    assertThat(story.owed()).isEqualTo(10_000);
    assertThat(story.state.unitsToShip()).as("the cup is sent").isEqualTo(2);

    pays(story, "pi_late", 3_000);
    assertThat(story.back()).isEqualTo(3_000);
    assertThat(story.state.holds()).isEmpty();
  }

  @Test
  void aSecondChangeThatIsNotPaidIsAnotherHold() {
    LineStory story = overdue();
    HoldId first = story.state.holds().getFirst().id();
    pays(story, "pi_rest", 3_000);
    story.changes(addition("MUG-BLUE", 1, 3_000));
    story.hears(new StockReserved(story.content.id(), story.state.changes().open().number()));
    looks(story, NEXT_DAY.plus(Duration.ofDays(1)));
    assertThat(holds(story)).containsExactly(Hold.Reason.CHANGE_UNPAID);
    assertThat(story.state.holds().getFirst().id()).isNotEqualTo(first);
  }

  @Test
  void theProviderIsAskedBeforeAPersonIs() {
    LineStory story = unpaid();
    var named = new OrderForm.NamedPayment("stripe", "shop-eu", "pi_rest", null, 3_000, false, null);
    var command = new OrderCommand.Asked(OrderCommand.Kind.PAYMENT, "/payments", "k1", "", "me")
        .of(story.content.id(), null, NOON);
    story.state = new Paying(story.content, story.state, List.of(), command, NOON).add(named).orElseThrow();
    // It was asked about once already, when the order without it was complete.
    PaymentId rest = PaymentId.of("stripe", "shop-eu", "pi_rest");
    story.hears(new PaymentLookedUp(story.content.id(), story.state.money().find(rest).orElseThrow().payment(),
        NOON.plusSeconds(1)));

    looks(story, NEXT_DAY);
    assertThat(holds(story)).isEmpty();
    assertThat(story.state.unanswered(NEXT_DAY)).extracting(OrderPayment::id).containsExactly(rest);
    story.state = Advancing.advance(Optional.of(story.state), new PaymentLookedUp(story.content.id(),
        story.state.money().find(rest).orElseThrow().payment(), NEXT_DAY.plusSeconds(9)), NEXT_DAY.plusSeconds(9));
    assertThat(holds(story)).containsExactly(Hold.Reason.CHANGE_UNPAID);
  }

  @Test
  void aTransferThatWasNamedForItIsWaitedFor() {
    LineStory story = unpaid();
    var transfer = new OrderForm.NamedPayment("external", "", "RE-1", "bank_transfer", 3_000, false,
        NOON.plus(Duration.ofDays(10)));
    var command = new OrderCommand.Asked(OrderCommand.Kind.PAYMENT, "/payments", "k1", "", "me")
        .of(story.content.id(), null, NOON);
    story.state = new Paying(story.content, story.state, List.of(), command, NOON).add(transfer).orElseThrow();
    looks(story, NEXT_DAY);
    assertThat(holds(story)).isEmpty();
    assertThat(story.state.due()).isEqualTo(NOON.plus(Duration.ofDays(10)));
    looks(story, NOON.plus(Duration.ofDays(10)));
    assertThat(holds(story)).containsExactly(Hold.Reason.CHANGE_UNPAID);
  }
}
