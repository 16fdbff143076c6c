package waybill.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.messages.CancelReason;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;
import waybill.messages.SkuQuantity;

/**
 * The axis of an order's stock: asked for once, answered once, and released with the order.
 *
 * @param shortOf what was missing if stock was refused
 * @param filledAt when units came last that were waited for; null if none were
 * @param waiting if what is there leaves before: the units that follow, as they are not there, or go with others that are not; else none
 */
record OrderStock(StockStatus status, List<SkuQuantity> shortOf, Instant filledAt, List<LineQuantity> waiting) {
  static final OrderStock PENDING = new OrderStock(StockStatus.PENDING, List.of(), null, List.of());
  /** How long the answer may take before it is asked for again. */
  static final Duration TO_ANSWER = Duration.ofMinutes(5);

  /** How often what is waited for is looked for again, beside each time that stock comes. */
  static final Duration TO_COME = Duration.ofHours(1);

  /** Orders that were stored before some of an order could leave wait as a whole. */
  OrderStock {
    waiting = waiting == null ? List.of() : waiting;
  }

  /** The stock after an answer; a doubled answer, or one to a question that was not asked, changes nothing. */
  OrderStock answered(StockStatus answer, List<SkuQuantity> missing) {
    return status.next().contains(answer) ? new OrderStock(answer, missing, filledAt, List.of()) : this;
  }

  /**
   * The stock after a report of units that are not there yet, unless all of it is there by now.
   *
   * @param follows the units that leave later than the others; none if all of it leaves together
   * @param unitsToShip of all of it
   */
  OrderStock backordered(List<LineQuantity> follows, int unitsToShip) {
    int later = follows.stream().mapToInt(LineQuantity::quantity).sum();
    boolean isPartial = status == StockStatus.PARTIALLY_RESERVED || later > 0 && later < unitsToShip;
    if (!isPartial) {
      return answered(StockStatus.BACKORDERED, List.of());
    }
    OrderStock next = answered(StockStatus.PARTIALLY_RESERVED, List.of());
    return next.status == StockStatus.PARTIALLY_RESERVED
        ? new OrderStock(next.status, List.of(), filledAt, follows)
        : this;
  }

  /** The same once something of what was waited for is there. */
  OrderStock filled(OrderStock before, Instant now) {
    boolean waited = before.status == StockStatus.BACKORDERED || before.status == StockStatus.PARTIALLY_RESERVED;
    boolean came = waited && status != StockStatus.BACKORDERED && !equals(before);
    return came ? new OrderStock(status, shortOf, now, waiting) : this;
  }

  /** Whether what ships is promised, and may leave as far as it is there. */
  boolean isPromised() {
    return status == StockStatus.RESERVED || status == StockStatus.PARTIALLY_RESERVED
        || status == StockStatus.NOT_REQUIRED;
  }

  /** Whether units are waited for. */
  boolean isBackordered() {
    return status == StockStatus.BACKORDERED || status == StockStatus.PARTIALLY_RESERVED;
  }

  /** How many units of a line follow later than the others. */
  int waiting(LineId line) {
    return waiting.stream().filter(it -> it.lineId().equals(line)).mapToInt(LineQuantity::quantity).sum();
  }

  /** Why the order cannot go on; empty if its stock does not stand in the way. */
  Optional<CancelReason> end() {
    return status == StockStatus.REFUSED ? Optional.of(CancelReason.OUT_OF_STOCK) : Optional.empty();
  }

  /** When the answer is to be asked for again; null if there is one. */
  Instant dueAt(OrderPhase phase, Instant now) {
    if (!phase.goesOn()) {
      return null;
    }
    return switch (status) {
      case PENDING -> now.plus(TO_ANSWER);
      case BACKORDERED, PARTIALLY_RESERVED -> now.plus(TO_COME);
      case RESERVED, REFUSED, NOT_REQUIRED, RELEASED -> null;
    };
  }

  /** @throws IllegalTransition if stock cannot go here from where it was */
  void after(OrderStock before, OrderId order) {
    IllegalTransition.requireLegal(order, before.status, status, before.status.next());
  }
}
