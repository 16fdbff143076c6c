package waybill.messages;

/** Why a payment is refunded. */
public enum RefundReason {
  /** Its order is cancelled. */
  ORDER_CANCELLED,
  /** The order was paid already. */
  PAID_TWICE,
  /** No order has claimed the money for a day. */
  NO_ORDER,
  /** It came to an account that is not the channel's. */
  WRONG_ACCOUNT,
  /** A person or the storefront does without it. */
  PAYMENT_VOIDED,
  /** A person granted it, for goods that came back or never came. */
  GRANTED,
  /** A person granted it, and the order's lines stay as they are. */
  GOODWILL,
  /** Somebody made it at the provider itself, in Stripe's dashboard for example. */
  MADE_ELSEWHERE,
  /** A person says that the money went back on another way. */
  DONE_ELSEWHERE,
  /** It goes to its customer's store credit: the payment's money stays. */
  CREDITED,
  /** A person tries once more what had failed. */
  REFUNDED_AGAIN,
  /** A person goes on without what a bank has taken back, or may take back. It moves nothing. */
  LOSS_ACCEPTED;

  /** Whether it is of an amount that somebody chose, and not of all that is left. */
  public boolean isPart() {
    return compareTo(GRANTED) >= 0;
  }
}
