package waybill.notifications;

import java.time.Duration;
import java.time.Instant;
import waybill.orders.OrderSummary;

/** Whether a mail is still worth sending, by what its order is now. */
enum Relevance {
  CURRENT,
  /** The order has moved on, and the mail would say what is no longer so. */
  SUPERSEDED,
  /** So old that it would surprise more than it would help. */
  STALE;

  static final Duration FRESH = Duration.ofHours(48);

  static Relevance of(Mail mail, OrderSummary order, Instant now) {
    if (mail.isSuperseded(order, now)) {
      return SUPERSEDED;
    }
    return mail.happenedAt(order).plus(FRESH).isBefore(now) ? STALE : CURRENT;
  }
}
