package waybill.payments;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import waybill.messages.Capture;
import waybill.messages.Choreography.CollectPayment;
import waybill.messages.Payment;
import waybill.messages.PaymentMessages.CaptureAnswered;
import waybill.messages.PaymentMessages.CaptureRequested;
import waybill.payments.CaptureStage.Claimed;
import waybill.payments.StripeCaptures.Answer;
import waybill.platform.Chance;
import waybill.platform.Log;
import waybill.platform.Ports;
import waybill.platform.QueueFunction;
import waybill.platform.Sender;
import waybill.platform.Table;
import waybill.platform.webhook.Accounts;

/**
 * Captures what a payment holds, once for each cause, however often it is asked and wherever it crashes: it claims the capture, looks
 * whether it was made, asks the provider, records the answer, and reports it to the order.
 */
public record CollectPaymentHandler(Table<RecordedPayment> payments, Accounts<StripeAccount> accounts,
    StripeCaptures stripe, Sender<CollectPayment.Output> sender, InstantSource clock)
    implements QueueFunction<CaptureRequested> {
  private static final Log LOG = Log.of(CollectPaymentHandler.class);

  public CollectPaymentHandler() { this(Ports.ofProcess()); }

  public CollectPaymentHandler(Ports ports) {
    this(PaymentsTable.payments(ports), StripeAccount.all(ports), new StripeCaptures(StripeCalls.of(ports)),
        new Sender<>(ports), ports.clock());
  }

  @Override
  public void work(CaptureRequested request) {
    Table.Key key = PaymentsTable.key(request.payment().id());
    String claimant = Chance.here().newName();
    RecordedPayment recorded = payments
        .change(key, known -> RecordedPayment.capturing(known, request, claimant, clock.instant()),
            MoneyLog.moved(LOG))
        .value();
    if (recorded.capture(request.capture().id()).orElseThrow() instanceof Claimed claim) {
      recorded = settle(key, claim, ask(recorded.payment(), claim));
    }
    Capture capture = recorded.capture(request.capture().id()).orElseThrow().capture();
    MoneyLog.capture(LOG, recorded, capture);
    sender.send(answers(request, recorded, capture));
  }

  private Answer ask(Payment payment, Claimed claim) {
    StripeAccount account = accounts.find(payment.account())
        .orElseThrow(() -> new IllegalStateException("there is no payment account " + payment.account()));
    return stripe.capture(account, payment, claim);
  }

  private RecordedPayment settle(Table.Key key, Claimed claim, Answer answer) {
    Instant now = clock.instant();
    Capture asked = claim.capture();
    Capture settled = answer.code() == null ? asked.succeeded(answer.amount(), now) : asked.failed(answer.code(), now);
    return payments.change(key, known -> {
      RecordedPayment captured = known.orElseThrow().captured(settled);
      return answer.intent() == null
          ? captured
          : captured.seen(StripeIntents.read(answer.intent(), captured.payment(), now));
    }, MoneyLog.moved(LOG)).value();
  }

  /** Of a payment that is another order's, whoever asked hears only that nothing of it was captured. */
  private static List<CollectPayment.Output> answers(CaptureRequested request, RecordedPayment recorded,
      Capture capture) {
    boolean theirs = request.order().equals(recorded.order());
    var answers = new ArrayList<CollectPayment.Output>();
    answers.add(new CaptureAnswered(request.order(), theirs ? recorded.payment() : request.payment(), capture));
    if (theirs && recorded.refund() != null) {
      // What was captured while it was on its way back goes back too.
      answers.addAll(Emissions.of(recorded));
    }
    return answers;
  }
}
