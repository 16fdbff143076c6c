package waybill.notifications;

import java.util.Optional;
import java.util.stream.Stream;
import waybill.messages.LineQuantity;
import waybill.messages.Message.ShipmentMoved;
import waybill.messages.ParcelId;
import waybill.messages.ShipmentStatus;
import waybill.orders.OrderParcel;
import waybill.orders.OrderState;
import waybill.platform.RetryLater;

/** The parcels of an order as the order knows them. */
final class Parcels {

  private Parcels() {}

  static Stream<OrderParcel> of(OrderState order) {
    return order.fulfillments().stream().flatMap(it -> it.parcels().stream());
  }

  static Optional<OrderParcel> find(OrderState order, ParcelId id) {
    return of(order).filter(it -> it.parcel().id().equals(id)).findFirst();
  }

  /** @throws RetryLater if the order has not heard of it yet */
  static OrderParcel known(OrderState order, ParcelId id) {
    return find(order, id).orElseThrow(() -> new RetryLater("order %s does not know %s yet".formatted(order.id(), id)));
  }

  /** @throws RetryLater if the order has not heard of its label yet: a carrier may scan faster than that */
  static OrderParcel labelled(OrderState order, ParcelId id) {
    OrderParcel parcel = known(order, id);
    if (parcel.trackingNumber() == null) {
      throw new RetryLater("order %s does not know the label of %s yet".formatted(order.id(), id));
    }
    return parcel;
  }

  /** Whether the order travels in more parcels than this one. */
  static boolean isPartial(OrderParcel parcel, OrderState order) {
    return parcel.parcel().lines().stream().mapToInt(LineQuantity::quantity).sum() < order.unitsToShip();
  }

  /** Whether it was scanned as something else later; the order may not have heard of this very scan yet. */
  static boolean hasMovedOn(OrderState order, ShipmentMoved news) {
    return find(order, news.parcel()).map(OrderParcel::scan)
        .filter(scan -> scan.status() != news.scan().status() && scan.compareTo(news.scan()) > 0).isPresent();
  }

  static boolean hasEnded(OrderParcel parcel) {
    return parcel.scan() != null
        && (parcel.scan().status() == ShipmentStatus.DELIVERED || parcel.scan().status() == ShipmentStatus.RETURNED);
  }
}
