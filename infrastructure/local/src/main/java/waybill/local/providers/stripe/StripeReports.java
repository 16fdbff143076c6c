package waybill.local.providers.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import waybill.local.gateway.Answered;
import waybill.local.machine.Json;

/**
 * What somebody reports of a payment by a webhook that was accepted, with curl for example, is true: the local Stripe knows it
 * from then on, so that the payment can be captured, refunded and looked up.
 */
public final class StripeReports implements Consumer<Answered> {
  private static final String WEBHOOKS = "/webhooks/payments/";
  private static final Map<String, String> STATUSES = Map.of("payment_intent.processing", "processing",
      "payment_intent.payment_failed", "requires_payment_method", "payment_intent.amount_capturable_updated",
      "requires_capture", "payment_intent.canceled", "canceled", "payment_intent.succeeded", "succeeded");

  private final Stripe stripe;

  public StripeReports(Stripe stripe) {
    this.stripe = stripe;
  }

  @Override
  public void accept(Answered answered) {
    if (!answered.path().startsWith(WEBHOOKS) || answered.status() != 200) {
      return;
    }
    try {
      JsonNode event = Json.read(answered.request());
      JsonNode object = event.at("/data/object");
      String status = STATUSES.get(event.path("type").asText());
      boolean captured = object.path("amount_received").asLong() > 0 && "requires_capture".equals(status);
      if (status != null && !captured) {
        // What was captured in part, it has captured itself.
        stripe.know(object.path("id").asText(), answered.path().substring(WEBHOOKS.length()), amount(object, status),
            object.path("currency").asText(), status);
      }
    } catch (IOException | IllegalArgumentException _) {
      // Nothing that a payment at Stripe can be.
    }
  }

  private static long amount(JsonNode intent, String status) {
    String field = status.equals("succeeded")
        ? "amount_received"
        : status.equals("requires_capture") ? "amount_capturable" : "amount";
    return intent.path(field).asLong(intent.path("amount").asLong());
  }
}
