package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.Samples.NOON;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import waybill.messages.Alert;
import waybill.messages.CancelReason;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.LineId;
import waybill.messages.Money;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.PaymentAlerted;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.PaymentRefunded;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.Hold.Resolution;
import waybill.orders.OrderCommands.Decided;
import waybill.orders.OrderHolds.Release;
import waybill.orders.Refunding.Form;
import waybill.orders.Refunding.Units;
import waybill.platform.Outcome;

/**
 * Over any sequence of captures, refunds, refunds elsewhere, disputes, resolutions and cancellations: no more is refunded than was
 * captured, the order shows what its provider has moved, and when all is taken back it is all that was captured, to the cent.
 */
class MoneyPropertyTest {
  private static final OrderContent CONTENT = Samples.sample();
  private static final Payment CARD = Shop.payment(PaymentStatus.CAPTURED, 5572, 5572);

  /** What is done. @param number chooses among what can be chosen */
  record Step(int what, int number, long amount, RefundStatus answer) {}

  /** The order, and the card's provider, that moves what it is asked for and what somebody asks it elsewhere. */
  private static final class World {
    private final Life life = new Life(CONTENT, Samples.placed(CONTENT));
    private final List<Adjustment> granted = new ArrayList<>();
    private final Map<RefundId, Long> moved = new HashMap<>();
    private final Map<RefundId, Integer> tries = new HashMap<>();
    private int commands;
    private Instant now = NOON;

    World() {
      hears(new StockReserved(Shop.SAMPLE));
    }

    private void hears(AdvanceOrder.Input news) {
      now = now.plusSeconds(1);
      life.hears(news, now);
    }

    private OrderState state() {
      return life.state;
    }

    long atProvider() {
      return moved.values().stream().mapToLong(it -> it).sum();
    }

    void take(Step step) {
      switch (step.what) {
        case 0 -> hears(new PaymentCaptured(Shop.SAMPLE, CARD));
        case 1, 2 -> grant(step);
        case 3 -> answerAll(step.answer);
        case 4 -> elsewhere(step.amount);
        case 5 -> hears(new PaymentAlerted(Shop.SAMPLE, CARD, new Alert(Alert.Kind.DISPUTE, "dp_1",
            step.number % 2 == 0 ? Alert.Status.CLOSED : Alert.Status.OPEN, null, now)));
        case 6 -> resolve(step.number);
        default -> cancel();
      }
    }

    private void grant(Step step) {
      boolean line = step.what == 1;
      Form form = line
          ? new Form(Adjustment.Kind.REFUND, List.of(new Units(new LineId("line_" + (1 + step.number % 3)), 1)),
              step.number % 2 == 0, null, null, null, null, false)
          : new Form(step.number % 2 == 0 ? Adjustment.Kind.GOODWILL : Adjustment.Kind.REFUND, List.of(), false,
              step.amount, null, null, null, false);
      var outcome = new Refunding(OrderLines.of(CONTENT, state().changes(), List.of()), state(), granted,
          "adj_" + commands++, now).grant(form);
      if (outcome instanceof Outcome.Accepted<Refunding.Granted>(Refunding.Granted it)) {
        life.state = it.state();
        granted.add(it.adjustment());
      }
    }

    /** What the provider is asked for is moved as far as there is something, or refused for good. */
    private void answerAll(RefundStatus answer) {
      hears(new OrderDue(Shop.SAMPLE, now));
      life.answer.stream().filter(RefundRequested.class::isInstance).map(it -> (RefundRequested) it)
          .filter(it -> it.payment().id().equals(CARD.id())).toList().forEach(it -> answer(it.refund(), answer));
    }

    private void answer(Refund asked, RefundStatus wanted) {
      long left = 5572 - atProvider() + moved.getOrDefault(asked.id(), 0L);
      long amount = asked.amount() == null ? left : asked.amount().minorUnits();
      RefundStatus status = amount > left ? RefundStatus.FAILED : wanted;
      moved.put(asked.id(), status == RefundStatus.FAILED ? 0 : amount);
      hears(new PaymentRefunded(Shop.SAMPLE, CARD,
          new Refund(asked.id(), asked.reason(), status, new Money(amount, "EUR"), now)));
    }

