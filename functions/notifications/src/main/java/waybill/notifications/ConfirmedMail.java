package waybill.notifications;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.orders.Awaiting;
import waybill.orders.OrderSummary;
import waybill.orders.OrderSummary.Later;
import waybill.orders.OrderSummary.Package;

/** The order is released: its stock is promised and its money is there. */
record ConfirmedMail(OrderReleased news) implements Mail {

  @Override
  public String kind() {
    return "confirmed";
  }

  @Override
  public String about() {
    return news.order().value();
  }

  /**
   * A release carries no time, for an order may wait for its money as long as it likes after it was accepted. It was
   * written at the latest when the order last changed, and before any of its parcels left, so that is when: fresh news never
   * counts as old by it.
   */
  @Override
  public Instant happenedAt(OrderSummary order) {
    return Stream
        .concat(order.parcels().stream().map(Package::shippedAt).filter(Objects::nonNull),
            Stream.of(order.updatedAt()))
        .min(Instant::compareTo).orElseThrow();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    boolean waits = order.awaiting() == Awaiting.STOCK
        && (order.waiting() == null || order.waiting().later().isEmpty());
    return order.isCancelled() || waits || order.awaiting() == Awaiting.PAYMENT;
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    List<Later> later = order.waiting() == null ? List.of() : order.waiting().later();
    String goods = letter.ships() ? later.isEmpty() ? "text.ships" : "text.part" : "text";
    letter.say(letter.replaces() ? "text.replaces" : goods);
    if (later.isEmpty()) {
      letter.expected();
    }
    letter.later(later).bill().destination();
  }
}
