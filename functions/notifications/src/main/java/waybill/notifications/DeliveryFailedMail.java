package waybill.notifications;

import java.time.Instant;
import waybill.messages.Message.ShipmentDeliveryFailed;
import waybill.orders.OrderParcel;
import waybill.orders.OrderState;
import waybill.platform.Stored;

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
  public Instant happenedAt(Stored<OrderState> order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderState order, Instant now) {
    return Parcels.hasMovedOn(order, news);
  }

  @Override
  public void write(LetterWriter letter, OrderState order) {
    OrderParcel parcel = Parcels.labelled(order, news.parcel());
    letter.parcel(parcel, parcel.carrier(), parcel.trackingNumber(), order);
  }
}
