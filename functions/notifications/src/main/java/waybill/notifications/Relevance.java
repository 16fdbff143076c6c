package waybill.notifications;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.messages.Message.CustomerNews;
import waybill.messages.Message.OrderCancelled;
import waybill.messages.Message.OrderDelivered;
import waybill.messages.Message.OrderPaymentFailed;
import waybill.messages.Message.OrderReleased;
import waybill.messages.Message.ShipmentDeliveryFailed;
import waybill.messages.Message.ShipmentLabelled;
import waybill.messages.Message.ShipmentMoved;
import waybill.messages.Message.ShipmentOutForDelivery;
import waybill.messages.ParcelId;
import waybill.messages.ShipmentStatus;
import waybill.orders.DeliveryProgress;
import waybill.orders.OrderParcel;
import waybill.orders.OrderState;
import waybill.orders.PaymentProgress;
import waybill.platform.Stored;

/** Whether news is still worth a mail, by what the order is now. */
enum Relevance {
  CURRENT,
  /** The order has moved on, and the mail would say what is no longer so. */
  SUPERSEDED,
  /** So old that it would surprise more than it would help. */
  STALE;

  static final Duration NEWS = Duration.ofHours(48);

  static Relevance of(CustomerNews news, Stored<OrderState> order, Instant now) {
    if (isSuperseded(news, order.value(), now)) {
      return SUPERSEDED;
    }
    return happenedAt(news, order).plus(NEWS).isBefore(now) ? STALE : CURRENT;
  }

  private static boolean isSuperseded(CustomerNews news, OrderState order, Instant now) {
    return switch (news) {
      case OrderPaymentFailed _ -> order.isCancelled() || isPaid(order) || !now.isBefore(order.terms().payBy());
      case OrderReleased _ -> order.isCancelled() || order.awaiting() == OrderState.Awaiting.STOCK
          || order.awaiting() == OrderState.Awaiting.PAYMENT;
      // It is the order's end: nothing comes after it.
      case OrderCancelled _ -> false;
      case ShipmentLabelled it -> parcel(order, it.parcel()).filter(Relevance::hasEnded).isPresent();
      case ShipmentOutForDelivery it -> hasMovedOn(order, it);
      case ShipmentDeliveryFailed it -> hasMovedOn(order, it);
      case OrderDelivered _ -> order.delivery() != DeliveryProgress.DELIVERED;
    };
  }

  private static boolean hasEnded(OrderParcel parcel) {
    return parcel.scan() != null
        && (parcel.scan().status() == ShipmentStatus.DELIVERED || parcel.scan().status() == ShipmentStatus.RETURNED);
  }

  /** The money is there, or held for the order: the customer need not try again. */
  private static boolean isPaid(OrderState order) {
    return order.payment() == PaymentProgress.PAID || order.payment() == PaymentProgress.AUTHORIZED;
  }

  /** The order may not have heard of this very scan yet; only a later one of another kind ends it. */
  private static boolean hasMovedOn(OrderState order, ShipmentMoved news) {
    return parcel(order, news.parcel()).map(OrderParcel::scan)
        .filter(scan -> scan.status() != news.scan().status() && scan.compareTo(news.scan()) > 0).isPresent();
  }

  /**
   * When it happened. A release carries no time, for an order may wait for its money as long as it likes after it was
   * accepted. It was written at the latest when the order last changed, and before any of its parcels left, so that is
   * when: fresh news never counts as old by it.
   */
  private static Instant happenedAt(CustomerNews news, Stored<OrderState> order) {
    return switch (news) {
      case OrderPaymentFailed it -> it.at();
      case OrderCancelled it -> it.at();
      case OrderReleased _ -> Stream
          .concat(parcels(order.value()).map(OrderParcel::shippedAt).filter(Objects::nonNull),
              Stream.of(order.updatedAt()))
          .min(Instant::compareTo).orElseThrow();
      case ShipmentLabelled it -> it.at();
      case ShipmentOutForDelivery it -> it.at();
      case ShipmentDeliveryFailed it -> it.at();
      case OrderDelivered it -> it.at();
    };
  }

  /** The parcel as the order knows it. */
  static Optional<OrderParcel> parcel(OrderState order, ParcelId id) {
    return parcels(order).filter(it -> it.parcel().id().equals(id)).findFirst();
  }

  private static Stream<OrderParcel> parcels(OrderState order) {
    return order.fulfillments().stream().flatMap(it -> it.parcels().stream());
  }
}
