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
 * @param calendar the days on which it packs and dispatches; null for Monday to Friday
 * @param cutOff the time of day, by its clock, from which an order is worked on the next day; null for midnight
 * @param handlingDays on how many days it works on an order before the one on which it dispatches it
 * @param capacity how many orders it packs a day; null if it packs all that come
 * @param parcelPrice what its carrier charges it for a parcel; null if boxes are chosen by their own cost
 */
public record Location(LocationId id, String name, Address address, String timeZone, Double latitude, Double longitude,
    boolean active, StockPool stockPool, CalendarId calendar, String cutOff, int handlingDays, Integer capacity,
    ParcelPrice parcelPrice) {

  /** A location that works from Monday to Friday, without a cut-off, and packs what comes on the same day. */
  public Location(LocationId id, String name, Address address, String timeZone, Double latitude, Double longitude,
      boolean active, StockPool stockPool) {
    this(id, name, address, timeZone, latitude, longitude, active, stockPool, null, null, 0, null, null);
  }

  /** This location in the place of what there was; refused if its stock would count for another pool. */
  Outcome<Location> replacing(Optional<Location> current) {
    if (current.isPresent() && !current.get().stockPool.equals(stockPool)) {
      return Refused.invalid("/stock_pool", "immutable",
          "a location's stock pool never changes; it is " + current.get().stockPool).outcome();
    }
    return Outcome.of(this);
  }
}
