package waybill.notifications;

import java.time.Instant;
import waybill.messages.DigitalMessages.DigitalDelivered;
import waybill.orders.OrderSummary;

/** The customer was given a link or a key. The mail shows all that they have: after a part came late, too. */
record DigitalMail(DigitalDelivered news) implements Mail {

  static final String KIND = "digital";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String about() {
    return news.order() + "#" + news.delivery();
  }

  @Override
  public Instant happenedAt(OrderSummary order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    return order.isCancelled();
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    letter.say("text").digital();
  }
}
