package waybill.orders;

import java.util.List;
import waybill.messages.Alert;
import waybill.messages.LineQuantity;
import waybill.orders.Orders.Granted;
import waybill.orders.Orders.GrantedLine;
import waybill.orders.Orders.Order;
import waybill.orders.Orders.Standing;
import waybill.platform.Refused;
import waybill.platform.Outcome;

/** What an order decides about the links and keys that its customer is given. */
final class Granting {

  private Granting() {}

  /** @param commands all that was done to the order's money */
  static Granted of(Order order, List<OrderCommand> commands) {
    OrderState state = order.progress().state();
    Standing standing = standing(state);
    List<GrantedLine> lines = order.content().grantedLines().stream()
        .map(it -> new GrantedLine(it.lineId(), it.sku(), it.quantity(),
            standing == Standing.ENDED ? 0 : wanted(it, state) - refunded(it, commands)))
        .toList();
    return new Granted(state.id(), order.progress().stored().revision(), standing, lines);
  }

  /** Without what was cancelled. */
  private static int wanted(LineQuantity line, OrderState state) {
    return state.changes().quantity(line.lineId()).orElse(line.quantity());
  }

  private static int refunded(LineQuantity line, List<OrderCommand> commands) {
    return commands.stream().map(OrderCommand::adjustment).filter(it -> it != null && !it.type().isOfLines())
        .mapToInt(it -> it.quantity(line.lineId())).sum();
  }

  static Standing standing(OrderState state) {
    if (state.isCancelled() || isLost(state) || isAllGrantedBack(state)) {
      return Standing.ENDED;
    }
    // Money that is only held, to be captured at dispatch, is not paid yet.
    return state.isReleased() && state.isPaid() ? Standing.RELEASED : Standing.OPEN;
  }

  /** Whether a bank has taken its money back for good. */
  private static boolean isLost(OrderState state) {
    return state.money().own(state.terms()).stream().flatMap(it -> it.alerts().stream())
        .anyMatch(it -> it.status() == Alert.Status.LOST);
  }

  private static boolean isAllGrantedBack(OrderState state) {
    return state.terms().total().isPositive() && state.money().isAdjusted()
        && !state.money().owed(state.terms(), state.phase()).isPositive();
  }

  /** Whether this state says anything about what is to be given or revoked. */
  static boolean isDecided(OrderState state) {
    return state.unitsToGrant() > 0
        && (standing(state) != Standing.OPEN || state.money().isAdjusted() || state.changes().number() > 0);
  }

  /** What was given cannot be taken back from whoever has read it: only an operator cancels then, if anything is left to cancel. */
  static Outcome<Order> cancellable(Order order, boolean operates) {
    if (order.progress().state().isCancelled() || order.progress().grants().unitsDelivered() == 0) {
      return Outcome.of(order);
    }
    if (order.progress().status() == OrderStatus.COMPLETED) {
      return Refused.conflict("completed", "it is completed").outcome();
    }
    return operates
        ? Outcome.of(order)
        : Refused.conflict("digital_delivered", "its digital part is delivered: only an operator cancels it").outcome();
  }
}
