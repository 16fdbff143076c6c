package waybill.returns;

/** What is wrong with units that a customer has, or has not. */
enum ClaimReason {
  /** The parcel came, and they were not in it. */
  MISSING,
  /** Others were in it. */
  WRONG, DAMAGED,
  /** Their parcel never came, whatever its carrier says. */
  NEVER_ARRIVED
}
