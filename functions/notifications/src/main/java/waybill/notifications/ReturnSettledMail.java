package waybill.notifications;

import java.time.Instant;
import java.util.List;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.ReturnId;
import waybill.messages.ReturnMessages.ReturnSettled;
import waybill.orders.OrderSummary;

/** What the customer sent back has arrived and was looked at. */
record ReturnSettledMail(ReturnSettled news) implements Mail {

  @Override
  public String kind() {
    return "return_settled";
  }

  @Override
  public String about() {
    return "%s#%d#%d#%s#%s%s".formatted(news.returned(), news.disposal(), news.amount().minorUnits(),
        news.amount().currency(), news.credited(), news.due() == null ? "" : "#" + news.due().minorUnits());
  }

  /** What such a mail is about, from its marker. */
  static ReturnSettled of(OrderId order, String about, Instant at) {
    String[] parts = about.split("#");
    return new ReturnSettled(order, new ReturnId(parts[0]), Integer.parseInt(parts[1]),
        new Money(Long.parseLong(parts[2]), parts[3]),
        parts.length == 5 ? null : new Money(Long.parseLong(parts[5]), parts[3]),
        Boolean.parseBoolean(parts[4]), at);
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
    letter.put("amount", letter.sum(List.of(news.amount())));
    if (news.amount().isPositive() || news.due() == null) {
      letter.say(!news.amount().isPositive() ? "text.nothing" : news.credited() ? "text.credit" : "text");
    }
    if (news.due() != null) {
      letter.put("due", letter.sum(List.of(news.due()))).say(news.due().isPositive() ? "exchange.due" : "exchange");
    }
    letter.contents();
  }
}
