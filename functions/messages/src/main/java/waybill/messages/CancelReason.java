package waybill.messages;

/** Why an order is cancelled. */
public enum CancelReason {
  /** Its customer changed their mind. */
  CUSTOMER,
  /** An operator suspects fraud. */
  FRAUD,
  /** An operator cancelled it for another reason. */
  OTHER,
  /** Its stock is not available. */
  OUT_OF_STOCK,
  /** Its payments are cancelled for good. */
  PAYMENT_CANCELLED,
  /** Its time to pay is over. */
  PAYMENT_EXPIRED
}
