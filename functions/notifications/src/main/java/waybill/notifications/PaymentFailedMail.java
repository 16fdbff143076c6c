package waybill.notifications;

import java.time.Instant;
import waybill.messages.Message.OrderPaymentFailed;
import waybill.orders.OrderState;
import waybill.orders.PaymentProgress;
import waybill.platform.Stored;

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
  public Instant happenedAt(Stored<OrderState> order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderState order, Instant now) {
    return order.isCancelled() || isPaid(order) || !now.isBefore(order.terms().payBy());
  }

  /** The money is there, or held for the order: the customer need not try again. */
  private static boolean isPaid(OrderState order) {
    return order.payment() == PaymentProgress.PAID || order.payment() == PaymentProgress.AUTHORIZED;
  }

  @Override
  public void write(LetterWriter letter, OrderState order) {
    letter.put("until", letter.time(order.terms().payBy())).say("text").say("paid_since").bill();
  }
}
