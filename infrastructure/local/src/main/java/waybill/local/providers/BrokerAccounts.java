package waybill.local.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import waybill.local.machine.Json;

/**
 * The accounts that a local broker of carriers has: its own among those of the secret that the functions read, so that both sides know the
 * same keys.
 *
 * @param byKey whose API key it is
 * @param webhookSecret what an account's webhooks are sent with; none for an account that is sent no events
 */
public record BrokerAccounts(Map<String, String> byKey, Map<String, String> webhookSecret) {

  /** @param secret as in the settings; accounts without a key take no calls */
  public static BrokerAccounts read(String broker, String secret) {
    Map<String, String> byKey = new HashMap<>();
    Map<String, String> webhookSecret = new HashMap<>();
    for (Map.Entry<String, JsonNode> account : accounts(secret).properties()) {
      if (isCalled(broker, account.getValue())) {
        byKey.put(account.getValue().path("api_key").asText(), account.getKey());
        account.getValue().path("webhook_secrets")
            .forEach(it -> webhookSecret.putIfAbsent(account.getKey(), it.asText()));
      }
    }
    return new BrokerAccounts(byKey, webhookSecret);
  }

  /** The same secret, whose accounts of the broker that have a key are called here. */
  public static String calledAt(String broker, String secret, String address) {
    JsonNode accounts = accounts(secret);
    accounts.forEach(it -> {
      if (isCalled(broker, it) && !it.has("api_base")) {
        ((ObjectNode) it).put("api_base", address);
      }
    });
    return accounts.toString();
  }

  private static boolean isCalled(String broker, JsonNode account) {
    return account.path("carrier").asText().equals(broker) && account.path("api_key").isTextual();
  }

  private static JsonNode accounts(String secret) {
    try {
      return Json.read(secret.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
