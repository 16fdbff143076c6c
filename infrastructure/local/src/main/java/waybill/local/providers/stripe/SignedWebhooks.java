package waybill.local.providers.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import waybill.local.machine.Json;
import waybill.local.providers.Signatures;

/**
 * Payments that a webhook reports, whoever sends it: somebody with curl, a test, or the sample order. The local Stripe
 * knows from then on what a correctly signed webhook says, so that such a payment can be refunded.
 */
public final class SignedWebhooks {
  public static final String ROUTE = "POST /webhooks/payments/{account}";
  private static final Pattern SIGNATURE = Pattern.compile("t=([0-9]{1,11}),v1=[0-9a-f]{64}");

  private final Stripe stripe;
  private final StripeAccounts accounts;

  public SignedWebhooks(Stripe stripe, StripeAccounts accounts) {
    this.stripe = stripe;
    this.accounts = accounts;
  }

  /** @param event of the function behind the route; what is not a signed payment is ignored */
  public void read(byte[] event) {
    try {
      JsonNode request = Json.read(event);
      String account = request.at("/pathParameters/account").asText();
      String body = body(request);
      if (isSigned(account, request.at("/headers/stripe-signature").asText(), body)) {
        know(account, Json.read(body.getBytes(StandardCharsets.UTF_8)).at("/data/object"));
      }
    } catch (IOException | IllegalArgumentException _) {
      // Not a payment as Stripe has them; the function refuses it.
    }
  }

  private static String body(JsonNode request) {
    String body = request.path("body").asText();
    return request.path("isBase64Encoded").asBoolean()
        ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8)
        : body;
  }

  private boolean isSigned(String account, String signature, String body) {
    String secret = accounts.webhookSecret().get(account);
    Matcher parts = SIGNATURE.matcher(signature);
    return secret != null && parts.matches() && signature.equals(Signatures
        .stripe(body, secret, Instant.ofEpochSecond(Long.parseLong(parts.group(1)))).get("Stripe-Signature"));
  }

  private void know(String account, JsonNode intent) {
    if (intent.path("object").asText().equals("payment_intent")) {
      stripe.know(intent.path("id").asText(), account, intent.path("amount").asLong(),
          intent.path("currency").asText(), intent.path("status").asText());
    }
  }
}
