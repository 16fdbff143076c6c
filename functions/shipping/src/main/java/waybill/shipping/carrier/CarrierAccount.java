package waybill.shipping.carrier;

import java.util.List;
import waybill.platform.Ports;
import waybill.platform.webhook.Account;
import waybill.platform.webhook.Accounts;

/**
 * A merchant's account at a carrier or broker, as the parameter store holds it under its name.
 *
 * @param carrier the code of the carrier or broker
 * @param livemode whether its parcels are real
 * @param webhookSecrets what the provider signs its events with; two while one is being rotated, none if it sends no events
 * @param destinations the countries that it ships to, by ISO 3166-1 alpha-2; empty for all
 * @param maxWeightGrams the heaviest parcel that it takes; null if only the carrier's own limits count
 */
public record CarrierAccount(String carrier, Boolean livemode, List<String> webhookSecrets, List<String> destinations,
    Integer maxWeightGrams) implements Account {

  public CarrierAccount {
    // An account that does not say its mode must not be taken for either.
    if (carrier == null || livemode == null || webhookSecrets.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("names its carrier, says livemode and has no blank webhook secret");
    }
  }

  /** An account without limits. */
  public static CarrierAccount of(String carrier, boolean livemode, List<String> webhookSecrets) {
    return new CarrierAccount(carrier, livemode, webhookSecrets, List.of(), null);
  }

  /** The same account for parcels to these countries and up to this weight. */
  public CarrierAccount limitedTo(List<String> countries, Integer grams) {
    return new CarrierAccount(carrier, livemode, webhookSecrets, countries, grams);
  }

  /** Those of this deployment, by name. */
  public static Accounts<CarrierAccount> all(Ports ports) {
    return new Accounts<>(ports, "CARRIER_ACCOUNTS_PARAMETER", CarrierAccount.class);
  }

  /** Secrets stay out of every text. */
  @Override
  public String toString() {
    return "CarrierAccount[carrier=" + carrier + ", livemode=" + livemode + "]";
  }
}
