package waybill.orders;

import java.util.Set;

/** How much of an order is packed. */
enum FulfillmentProgress {
  UNFULFILLED, IN_PROGRESS, PARTIALLY_FULFILLED, FULFILLED,
  /** Only shown: nothing of the order ships. */
  NOT_REQUIRED,
  /** Only shown: the order was cancelled, whatever was under way. */
  CANCELLED;

  static FulfillmentProgress of(int allocatedUnits, int packedUnits, int unitsToShip) {
    if (packedUnits > 0) {
      return packedUnits >= unitsToShip ? FULFILLED : PARTIALLY_FULFILLED;
    }
    return allocatedUnits > 0 ? IN_PROGRESS : UNFULFILLED;
  }

  /** What may follow: it only goes on, but that units turn out to be missing after they were allocated. */
  Set<FulfillmentProgress> next() {
    return switch (this) {
      case UNFULFILLED -> Set.of(IN_PROGRESS, PARTIALLY_FULFILLED, FULFILLED);
      case IN_PROGRESS -> Set.of(UNFULFILLED, PARTIALLY_FULFILLED, FULFILLED);
      case PARTIALLY_FULFILLED -> Set.of(FULFILLED);
      case FULFILLED, NOT_REQUIRED, CANCELLED -> Set.of();
    };
  }

  /** What may follow if something was packed again: it is not packed until then. */
  Set<FulfillmentProgress> nextOfRepacked() {
    return switch (this) {
      case NOT_REQUIRED, CANCELLED -> Set.of();
      default -> Set.of(UNFULFILLED, IN_PROGRESS, PARTIALLY_FULFILLED, FULFILLED);
    };
  }

  /** What may follow if lines were changed: what was allocated may be wanted no more, and what is added is open. */
  Set<FulfillmentProgress> nextOfChanged() {
    return switch (this) {
      case IN_PROGRESS -> Set.of(UNFULFILLED, PARTIALLY_FULFILLED, FULFILLED);
      case FULFILLED -> Set.of(PARTIALLY_FULFILLED);
      default -> next();
    };
  }
}
