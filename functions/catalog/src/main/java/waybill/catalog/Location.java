package waybill.catalog;

import java.util.Optional;
import waybill.messages.LocationId;
import waybill.messages.StockPool;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/**
 * A place that holds stock and packs.
 *
 * @param latitude in degrees, or null
 * @param longitude in degrees, or null
 * @param active whether orders are sent to it
 * @param stockPool the pool that its stock counts for; it never changes
 */
public record Location(LocationId id, String name, Address address, String timeZone, Double latitude, Double longitude,
    boolean active, StockPool stockPool) {

  /** This location in the place of what there was; refused if its stock would count for another pool. */
  Outcome<Location> replacing(Optional<Location> current) {
    if (current.isPresent() && !current.get().stockPool.equals(stockPool)) {
      return Refused.invalid("/stock_pool", "immutable",
          "a location's stock pool never changes; it is " + current.get().stockPool).outcome();
    }
    return Outcome.of(this);
  }
}
