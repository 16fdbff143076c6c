package waybill.orders;

import java.util.ArrayList;
import java.util.List;
import waybill.messages.LineId;
import waybill.orders.Refunding.Units;
import waybill.platform.Violation;

/** Which units of an order's lines can be held for themselves: those that ship, that may not leave yet, and that no other hold names. */
record HoldingLines(OrderLines lines, OrderState state) {

  List<Violation> check(List<Units> asked) {
    var errors = new ArrayList<Violation>();
    for (int i = 0; i < asked.size(); i++) {
      LineId line = asked.get(i).lineId();
      String at = "/lines/" + i;
      if (!lines.knows(line)) {
        errors.add(new Violation(at + "/line_id", "unknown", "the order has no such line"));
      } else if (asked.subList(0, i).stream().anyMatch(it -> it.lineId().equals(line))) {
        errors.add(new Violation(at + "/line_id", "repeated", "the line is named twice"));
      } else if (!lines.ships(line)) {
        errors.add(new Violation(at + "/line_id", "not_shipped", "nothing of this line is shipped: hold the order"));
      } else if (asked.get(i).quantity() > open(line)) {
        errors.add(new Violation(at + "/quantity", "too_much", "of %s %d can be held".formatted(line, open(line))));
      }
    }
    return errors;
  }

  private int open(LineId line) {
    return lines.kit(line)
        .map(it -> lines.quantity(line) - it.begun(state.packing()::dispatched) - it.begun(state.holding()::held))
        .map(it -> Math.max(0, it))
        .orElseGet(
            () -> Math.max(0, lines.quantity(line) - state.packing().dispatched(line) - state.holding().held(line)));
  }
}
