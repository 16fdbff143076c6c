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
 * @param apiKey what the provider is called with; null if it sells no labels and registers no trackers
 * @param apiBase another address than the provider's own; null for that
 * @param services which services may be bought, as {@code USPS/Priority}; empty for all
 * @param dimensionalDivisor by how many cubic centimetres a kilogram is charged, if a parcel is that light; only of carriers whose
 *     prices Waybill computes itself, and null for actual weights
 * @param labelFormat the format in which its labels are kept and printed unless another is asked for; null for PDF
 * @param pickups what holds for pickups where it is; null for what its carriers publish
 * @param insurance for how much its parcels are insured; null for not at all
 * @param currency the one in which prices are compared; null if all services are priced in one anyway
 */
public record CarrierAccount(String carrier, Boolean livemode, List<String> webhookSecrets, List<String> destinations,
    Integer maxWeightGrams, String apiKey, String apiBase, List<String> services, String currency,
    Integer dimensionalDivisor, LabelFormat labelFormat, PickupTerms pickups,
    InsuranceTerms insurance) implements Account {

  public CarrierAccount {
    // An account that does not say its mode must not be taken for either.
    if (carrier == null || livemode == null || webhookSecrets.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("names its carrier, says livemode and has no blank webhook secret");
    }
  }

  /** An account without limits. */
  public static CarrierAccount of(String carrier, boolean livemode, List<String> webhookSecrets) {
    return new CarrierAccount(carrier, livemode, webhookSecrets, List.of(), null, null, null, List.of(), null,
        null, null, null, null);
  }

  /** The same account for parcels to these countries and up to this weight. */
  public CarrierAccount limitedTo(List<String> countries, Integer grams) {
    return new CarrierAccount(carrier, livemode, webhookSecrets, countries, grams, apiKey, apiBase, services, currency,
        dimensionalDivisor, labelFormat, pickups, insurance);
  }

  /** The same account, which is called with this key at this address. */
  public CarrierAccount calledWith(String key, String address) {
    return new CarrierAccount(carrier, livemode, webhookSecrets, destinations, maxWeightGrams, key, address, services,
        currency, dimensionalDivisor, labelFormat, pickups, insurance);
  }

  /** The same account, of whose services only these may be bought, for prices in this currency. */
  public CarrierAccount buying(List<String> names, String inCurrency) {
    return new CarrierAccount(carrier, livemode, webhookSecrets, destinations, maxWeightGrams, apiKey, apiBase, names,
        inCurrency, dimensionalDivisor, labelFormat, pickups, insurance);
  }

  /** The same account, that charges for volume too. */
  public CarrierAccount chargingVolume(int divisor) {
    return new CarrierAccount(carrier, livemode, webhookSecrets, destinations, maxWeightGrams, apiKey, apiBase,
        services,
        currency, divisor, labelFormat, pickups, insurance);
  }

  /** The same account, whose labels are printed in this format. */
  public CarrierAccount printing(LabelFormat format) {
    return new CarrierAccount(carrier, livemode, webhookSecrets, destinations, maxWeightGrams, apiKey, apiBase,
        services, currency, dimensionalDivisor, format, pickups, insurance);
  }

  /** The same account, with its own terms for pickups. */
  public CarrierAccount collectedBy(PickupTerms terms) {
    return new CarrierAccount(carrier, livemode, webhookSecrets, destinations, maxWeightGrams, apiKey, apiBase,
        services, currency, dimensionalDivisor, labelFormat, terms, insurance);
  }

  /** The same account, which insures what it sends. */
  public CarrierAccount insuring(InsuranceTerms terms) {
    return new CarrierAccount(carrier, livemode, webhookSecrets, destinations, maxWeightGrams, apiKey, apiBase,
        services, currency, dimensionalDivisor, labelFormat, pickups, terms);
  }

  /** Whether the provider can be called for it at all. */
  public boolean hasKey() {
    return apiKey != null && !apiKey.isBlank();
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
