package waybill.messages;

/** Why an order is cancelled. */
public enum CancelReason {
  /** Its customer changed their mind. */
  CUSTOMER,
  /** Its operator suspects fraud. */
  FRAUD,
  /** Its operator knows why. */
  OTHER,
  /** What was ordered is not there. */
  OUT_OF_STOCK,
  /** Its payments are cancelled for good. */
  PAYMENT_CANCELLED,
  /** Its time to pay is over. */
  PAYMENT_EXPIRED
}
