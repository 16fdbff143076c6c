package waybill.payments;

import java.util.List;

/**
 * A merchant's account at a payment provider, as the parameter store holds it under its name.
 *
 * @param livemode whether its money is real
 * @param webhookSecrets what the provider signs its events with; two while one is being rolled
 */
record PaymentAccount(Boolean livemode, List<String> webhookSecrets) {

  PaymentAccount {
    // An account that does not say this must not be taken for either.
    if (livemode == null || webhookSecrets.isEmpty() || webhookSecrets.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("says livemode and has at least one webhook secret");
    }
  }

  /** Secrets stay out of every text. */
  @Override
  public String toString() {
    return "PaymentAccount[livemode=" + livemode + "]";
  }
}
