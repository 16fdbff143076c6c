package waybill.orders;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import waybill.messages.FulfillmentId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.ParcelId;

/**
 * The part of an order that one location fulfills, as the order knows it. Its parcels are items of their own.
 *
 * @param locationId null if no location has its units
 * @param lines none if a change of the order's lines, or a shortage, has left it none
 * @param parcels into how many it was packed; 0 until then
 * @param change as of which change of the order's lines
 * @param shortSince since when no location has its units; null if one has
 */
record OrderFulfillment(FulfillmentId id, LocationId locationId, List<LineQuantity> lines, int parcels, int change,
    Instant shortSince) {

  OrderFulfillment(FulfillmentId id, LocationId locationId, List<LineQuantity> lines, int parcels, int change) {
    this(id, locationId, lines, parcels, change, null);
  }

  /** What no location has. */
  static OrderFulfillment lacking(FulfillmentId id, List<LineQuantity> lines, Instant since) {
    return new OrderFulfillment(id, null, lines, 0, 0, since);
  }

  /**
   * What is known of it with news, which come in any order: what is packed stays packed, what a later change has left of it stays so, and
   * until then units only leave it.
   */
  OrderFulfillment join(OrderFulfillment news) {
    if (isPacked() || news.isPacked()) {
      return isPacked() ? this : news;
    }
    if (change != news.change) {
      return change > news.change ? this : news;
    }
    return news.units() < units() ? news : this;
  }

  /** Whether it waits for units that no location has. */
  boolean isShort() {
    return locationId == null && !lines.isEmpty();
  }

  boolean isPacked() {
    return parcels > 0;
  }

  /** The parcels of a fulfillment are numbered from 1. */
  List<ParcelId> parcelIds() {
    return IntStream.rangeClosed(1, parcels).mapToObj(it -> ParcelId.of(id, it)).toList();
  }

  int units() {
    return lines.stream().mapToInt(LineQuantity::quantity).sum();
  }
}
