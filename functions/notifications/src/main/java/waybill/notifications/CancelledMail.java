package waybill.notifications;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import waybill.messages.Money;
import waybill.messages.OrderMessages.OrderCancelled;
import waybill.orders.OrderSummary;
import waybill.platform.RetryLater;

/** The order is cancelled: why, and what becomes of the customer's money. */
record CancelledMail(OrderCancelled news) implements Mail {

  @Override
  public String kind() {
    return "cancelled";
  }

  @Override
  public String about() {
    return news.order().value();
  }

  @Override
  public Instant happenedAt(OrderSummary order) {
    return news.at();
  }

  /** It is the order's end: nothing comes after it. */
  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    return false;
  }

  /** What was captured is refunded: by its provider, unless the shop took it itself or the provider has refused for good. */
  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    if (!order.isCancelled()) {
      throw new RetryLater("order %s does not know that it is cancelled yet".formatted(order.id()));
    }
    OrderSummary.End end = order.end();
    String reason = "reason." + end.reason().name().toLowerCase(Locale.ROOT);
    letter.put("reason", letter.word(reason)).say(reason);
    say(letter, "refund", end.refunded());
    say(letter, "shop_refund", end.owed());
    if (end.refunded().isEmpty() && end.owed().isEmpty()) {
      letter.say("not_charged");
    }
    if (end.voided()) {
      letter.say("held");
    }
    letter.contents();
  }

  private static void say(LetterWriter letter, String key, List<Money> refunds) {
    if (!refunds.isEmpty()) {
      letter.put(key, letter.sum(refunds)).say(key);
    }
  }
}
