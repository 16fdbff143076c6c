package waybill.notifications;

import java.time.Instant;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.orders.OrderSummary;
import waybill.orders.OrderSummary.Package;

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
  public Instant happenedAt(OrderSummary order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    return order.isVoid(news.parcel()) || order.parcel(news.parcel()).filter(Parcels::hasEnded).isPresent();
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    Package parcel = Parcels.known(order, news.parcel());
    letter.parcel(parcel, news.carrier(), news.trackingNumber(), order);
  }
}
