package waybill.notifications;

import java.time.Instant;
import waybill.messages.Message.ShipmentOutForDelivery;
import waybill.orders.OrderParcel;
import waybill.orders.OrderState;
import waybill.platform.Stored;

/** The carrier has the parcel on board and comes today. */
record OutForDeliveryMail(ShipmentOutForDelivery news) implements Mail {

  @Override
  public String kind() {
    return "out_for_delivery";
  }

  @Override
  public String about() {
    return news.parcel().value();
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
