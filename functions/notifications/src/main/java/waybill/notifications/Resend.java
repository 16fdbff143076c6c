package waybill.notifications;

import java.time.Instant;
import waybill.messages.IdText;
import waybill.messages.OrderId;

/**
 * That somebody asked for a mail to be sent again. It is what a repeated request finds.
 *
 * @param id derived from the order and the request's idempotency key
 * @param about what there was one mail of
 * @param by the subject of the request's token
 */
record Resend(OrderId order, String id, String kind, String about, String by, Instant at) {

  static String id(OrderId order, String key) {
    return IdText.digest(order.value(), "mail", key);
  }
}
