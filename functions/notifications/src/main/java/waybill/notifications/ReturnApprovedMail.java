package waybill.notifications;

import java.time.Instant;
import waybill.messages.OrderId;
import waybill.messages.ReturnId;
import waybill.messages.ReturnMessages.ReturnApproved;
import waybill.orders.OrderSummary;

/** The customer may send units back. */
record ReturnApprovedMail(ReturnApproved news) implements Mail {

  @Override
  public String kind() {
    return "return_approved";
  }

  @Override
  public String about() {
    return news.returned() + "#" + news.until();
  }

  /** What such a mail is about, from its marker. */
  static ReturnApproved of(OrderId order, String about, Instant at) {
    String[] parts = about.split("#");
    return new ReturnApproved(order, new ReturnId(parts[0]), Instant.parse(parts[1]), at);
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
    letter.put("return", news.returned().value()).put("until", letter.time(news.until())).say("text").say("until")
        .contents();
  }
}
