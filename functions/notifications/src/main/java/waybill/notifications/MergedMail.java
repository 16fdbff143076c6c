package waybill.notifications;

import java.time.Instant;
import waybill.messages.OrderMessages.OrderMerged;
import waybill.orders.OrderSummary;

/** Two orders of one customer leave in one parcel. There is one mail of it: about the order that joins the other. */
record MergedMail(OrderMerged news) implements Mail {

  @Override
  public String kind() {
    return "merged";
  }

  @Override
  public String about() {
    return news.order() + "#" + news.with();
  }

  /** The other order that such a mail is about. */
  static String with(String about) {
    return about.substring(about.indexOf('#') + 1);
  }

  @Override
  public Instant happenedAt(OrderSummary order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    return order.merged() == null || !order.merged().order().equals(news.with());
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    letter.put("other", Printable.of(order.merged().number())).say("text").contents().destination();
  }
}