    private void elsewhere(long amount) {
      boolean captured = state().money().find(CARD.id()).orElseThrow().payment().captured().isPositive();
      if (captured && amount <= 5572 - atProvider()) {
        RefundId id = RefundId.of(CARD.id(), "re_" + tries.size() + moved.size());
        moved.put(id, amount);
        hears(new PaymentRefunded(Shop.SAMPLE, CARD,
            new Refund(id, RefundReason.MADE_ELSEWHERE, RefundStatus.SUCCEEDED, new Money(amount, "EUR"), now)));
      }
    }

    private void resolve(int number) {
      List<Hold> holds = state().holds().stream().filter(it -> !it.reason().resolutions().isEmpty()).toList();
      if (!holds.isEmpty()) {
        Hold hold = holds.get(number % holds.size());
        List<Resolution> ways = hold.reason().resolutions();
        // What a person says to have done elsewhere, nobody can check.
        Resolution way = ways.contains(Resolution.REFUND_AGAIN) ? Resolution.REFUND_AGAIN : ways.getLast();
        String id = "adj_" + commands++;
        if (state().released(hold.id(), way, new Release("note", now, id), id,
            now) instanceof Outcome.Accepted<Decided>(Decided it)) {
          life.state = it.state();
        }
      }
    }

    private void cancel() {
      if (state().cancelled(CancelReason.OTHER, "cancel", now) instanceof Outcome.Accepted<OrderState>(OrderState it)) {
        life.state = it;
      }
    }

    void check() {
      for (OrderPayment it : state().money().payments()) {
        assertThat(it.balance().refunded()).as("no more than was captured")
            .isLessThanOrEqualTo(it.payment().captured());
        assertThat(shown(it.id())).as("nor shown").isLessThanOrEqualTo(it.payment().captured().minorUnits());
      }
    }

    private long shown(PaymentId payment) {
      return MoneyView.refunds(state()).stream().filter(it -> it.get("payment_id").equals(payment.value()))
          .filter(it -> Set.of("pending", "succeeded").contains(it.get("status")))
          .filter(it -> !"done_elsewhere".equals(it.get("reason")))
          .mapToLong(it -> (Long) it.get("amount")).sum();
    }

    /** All is taken back: the order is cancelled, and its provider does at last what it is asked for. */
    void end() {
      cancel();
      hears(new PaymentCaptured(Shop.SAMPLE, CARD));
      hears(new PaymentAlerted(Shop.SAMPLE, CARD,
          new Alert(Alert.Kind.DISPUTE, "dp_1", Alert.Status.CLOSED, null, now.plusSeconds(60))));
      for (int round = 0; round < 4; round++) {
        answerAll(RefundStatus.SUCCEEDED);
        resolve(0);
      }
      answerAll(RefundStatus.SUCCEEDED);
    }
  }

  @Property(tries = 600)
  void noMoreGoesBackThanCameAndAllOfItGoesBackToTheCent(@ForAll("steps") List<Step> steps) {
    var world = new World();
    for (Step step : steps) {
      world.take(step);
      world.check();
    }
    world.end();
    world.check();
    PaymentBalance card = world.state().money().find(CARD.id()).orElseThrow().balance();
    assertThat(world.state().isCancelled()).isTrue();
    assertThat(world.atProvider()).as("what the card's provider has moved").isEqualTo(5572);
    assertThat(card.refunded()).as("what the order shows").isEqualTo(new Money(5572, "EUR"));
    assertThat(card.notYetBack().isZero()).isTrue();
    assertThat(world.state().holds()).extracting(Hold::reason).allMatch(Hold.Reason.EXTERNAL_REFUND::equals);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(Arbitraries.integers().between(0, 7), Arbitraries.integers().between(0, 11),
        Arbitraries.of(1L, 300L, 1791L, 5572L),
        Arbitraries.of(RefundStatus.PENDING, RefundStatus.SUCCEEDED, RefundStatus.FAILED)).as(Step::new).list()
        .ofMaxSize(10);
  }
}
