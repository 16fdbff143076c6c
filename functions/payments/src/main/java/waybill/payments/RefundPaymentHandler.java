package waybill.payments;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.RefundPayment;
import waybill.messages.PaymentMessages.*;
import waybill.payments.RecordedPayment.Refusal;
import waybill.payments.RefundStage.Claimed;
import waybill.payments.StripeRefunds.Answer;
import waybill.payments.StripeRefunds.Reply;
import waybill.payments.StripeRefunds.Wait;
import waybill.platform.*;
import waybill.platform.webhook.Accounts;

/**
 * Refunds a payment, all that is left of it or a part, once, however often it is asked and wherever it crashes: it claims the refund, asks the
 * provider, records the answer, and reports it to the order.
 */
public record RefundPaymentHandler(Table<RecordedPayment> payments, Accounts<StripeAccount> accounts,
    StripeRefunds stripe, Sender<RefundPayment.Output> sender, InstantSource clock)
    implements QueueFunction<RefundRequested> {
  private static final Log LOG = Log.of(RefundPaymentHandler.class);

  public RefundPaymentHandler() { this(Ports.ofProcess()); }

  public RefundPaymentHandler(Ports ports) {
    this(PaymentsTable.payments(ports), StripeAccount.all(ports),
        new StripeRefunds(StripeCalls.of(ports)), new Sender<>(ports), ports.clock());
  }

  @Override
  public void work(RefundRequested request) {
    Table.Key key = PaymentsTable.key(request.payment().id());
    String claimant = Chance.here().newName();
    RecordedPayment recorded = payments
        .change(key, known -> RecordedPayment.claimed(known, request, claimant, clock.instant()), MoneyLog.moved(LOG))
        .value();
    var refusal = recorded.refusal(request);
    if (refusal.isPresent()) {
      refuse(request, refusal.get());
      return;
    }
    if (recorded.stage(request.refund().id()) instanceof Claimed claim) {
      switch (ask(recorded, claim)) {
        case Wait it -> {
          postpone(key, claim, it);
          return;
        }
        case Answer it -> recorded = settle(key, claim, it);
      }
    }
    MoneyLog.refund(LOG, recorded, recorded.stage(request.refund().id()).refund());
    sender.send(Emissions.of(recorded));
  }

  /**
   * News of the payment will request it again, and so does its order from time to time. If an older attempt to pay is all
   * that is known here, what Stripe has just shown is recorded too, or the refund would be owed by the next news. It is never requested from here:
   * it would be again, and again, for as long as the payment processes.
   */
  private void postpone(Table.Key key, Claimed claim, Wait wait) {
    Instant now = clock.instant();
    RecordedPayment waiting = payments.change(key, known -> {
      RecordedPayment postponed = known.orElseThrow().waiting(claim);
      return postponed.seen(StripeIntents.read(wait.intent(), postponed.payment(), now));
    }, MoneyLog.moved(LOG)).value();
    sender.send(Emissions.toOrder(waiting));
    LOG.info("Refund waits for the payment, which is processing", "refund", claim.refund().id());
  }

  private Reply ask(RecordedPayment recorded, Claimed claim) {
    Payment payment = recorded.payment();
    if (!payment.provider().equals(StripeEvents.PROVIDER)) {
      // The storefront took this money: only the storefront can refund it.
      return new Answer(RefundStatus.FAILED, payment.captured(), null, "provider_unknown", null);
    }
    StripeAccount account = accounts.find(payment.account())
        .orElseThrow(() -> new IllegalStateException("there is no payment account " + payment.account()));
    return stripe.refund(account, payment, recorded.order(), claim);
  }

  private RecordedPayment settle(Table.Key key, Claimed claim, Answer answer) {
    if (answer.code() != null) {
      LOG.warn("Refund refused by the provider", "refund", claim.refund().id(), "code", answer.code());
    }
    var refund = new Refund(claim.refund().id(), claim.refund().reason(), answer.status(), answer.amount(),
        clock.instant());
    Instant now = clock.instant();
    return payments.change(key, known -> {
      RecordedPayment settled = known.orElseThrow().settled(refund, answer.reference());
      return answer.intent() == null
          ? settled
          : settled.seen(StripeIntents.read(answer.intent(), settled.payment(), now));
    }, MoneyLog.moved(LOG)).value();
  }

  private void refuse(RefundRequested request, Refusal refusal) {
    LOG.warn("Refund refused", "order", request.order() == null ? "none" : request.order().value(), "payment",
        request.payment().id(), "refusal", refusal);
    if (refusal == Refusal.ANOTHER_ORDERS) {
      // Whoever asks must not wait for ever: nothing of this money was ever theirs. What a person granted of it they must hear of.
      Refund asked = request.refund();
      var nothing = asked.reason().isPart()
          ? new Refund(asked.id(), asked.reason(), RefundStatus.FAILED, asked.amount(), asked.updatedAt())
          : new Refund(asked.id(), asked.reason(), RefundStatus.VOIDED, null, asked.updatedAt());
      sender.send(List.of(new PaymentRefunded(request.order(), request.payment(), nothing)));
    }
  }
}
