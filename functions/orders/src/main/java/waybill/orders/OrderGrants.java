package waybill.orders;

import java.time.Instant;
import java.util.List;
import waybill.messages.DigitalMessages.GrantsMoved;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;

/**
 * How far the digital lines of an order are, as it was last reported: an item of its own, as a parcel is. What is given and revoked is
 * the affair of whoever reports it.
 *
 * @param revision of the report; 0 if there was none
 * @param at when it changed last; null if nothing was reported
 */
record OrderGrants(OrderId order, int revision, List<LineQuantity> delivered, int lapsed, int missing, Instant at) {

  static OrderGrants none(OrderId order) {
    return new OrderGrants(order, 0, List.of(), 0, 0, null);
  }

  /** The newest report stands. */
  OrderGrants join(GrantsMoved news) {
    return news.revision() <= revision
        ? this
        : new OrderGrants(order, news.revision(), news.delivered(), news.lapsed(), news.missing(), news.at());
  }

  int unitsDelivered() {
    return delivered.stream().mapToInt(LineQuantity::quantity).sum();
  }

  /** Those of which it is known what became of them. */
  int unitsReported() {
    return unitsDelivered() + lapsed + missing;
  }

  boolean isMissing() {
    return missing > 0;
  }
}
