package waybill.notifications;

import java.time.Instant;
import waybill.messages.ClaimMessages.ClaimedParcelFound;
import waybill.orders.OrderSummary;

/** A parcel has come that was made good before, as it never came: its customer keeps and pays it, or sends it back. */
record ClaimedParcelFoundMail(ClaimedParcelFound news) implements Mail {

  @Override
  public String kind() {
    return "claim_found";
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
    letter.say("text").say("choices").contents();
  }
}
