package waybill.notifications;

import java.time.Instant;
import waybill.messages.OrderMessages.OrderEdited;
import waybill.orders.OrderSummary;

/** The order's lines are changed: what it is now, and what it costs. */
record EditedMail(OrderEdited news) implements Mail {

  @Override
  public String kind() {
    return "edited";
  }

  @Override
  public String about() {
    return news.order() + "#" + news.change();
  }

  /** The number of the change that such a mail is about. */
  static int change(String about) {
    return Integer.parseInt(about.substring(about.indexOf('#') + 1));
  }

  /** A change carries no time; it was written at the latest when the order last changed. */
  @Override
  public Instant happenedAt(OrderSummary order) {
    return order.updatedAt();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    return order.isCancelled() || order.change() > news.change();
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    letter.say("text").bill();
  }
}
