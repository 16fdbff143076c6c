package waybill.orders;

import java.util.List;
import java.util.Optional;
import waybill.messages.LineId;
import waybill.platform.Violation;

/** How many units of an order's lines can still be taken out: those that are not dispatched, and that nobody was refunded for. */
record OpenUnits(OrderLines lines, OrderState state, List<OrderCommand> before) {

  /** Of a kit, those of which nothing has left and nothing was refunded. */
  int of(LineId line) {
    return lines.quantity(line) - Math.max(dispatched(line), TakenUnits.of(lines, before).of(line));
  }

  /** What nothing is shipped for is delivered once it is paid. */
  private int dispatched(LineId line) {
    if (lines.ships(line)) {
      return lines.kit(line).map(it -> it.begun(state.packing()::dispatched))
          .orElseGet(() -> state.packing().dispatched(line));
    }
    return state.isPaid() ? lines.quantity(line) : 0;
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
