package waybill.returns;

/** How a claim is made good. */
enum Remedy {
  REFUND, REPLACEMENT, REFUND_AND_REPLACEMENT;

  boolean refunds() {
    return this != REPLACEMENT;
  }

  boolean replaces() {
    return this != REFUND;
  }
}
