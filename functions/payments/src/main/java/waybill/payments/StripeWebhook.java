package waybill.payments;

import java.time.Instant;
import java.util.Map;
import waybill.messages.Choreography.ReceivePayment;
import waybill.platform.HttpRequest;
import waybill.platform.Outcome;
import waybill.platform.webhook.Event;
import waybill.platform.webhook.Provider;
import waybill.platform.webhook.Verdict;

/** Stripe's webhooks: how they are signed and what they mean. */
final class StripeWebhook implements Provider<StripeAccount, ReceivePayment.Output> {

  @Override
  public Verdict verdict(HttpRequest request, StripeAccount account, Instant now) {
    return StripeSignature.verdict(request.header("stripe-signature"), request.body(), account.webhookSecrets(), now);
  }

  @Override
  public String explain(Verdict flaw) {
    return switch (flaw) {
      case MISSING -> "there is no Stripe-Signature header";
      case MALFORMED -> "the Stripe-Signature header has no t in Unix seconds or no v1";
      default -> "no v1 signature fits this body and a secret of this account";
    };
  }

  @Override
  public Outcome<Event<ReceivePayment.Output>> read(Map<String, Object> body, String name, StripeAccount account) {
    return StripeEvents.read(body, name, account.livemode());
  }
}
