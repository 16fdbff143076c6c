package waybill.notifications;

import java.time.Instant;
import waybill.messages.Message.OrderDelivered;
import waybill.orders.DeliveryProgress;
import waybill.orders.OrderState;
import waybill.platform.Stored;

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
  public Instant happenedAt(Stored<OrderState> order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderState order, Instant now) {
    return order.delivery() != DeliveryProgress.DELIVERED;
  }

  @Override
  public void write(LetterWriter letter, OrderState order) {
    letter.say("text").contents().say("thanks");
  }
}
