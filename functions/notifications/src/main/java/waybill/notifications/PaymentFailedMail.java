package waybill.notifications;

import java.time.Instant;
import waybill.messages.OrderMessages.OrderPaymentFailed;
import waybill.orders.OrderSummary;
import waybill.orders.PaymentProgress;

/** An attempt to pay failed, and the order waits for another. */
record PaymentFailedMail(OrderPaymentFailed news) implements Mail {

  @Override
  public String kind() {
    return "payment_failed";
  }

  @Override
  public String about() {
    return news.payment().value();
  }

  @Override
  public Instant happenedAt(OrderSummary order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    return order.isCancelled() || isPaid(order) || !now.isBefore(order.owing().payBy());
  }

  /** The money is there, or held for the order: the customer need not try again. */
  private static boolean isPaid(OrderSummary order) {
    return order.payment() == PaymentProgress.PAID || order.payment() == PaymentProgress.AUTHORIZED;
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    letter.put("until", letter.time(order.owing().payBy())).say("text").say("paid_since").pay().bill();
  }
}
