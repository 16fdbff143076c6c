package waybill.notifications;

import java.time.Instant;
import waybill.messages.ReturnMessages.ReturnRejected;
import waybill.orders.OrderSummary;

/** What the customer asked to send back is not taken back. */
record ReturnRejectedMail(ReturnRejected news) implements Mail {

  @Override
  public String kind() {
    return "return_rejected";
  }

  @Override
  public String about() {
    return news.returned().value();
  }

  @Override
  public Instant happenedAt(OrderSummary order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    return false;
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    letter.say("text").contents();
  }
}
