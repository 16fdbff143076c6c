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
 * @param voided how many parcels it was packed into before and came out of again: later ones are numbered after them
 * @param survived the latest change of the order's lines when its last packing became void: none of them took units out of it
 * @param withdrawing whether its approval is being withdrawn, so that it is packed again, if no label was bought
 */
record OrderFulfillment(FulfillmentId id, LocationId locationId, List<LineQuantity> lines, int parcels, int change,
    Instant shortSince, Money awaits, int voided, int survived, boolean withdrawing) {

  OrderFulfillment(FulfillmentId id, LocationId locationId, List<LineQuantity> lines, int parcels, int change) {
    this(id, locationId, lines, parcels, change, null, null, 0, 0, false);
  }

  /** What no location has. */
  static OrderFulfillment lacking(FulfillmentId id, List<LineQuantity> lines, Instant since) {
    return new OrderFulfillment(id, null, lines, 0, 0, since, null, 0, 0, false);
  }

  /**
   * What is known of it with news, which come in any order: what is packed stays packed, also if it waits for money, what a later change
   * has left of it stays so, and until then units only leave it.
   */
  OrderFulfillment join(OrderFulfillment news) {
    if (isPacked()) {
      return this;
    }
    OrderFulfillment next = news.isPacked() ? news : latest(news);
    return next.numbered(Math.max(voided, news.voided), Math.max(survived, news.survived));
  }

  private OrderFulfillment latest(OrderFulfillment news) {
    if (change != news.change) {
      return change > news.change ? this : news;
    }
    return news.units() < units() || news.units() == units() && news.isWaiting() ? news : this;
  }

  private OrderFulfillment numbered(int before, int latest) {
    return new OrderFulfillment(id, locationId, lines, parcels, change, shortSince, awaits, before, latest,
        withdrawing);
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
    return new OrderFulfillment(id, locationId, lines, parcels, change, shortSince, sum, voided, survived,
        false);
  }

  /** This one, as it may leave. */
  OrderFulfillment approved() {
    return new OrderFulfillment(id, locationId, lines, parcels, change, null, null, voided, survived, false);
  }

  /** This one, numbered after parcels that are void. */
  OrderFulfillment after(int before) {
    return numbered(before, survived);
  }

  /** This one, while it is found out whether a label was bought. */
  OrderFulfillment withdrawing(boolean asked) {
    return new OrderFulfillment(id, locationId, lines, parcels, change, shortSince, awaits, voided, survived,
        asked);
  }

  /**
   * This one, out of its parcels again.
   *
   * @param upTo the number of the last one that is void
   * @param latest the latest change of the order's lines that left it alone because it was to leave; 0 if it was not
   */
  OrderFulfillment unpacked(int upTo, int latest) {
    return new OrderFulfillment(id, locationId, lines, 0, change, null, null, upTo, Math.max(survived, latest), false);
  }

  /** The parcels of a fulfillment are numbered from 1, and on if it is packed again. */
  List<ParcelId> parcelIds() {
    return IntStream.rangeClosed(voided + 1, voided + parcels).mapToObj(it -> ParcelId.of(id, it)).toList();
  }

  int units() {
    return lines.stream().mapToInt(LineQuantity::quantity).sum();
  }
}
