package waybill.orders;

import java.time.Instant;
import waybill.messages.IdText;
import waybill.messages.OrderId;

/**
 * What a person or a storefront has done to an order after it was placed, an item of its own, written once and in one transaction
 * with the order's state. It is what a repeated request finds.
 *
 * @param id derived from the order, the route and the request's idempotency key
 * @param content what was asked, as a digest: the same key with other content is refused
 * @param by the subject of the request's token
 * @param adjustment what it changed of the order's money; null if it changed nothing of it
 */
record OrderCommand(OrderId order, String id, Kind kind, String content, String by, Instant at,
    Adjustment adjustment) {
  private static final String PREFIX = "adj_";

  enum Kind {
    REFUND, PAYMENT, CAPTURE, VOID, RELEASE, CANCELLATION, EDIT, MERGER
  }

  /** What a request asks for. @param content all that it says, as text */
  record Asked(Kind kind, String path, String key, String content, String by) {

    OrderCommand of(OrderId order, Adjustment adjustment, Instant now) {
      return new OrderCommand(order, PREFIX + IdText.digest(order.value(), path, key), kind, IdText.digest(content), by,
          now, adjustment);
    }
  }
}
