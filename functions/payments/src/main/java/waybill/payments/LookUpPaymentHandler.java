package waybill.payments;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.LookUpPayment;
import waybill.messages.PaymentMessages.*;
import waybill.platform.*;
import waybill.platform.webhook.Accounts;

/**
 * Asks the provider how a payment stands, for an order that is about to decide without its money: the event that it was paid
 * may be late, or may have been refused because a secret was rolled.
 */
public record LookUpPaymentHandler(Table<RecordedPayment> payments, Accounts<StripeAccount> accounts,
    StripeIntents stripe, Sender<LookUpPayment.Output> sender, InstantSource clock)
    implements QueueFunction<PaymentQuestioned> {
  private static final Log LOG = Log.of(LookUpPaymentHandler.class);

  public LookUpPaymentHandler() { this(Ports.ofProcess()); }

  public LookUpPaymentHandler(Ports ports) {
    this(PaymentsTable.payments(ports), StripeAccount.all(ports), new StripeIntents(StripeCalls.of(ports)),
        new Sender<>(ports), ports.clock());
  }

  @Override
  public void work(PaymentQuestioned question) {
    Instant asked = clock.instant();
    Optional<Payment> found = find(question.payment(), asked);
    var answers = new ArrayList<LookUpPayment.Output>();
    Payment payment = question.payment();
    if (found.isPresent()) {
      var news = new PaymentNoticed(question.order(), found.get(), "looked_up");
      RecordedPayment recorded = payments.change(PaymentsTable.key(payment.id()),
          known -> RecordedPayment.after(known, news, asked), MoneyLog.moved(LOG)).value();
      answers.addAll(Emissions.of(recorded));
      payment = recorded.contradicts(news) ? payment : recorded.payment();
    }
    answers.add(new PaymentLookedUp(question.order(), payment, asked));
    sender.send(answers);
    LOG.info("Payment looked up", "order", question.order(), "payment", payment.id(), "status", payment.status());
  }

  /** Empty if the provider does not know it, or cannot be asked. */
  private Optional<Payment> find(Payment payment, Instant now) {
    StripeAccount account = accounts.find(payment.account())
        .orElseThrow(() -> new IllegalStateException("there is no payment account " + payment.account()));
    if (!account.hasKey()) {
      LOG.warn("Payment cannot be looked up: its account has no api_key", "account", payment.account());
      return Optional.empty();
    }
    return stripe.find(account, payment, now);
  }
}
