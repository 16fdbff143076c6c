package waybill.orders;

import java.util.Set;
import waybill.messages.OrderId;

/** A fault: an axis of an order was moved to where it cannot go. */
final class IllegalTransition extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private IllegalTransition(OrderId order, Enum<?> from, Enum<?> to) {
    super("%s cannot go from %s %s to %s".formatted(order, from.getDeclaringClass().getSimpleName(), from, to));
  }

  /** @throws IllegalTransition if the axis moves and the step is not one of the legal ones */
  static <E extends Enum<E>> void requireLegal(OrderId order, E from, E to, Set<E> legal) {
    if (from != to && !legal.contains(to)) {
      throw new IllegalTransition(order, from, to);
    }
  }
}
