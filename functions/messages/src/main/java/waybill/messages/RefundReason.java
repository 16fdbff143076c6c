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
  WRONG_ACCOUNT
}
