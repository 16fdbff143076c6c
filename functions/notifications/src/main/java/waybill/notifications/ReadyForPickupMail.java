package waybill.notifications;

import java.time.Instant;
import waybill.messages.PickupPoint;
import waybill.messages.ShipmentMessages.ShipmentReadyForPickup;
import waybill.orders.OrderSummary;
import waybill.orders.OrderSummary.Package;

/** A parcel waits for its recipient: where, until when, and by which number it is handed out. One mail a place, as carriers remind. */
record ReadyForPickupMail(ShipmentReadyForPickup news) implements Mail {

  @Override
  public String kind() {
    return "ready_for_pickup";
  }

  @Override
  public String about() {
    String place = news.pickup() == null ? null : news.pickup().place();
    return news.parcel() + (place == null ? "" : "#" + Integer.toHexString(place.hashCode()));
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
    PickupPoint point = news.pickup() == null ? new PickupPoint(null, null) : news.pickup();
    letter.pickup(point, parcel.trackingNumber()).parcel(parcel, parcel.carrier(), parcel.trackingNumber(), order);
  }
}
