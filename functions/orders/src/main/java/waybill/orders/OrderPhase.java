package waybill.orders;

/** How far an order is bound: what its money may still do depends on it. */
enum OrderPhase {
  /** News came before the order; nothing is owed yet. */
  STUB,
  /** It goes on and can be cancelled. */
  OPEN,
  /** Something of it is packed: it goes on and can no longer be cancelled. */
  DISPATCHING,
  /** All of it is packed and has its labels: nothing is left that could be stopped. */
  DISPATCHED,
  /** It has its early end. */
  CANCELLED;

  boolean placed() {
    return this != STUB;
  }

  boolean goesOn() {
    return this == OPEN || this == DISPATCHING || this == DISPATCHED;
  }
}
