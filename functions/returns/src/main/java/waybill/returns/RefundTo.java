package waybill.returns;

/** Where the money of a refund goes. */
enum RefundTo {
  ORIGINAL_PAYMENT, STORE_CREDIT
}
