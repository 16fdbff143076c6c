package waybill.events;

import java.util.List;
import java.util.Map;
import waybill.messages.OrderId;
import waybill.orders.HistoryEntry;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/** The events of an order, as the feed has them. */
public final class RecordedEvents {
  private final Table<Claim> claims;

  public RecordedEvents(Ports ports) {
    this.claims = new Table<>(ports, Feed.TABLE, Claim.class, Feed::key);
  }

  /** In no order. */
  public List<HistoryEntry> of(OrderId order) {
    return claims.findAll(order.value(), EventId.PREFIX).stream().map(Stored::value).map(Claim::event)
        .map(it -> new HistoryEntry(it.createdAt(), null, it.type().text(), null,
            Map.of("event_id", it.id().value(), "revision", it.revision()), null))
        .toList();
  }
}
