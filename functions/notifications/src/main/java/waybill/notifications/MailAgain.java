package waybill.notifications;

import java.time.Instant;
import java.util.Optional;
import waybill.messages.OrderMessages.MailRequested;
import waybill.notifications.Originals.Due;
import waybill.orders.OrderSummary;
import waybill.platform.RetryLater;

/** A mail that was due before, sent once more because somebody asked for it. What it says follows from the order as it is now. */
record MailAgain(MailRequested news) implements Mail {
  private static final String AGAIN = "#again_";

  /** Whether this is what such a mail is about. */
  static boolean isAgain(String about) {
    return about.contains(AGAIN);
  }

  @Override
  public String kind() {
    return news.kind();
  }

  /** Each request is one mail. */
  @Override
  public String about() {
    return news.about() + AGAIN + news.id();
  }

  @Override
  public Instant happenedAt(OrderSummary order) {
    return news.at();
  }

  @Override
  public boolean isSuperseded(OrderSummary order, Instant now) {
    return original(order).filter(it -> Originals.isUntrue(it, order, now)).isPresent();
  }

  @Override
  public void write(LetterWriter letter, OrderSummary order) {
    original(order).orElseThrow(
        () -> new RetryLater("order %s does not know yet what its mail is about".formatted(order.id())))
        .write(letter, order);
  }

  private Optional<Mail> original(OrderSummary order) {
    return Originals.mail(new Due(news.kind(), news.about()), order);
  }
}
