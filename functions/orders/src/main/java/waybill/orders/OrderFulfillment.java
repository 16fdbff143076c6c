package waybill.orders;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import waybill.messages.FulfillmentId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Money;
import waybill.messages.ParcelId;

/**
 * The part of an order that one location fulfills, as the order knows it. Its parcels are items of their own.
 *
 * @param locationId null if no location has its units
 * @param lines none if a change of the order's lines, or a shortage, has left it none
 * @param parcels into how many it was packed; 0 until then
 * @param change as of which change of the order's lines
 * @param shortSince since when no location has its units; null if one has
 * @param awaits how much the order must have taken before it may leave, if it was packed before that; else null
 */
record OrderFulfillment(FulfillmentId id, LocationId locationId, List<LineQuantity> lines, int parcels, int change,
    Instant shortSince, Money awaits) {

  OrderFulfillment(FulfillmentId id, LocationId locationId, List<LineQuantity> lines, int parcels, int change) {
    this(id, locationId, lines, parcels, change, null, null);
  }

  /** What no location has. */
  static OrderFulfillment lacking(FulfillmentId id, List<LineQuantity> lines, Instant since) {
    return new OrderFulfillment(id, null, lines, 0, 0, since, null);
  }

  /**
   * What is known of it with news, which come in any order: what is packed stays packed, also if it waits for money, what a later change
   * has left of it stays so, and until then units only leave it.
   */
  OrderFulfillment join(OrderFulfillment news) {
    if (isPacked() || news.isPacked()) {
      return isPacked() ? this : news;
    }
    if (change != news.change) {
      return change > news.change ? this : news;
    }
    return news.units() < units() || news.units() == units() && news.isWaiting() ? news : this;
  }

  /** Whether it waits for units that no location has. */
  boolean isShort() {
    return locationId == null && !lines.isEmpty();
  }

  /** Whether it is packed and may leave: until then its order can be cancelled. */
  boolean isPacked() {
    return parcels > 0 && awaits == null;
  }

  /** Whether it is packed, and waits for money. */
  boolean isWaiting() {
    return awaits != null;
  }

  /** This one, packed but not to leave before so much was taken. */
  OrderFulfillment awaiting(Money sum) {
    return new OrderFulfillment(id, locationId, lines, parcels, change, shortSince, sum);
  }

  /** This one, as it may leave. */
  OrderFulfillment approved() {
    return new OrderFulfillment(id, locationId, lines, parcels, change);
  }

  /** The parcels of a fulfillment are numbered from 1. */
  List<ParcelId> parcelIds() {
    return IntStream.rangeClosed(1, parcels).mapToObj(it -> ParcelId.of(id, it)).toList();
  }

  int units() {
    return lines.stream().mapToInt(LineQuantity::quantity).sum();
  }
}
