package waybill.notifications;

import java.time.Instant;
import java.util.List;
import waybill.messages.ClaimId;
import waybill.messages.ClaimMessages.ClaimResolved;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.orders.OrderSummary;

/** What the customer claims is made good: by money, by other units, or both. */
record ClaimResolvedMail(ClaimResolved news) implements Mail {

  @Override
  public String kind() {
    return "claim_resolved";
  }

  @Override
  public String about() {
    return "%s#%s#%s#%s".formatted(news.claim(), news.replaced(), news.credited(),
        news.amount() == null ? "" : news.amount().minorUnits() + "#" + news.amount().currency());
  }

  /** What such a mail is about, from its marker. */
  static ClaimResolved of(OrderId order, String about, Instant at) {
    String[] parts = about.split("#");
    Money refund = parts.length < 5 ? null : new Money(Long.parseLong(parts[3]), parts[4]);
    return new ClaimResolved(order, new ClaimId(parts[0]), refund, Boolean.parseBoolean(parts[1]),
        Boolean.parseBoolean(parts[2]), at);
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
    if (news.amount() != null) {
      letter.put("amount", letter.sum(List.of(news.amount()))).say(news.credited() ? "credit" : "refund");
    }
    if (news.replaced()) {
      letter.say("replacement");
    }
    letter.contents();
  }
}
