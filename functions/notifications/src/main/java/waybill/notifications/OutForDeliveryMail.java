package waybill.notifications;

import java.time.Instant;
import waybill.messages.ShipmentMessages.ShipmentOutForDelivery;
import waybill.orders.OrderSummary;
import waybill.orders.OrderSummary.Package;

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
