package waybill.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.messages.CancelReason;
import waybill.messages.OrderId;
import waybill.messages.SkuQuantity;

/**
 * The axis of an order's stock: asked for once, answered once, and released with the order.
 *
 * @param shortOf what was missing if stock was refused
 * @param filledAt when the last unit came that was waited for; null if none was
 */
record OrderStock(StockStatus status, List<SkuQuantity> shortOf, Instant filledAt) {
  static final OrderStock PENDING = new OrderStock(StockStatus.PENDING, List.of(), null);
  /** How long the answer may take before it is asked for again. */
  static final Duration TO_ANSWER = Duration.ofMinutes(5);

  /** How often what is waited for is looked for again, beside each time that stock comes. */
  static final Duration TO_COME = Duration.ofHours(1);

  /** The stock after an answer; a doubled answer, or one to a question that was not asked, changes nothing. */
  OrderStock answered(StockStatus answer, List<SkuQuantity> missing) {
    return status.next().contains(answer) ? new OrderStock(answer, missing, filledAt) : this;
  }

  /** The same once what was waited for is there. */
  OrderStock filled(OrderStock before, Instant now) {
    boolean came = before.status == StockStatus.BACKORDERED && status == StockStatus.RESERVED;
    return came ? new OrderStock(status, shortOf, now) : this;
  }

  /** Whether all that ships is promised, and there. */
  boolean isPromised() {
    return status == StockStatus.RESERVED || status == StockStatus.NOT_REQUIRED;
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
      case BACKORDERED -> now.plus(TO_COME);
      case RESERVED, REFUSED, NOT_REQUIRED, RELEASED -> null;
    };
  }

  /** @throws IllegalTransition if stock cannot go here from where it was */
  void after(OrderStock before, OrderId order) {
    IllegalTransition.requireLegal(order, before.status, status, before.status.next());
  }
}
