package waybill.returns;

/** What a customer who claims would like; the shop decides. */
enum Wish {
  REFUND, REPLACEMENT, REFUND_AND_REPLACEMENT, STORE_DECIDES;

  /** Null if it is left to the shop. */
  Remedy remedy() {
    return this == STORE_DECIDES ? null : Remedy.valueOf(name());
  }
}
