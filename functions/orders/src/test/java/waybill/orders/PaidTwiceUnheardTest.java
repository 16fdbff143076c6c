package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.Samples.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.FulfillmentId;
import waybill.messages.Money;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.Payment;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.PaymentLookedUp;
import waybill.messages.PaymentMessages.PaymentQuestioned;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.PaymentStatus;
import waybill.messages.RefundReason;
import waybill.messages.StockMessages.StockAllocated;
import waybill.messages.StockMessages.StockReserved;

/** A customer pays by card, the event of that is lost, and they pay by a bank transfer too. */
class PaidTwiceUnheardTest {
  private static final Duration MINUTES = Duration.ofMinutes(5);
  private final OrderContent content = LineStory.order(List.of(LineStory.line("TEA-200", 1, 10_000, 0)));
  private final Life life = new Life(content, null).isPlaced(NOON);
  private Instant now = NOON;

  @BeforeEach
  void itIsPaidByATransfer() {
    life.hears(new StockReserved(content.id()), NOON);
    life.hears(new StockAllocated(content.id(), FulfillmentId.of(content.id(), 1), Samples.BERLIN,
        content.shippedLines()), NOON);
    now = NOON.plusSeconds(90);
    var transfer = new OrderForm.NamedPayment("external", "", "RE-1", "bank_transfer", 10_000, true, null);
    var command = new OrderCommand.Asked(OrderCommand.Kind.PAYMENT, "/payments", "k1", "", "me")
        .of(content.id(), null, now);
    life.state = new Paying(content, life.state, List.of(), command, now).add(transfer).orElseThrow();
  }

  /** Whenever it is due until then, somebody looks. */
  private List<PaymentQuestioned> questionsUntil(Instant end) {
    var before = life.sent.size();
    for (int looks = 0; life.state.due() != null && !life.state.due().isAfter(end); looks++) {
      assertThat(looks).as("it does not go round and round").isLessThan(200);
      now = life.state.due().isAfter(now) ? life.state.due() : now;
      life.hears(new OrderDue(content.id(), now), now);
      life.answer.stream().filter(PaymentQuestioned.class::isInstance).map(PaymentQuestioned.class::cast).toList()
          .forEach(this::answers);
    }
    return life.sent.subList(before, life.sent.size()).stream().filter(PaymentQuestioned.class::isInstance)
        .map(PaymentQuestioned.class::cast).toList();
  }

  private boolean paid;

  private void answers(PaymentQuestioned question) {
    now = now.plusSeconds(2);
    Payment card = question.payment();
    if (paid) {
      var all = new Money(10_000, "EUR");
      card = new Payment(card.id(), "stripe", "shop-eu", card.reference(), PaymentStatus.CAPTURED, all, all, now);
      life.hears(new PaymentCaptured(content.id(), card), now);
    }
    life.hears(new PaymentLookedUp(content.id(), card, now), now);
  }

  @Test
  void stripeIsAskedWhenTheTransferHasCompletedTheOrderAndTheCardsMoneyGoesBack() {
    paid = true;
    assertThat(life.state.isPaid()).isTrue();
    assertThat(questionsUntil(NOON.plus(MINUTES))).hasSize(1);
    assertThat(life.sent).filteredOn(RefundRequested.class::isInstance).map(RefundRequested.class::cast)
        .isNotEmpty().allSatisfy(it -> {
          assertThat(it.refund().reason()).isEqualTo(RefundReason.PAID_TWICE);
          assertThat(it.payment().reference()).isEqualTo("pi_3QWaybillSample");
        });
  }

  @Test
  void itIsAskedOnceMoreWhenTheTimeToPayIsOverAndThenNoMore() {
    assertThat(questionsUntil(NOON.plus(MINUTES))).hasSize(1);
    assertThat(questionsUntil(NOON.plus(Duration.ofDays(60)))).hasSize(1);
  }

  @Test
  void whoeverDoesNotAnswerIsAskedAgain() {
    now = now.plus(MINUTES);
    life.hears(new OrderDue(content.id(), now), now);
    assertThat(life.state.due()).isEqualTo(now.plus(MINUTES));
  }
}
