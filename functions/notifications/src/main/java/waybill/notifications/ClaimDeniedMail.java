package waybill.notifications;

import java.time.Instant;
import waybill.messages.ClaimMessages.ClaimDenied;
import waybill.orders.OrderSummary;

/** What the customer claims is not made good. */
record ClaimDeniedMail(ClaimDenied news) implements Mail {

  @Override
  public String kind() {
    return "claim_denied";
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
    letter.say("text").contents();
  }
}
