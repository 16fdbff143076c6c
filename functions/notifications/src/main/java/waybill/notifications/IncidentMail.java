package waybill.notifications;

import java.time.Instant;
import java.util.Locale;
import waybill.messages.IncidentId;
import waybill.messages.IncidentKind;
import waybill.messages.IncidentMessages.IncidentOpened;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;
import waybill.orders.OrderSummary;
import waybill.orders.OrderSummary.Package;

/** Something went wrong with a parcel: it is late, silent, lost, not collected, or on its way back. There is one mail of each incident. */
record IncidentMail(IncidentOpened news) implements Mail {
  static final String KIND = "incident";
  private static final String NO_DATE = "-";

  @Override
  public String kind() {
    return KIND;
  }

  /** All that the mail says, so that it can be written again: it is the same for every duplicate. */
  @Override
  public String about() {
    String date = news.expectedAt() == null ? NO_DATE : Long.toString(news.expectedAt().getEpochSecond());
    return "%s#%s#%s".formatted(news.incident(), ending(), date);
  }

  /** The mail that is about this, for a parcel as its order knows it. */
  static IncidentMail again(String about, OrderSummary order) {
    String[] parts = about.split("#");
    var incident = new IncidentId(parts[0]);
    Scan scan = order.parcel(incident.parcel()).map(Package::scan).orElse(null);
    return new IncidentMail(new IncidentOpened(order.id(), incident.parcel(), incident,
        IncidentKind.valueOf(parts[1].toUpperCase(Locale.ROOT)),
        parts[2].equals(NO_DATE) ? null : Instant.ofEpochSecond(Long.parseLong(parts[2])), scan, order.updatedAt()));
  }

  private String ending() {
    return news.kind().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Instant happenedAt(OrderSummary order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    return order.parcel(news.parcel()).map(Package::scan).filter(this::isOver).isPresent();
  }

  private boolean isOver(Scan scan) {
    if (scan.status() == ShipmentStatus.DELIVERED) {
      return true;
    }
    return switch (news.kind()) {
      case RETURNED -> false;
      case LATE -> scan.status() == ShipmentStatus.READY_FOR_PICKUP || scan.status() == ShipmentStatus.RETURNED;
      case NOT_HANDED_OVER, SILENT, DELIVERY_FAILED, ON_HOLD, REFUSED, UNCOLLECTED, LOST, DAMAGED ->
        news.scan() == null || scan.compareTo(news.scan()) > 0;
    };
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    Package parcel = Parcels.labelled(order, news.parcel());
    if (news.expectedAt() != null) {
      letter.put("date", letter.day(news.expectedAt()));
    }
    letter.parcel("." + ending(), parcel, parcel.carrier(), parcel.trackingNumber(), order);
  }
}
