package waybill.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import waybill.messages.LocationId;
import waybill.messages.StockPool;

/**
 * What it costs to send parcels from the locations of a pool, and what they hold back: by that the locations of its orders are
 * chosen. Without such rules an order ships from as few locations as possible.
 *
 * @param currency of all of its costs, by ISO 4217
 * @param extraParcelCost what each parcel of an order beyond the first costs in handling, in minor units
 * @param urgentMethods shipping methods whose orders also go to locations that have enough to do for today, and never wait
 * @param split when an order is split over locations; null if it always may be
 */
public record SourcingRules(StockPool stockPool, String currency, long extraParcelCost, List<String> urgentMethods,
    List<Place> locations, Split split) {

  /**
   * An order is split only if each parcel beyond the first is worth what it costs; else it waits for a location that has all of it.
   *
   * @param marginPercent how much of what goods are sold for, without taxes, may be spent on a parcel more
   * @param waitDays after how many days it is split all the same
   */
  public record Split(int marginPercent, int waitDays) {}

  /**
   * A location that may ship.
   *
   * @param keepBack how many units of each product it keeps, unless they are nowhere else
   * @param shipsTo where it sends parcels, and at what cost; everywhere at an unknown cost if empty
   */
  public record Place(LocationId locationId, int keepBack, List<Reach> shipsTo) {

    /** Whether parcels go there from here at all. */
    public boolean reaches(Destination destination) {
      return shipsTo.isEmpty() || reach(destination).isPresent();
    }

    /** What is said of a destination most exactly; empty if nothing is. */
    public Optional<Reach> reach(Destination destination) {
      return shipsTo.stream().filter(it -> it.length(destination) >= 0)
          .max(Comparator.comparingInt(it -> it.length(destination)));
    }
  }

  /**
   * A region that parcels are sent to.
   *
   * @param countries by ISO 3166-1 alpha-2
   * @param postalPrefixes how its postal codes begin, without blanks and hyphens; any if empty
   * @param parcelCost what a parcel costs, in minor units
   * @param days how many working days the carrier takes
   * @param dutyPerTariffNumber what customs ask for each tariff number in a parcel, in minor units; 0 if nothing
   */
  public record Reach(List<String> countries, List<String> postalPrefixes, long parcelCost, int days,
      long dutyPerTariffNumber) {

    /** How much of a postal code it names, plus one; 0 if it names the country alone; -1 if the destination lies elsewhere. */
    int length(Destination destination) {
      if (!countries.contains(destination.country())) {
        return -1;
      }
      return postalPrefixes.isEmpty()
          ? 0
          : postalPrefixes.stream().filter(destination.postalText()::startsWith).mapToInt(it -> it.length() + 1).max()
              .orElse(-1);
    }
  }

  /** What is said of a location; empty if nothing is. */
  public Optional<Place> place(LocationId location) {
    return locations.stream().filter(it -> it.locationId().equals(location)).findFirst();
  }
}
