package waybill.orders;

import java.time.Instant;
import waybill.messages.Parcel;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;

/**
 * A parcel as its order knows it.
 *
 * @param carrier who carries it; null until it has its label, as are service, number and time
 * @param scan the latest that the carrier said, or null
 */
public record OrderParcel(Parcel parcel, String carrier, String service, String trackingNumber, Instant shippedAt, Scan scan, Instant estimatedDeliveryAt) {

  static OrderParcel packed(Parcel parcel) {
    return new OrderParcel(parcel, null, null, null, null, null, null);
  }

  /** A parcel has one label for ever: the first that is told stands. */
  OrderParcel labelled(String carrier, String service, String trackingNumber, Instant at) {
    return isShipped() ? this : new OrderParcel(parcel, carrier, service, trackingNumber, at, scan, estimatedDeliveryAt);
  }

  OrderParcel moved(Scan news, Instant estimate) {
    Scan later = Scan.later(scan, news);
    // What is said together with an older scan is older too.
    Instant estimated = later.equals(news) && estimate != null ? estimate : estimatedDeliveryAt;
    return new OrderParcel(parcel, carrier, service, trackingNumber, shippedAt, later, estimated);
  }

  boolean isShipped() {
    return trackingNumber != null;
  }

  boolean isDelivered() {
    return scan != null && scan.status() == ShipmentStatus.DELIVERED;
  }
}
