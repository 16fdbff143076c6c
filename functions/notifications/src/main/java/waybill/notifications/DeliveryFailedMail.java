package waybill.notifications;

import java.time.Instant;
import waybill.messages.ShipmentMessages.ShipmentDeliveryFailed;
import waybill.orders.OrderSummary;
import waybill.orders.OrderSummary.Package;

/** The carrier could not hand over the parcel, which may happen more than once. */
record DeliveryFailedMail(ShipmentDeliveryFailed news) implements Mail {

  @Override
  public String kind() {
    return "delivery_failed";
  }

  @Override
  public String about() {
    return news.parcel() + "#" + news.at().getEpochSecond();
  }

  @Override
  public Instant happenedAt(OrderSummary order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    return Parcels.hasMovedOn(order, news);
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    Package parcel = Parcels.labelled(order, news.parcel());
    letter.parcel(parcel, parcel.carrier(), parcel.trackingNumber(), order);
  }
}
