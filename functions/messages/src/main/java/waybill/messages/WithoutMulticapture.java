package waybill.messages;

/**
 * What becomes of an order that ships more than once if its payment can be captured only once: a partial capture of a card
 * releases the rest, unless the provider offers multicapture for it.
 */
public enum WithoutMulticapture {
  /** The first capture takes all that the order will want of the payment. */
  CAPTURE_ALL_AT_FIRST,
  /** The first capture takes its share and releases the rest; what ships later waits for other money. */
  RELEASE_REST,
  /** Nothing is captured, and the order is held for a person to choose. */
  HOLD
}
