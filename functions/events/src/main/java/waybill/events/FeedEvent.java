package waybill.events;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.EventMessages.StockMoved;
import waybill.messages.EventType;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.platform.TimeText;

/**
 * Something that has happened to an order, or to a product's stock.
 *
 * @param order null if it is about stock
 * @param revision of the order when the event was recorded; the order is never older for whoever reads it then. Of stock, the number of
 *     the event among those of the product and pool
 * @param sku null if it is about an order, and so is the pool
 */
record FeedEvent(EventId id, EventType type, OrderId order, int revision, Instant createdAt, Sku sku, StockPool pool) {

  static FeedEvent of(OrderChanged news, int revision, Instant now) {
    return new FeedEvent(EventId.of(news), news.event(), news.order(), revision, now.truncatedTo(ChronoUnit.MILLIS),
        null, null);
  }

  static FeedEvent of(StockMoved news, Instant now) {
    return new FeedEvent(EventId.of(news), news.event(), null, news.number(), now.truncatedTo(ChronoUnit.MILLIS),
        news.sku(), news.pool());
  }

  /** What it is about, as the key of all events of that. */
  String subject() {
    return order == null ? "stock#" + sku : order.value();
  }

  /** What it is about, for whoever reads on. */
  Map<String, Object> about() {
    var about = new LinkedHashMap<String, Object>();
    if (order == null) {
      about.put("sku", sku.value());
      about.put("pool", pool.value());
    } else {
      about.put("order_id", order.value());
    }
    return about;
  }

  Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", id.value());
    tree.put("type", type.text());
    tree.putAll(about());
    tree.put("revision", revision);
    tree.put("created_at", TimeText.of(createdAt));
    return tree;
  }
}
