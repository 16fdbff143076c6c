package waybill.notifications;

import java.time.Instant;
import waybill.messages.Message.ShipmentLabelled;
import waybill.orders.OrderParcel;
import waybill.orders.OrderState;
import waybill.platform.Stored;

/** A parcel has its label and goes to the carrier. */
record ShippedMail(ShipmentLabelled news) implements Mail {

  @Override
  public String kind() {
    return "shipped";
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
    return Parcels.find(order, news.parcel()).filter(Parcels::hasEnded).isPresent();
  }

  @Override
  public void write(LetterWriter letter, OrderState order) {
    OrderParcel parcel = Parcels.known(order, news.parcel());
    letter.parcel(parcel, news.carrier(), news.trackingNumber(), order);
  }
}
