package waybill.notifications;

import java.time.Instant;
import waybill.messages.ClaimId;
import waybill.messages.ClaimMessages.SendBackAsked;
import waybill.messages.OrderId;
import waybill.messages.ReturnId;
import waybill.orders.OrderSummary;

/** The customer is to send back what came wrongly, damaged, or too late. */
record SendBackMail(SendBackAsked news) implements Mail {

  @Override
  public String kind() {
    return "send_back";
  }

  @Override
  public String about() {
    return news.returned() + "#" + news.until() + "#" + news.claim();
  }

  /** What such a mail is about, from its marker. */
  static SendBackAsked of(OrderId order, String about, Instant at) {
    String[] parts = about.split("#");
    return new SendBackAsked(order, new ClaimId(parts[2]), new ReturnId(parts[0]), Instant.parse(parts[1]), at);
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
