package waybill.messages;

/** Why a payment is given back. */
public enum RefundReason {
  ORDER_CANCELLED,
  /** The order was paid already. */
  PAID_TWICE,
  /** No order has claimed the money for a day. */
  NO_ORDER
}
