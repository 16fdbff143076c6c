package waybill.events;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.OrderEventType;
import waybill.messages.OrderId;
import waybill.platform.TimeText;

/**
 * Something that has happened to an order.
 *
 * @param revision of the order when the event was recorded; the order is never older for whoever reads it then
 */
record OrderEvent(EventId id, OrderEventType type, OrderId order, int revision, Instant createdAt) {

  static OrderEvent of(OrderChanged news, int revision, Instant now) {
    return new OrderEvent(EventId.of(news), news.event(), news.order(), revision, now.truncatedTo(ChronoUnit.MILLIS));
  }

  Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", id.value());
    tree.put("type", type.text());
    tree.put("order_id", order.value());
    tree.put("revision", revision);
    tree.put("created_at", TimeText.of(createdAt));
    return tree;
  }
}
