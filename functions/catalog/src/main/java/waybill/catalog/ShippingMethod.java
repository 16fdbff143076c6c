package waybill.catalog;

import java.util.List;
import java.util.Optional;

/**
 * What a channel's customers may choose to have an order shipped by. A method without zones is only a name: nothing is offered by it
 * before an order is placed.
 *
 * @param carrierAccount whose label is bought; null for the channel's first account that takes the parcel
 * @param service what of the carrier's is bought; null for what the account has
 * @param calendar the days on which the carrier collects; null for Monday to Friday
 * @param ageCheck up to which age the carrier checks that whoever takes the parcel has reached it; 0 if it does not
 * @param zones where it goes; the first that has the destination counts
 */
public record ShippingMethod(String code, String name, CarrierAccountId carrierAccount, String service,
    CalendarId calendar, int ageCheck, List<Zone> zones) {

  public ShippingMethod {
    zones = zones == null ? List.of() : zones;
  }

  public ShippingMethod(String code, String name) {
    this(code, name, null, null, null, 0, List.of());
  }

  /**
   * Destinations that cost the same and take as long.
   *
   * @param countries by ISO 3166-1 alpha-2; empty for all
   * @param postalPrefixes in capitals and without blanks; empty for all
   * @param prices the first whose weight suffices, in the currency asked for, counts; if there are none, the carrier is asked
   * @param minDays on how many days the carrier works from the dispatch to the earliest delivery; null if the carrier is asked
   * @param maxDays the same to the latest; null as minDays
   * @param calendar the days on which the carrier moves and delivers there; null for Monday to Friday
   */
  public record Zone(List<String> countries, List<String> postalPrefixes, List<Price> prices, Integer minDays,
      Integer maxDays, CalendarId calendar) {

    /** Whether its price or its days are the carrier's. */
    public boolean asksCarrier() {
      return prices.isEmpty() || minDays == null;
    }

    boolean has(Destination destination) {
      return (countries.isEmpty() || countries.contains(destination.country()))
          && (postalPrefixes.isEmpty() || postalPrefixes.stream().anyMatch(destination.postalText()::startsWith));
    }

    /** What so many grams cost in a currency. */
    public Optional<Price> price(String currency, long grams) {
      return prices.stream().filter(it -> it.currency().equals(currency))
          .filter(it -> it.upToGrams() == null || grams <= it.upToGrams()).findFirst();
    }
  }

  /** @param amount in minor units @param upToGrams the heaviest order that it is for; null for any */
  public record Price(String currency, long amount, Integer upToGrams) {}

  /** The zone of a destination. */
  public Optional<Zone> zone(Destination destination) {
    return zones.stream().filter(it -> it.has(destination)).findFirst();
  }
}
