package waybill.platform.webhook;

import java.util.List;

/** A merchant's account at a provider, as the parameter store holds it under its name. Its text holds no secret. */
public interface Account {

  /** Whether what its events are about is real. */
  Boolean livemode();

  /** What the provider signs its events with; two while one is being rotated. */
  List<String> webhookSecrets();

  /** @throws IllegalArgumentException if one of the two lacks: an account must not be taken for live or for a test's by default */
  static void requireComplete(Boolean livemode, List<String> webhookSecrets) {
    if (livemode == null || webhookSecrets.isEmpty() || webhookSecrets.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("says livemode and has at least one webhook secret");
    }
  }
}
