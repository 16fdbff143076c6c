package waybill.notifications;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import waybill.messages.OrderId;
import waybill.orders.HistoryEntry;
import waybill.platform.Ports;
import waybill.platform.Stored;

/** What became of an order's mails, and who asked for them again. */
public final class MailHistory {
  private final Markers markers;
  private final Resends resends;

  public MailHistory(Ports ports) {
    this.markers = new Markers(ports);
    this.resends = new Resends(ports);
  }

  /** In no order. */
  public List<HistoryEntry> of(OrderId order) {
    return Stream.concat(markers.about(order).stream().map(Stored::value).flatMap(MailHistory::entries),
        resends.about(order).stream().map(it -> new HistoryEntry(it.at(), it.by(), "mail.requested", null,
            mail(it.kind(), it.about()), null)))
        .toList();
  }

  /** A mail, and what its address's server said of it later. */
  private static Stream<HistoryEntry> entries(Marker marker) {
    Map<String, Object> mail = mail(marker.kind(), marker.about());
    var sent = new HistoryEntry(marker.at(), null, "mail." + small(marker.status()), null, mail,
        marker.status() == Marker.Status.SUPPRESSED ? small(marker.fate().kind()) : null);
    return marker.fate() == null || marker.status() == Marker.Status.SUPPRESSED
        ? Stream.of(sent)
        : Stream.of(sent, new HistoryEntry(marker.fate().at(), "ses", "mail." + small(marker.fate().kind()), null, mail,
            marker.fate().detail()));
  }

  private static Map<String, Object> mail(String kind, String about) {
    var mail = new LinkedHashMap<String, Object>();
    mail.put("kind", kind);
    mail.put("about", about);
    return mail;
  }

  private static String small(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
