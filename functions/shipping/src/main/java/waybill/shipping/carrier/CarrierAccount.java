package waybill.shipping.carrier;

import java.util.List;
import waybill.catalog.CarrierAccountId;
import waybill.platform.Json;
import waybill.platform.Records;

/**
 * A merchant's account at a carrier or broker.
 *
 * @param livemode whether its parcels are real
 * @param webhookSecrets what the provider signs its events with; two while one is being rotated, none if it sends no events
 * @param destinations the countries that it ships to, by ISO 3166-1 alpha-2; empty for all
 * @param maxWeightGrams the heaviest parcel that it takes; null if only the carrier's own limits count
 */
public record CarrierAccount(CarrierAccountId id, boolean livemode, List<String> webhookSecrets,
    List<String> destinations, Integer maxWeightGrams) {

  /** An account as the parameter holds it. */
  private record Entry(String carrier, Boolean livemode, List<String> webhookSecrets, List<String> destinations,
      Integer maxWeightGrams) {}

  /**
   * @throws IllegalArgumentException if the entry does not say what it must
   * @throws Json.Malformed if it is not such an object at all; no message holds a secret
   */
  static CarrierAccount read(String name, Object tree) {
    Entry entry = Records.fromTree(tree, Entry.class);
    // An account that does not say its mode must not be taken for either.
    if (entry.carrier == null || entry.livemode == null || entry.webhookSecrets.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "carrier account " + name + " needs carrier and livemode, and no webhook secret may be blank");
    }
    return new CarrierAccount(new CarrierAccountId(entry.carrier, name),
        entry.livemode, entry.webhookSecrets, entry.destinations, entry.maxWeightGrams);
  }

  /** Secrets stay out of every text. */
  @Override
  public String toString() {
    return "CarrierAccount[id=" + id + ", livemode=" + livemode + "]";
  }
}
