package waybill.orders;

import java.time.Instant;
import waybill.messages.CancelReason;
import waybill.messages.OrderId;

/**
 * The axis of an order's early end. It is final.
 *
 * @param key the idempotency key of the request that asked for it; null if no request did
 */
record Cancellation(CancelReason reason, Instant at, String key) {

  /** A fault: an end was undone or changed. */
  static final class EndIsFinal extends IllegalStateException {
    private static final long serialVersionUID = 1;

    EndIsFinal(OrderId order) {
      super("%s was cancelled, and that is final".formatted(order));
    }
  }

  /** @throws EndIsFinal if there was another end before; either may be null, for an order that goes on */
  static void after(Cancellation before, Cancellation now, OrderId order) {
    if (before != null && !before.equals(now)) {
      throw new EndIsFinal(order);
    }
  }
}
