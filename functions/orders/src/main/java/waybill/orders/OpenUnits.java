package waybill.orders;

import java.util.List;
import java.util.Optional;
import waybill.messages.LineId;
import waybill.platform.Violation;

/** How many units of an order's lines can still be taken out: those that are not dispatched, and that nobody was refunded for. */
record OpenUnits(OrderLines lines, OrderState state, List<OrderCommand> before) {

  int of(LineId line) {
    return lines.quantity(line) - Math.max(dispatched(line), refunded(line));
  }

  /** What nothing is shipped for is delivered once it is paid. */
  private int dispatched(LineId line) {
    if (lines.ships(line)) {
      return state.packing().dispatched(line);
    }
    return state.isPaid() ? lines.quantity(line) : 0;
  }

  private int refunded(LineId line) {
    return before.stream().map(OrderCommand::adjustment).filter(it -> it != null && !it.type().isOfLines())
        .mapToInt(it -> it.quantity(line)).sum();
  }

  /** Why so many units of a line cannot be taken out; empty if they can. */
  Optional<Violation> check(LineId line, int quantity, String pointer) {
    if (quantity <= of(line)) {
      return Optional.empty();
    }
    int dispatched = dispatched(line);
    return Optional.of(dispatched > 0 && quantity > lines.quantity(line) - dispatched
        ? new Violation(pointer, "dispatched", "of %s %d are dispatched: %d can still be cancelled".formatted(line,
            dispatched, of(line)))
        : new Violation(pointer, "too_much", "of %s %d can still be cancelled".formatted(line, of(line))));
  }
}
