package waybill.notifications;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import waybill.messages.OrderId;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/** What became of each mail, an item a mail, under its order's id. */
final class Markers {
  private final Table<Marker> table;

  Markers(Ports ports) {
    this.table = table(ports);
  }

  static Table<Marker> table(Ports ports) {
    return new Table<>(ports, "NOTIFICATIONS_TABLE", Marker.class, Marker::key);
  }

  /** Marks what SES reports of a mail. @return empty if no such mail was sent from here */
  Optional<Marker> mark(MailFeedback news) {
    Key key = Marker.key(news.order(), news.event());
    return table.find(key).isEmpty()
        ? Optional.empty()
        : Optional.of(table.change(key, found -> found.orElseThrow().after(news)).value());
  }

  /** All mails about an order, the oldest first. */
  List<Stored<Marker>> about(OrderId order) {
    return table.findAll(order.value(), "").stream().sorted(Comparator.comparing(Stored::createdAt)).toList();
  }
}
