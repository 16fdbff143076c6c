package waybill.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import waybill.messages.Capture;
import waybill.messages.Refund;

/** What an order that is due still waits for: the first step that is not answered. */
enum WaitsFor {
  /** News came before the order, which was not placed yet. */
  ORDER,
  /** Stock is neither promised nor refused. */
  STOCK,
  /** The customer has not paid. */
  PAYMENT,
  /** Units that it was promised are not there yet. */
  BACKORDER,
  /** It is released, and not all of it is planned and allocated. */
  PLANNING,
  /** A parcel has no label. */
  LABEL,
  /** A capture is requested, and neither made nor refused. */
  CAPTURE,
  /** A refund is requested, and neither made nor refused. */
  REFUND,
  /** Nothing: it is only to be seen that all was sent. */
  SENDING;

  static WaitsFor of(OrderState order) {
    if (order.phase().goesOn() && order.stock().status() == StockStatus.PENDING) {
      return STOCK;
    }
    if (order.isReleased() && !order.packing().isAllocated(order.unitsToPlan())) {
      return PLANNING;
    }
    if (order.phase().goesOn() && order.money().isAwaited(order.terms())) {
      return PAYMENT;
    }
    if (order.phase().goesOn() && order.stock().status() == StockStatus.BACKORDERED) {
      return BACKORDER;
    }
    if (order.phase().goesOn() && new MoneyCaptures(order.money(), order.terms()).areUnderWay()) {
      return CAPTURE;
    }
    if (!order.packing().held().isEmpty()) {
      return LABEL;
    }
    if (order.money().awaitsRefund()) {
      return REFUND;
    }
    if (order.isBackordered()) {
      return BACKORDER;
    }
    return order.placed() ? SENDING : ORDER;
  }

  /**
   * How long it has waited: a refund and a capture since they were requested, a plan since the order could be released at the earliest, and
   * an order since it was placed.
   */
  Duration age(OrderState order, Instant createdAt, Instant now) {
    if (this == PLANNING) {
      return Duration.between(plannable(order, createdAt), now);
    }
    Stream<Instant> since = switch (this) {
      case REFUND -> order.money().payments().stream().flatMap(WaitsFor::refunds).map(Refund::updatedAt);
      case CAPTURE -> new MoneyCaptures(order.money(), order.terms()).pending()
          .flatMap(it -> it.captures().pending()).map(Capture::updatedAt);
      default -> Stream.empty();
    };
    return Duration.between(since.min(Comparator.naturalOrder()).orElse(createdAt), now);
  }

  /** It was not to be planned before its units were there, its money was, and people had released it. */
  private static Instant plannable(OrderState order, Instant createdAt) {
    Stream<Instant> paid = order.money().own(order.terms()).stream().filter(OrderPayment::counts)
        .map(it -> it.payment().updatedAt());
    return Stream.concat(paid, Stream.of(createdAt, order.stock().filledAt(), order.holding().releasedAt()))
        .filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(createdAt);
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
