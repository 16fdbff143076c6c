package waybill.notifications;

import waybill.messages.LineQuantity;
import waybill.messages.ParcelId;
import waybill.messages.ShipmentMessages.ShipmentMoved;
import waybill.messages.ShipmentStatus;
import waybill.orders.OrderSummary;
import waybill.orders.OrderSummary.Package;
import waybill.platform.RetryLater;

/** The parcels of an order as the order knows them. */
final class Parcels {

  private Parcels() {}

  /** @throws RetryLater if the order has not heard of it yet */
  static Package known(OrderSummary order, ParcelId id) {
    return order.parcel(id)
        .orElseThrow(() -> new RetryLater("order %s does not know %s yet".formatted(order.id(), id)));
  }

  /** @throws RetryLater if the order has not heard of its label yet: a carrier may scan faster than that */
  static Package labelled(OrderSummary order, ParcelId id) {
    Package parcel = known(order, id);
    if (parcel.trackingNumber() == null) {
      throw new RetryLater("order %s does not know the label of %s yet".formatted(order.id(), id));
    }
    return parcel;
  }

  /** Whether the order travels in more parcels than this one. */
  static boolean isPartial(Package parcel, OrderSummary order) {
    return parcel.lines().stream().mapToInt(LineQuantity::quantity).sum() < order.unitsToShip();
  }

  /** Whether it was scanned as something else later; the order may not have heard of this very scan yet. */
  static boolean hasMovedOn(OrderSummary order, ShipmentMoved news) {
    return order.isVoid(news.parcel()) || order.parcel(news.parcel()).map(Package::scan)
        .filter(scan -> scan.status() != news.scan().status() && scan.compareTo(news.scan()) > 0).isPresent();
  }

  static boolean hasEnded(Package parcel) {
    return parcel.scan() != null
        && (parcel.scan().status() == ShipmentStatus.DELIVERED || parcel.scan().status() == ShipmentStatus.RETURNED);
  }
}
