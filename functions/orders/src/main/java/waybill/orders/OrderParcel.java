package waybill.orders;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.time.Instant;
import java.util.Comparator;
import waybill.messages.LineQuantity;
import waybill.messages.Parcel;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;

/**
 * A parcel as its order knows it: an item of its own, so that a scan writes nothing else. Joining news is commutative and
 * idempotent, so late, doubled and reordered news end the same.
 *
 * @param carrier who carries it; null until it has its label, as are service, number and time
 * @param scan the latest that the carrier said, or null
 * @param estimatedDeliveryAt what the carrier said together with it, or null
 * @param problem why it has no label; null if nothing is known to keep it from getting one
 * @param change as of which change of the order's lines it was packed
 */
record OrderParcel(Parcel parcel, String carrier, String service, String trackingNumber, Instant shippedAt,
    Scan scan, Instant estimatedDeliveryAt, LabelProblem problem, int change) {
  /** A scan and the estimate with it are one piece of news, and the greatest stands: every order of arrival ends the same. */
  private static final Comparator<OrderParcel> NEWS = Comparator
      .comparing(OrderParcel::scan, nullsFirst(naturalOrder()))
      .thenComparing(OrderParcel::estimatedDeliveryAt, nullsFirst(naturalOrder()));

  static OrderParcel packed(Parcel parcel, int change) {
    return new OrderParcel(parcel, null, null, null, null, null, null, null, change);
  }

  /** A parcel has one label for ever: the first that is known stands. */
  OrderParcel labelled(String carrier, String service, String trackingNumber, Instant at) {
    return isLabelled()
        ? this
        : new OrderParcel(parcel, carrier, service, trackingNumber, at, scan, estimatedDeliveryAt, null, change);
  }

  /** A label that is there has no problem any more. */
  OrderParcel held(LabelProblem news) {
    return isLabelled() || problem != null && problem.compareTo(news) >= 0
        ? this
        : new OrderParcel(parcel, carrier, service, trackingNumber, shippedAt, scan, estimatedDeliveryAt, news,
            change);
  }

  OrderParcel moved(Scan news, Instant estimate) {
    var moved = new OrderParcel(parcel, carrier, service, trackingNumber, shippedAt, news, estimate, problem, change);
    return NEWS.compare(moved, this) > 0 ? moved : this;
  }

  boolean isLabelled() {
    return trackingNumber != null;
  }

  /** Whether it waits for a label that is not sold, or of which nobody knows whether it was bought. */
  boolean isHeld() {
    return problem != null && !isLabelled();
  }

  /** A parcel that was scanned has left, also if the news of its label is late. */
  boolean isShipped() {
    return isLabelled() || scan != null;
  }

  boolean isDelivered() {
    return scan != null && scan.status() == ShipmentStatus.DELIVERED;
  }

  int units() {
    return parcel.lines().stream().mapToInt(LineQuantity::quantity).sum();
  }
}
