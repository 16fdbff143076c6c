package waybill.orders;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import waybill.messages.Alert;
import waybill.messages.LineQuantity;
import waybill.orders.Orders.Granted;
import waybill.orders.Orders.GrantedLine;
import waybill.orders.Orders.Order;
import waybill.orders.Orders.Standing;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Stored;

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
    return new Granted(state.id(), revision(order.progress()), standing, lines);
  }

  /**
   * Of what decides about them: reports move the order's state too, and decide nothing. A report that came between the two reads makes it
   * older than it is, never newer.
   */
  private static int revision(OrderProgress progress) {
    return progress.stored().revision() - progress.digital().map(Stored::revision).orElse(0);
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

  /**
   * What was given cannot be taken back from whoever has read it: only an operator cancels then, if anything is left to cancel.
   *
   * @param refunded whether all of it was refunded
   */
  static Outcome<Order> cancellable(Order order, boolean operates, boolean refunded) {
    OrderState state = order.progress().state();
    boolean nothingGiven = !isBound(state) && order.progress().grants().unitsDelivered() == 0;
    if (state.isCancelled() || nothingGiven || refunded) {
      return Outcome.of(order);
    }
    if (order.progress().status() == OrderStatus.COMPLETED) {
      return Refused.conflict("completed", "it is completed").outcome();
    }
    return operates ? Outcome.of(order) : delivered().outcome();
  }

  /**
   * The same as the state alone can say it when the cancellation is written: a key may have been shown since the order was read, and its
   * report may be late.
   *
   * @param free whether whoever cancels is not bound by that
   */
  static Optional<Refused> refusal(OrderState state, boolean free) {
    return free || state.isCancelled() || !isBound(state) ? Optional.empty() : Optional.of(delivered());
  }

  /** Whether all links and keys were refunded, and so revoked: that is never undone, and they bind nobody any more. */
  static boolean isRefunded(Order order, List<OrderCommand> commands) {
    return order.content().grantedLines().stream()
        .allMatch(it -> wanted(it, order.progress().state()) <= refunded(it, commands));
  }

  /** Whether links or keys are among these units. */
  static boolean isOfGranted(Order order, List<Refunding.Units> units) {
    return units.stream().anyMatch(it -> order.content().granted().contains(it.lineId()));
  }

  private static Refused delivered() {
    return Refused.conflict("digital_delivered",
        "its digital part is delivered, or will be in a moment: only an operator cancels it");
  }

  /** Whether links or keys may have been given, whatever was reported: also if somebody holds the order since. */
  private static boolean isBound(OrderState state) {
    return state.unitsToGrant() > 0 && state.placed() && state.stock().isPromised() && state.isPaid();
  }

  /** Whether somebody must still report what became of the links and keys that are due. @param known the last report */
  static boolean awaitsReport(OrderState state, Supplier<OrderGrants> known) {
    return state.unitsToGrant() > 0 && standing(state) == Standing.RELEASED
        && known.get().unitsReported() < state.unitsToGrant();
  }
}
