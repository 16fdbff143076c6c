package waybill.messages;

/**
 * How far a payment has come, in the order in which later news supersedes earlier news: providers send events unordered and more
 * than once, so a payment only ever moves down this list. Of attempts to pay, which are processing or have failed, the
 * latest counts: none of them is final, and the customer may try again.
 */
public enum PaymentStatus {
  PENDING,
  /** The customer has paid by a method that takes days, for example a SEPA direct debit. It succeeds or fails. */
  PROCESSING, FAILED, AUTHORIZED, CANCELLED, CAPTURED;

  /** Whether this is about one attempt to pay, which another may follow. */
  boolean isAttempt() {
    return this == PROCESSING || this == FAILED;
  }
}
