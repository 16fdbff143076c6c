package waybill.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import waybill.messages.Refund;

/** What an order that is due still waits for: the first step that is not answered. */
enum WaitsFor {
  /** News came before the order, which was not placed yet. */
  ORDER,
  /** Stock is neither promised nor refused. */
  STOCK,
  /** The customer has not paid. */
  PAYMENT,
  /** It is released, and not all of it is planned and allocated. */
  PLANNING,
  /** A parcel has no label. */
  LABEL,
  /** A refund is requested, and neither made nor refused. */
  REFUND,
  /** Nothing: it is only to be seen that all was sent. */
  SENDING;

  static WaitsFor of(OrderState order) {
    if (order.phase().goesOn() && order.stock().status() == StockStatus.PENDING) {
      return STOCK;
    }
    if (order.isReleased() && !order.packing().isAllocated(order.unitsToShip())) {
      return PLANNING;
    }
    if (order.phase().goesOn() && order.money().isAwaited(order.terms())) {
      return PAYMENT;
    }
    if (!order.packing().held().isEmpty()) {
      return LABEL;
    }
    if (order.money().awaitsRefund()) {
      return REFUND;
    }
    return order.placed() ? SENDING : ORDER;
  }

  /** How long it has waited: a refund since it was requested, and an order since it was placed. */
  Duration age(OrderState order, Instant createdAt, Instant now) {
    Instant since = this == REFUND
        ? order.money().payments().stream().flatMap(WaitsFor::refunds).map(Refund::updatedAt)
            .min(Comparator.naturalOrder()).orElse(createdAt)
        : createdAt;
    return Duration.between(since, now);
  }

  private static Stream<Refund> refunds(OrderPayment it) {
    Stream<Refund> whole = it.awaitsRefund() ? Stream.of(it.refund()) : Stream.empty();
    return Stream.of(whole, it.balance().requestedParts(), it.balance().movingParts()).flatMap(all -> all);
  }

  /** As the log spells it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
