package waybill.payments;

import module java.base;
import waybill.messages.Choreography.ReceivePayment;
import waybill.messages.PaymentMessages.RefundNoticed;
import waybill.messages.RefundReason;
import waybill.platform.*;
import waybill.platform.webhook.*;

/**
 * {@code POST /webhooks/payments/{account}}: takes Stripe's events as Stripe sends them, and queues the fields that are used.
 * Stripe sends again, for days, what is not answered with 200.
 */
public record ReceivePaymentHandler(Webhook<StripeAccount, ReceivePayment.Output> webhook,
    Sender<ReceivePayment.Output> sender) implements HttpFunction {
  private static final Log LOG = Log.of(ReceivePaymentHandler.class);

  public ReceivePaymentHandler() {
    this(Ports.ofProcess());
    // What it reads first is a secret.
    Snapshot.prime(this, () -> {});
  }

  public ReceivePaymentHandler(Ports ports) {
    this(new Webhook<>(ports, StripeAccount.all(ports), new StripeWebhook(), "payment", LOG), new Sender<>(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) { return webhook.receive(request, this::take); }

  private void take(String account, Event<ReceivePayment.Output> event) {
    switch (event) {
      case Event.News<ReceivePayment.Output> news -> {
        sender.send(List.of(news.message()));
        LOG.info("Payment event received", "account", account, "event", event.id(), "event_type", event.type(),
            "payment", RecordedPayment.id(news.message()));
        if (news.message() instanceof RefundNoticed it && it.refund().reason() == RefundReason.MADE_ELSEWHERE) {
          LOG.report("RefundsMadeElsewhere", "Refund made elsewhere", "account", account, "payment", it.payment());
        }
      }
      case Event.Ignored<ReceivePayment.Output> it ->
        LOG.warn("Payment event ignored", "account", account, "event", event.id(), "event_type", event.type(),
            "ignored", it.reasonCode());
    }
  }
}
