package waybill.notifications;

import java.time.Instant;
import java.util.List;
import waybill.messages.OrderMessages.OrderPaymentDue;
import waybill.orders.OrderSummary;
/** The time to pay ends soon, and nothing is on its way. */
record PaymentReminderMail(OrderPaymentDue news) implements Mail {

  @Override
  public String kind() {
    return "payment_reminder";
  }

  @Override
  public String about() {
    return news.order().value();
  }

  @Override
  public Instant happenedAt(OrderSummary order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    return order.isCancelled() || !now.isBefore(order.owing().payBy()) || !isOwing(order);
  }

  /** Whether money is missing, and none is on its way or held. */
  private static boolean isOwing(OrderSummary order) {
    return switch (order.payment()) {
      case PENDING, FAILED, CANCELLED, PARTIALLY_PAID -> order.owing().due().isPositive();
      case PROCESSING, AUTHORIZED, PAID, REFUND_PENDING, REFUNDED -> false;
    };
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    OrderSummary.Owing owing = order.owing();
    letter.put("until", letter.time(owing.payBy())).put("due", letter.sum(List.of(owing.due())))
        .say(owing.transfer() ? "text.transfer" : "text").say("paid_since").pay().bill();
  }
}
