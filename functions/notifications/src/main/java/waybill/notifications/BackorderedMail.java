package waybill.notifications;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import waybill.messages.OrderMessages.OrderBackordered;
import waybill.messages.StockPromise;
import waybill.orders.OrderSummary;

/** A paid order waits for units that are not there, or the day has moved on which they come. */
record BackorderedMail(OrderBackordered news) implements Mail {

  @Override
  public String kind() {
    return "backordered";
  }

  @Override
  public String about() {
    return news.order() + "#" + news.move();
  }

  /** How often the day had moved that such a mail is about. */
  static int move(String about) {
    return Integer.parseInt(about.substring(about.indexOf('#') + 1));
  }

  @Override
  public Instant happenedAt(OrderSummary order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    return order.isCancelled() || order.waiting() == null || order.waiting().move() > news.move();
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    List<StockPromise> promises = order.waiting().promises();
    boolean known = promises.stream().allMatch(it -> it.now() != null);
    if (known) {
      letter.put("date",
          letter.time(promises.stream().map(StockPromise::now).max(Comparator.naturalOrder()).orElseThrow()));
    }
    letter.say((news.move() == 0 ? "text" : "moved") + (known ? "" : ".unknown"));
    if (order.waiting().later().isEmpty()) {
      letter.say(letter.leavesInParts() ? "next.part" : "next").contents();
    } else {
      letter.say("next.rest").later(order.waiting().later());
    }
  }
}
