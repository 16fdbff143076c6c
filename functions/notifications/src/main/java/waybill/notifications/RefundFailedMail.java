package waybill.notifications;

import java.time.Instant;
import java.util.List;
import waybill.messages.OrderMessages.OrderRefundFailed;
import waybill.messages.RefundStatus;
import waybill.orders.OrderSummary;
import waybill.orders.OrderSummary.GivenBack;
import waybill.platform.RetryLater;

/** A refund could not be made, or the bank has sent it back: the shop finds another way. */
record RefundFailedMail(OrderRefundFailed news) implements Mail {

  @Override
  public String kind() {
    return "refund_failed";
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
    return order.refund(news.refund()).filter(it -> it.status() == RefundStatus.SUCCEEDED).isPresent();
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    GivenBack refund = order.refund(news.refund())
        .orElseThrow(() -> new RetryLater("order %s does not know %s yet".formatted(order.id(), news.refund())));
    if (refund.amount() == null) {
      letter.say("text");
    } else {
      letter.put("amount", letter.sum(List.of(refund.amount()))).say("text.amount");
    }
    letter.say("next").contents();
  }
}
