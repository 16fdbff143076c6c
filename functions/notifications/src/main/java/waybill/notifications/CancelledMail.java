package waybill.notifications;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import waybill.messages.Message.OrderCancelled;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.RefundStatus;
import waybill.orders.OrderPayment;
import waybill.orders.OrderState;
import waybill.platform.RetryLater;
import waybill.platform.Stored;

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
  public Instant happenedAt(Stored<OrderState> order) {
    return news.at();
  }

  /** It is the order's end: nothing comes after it. */
  @Override
  public boolean isSuperseded(OrderState order, Instant now) {
    return false;
  }

  /** What was captured is refunded: by its provider, unless the shop took it itself or the provider has refused for good. */
  @Override
  public void write(LetterWriter letter, OrderState order) {
    if (!order.isCancelled()) {
      throw new RetryLater("order %s does not know that it is cancelled yet".formatted(order.id()));
    }
    var byProvider = new ArrayList<Money>();
    var byShop = new ArrayList<Money>();
    for (OrderPayment it : order.ownPayments()) {
      if (it.refund() != null && it.payment().captured().isPositive()) {
        boolean shops = it.payment().account().isEmpty() || it.refund().status() == RefundStatus.FAILED;
        (shops ? byShop : byProvider).add(it.payment().captured());
      }
    }
    String reason = "reason." + order.cancellation().reason().name().toLowerCase(Locale.ROOT);
    letter.put("reason", letter.word(reason)).say(reason);
    say(letter, "refund", byProvider);
    say(letter, "shop_refund", byShop);
    if (byProvider.isEmpty() && byShop.isEmpty()) {
      letter.say("not_charged");
    }
    if (order.ownPayments().stream().map(OrderPayment::payment).anyMatch(CancelledMail::isHeld)) {
      letter.say("held");
    }
    letter.contents();
  }

  private static void say(LetterWriter letter, String key, List<Money> refunds) {
    if (!refunds.isEmpty()) {
      letter.put(key, letter.sum(refunds)).say(key);
    }
  }

  private static boolean isHeld(Payment payment) {
    return payment.captured().isZero() && payment.authorized().isPositive();
  }
}
