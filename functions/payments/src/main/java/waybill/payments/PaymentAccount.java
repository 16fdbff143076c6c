package waybill.payments;

import java.util.List;

/**
 * A merchant's account at a payment provider, as the parameter store holds it under its name.
 *
 * @param livemode whether its money is real
 * @param webhookSecrets what the provider signs its events with; two while one is being rolled
 * @param apiKey what refunds are asked for with; null where there is none
 */
record PaymentAccount(Boolean livemode, List<String> webhookSecrets, String apiKey) {

  PaymentAccount {
    // An account that does not say this must not be taken for either.
    if (livemode == null || webhookSecrets.isEmpty() || webhookSecrets.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("says livemode and has at least one webhook secret");
    }
  }

  /**
   * The key that money is given back with.
   *
   * @throws IllegalStateException where there is none, or one of the other mode: the provider would deny knowing payments
   *     that are there, and they would be taken for never made
   */
  String refundKey() {
    if (apiKey == null || apiKey.isBlank()) {
      throw new IllegalStateException("the payment account has no api_key");
    }
    if (apiKey.contains(livemode ? "_test_" : "_live_")) {
      throw new IllegalStateException("the payment account's api_key is of the other mode");
    }
    return apiKey;
  }

  /** Secrets stay out of every text. */
  @Override
  public String toString() {
    return "PaymentAccount[livemode=" + livemode + "]";
  }
}
