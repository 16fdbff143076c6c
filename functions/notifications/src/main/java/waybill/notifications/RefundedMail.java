package waybill.notifications;

import java.time.Instant;
import java.util.List;
import waybill.messages.OrderMessages.OrderRefunded;
import waybill.messages.RefundStatus;
import waybill.orders.OrderSummary;
import waybill.orders.OrderSummary.GivenBack;
import waybill.platform.RetryLater;

/** Money of the order is on its way to its customer, whole or in part. */
record RefundedMail(OrderRefunded news) implements Mail {

  @Override
  public String kind() {
    return "refunded";
  }

  @Override
  public String about() {
    return news.refund().value();
  }

  @Override
  public Instant happenedAt(OrderSummary order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    return order.refund(news.refund()).filter(it -> it.status() == RefundStatus.FAILED).isPresent();
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    GivenBack refund = order.refund(news.refund())
        .orElseThrow(() -> new RetryLater("order %s does not know %s yet".formatted(order.id(), news.refund())));
    letter.put("amount", letter.sum(List.of(refund.amount())));
    if (refund.ofCredit()) {
      letter.say("credit");
    } else {
      letter.say("text").say("bank");
    }
    letter.contents();
  }
}
