package waybill.notifications;

import java.time.Instant;
import waybill.messages.OrderMessages.OrderDelivered;
import waybill.orders.DeliveryProgress;
import waybill.orders.OrderSummary;

/** Everything has arrived. */
record DeliveredMail(OrderDelivered news) implements Mail {

  @Override
  public String kind() {
    return "delivered";
  }

  @Override
  public String about() {
    return news.order().value();
  }

  @Override
  public Instant happenedAt(OrderSummary order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    // Of what has no parcel, the customer has a mail that shows it.
    return order.delivery() != DeliveryProgress.DELIVERED || order.unitsToShip() == 0;
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    letter.say("text").contents().say("thanks");
  }
}
