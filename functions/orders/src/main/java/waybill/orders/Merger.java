package waybill.orders;

import java.time.Instant;
import waybill.messages.OrderId;

/**
 * That two orders of one customer leave in one parcel, as one of the two has it: an item of its own, beside the order. Each order keeps its
 * lines, its money and its life; what is shared is the parcel.
 *
 * @param leads whether the label of this order's parcel carries both; the other order is its companion
 * @param by the subject of the token of whoever merged them
 * @param endedAt when one of them was merged with a third order instead; null until then
 */
record Merger(OrderId order, OrderId with, boolean leads, String by, String note, Instant at, Instant endedAt) {

  /** The same, seen from the other order. */
  Merger reversed() {
    return new Merger(with, order, !leads, by, note, at, endedAt);
  }

  Merger ended(Instant now) {
    return new Merger(order, with, leads, by, note, at, now);
  }
}
