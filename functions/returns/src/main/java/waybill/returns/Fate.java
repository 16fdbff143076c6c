package waybill.returns;

import waybill.messages.ReturnedTo;

/** What becomes of a unit that came back, or did not. */
enum Fate {
  /** It is for sale again. */
  RESTOCKED,
  /** It is kept and not sold. */
  NOT_RESTOCKED,
  /** Somebody must look at it. */
  QUARANTINED,
  /** It was announced, and was not in the parcel. */
  MISSING;

  /** Where the unit lies since; null if nothing came. */
  ReturnedTo to() {
    return switch (this) {
      case RESTOCKED -> ReturnedTo.ON_HAND;
      case NOT_RESTOCKED -> ReturnedTo.DAMAGED;
      case QUARANTINED -> ReturnedTo.QUARANTINED;
      case MISSING -> null;
    };
  }
}
