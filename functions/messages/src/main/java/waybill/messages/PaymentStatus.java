package waybill.messages;

/**
 * How far a payment has come, in the order in which later news supersedes earlier news: providers send events unordered and more
 * than once, so a payment only ever moves down this list. A failure is not final; the customer may try again.
 */
public enum PaymentStatus {
  PENDING, FAILED, AUTHORIZED, CANCELLED, CAPTURED;

  /** The status after news, which may be late or doubled. */
  public PaymentStatus join(PaymentStatus news) {
    return news.compareTo(this) > 0 ? news : this;
  }
}
