package waybill.notifications;

import java.time.Instant;
import waybill.messages.DisruptionId;
import waybill.messages.IncidentMessages.DeliveryRedated;
import waybill.messages.ShipmentStatus;
import waybill.orders.DeliveryProgress;
import waybill.orders.OrderSummary;
import waybill.orders.OrderSummary.Package;

/** A disruption has moved the day on which an order comes. There is one mail about each new day, however many of the order's parcels come on it. */
record RedatedMail(DeliveryRedated news) implements Mail {
  static final String KIND = "redated";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String about() {
    return "%s#%d".formatted(news.disruption(), news.expectedAt().getEpochSecond());
  }

  /** The mail that is about this. */
  static RedatedMail again(String about, OrderSummary order) {
    String[] parts = about.split("#");
    return new RedatedMail(new DeliveryRedated(order.id(), null, new DisruptionId(parts[0]),
        Instant.ofEpochSecond(Long.parseLong(parts[1])), order.updatedAt()));
  }

  @Override
  public Instant happenedAt(OrderSummary order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    return order.delivery() == DeliveryProgress.DELIVERED || news.parcel() != null
        && order.parcel(news.parcel()).map(Package::scan).filter(it -> isThere(it.status())).isPresent();
  }

  private static boolean isThere(ShipmentStatus status) {
    return switch (status) {
      case DELIVERED, READY_FOR_PICKUP, RETURNED -> true;
      case UNKNOWN, PRE_TRANSIT, IN_TRANSIT, OUT_FOR_DELIVERY, DELIVERY_FAILED, ON_HOLD -> false;
    };
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    letter.put("date", letter.day(news.expectedAt())).say("text").contents();
  }
}
