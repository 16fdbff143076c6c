package waybill.messages;

/** How far a refund has come, in the order in which news supersede each other. */
public enum RefundStatus {
  /** It is decided; the provider has not answered yet. */
  REQUESTED,
  /** Nothing had been captured; what was authorised is let go. Money that is captured after all is refunded. */
  VOIDED,
  /** The provider has taken it and is moving the money. */
  PENDING, SUCCEEDED,
  /** The money does not go back on this way, for good: a person must find another. A bank may refuse what had succeeded. */
  FAILED
}
