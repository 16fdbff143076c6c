package waybill.returns;

/** What becomes of a unit that came back, or did not. */
enum Fate {
  /** It is for sale again. */
  RESTOCKED,
  /** It is kept and not sold. */
  NOT_RESTOCKED,
  /** Somebody must look at it. */
  QUARANTINED,
  /** It was announced, and was not in the parcel. */
  MISSING
}
