package waybill.local.providers.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import waybill.local.machine.Json;

/**
 * The accounts that the local Stripe has: those of the secret that the functions read, so that both sides know the same keys.
 *
 * @param byKey         whose secret key it is
 * @param webhookSecret what an account's webhooks are signed with
 */
public record StripeAccounts(Map<String, String> byKey, Map<String, String> webhookSecret) {

  /** @param secret as in the settings; accounts without a key take no calls */
  public static StripeAccounts read(String secret) throws IOException {
    Map<String, String> byKey = new HashMap<>();
    Map<String, String> webhookSecret = new HashMap<>();
    for (Map.Entry<String, JsonNode> account : Json.read(secret.getBytes(StandardCharsets.UTF_8)).properties()) {
      if (account.getValue().path("api_key").isTextual()) {
        byKey.put(account.getValue().path("api_key").asText(), account.getKey());
        webhookSecret.put(account.getKey(), account.getValue().path("webhook_secrets").path(0).asText());
      }
    }
    return new StripeAccounts(byKey, webhookSecret);
  }
}
