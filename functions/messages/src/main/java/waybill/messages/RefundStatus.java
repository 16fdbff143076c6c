package waybill.messages;

/** How far a refund has come, in the order in which later news supersedes earlier news. */
public enum RefundStatus {
  /** It is decided; the provider has not answered yet. */
  REQUESTED,
  /** Nothing had been captured; what was authorised is voided. Money that is captured after all is refunded. */
  VOIDED,
  /** The provider has accepted it and is moving the money. */
  PENDING, SUCCEEDED,
  /** The money cannot be refunded this way: a person must find another. A bank may refuse a refund that had succeeded. */
  FAILED
}
