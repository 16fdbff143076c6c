package waybill.payments;

import java.util.List;
import waybill.platform.Ports;
import waybill.platform.webhook.Account;
import waybill.platform.webhook.Accounts;

/**
 * A merchant's account at Stripe, as the parameter store holds it under its name.
 *
 * @param livemode whether its money is real
 * @param webhookSecrets what the provider signs its events with; two while one is being rolled
 * @param apiKey what Stripe is called with; null if there is none
 * @param unclaimed what becomes of money that no order has named for a day; it is held where nothing is said
 */
record StripeAccount(Boolean livemode, List<String> webhookSecrets, String apiKey, Unclaimed unclaimed)
    implements
    Account {

  /** What becomes of money that no order has named for a day. */
  enum Unclaimed {
    /** It stays, and a person hears of each. */
    HOLD,
    /** It stays, and nobody hears of it: the account sells elsewhere too. */
    IGNORE,
    /** It is refunded: the account serves Waybill alone. */
    REFUND
  }

  StripeAccount {
    unclaimed = unclaimed == null ? Unclaimed.HOLD : unclaimed;
    Account.requireComplete(livemode, webhookSecrets);
  }

  StripeAccount(Boolean livemode, List<String> webhookSecrets, String apiKey) {
    this(livemode, webhookSecrets, apiKey, Unclaimed.HOLD);
  }

  /**
   * The key that Stripe is called with.
   *
   * @throws IllegalStateException if there is none, or one of the other mode: the provider would deny knowing payments
   *     that are there, and they would be taken for never made
   */
  String usableKey() {
    if (!hasKey()) {
      throw new IllegalStateException("the payment account has no api_key");
    }
    if (apiKey.contains(livemode ? "_test_" : "_live_")) {
      throw new IllegalStateException("the payment account's api_key is of the other mode");
    }
    return apiKey;
  }

  /** Whether Stripe can be called for this account at all. */
  boolean hasKey() {
    return apiKey != null && !apiKey.isBlank();
  }

  static Accounts<StripeAccount> all(Ports ports) {
    return new Accounts<>(ports, "PAYMENT_ACCOUNTS_PARAMETER", StripeAccount.class);
  }

  /** Secrets stay out of every text. */
  @Override
  public String toString() {
    return "StripeAccount[livemode=" + livemode + "]";
  }
}
