package waybill.local.providers.easypost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import waybill.local.machine.Json;

/**
 * The accounts that the local EasyPost has: those of the secret that the functions read, so that both sides know the same keys.
 *
 * @param byKey whose API key it is
 * @param webhookSecret what an account's webhooks are signed with; none for an account that is sent no events
 */
public record EasyPostAccounts(Map<String, String> byKey, Map<String, String> webhookSecret) {

  /** @param secret as in the settings; accounts without a key take no calls */
  public static EasyPostAccounts read(String secret) {
    Map<String, String> byKey = new HashMap<>();
    Map<String, String> webhookSecret = new HashMap<>();
    for (Map.Entry<String, JsonNode> account : accounts(secret).properties()) {
      if (account.getValue().path("api_key").isTextual()) {
        byKey.put(account.getValue().path("api_key").asText(), account.getKey());
        account.getValue().path("webhook_secrets")
            .forEach(it -> webhookSecret.putIfAbsent(account.getKey(), it.asText()));
      }
    }
    return new EasyPostAccounts(byKey, webhookSecret);
  }

  /** The same secret, whose accounts of EasyPost that have a key are called here. */
  public static String calledAt(String secret, String address) {
    JsonNode accounts = accounts(secret);
    accounts.forEach(it -> {
      if (it.path("carrier").asText().equals("easypost") && it.path("api_key").isTextual() && !it.has("api_base")) {
        ((ObjectNode) it).put("api_base", address);
      }
    });
    return accounts.toString();
  }

  private static JsonNode accounts(String secret) {
    try {
      return Json.read(secret.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
