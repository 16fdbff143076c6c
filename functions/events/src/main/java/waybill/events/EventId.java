package waybill.events;

import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.EventMessages.StockMoved;
import waybill.messages.IdText;

/** An event, derived from what it is about, so that a message that comes twice is the same event. */
record EventId(String value) {
  static final String PREFIX = "evt_";

  public EventId {
    IdText.requireDigest("EventId", value, PREFIX);
  }

  static EventId of(OrderChanged news) {
    return new EventId(PREFIX + IdText.digest(news.order().value(), news.event().text(), news.subject()));
  }

  static EventId of(StockMoved news) {
    return new EventId(PREFIX + IdText.digest("stock", news.sku().value(), news.pool().value(), news.event().text(),
        Integer.toString(news.number())));
  }

  @Override
  public String toString() {
    return value;
  }
}
