package waybill.notifications;

import java.time.Instant;
import waybill.messages.ClaimMessages.ClaimOpened;
import waybill.orders.OrderSummary;

/** What the customer claims has arrived, and somebody looks at it. */
record ClaimOpenedMail(ClaimOpened news) implements Mail {

  @Override
  public String kind() {
    return "claim_opened";
  }

  @Override
  public String about() {
    return news.claim().value();
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
    letter.put("claim", news.claim().value()).say("text").contents();
  }
}
